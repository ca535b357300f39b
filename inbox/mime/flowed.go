package mime

import "strings"

// unflow joins the lines of format=flowed text (RFC 3676): a line that ends in
// a blank goes on in the next of the same quote depth, and a blank at the start
// was put there to protect it. With delsp the blank at the end goes too.
func unflow(s string, delsp bool) string {
	var out strings.Builder
	out.Grow(len(s))
	open, depth := false, 0
	for line := range strings.SplitSeq(s, "\n") {
		d := 0
		for d < len(line) && line[d] == '>' {
			d++
		}
		t := line[d:]
		t = strings.TrimPrefix(t, " ") // space-stuffing
		sig := t == "-- "
		if open && (d != depth || sig) {
			out.WriteByte('\n')
			open = false
		}
		if !open {
			out.WriteString(strings.Repeat(">", d))
			if d > 0 && t != "" {
				out.WriteByte(' ')
			}
		}
		flows := strings.HasSuffix(t, " ") && !sig
		if flows && delsp {
			t = t[:len(t)-1]
		}
		out.WriteString(t)
		depth, open = d, flows
		if !open {
			out.WriteByte('\n')
		}
	}
	return strings.TrimRight(out.String(), "\n")
}
