package slots

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
)

// roles are the letters of slots in testdata/lines.txt and extra-roles.txt.
const (
	moneyRoles = "mopa"
	dayRoles   = "fudx"
)

// span is a part of a text that fills the slot of a role.
type span struct {
	start, end int
	role       byte
}

func readLines(tb testing.TB, name string) []string {
	tb.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// unmark takes the braces out of a line of lines.txt.
func unmark(tb testing.TB, s string) (string, []span) {
	tb.Helper()
	var out strings.Builder
	var spans []span
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s, '}')
		if j < i+4 || s[i+2] != ':' {
			tb.Fatalf("bad braces in %q", s)
		}
		out.WriteString(s[:i])
		start := out.Len()
		out.WriteString(s[i+3 : j])
		spans = append(spans, span{start, out.Len(), s[i+1]})
		s = s[j+1:]
	}
	out.WriteString(s)
	return out.String(), spans
}

// ownLessons reads the lines written for learning and the roles of further
// mails; days says which of the two models they are for.
func ownLessons(tb testing.TB, r *Reader, days bool) []lesson {
	tb.Helper()
	var out []lesson
	for _, line := range append(readLines(tb, "testdata/lines.txt"), readLines(tb, "testdata/lines-2.txt")...) {
		intent, marked, ok := strings.Cut(line, "|")
		intent, day, dated := strings.Cut(intent, "@")
		var own calendar.Date
		if dated {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				tb.Fatal(err)
			}
			own = calendar.Of(at.Date())
			marked = strings.ReplaceAll(marked, `\n`, "\n")
		}
		if !ok || !cases.Intent(intent).Valid() {
			tb.Fatalf("bad line %q", line)
		}
		text, spans := unmark(tb, marked)
		for n, in := range []cases.Intent{cases.Intent(intent), neighbour(cases.Intent(intent))} {
			weight := 1.0
			if n > 0 {
				weight = *fitNoise
			}
			if dated {
				weight *= *fitMore
			}
			if l, ok := spanLesson(tb, r, text, in, own, spans, days); ok {
				l.weight = weight
				out = append(out, l)
			}
		}
	}
	return append(out, roleLessons(tb, r, days)...)
}

// spanLesson takes the mail's own date, or else the first month of 2026 on whose
// tenth all marked days lie where their slots want them.
func spanLesson(tb testing.TB, r *Reader, text string, in cases.Intent, own calendar.Date, spans []span, days bool) (lesson, bool) {
	tb.Helper()
	missing := ""
	for m := range time.December + 1 {
		today := calendar.Of(2026, m, 10)
		if m == 0 {
			today = own
		}
		if today.IsZero() {
			continue
		}
		input := cases.ClassifyInput{Text: text, Date: today}
		p := r.begin(&input, in)
		p.prepare()
		role := func(start, end int) byte {
			for _, s := range spans {
				if start < s.end && end > s.start {
					return s.role
				}
			}
			return '-'
		}
		l, ok := p.roleLesson(role, days)
		if missing = p.unread(spans); missing == "" && ok {
			return l, len(l.points) > 0
		}
	}
	tb.Logf("%q not read in %q", missing, text)
	return lesson{}, false
}

// unread returns a marked part that no candidate covers.
func (p *pass) unread(spans []span) string {
	for _, s := range spans {
		found := false
		for i := range p.text.amounts {
			a := &p.text.amounts[i]
			found = found || strings.IndexByte(moneyRoles, s.role) >= 0 && a.start < s.end && a.end > s.start
		}
		for i := range p.text.dates {
			dt := &p.text.dates[i]
			found = found || strings.IndexByte(dayRoles, s.role) >= 0 && dt.start < s.end && dt.end > s.start
		}
		if !found {
			return p.text.src[s.start:s.end]
		}
	}
	return ""
}

// roleLesson makes a lesson of the roles of a text's candidates; ok is false if
// a day cannot stand in the slot of its role.
func (p *pass) roleLesson(role func(start, end int) byte, days bool) (lesson, bool) {
	l := lesson{weight: 1}
	d := p.text
	for i := range d.amounts {
		a := &d.amounts[i]
		k := strings.IndexByte(moneyRoles, role(a.start, a.end))
		if k >= 0 {
			a.role = int8(k)
			p.filled[k] = true
		}
	}
	if !days {
		for i := range d.amounts {
			pt := point{f: p.moneyFeatures(nil, d, i)}
			for k := range slotCount {
				pt.value[k] = int64(d.amounts[i].value)
				pt.right[k] = int(d.amounts[i].role) == k
			}
			l.points = append(l.points, pt)
		}
		return l, true
	}
	for i := range d.dates {
		dt := &d.dates[i]
		want := strings.IndexByte(dayRoles, role(dt.start, dt.end))
		pt := point{f: p.dateFeatures(nil, d, i)}
		for k, slot := range daySlots {
			v := dt.resolve(p.today, slot == PaidDate)
			if !p.valid(slot, dt, v) {
				if k == want {
					return l, false
				}
				continue
			}
			pt.value[k] = int64(v)
			pt.right[k] = k == want
		}
		l.points = append(l.points, pt)
	}
	return l, true
}

// roleLessons reads the further mails with the roles of extra-roles.txt.
func roleLessons(tb testing.TB, r *Reader, days bool) []lesson {
	tb.Helper()
	roles := map[string]map[string]byte{}
	for _, line := range readLines(tb, "testdata/extra-roles.txt") {
		f := strings.Fields(line)
		m := map[string]byte{}
		for _, x := range f[1:] {
			m[x[:len(x)-2]] = x[len(x)-1]
		}
		roles[f[0]] = m
	}
	var out []lesson
	for _, line := range readLines(tb, "testdata/extra.jsonl") {
		var e example
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			tb.Fatal(err)
		}
		m, listed := roles[e.ID]
		if listed && len(m) == 0 {
			continue
		}
		in := e.input()
		// Their dates do not follow their texts: the year's middle will do.
		for month := time.January; month <= time.December; month++ {
			in.Date = calendar.Of(2026, month, 10)
			p := r.begin(&in, e.Labels.Intent)
			p.prepare()
			l, ok := p.roleLesson(func(start, _ int) byte {
				for i := range p.text.amounts {
					if p.text.amounts[i].start == start && m["A"+strconv.Itoa(i)] != 0 {
						return m["A"+strconv.Itoa(i)]
					}
				}
				for i := range p.text.dates {
					if p.text.dates[i].start == start && m["D"+strconv.Itoa(i)] != 0 {
						return m["D"+strconv.Itoa(i)]
					}
				}
				return '-'
			}, days)
			if ok {
				if len(l.points) > 0 {
					out = append(out, l)
				}
				break
			}
		}
	}
	return out
}
