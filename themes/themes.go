// Package themes holds palettes and the styles made of them, and nothing else.
// A theme speaks in meanings (Overdue, Evidence, Selected); colour is never the
// only carrier of one: screens set a word or a sign beside it.
package themes

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style paints one line of text that is safe to show already. It holds the
// finished escape sequences, so that painting a cell costs one concatenation.
type Style struct{ open, shut string }

// Render returns s painted. The empty text stays empty.
func (s Style) Render(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.shut
}

// of takes the sequences out of a Lip Gloss style.
func of(l lipgloss.Style) Style {
	open, shut, ok := strings.Cut(l.Inline(true).Render("x"), "x")
	if !ok {
		return Style{}
	}
	return Style{open, shut}
}

// Theme is a set of finished styles. It is read only after New.
type Theme struct {
	Name string
	Dark bool

	Text     Style // running text
	Strong   Style // what the eye should find first
	Muted    Style // what may be overlooked
	Faint    Style // rules and frames
	Accent   Style // keys, the current place
	Bar      Style // head and foot of the screen
	BarText  Style // on the bar: what matters
	BarMuted Style // on the bar: what may be overlooked
	Tab      Style // the chosen tab or lane
	Selected Style // the row under the hands
	Dim      Style // a selected row where the hands are elsewhere

	Good   Style // settled, connected
	Warn   Style // look here
	Bad    Style // refused, failed, overdue
	Alert  Style // danger to a person
	Law    Style // a legal clock, a paragraph
	Money  Style // amounts
	Value  Style // computed values in a draft
	Quoted Style // earlier mails below the sender's own words

	Evidence    Style // the words in a mail that a reading rests on
	EvidenceTag Style // what they support
	Field       Style // a text field
	Placeholder Style
	Frame       Style // borders of dialogs
	Title       Style // their titles
}

// palette is what a theme is made of.
type palette struct {
	text, strong, muted, faint, accent color.Color
	bar, barText, barMuted             color.Color
	tab, tabText, sel, selText, dim    color.Color
	good, warn, bad, alert, alertText  color.Color
	law, value, evidence, evidenceText color.Color
	bold, reverseSel, plain            bool
}

// Names lists the themes in the order in which a key walks them.
func Names() []string { return []string{"kontor", "high-contrast", "mono"} }

// New returns the theme of a name for a dark or a light terminal; an unknown
// name gives "kontor".
func New(name string, dark bool) *Theme {
	switch name {
	case "high-contrast":
		return build(name, dark, contrast(dark))
	case "mono":
		return build(name, dark, palette{plain: true, reverseSel: true, bold: true})
	}
	return build("kontor", dark, kontor(dark))
}

// Next returns the name after name.
func Next(name string) string {
	names := Names()
	for i, n := range names {
		if n == name {
			return names[(i+1)%len(names)]
		}
	}
	return names[0]
}

func kontor(dark bool) palette {
	pick := lipgloss.LightDark(dark)
	c := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	return palette{
		text: c("#24292f", "#d6dae0"), strong: c("#0b1016", "#f4f6f8"), muted: c("#66707b", "#8b95a1"),
		faint: c("#c3cad2", "#434c57"), accent: c("#0b5f9c", "#7fb8e6"),
		bar: c("#e4e9ee", "#1f2730"), barText: c("#1b2229", "#dfe5ea"), barMuted: c("#5c6670", "#8f9aa6"),
		tab: c("#0b5f9c", "#2f5f86"), tabText: c("#ffffff", "#f4f8fb"),
		sel: c("#cfe3f3", "#2b4a63"), selText: c("#0b1016", "#ffffff"), dim: c("#e8edf1", "#27313b"),
		good: c("#1c6b3f", "#7fc79a"), warn: c("#8a5a00", "#e3b341"), bad: c("#a8261c", "#f0837a"),
		alert: c("#a8261c", "#c0392b"), alertText: c("#ffffff", "#ffffff"),
		law: c("#6b3fa0", "#c3a6ee"), value: c("#0b5f9c", "#8cc4ee"),
		evidence: c("#fbe7a8", "#5a4a12"), evidenceText: c("#2a2200", "#ffedb0"),
	}
}

func contrast(dark bool) palette {
	pick := lipgloss.LightDark(dark)
	c := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	return palette{
		text: c("#000000", "#ffffff"), strong: c("#000000", "#ffffff"), muted: c("#303030", "#d0d0d0"),
		faint: c("#606060", "#a0a0a0"), accent: c("#0000a0", "#00d7ff"),
		bar: c("#000000", "#ffffff"), barText: c("#ffffff", "#000000"), barMuted: c("#d0d0d0", "#303030"),
		tab: c("#0000a0", "#00d7ff"), tabText: c("#ffffff", "#000000"),
		sel: c("#ffff00", "#ffff00"), selText: c("#000000", "#000000"), dim: c("#d0d0d0", "#404040"),
		good: c("#005f00", "#5fff5f"), warn: c("#7a3d00", "#ffd700"), bad: c("#b00000", "#ff8f8f"),
		alert: c("#b00000", "#ff0000"), alertText: c("#ffffff", "#ffffff"),
		law: c("#5f00af", "#ff9fff"), value: c("#0000a0", "#00d7ff"),
		evidence: c("#ffd75f", "#ffd75f"), evidenceText: c("#000000", "#000000"), bold: true,
	}
}

func build(name string, dark bool, p palette) *Theme {
	s := lipgloss.NewStyle
	fg := func(c color.Color) lipgloss.Style {
		if c == nil {
			return s()
		}
		return s().Foreground(c)
	}
	on := func(f, b color.Color, reverse bool) lipgloss.Style {
		if b == nil {
			return s().Reverse(reverse)
		}
		return s().Foreground(f).Background(b)
	}
	// Underlined too, so that it is seen where no colour is.
	evidence := on(p.evidenceText, p.evidence, false).Underline(true)
	muted, faint := fg(p.muted), fg(p.faint)
	if p.plain {
		muted, faint = muted.Faint(true), faint.Faint(true)
	}
	return &Theme{
		Name: name, Dark: dark,
		Text: of(fg(p.text)), Strong: of(fg(p.strong).Bold(true)), Muted: of(muted), Faint: of(faint),
		Accent: of(fg(p.accent).Bold(p.bold)),
		Bar:    of(on(p.barText, p.bar, true)), BarText: of(on(p.barText, p.bar, true).Bold(true)), BarMuted: of(on(p.barMuted, p.bar, true)),
		Tab:      of(on(p.tabText, p.tab, true).Bold(true)),
		Selected: of(on(p.selText, p.sel, p.reverseSel).Bold(p.bold)), Dim: of(on(p.text, p.dim, false)),
		Good: of(fg(p.good)), Warn: of(fg(p.warn).Bold(p.bold)), Bad: of(fg(p.bad).Bold(p.bold)),
		Alert: of(on(p.alertText, p.alert, true).Bold(true)), Law: of(fg(p.law)), Money: of(fg(p.strong)),
		Value: of(fg(p.value).Bold(p.bold)), Quoted: of(muted),
		Evidence: of(evidence), EvidenceTag: of(fg(p.warn).Italic(!p.bold)),
		Field: of(fg(p.strong)), Placeholder: of(muted), Frame: of(fg(p.accent)), Title: of(fg(p.accent).Bold(true)),
	}
}
