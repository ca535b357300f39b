// Command benchfloor is the least program that a key's delay can be compared
// with: Bubble Tea as Kontor runs it, a window over as many rows, a view filled
// as Kontor's is, and nothing behind it.
package main

import (
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

const rows = 100_000

type model struct {
	w, h, cursor, top int
}

func (m *model) Init() tea.Cmd { return nil }

func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "j":
			m.cursor = min(m.cursor+1, rows-1)
		case "k":
			m.cursor = max(m.cursor-1, 0)
		case "q":
			return m, tea.Quit
		}
		m.top = max(min(m.top, m.cursor), m.cursor-m.h+1)
	}
	return m, nil
}

var (
	selected = lipgloss.NewStyle().Reverse(true)
	plain    = lipgloss.NewStyle().Foreground(lipgloss.Color("#c0caf5"))
	muted    = lipgloss.NewStyle().Foreground(lipgloss.Color("#565f89"))
)

func (m *model) View() tea.View {
	var b strings.Builder
	left := m.w * 3 / 5
	for i := m.top; i < m.top+m.h && i < rows; i++ {
		sign, style := " ", plain
		if i == m.cursor {
			sign, style = "▌", selected
		}
		row := fmt.Sprintf("%s neu  K-2026-%06d  Petra Muster %-9d  Ratenzahlung  %9d,%02d €  %3d T", sign, i, i, i*7%9999, i%100, i%90)
		b.WriteString(style.Render(fit(row, left)))
		b.WriteString(muted.Render("│ "))
		b.WriteString(plain.Render(fit(fmt.Sprintf("Zeile %d der Vorschau, die neben der Liste steht und sich mit ihr ändert", m.cursor+i), m.w-left-2)))
		if i < m.top+m.h-1 {
			b.WriteByte('\n')
		}
	}
	v := tea.NewView(b.String())
	v.AltScreen = true
	return v
}

func fit(s string, w int) string {
	r := []rune(s)
	if len(r) > w {
		return string(r[:max(0, w)])
	}
	return s + strings.Repeat(" ", w-len(r))
}

func main() {
	if _, err := tea.NewProgram(&model{}, tea.WithFPS(120)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
