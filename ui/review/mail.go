package review

import (
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/text"
)

// mailLines is the mail: who, when, what it seems to want, and its words with
// the evidence for that.
func (s *Screen) mailLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	if !s.mailed() {
		return s.occasionLines(w)
	}
	m := s.rev.Message
	var out []string
	out = append(out, s.alertLines(w)...)
	from := s.address(m.Mail.From.Addr)
	if !m.Mail.From.Name.IsZero() {
		from = s.look.Name(m.Mail.From.Name) + " <" + from + ">"
	}
	out = append(out, s.pair(t.Review.From, plain.Line(from), w)...)
	if a := m.Mail.ReplyTo.Addr; a != "" {
		out = append(out, s.pair("Reply-To", plain.Line(s.address(a)), w)...)
	}
	out = append(out, s.pair(t.Review.Date, plain.Line(s.look.When(m.Received)), w)...)
	subject := s.maskText(m.Mail.Subject)
	out = append(out, s.hang(th.Muted.Render(cells.Cell(t.Review.Subject, labelWidth)), cells.Wrap(plain.Line(subject.String()), w-labelWidth, th.Strong, s.marks("subject", m.Mail.Subject)...))...)
	out = append(out, s.readingLines(w)...)
	if len(m.Places) > 0 && len(m.Lies()) == 0 {
		out = append(out, cells.Wrap(plain.Line("! "+t.Review.InNoMailbox), w, th.Warn)...)
	}
	for _, x := range m.Mail.Warnings {
		words := t.Warning(x.Code)
		if !x.Detail.IsZero() {
			words += ": " + x.Detail.String()
		}
		out = append(out, cells.Wrap(plain.Line("! "+words), w, th.Warn)...)
	}
	for i, a := range m.Mail.Attachments {
		if i == 5 {
			out = append(out, th.Muted.Render("  …"))
			break
		}
		out = append(out, th.Muted.Render("+ ")+cells.Cut(cells.Line(a.Name.String()), w-2))
	}
	out = append(out, "")
	return append(out, s.bodyLines(w)...)
}

func (s *Screen) bodyLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	body, field := s.rev.Own, "text"
	if s.whole || body.IsZero() {
		body, field = s.rev.Text, "whole"
	}
	if body.IsZero() {
		return []string{th.Muted.Render(t.Review.NoText)}
	}
	return cells.Wrap(s.maskText(body), min(w, readable), th.Text, s.marks(field, body)...)
}

// alertLines is the banner of a danger to a person.
func (s *Screen) alertLines(w int) []string {
	c := s.rev.Message.Class
	if len(c.Alerts) == 0 {
		return nil
	}
	var names []string
	for _, a := range c.Alerts {
		names = append(names, s.look.Text.Alert(a))
	}
	var out []string
	for _, l := range cells.Wrap(plain.Line(sprintf(s.look.Text.Review.AlertBanner, strings.Join(names, ", "))), w-2, themesNone) {
		out = append(out, s.look.Theme.Alert.Render(cells.Cell(" "+l, w)))
	}
	return append(out, "")
}

// readingLines is what the mail seems to want.
func (s *Screen) readingLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	c := s.rev.Message.Class
	label := th.Muted.Render(cells.Cell(t.Queue.Intent, labelWidth))
	words := t.Intent(c.Intent)
	style := th.Strong
	switch {
	case s.rev.Message.ClassifiedByPerson:
		words += ", " + t.Review.ByPerson
	case c.Unsure && len(c.Candidates) > 1:
		words, style = "? "+sprintf(t.Review.Unsure, t.Intent(c.Candidates[0].Intent)+" "+text.Percent(c.Candidates[0].Permille), t.Intent(c.Candidates[1].Intent)+" "+text.Percent(c.Candidates[1].Permille)), th.Warn
	case c.Intent != "":
		words += " " + text.Percent(c.Permille)
	}
	out := s.hang(label, cells.Wrap(plain.Line(words), w-labelWidth, style))
	var more []string
	for _, i := range c.Secondary {
		more = append(more, t.Intent(i))
	}
	for _, f := range c.Flags {
		more = append(more, t.Flag(f))
	}
	if slices.ContainsFunc(c.Notes, func(n string) bool { return strings.HasPrefix(n, "engines_disagree") }) {
		more = append(more, t.Review.Disagree)
	}
	if x := s.rev.Message.Transmissions; len(x) > 0 && c.Engine == "local" && !s.rev.Message.ClassifiedByPerson {
		more = append(more, sprintf(t.Review.AidFailed, t.Outcome(x[len(x)-1].Outcome)))
	}
	if slices.Contains(c.Notes, "steering") {
		more = append(more, t.Review.Steering)
	}
	more = append(more, s.emptySlots(c.Notes)...)
	if c.Lang != "" && c.Lang != t.Lang {
		more = append(more, sprintf(t.Review.OtherLang, text.Code(t.Words.Language, cells.Line(c.Lang))))
	}
	if len(more) > 0 {
		out = append(out, s.hang(cells.Space(labelWidth), cells.Wrap(plain.Line(strings.Join(more, " · ")), w-labelWidth, th.Warn))...)
	}
	return out
}

// emptySlots says which facts the mail speaks of without saying them plainly.
func (s *Screen) emptySlots(notes []string) []string {
	var out []string
	w := s.look.Text.Words
	for _, n := range notes {
		why, slot, ok := strings.Cut(n, ":")
		if reason, known := w.Open[why]; ok && known && w.Slot[slot] != "" {
			out = append(out, w.Slot[slot]+": "+reason)
		}
	}
	return out
}

// occasionLines stands where there is no mail.
func (s *Screen) occasionLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	out := cells.Wrap(plain.Line(sprintf(t.Review.Occasion, t.Item(s.item.Kind))), w, th.Strong)
	if x := s.rev.Said; x != nil {
		out = append(out, cells.Wrap(plain.Line(t.Deal.Held+": "+cells.Join(t.Intent(x.Intent), s.saidOf(x.Slots, cases.Details{}))), w, th.Strong)...)
	}
	for _, r := range s.rev.Row.Reasons {
		out = append(out, cells.Wrap(plain.Line("· "+t.Reason(r)), w, th.Text)...)
	}
	if c := s.rev.Case; c != nil {
		for _, f := range c.FollowUps {
			if !f.Done {
				out = append(out, cells.Wrap(plain.Line(t.Review.FollowUps+" "+t.Day(f.Due)+": "+t.FollowUp(f.Reason)), w, th.Text)...)
			}
		}
		out = append(out, "")
		for i := len(c.Notes) - 1; i >= 0 && i >= len(c.Notes)-5; i-- {
			if n := c.Notes[i]; !n.Gone {
				out = append(out, cells.Wrap(plain.Line(s.look.When(n.At)+"  "+s.maskText(n.Text).String()), w, th.Muted)...)
			}
		}
	}
	return out
}

// marks finds the evidence of the reading in a field of the mail: by its
// offsets where they hold, by its words where they do not.
func (s *Screen) marks(field string, body plain.Text) []cells.Mark {
	th := s.look.Theme
	raw := body.String()
	var out []cells.Mark
	for _, e := range s.rev.Message.Class.Evidence {
		want := field
		if field == "whole" {
			want = "text"
		}
		if e.Field != want || e.Quote == "" {
			continue
		}
		a, z := e.Start, e.End
		if field == "whole" || a < 0 || z > len(raw) || a >= z || raw[a:z] != e.Quote {
			if a = strings.Index(raw, e.Quote); a < 0 {
				continue
			}
			z = a + len(e.Quote)
		}
		out = append(out, cells.Mark{Start: a, End: z, Style: th.Evidence, Tag: s.evidenceFor(e.For), TagStyle: th.EvidenceTag})
	}
	return out
}

// evidenceFor names what a quote supports.
func (s *Screen) evidenceFor(code string) string {
	t := s.look.Text
	switch {
	case cases.Intent(code).Valid():
		return t.IntentSlim(cases.Intent(code))
	case t.Words.Flag[cases.Flag(code)] != "":
		return t.Flag(cases.Flag(code))
	case t.Words.Alert[cases.Alert(code)] != "":
		return t.LaneSlim(priority.LaneAlert)
	}
	return text.Code(t.Words.Slot, cells.Line(code))
}
