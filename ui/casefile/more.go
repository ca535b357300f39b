package casefile

import (
	"fmt"

	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/themes"
	"kontor/ui/cells"
	"kontor/ui/text"
)

// plans are the instalments, each with what became of it.
func (s *Screen) plans(h *sheet) {
	if s.more == nil {
		return
	}
	t, th := s.look.Text, s.look.Theme
	f := t.File
	for _, p := range s.more.Plans {
		h.head(f.Plan+" · "+t.Words.ArrState[p.State], len(p.Rates))
		for _, r := range p.Rates {
			st, sign := th.Text, "· "
			switch r.State {
			case plan.Met:
				st, sign = th.Good, "✓ "
			case plan.Late:
				st, sign = th.Warn, "✓ "
			case plan.Broken:
				st, sign = th.Bad, "! "
			case plan.Unclear:
				st, sign = th.Warn, "? "
			case plan.Open:
			}
			paid := ""
			if r.Paid > 0 && r.Paid < r.Cents {
				paid = fmt.Sprintf(f.Paid, s.look.Sum(r.Paid))
			}
			if r.PaidOn != 0 {
				paid = fmt.Sprintf(f.PaidOn, t.Day(r.PaidOn))
			}
			h.row(st, sign+fmt.Sprintf(f.Rate, r.No), 14, r.Due.Long(t.Lang), h.day, s.look.Sum(r.Cents), -14, "", 2, cells.Join(text.Code(f.RateState, string(r.State)), paid), 0)
		}
		total := money.Cents(0)
		for _, r := range p.Rates {
			total += r.Cents
		}
		words := fmt.Sprintf(f.PlanSum, s.look.Sum(p.Outcome.Paid), s.look.Sum(total))
		st := th.Strong
		if p.Outcome.Overdue > 0 {
			words, st = cells.Join(words, fmt.Sprintf(f.PlanMissing, s.look.Sum(p.Outcome.Overdue))), th.Bad
		}
		h.row(st, words, 0)
	}
}

// deadlines are limitation and titles, with what moves them.
func (s *Screen) deadlines(h *sheet) {
	t, th, c := s.look.Text, s.look.Theme, s.view.Case
	f := t.File
	if s.more != nil && len(s.more.Limitations) > 0 {
		h.head(f.Limitation, len(s.more.Limitations))
		for _, l := range s.more.Limitations {
			name := l.Claim
			for _, k := range c.Ledger.Claims {
				if k.ID == l.Claim && k.Invoice != "" {
					name = k.Invoice
				}
			}
			r := l.Result
			words, st := f.InCourt, th.Muted
			if !l.InCourt {
				words, st = fmt.Sprintf(f.Ends, r.Ends.Long(t.Lang)), th.Text
				if r.EndsWithoutAck != 0 && r.EndsWithoutAck != r.Ends {
					words = cells.Join(words, fmt.Sprintf(f.Without, r.EndsWithoutAck.Long(t.Lang)))
				}
				if r.EndsWithAck != 0 && r.EndsWithAck != r.Ends {
					words = cells.Join(words, fmt.Sprintf(f.With, r.EndsWithAck.Long(t.Lang)))
				}
				if r.Lapsed(s.view.Today) {
					words, st = f.Lapsed+" · "+words, th.Bad
				} else if int(r.Earliest-s.view.Today) <= 60 {
					words, st = cells.Join("! "+words, fmt.Sprintf(f.Act, t.Day(r.Act))), th.Warn
				}
			}
			h.long(name, words, st)
			if l.InterestYear != 0 {
				h.long("", fmt.Sprintf(f.InterestYear, l.InterestYear, l.Interest.Earliest.Long(t.Lang)), th.Muted)
			}
		}
	}
	if len(c.AckProposed) > 0 {
		h.head(f.Acks, len(c.AckProposed))
		for _, a := range c.AckProposed {
			h.row(th.Warn, fmt.Sprintf(f.AckProposed, t.Day(a.Date)), 0)
		}
	}
	if len(c.Titles) > 0 {
		h.head(f.Titles, len(c.Titles))
		for _, x := range c.Titles {
			final := f.NotFinal
			if b := x.Begins(); b != 0 {
				final = fmt.Sprintf(f.Final, b.Long(t.Lang))
			}
			h.row(th.Text, text.Code(f.Title, x.Kind), 26, x.Date.Long(t.Lang), h.day, cells.Join(final, x.Court, x.FileNo), 0)
		}
	}
	if s.more != nil && len(s.more.Stops) > 0 {
		h.head(f.Stops, len(s.more.Stops))
		for _, x := range s.more.Stops {
			h.row(th.Warn, "≡ "+text.Code(f.Stop, x.What), 20, t.HoldReason(x.Reason), 34, cells.Join(span(t, x.From, x.Until), x.Rule), 0)
		}
	}
}

// papers are the documents and the complaints of the case.
func (s *Screen) papers(h *sheet) {
	t, th, c := s.look.Text, s.look.Theme, s.view.Case
	f := t.File
	if len(c.Documents) > 0 {
		h.head(f.Documents, len(c.Documents))
		for _, d := range c.Documents {
			st, more := th.Text, cells.Join(text.Code(f.Source, d.Source), sizeOf(d.Size))
			if d.Removed != "" {
				st, more = th.Muted, fmt.Sprintf(f.Removed, cells.Line(d.Removed))
			}
			h.row(st, f.Document[d.Kind], 20, d.Name.String(), 40, more, 0)
		}
	}
	if len(c.Complaints) > 0 {
		h.head(f.Complaints, len(c.Complaints))
		for _, x := range c.Complaints {
			st, state := th.Law, "§ "+fmt.Sprintf(f.Due, t.Day(x.Due))
			if x.Outcome != "" {
				st, state = th.Muted, "✓ "+text.Code(f.Outcome, x.Outcome)
			}
			h.row(st, x.Received.Long(t.Lang), h.day, text.Code(f.About, x.About), 20, state, 28, x.Text.String(), 0)
		}
	}
}

func sizeOf(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", max(1, n>>10))
}

// long sets a name beside words that may take more than one line.
func (h *sheet) long(name, words string, st themes.Style) {
	for i, l := range cells.Wrap(plain.Line(words), max(20, h.w-20), st) {
		if i > 0 {
			name = ""
		}
		h.out = append(h.out, st.Render(cells.Cell(cells.Line(name), 20))+l)
	}
}
