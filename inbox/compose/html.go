package compose

import (
	stdhtml "html"
	"strings"
)

// html returns the HTML form of text: the same words, no colours, no images,
// no links. Blank lines make paragraphs, columns of spaces keep their width.
func html(text, lang string) string {
	if lang == "" {
		lang = "de"
	}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + lang + "\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n")
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.TrimSpace(line) == "":
			if open {
				b.WriteString("</p>\n")
			}
			open = false
			continue
		case open:
			b.WriteString("<br>\n")
		default:
			b.WriteString("<p>")
			open = true
		}
		b.WriteString(keepSpaces(stdhtml.EscapeString(line)))
	}
	if open {
		b.WriteString("</p>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

// keepSpaces makes all but one of a run of spaces unbreakable.
func keepSpaces(s string) string {
	s = strings.ReplaceAll(s, "\t", "    ")
	if strings.HasPrefix(s, " ") {
		s = "&nbsp;" + s[1:]
	}
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", "&nbsp; ")
	}
	return s
}
