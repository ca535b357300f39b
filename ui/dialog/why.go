package dialog

import (
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Why lists every point of a score in plain words.
func Why(look *nav.Look, reasons []priority.Reason, score int, read ...string) *Read {
	t, th := look.Text, look.Theme
	return NewRead(look, t.Dialog.Why, 64, func(w int) []string {
		var out []string
		for _, r := range reasons {
			words := t.Reason(r)
			if look.Masked && r.Factor == priority.FactorAmount {
				words = "▒▒▒ €"
			}
			lines := cells.Wrap(plain.Line(words), w-9, th.Text)
			for i, l := range lines {
				points := ""
				if i == 0 {
					points = text.Points(r)
				}
				out = append(out, cells.Cell(l, w-8)+th.Strong.Render(cells.Right(points, 8)))
			}
		}
		out = append(out, th.Faint.Render(cells.Right("────────", w)))
		out = append(out, cells.Cell(t.Queue.Total, w-8)+th.Strong.Render(cells.Right(sprintf("%d", score), 8)))
		for i, l := range read {
			if i == 0 {
				out = append(out, "", th.Strong.Render(t.Review.ReadBy))
			}
			out = append(out, cells.Wrap(plain.Line(l), w, th.Text)...)
		}
		return out
	})
}
