// Package record is the room of the record: what happened, who did it, on which
// case, newest first. It only reads.
package record

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Desk is what the room asks of the desk.
type Desk interface {
	Record(ctx context.Context, before uint64, limit int) (rows []desk.RecordRow, more bool, err error)
}

// pageSize is how many facts are read at once.
const pageSize = 200

// page is one page of the record.
type page struct {
	rows []desk.RecordRow
	more bool
}

// room holds where in the record one is.
type room struct {
	look   *nav.Look
	desk   Desk
	before []uint64 // pages that were left for older ones
	at     uint64   // 0: the newest page
}

// New makes the room.
func New(look *nav.Look, d Desk) *board.Screen {
	r := &room{look: look, desk: d}
	return board.New(look, board.Page{
		Load: func() func(ctx context.Context) (any, error) {
			return func(ctx context.Context) (any, error) {
				rows, more, err := d.Record(ctx, r.at, pageSize)
				return page{rows, more}, err
			}
		}(),
		Draw:    r.draw,
		Actions: r.actions,
		Watch:   func(n desk.News) bool { return r.at == 0 && (n.Queue || n.Outbox || len(n.Cases) > 0) },
		Pick:    true,
	})
}

func (r *room) actions(s *board.Screen) []*keys.Action {
	t := r.look.Text.Room
	act := func(id string, w text.Key, do func() tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: keys.Move, Do: func(tea.KeyPressMsg) tea.Cmd { return do() }, Why: why}
	}
	return []*keys.Action{
		act("older", t.Older, func() tea.Cmd {
			p, _ := s.Data().(page)
			r.before = append(r.before, r.at)
			r.at = p.rows[len(p.rows)-1].Pos
			return s.Load()
		}, func() string {
			if p, ok := s.Data().(page); !ok || !p.more {
				return t.NoOlder
			}
			return ""
		}, "right", "l"),
		act("newer", t.Newer, func() tea.Cmd {
			r.at = r.before[len(r.before)-1]
			r.before = r.before[:len(r.before)-1]
			return s.Load()
		}, func() string {
			if len(r.before) == 0 {
				return t.NoNewer
			}
			return ""
		}, "left", "h"),
	}
}

func (r *room) draw(data any, w int) []board.Line {
	p, _ := data.(page)
	t, th := r.look.Text, r.look.Theme
	if len(p.rows) == 0 {
		return []board.Line{{}, {Text: th.Muted.Render(cells.Cut(t.Room.RecordEmpty, w))}}
	}
	span := fmt.Sprintf(t.Room.RecordOlder, p.rows[len(p.rows)-1].Pos, p.rows[0].Pos)
	out := []board.Line{
		{Text: cells.Ends(th.Strong.Render(t.Room.RecordTitle), th.Muted.Render(span), w)},
		{Text: th.Muted.Render(r.line(w, "", t.Room.RecordWhen, t.Room.RecordWho, t.Room.RecordWhat, t.Room.RecordCase))},
	}
	for _, x := range p.rows {
		who := cells.Line(x.By)
		if x.Machine || who == "" {
			who = t.Room.RecordMachine
		}
		about := cells.Line(x.Reference.String())
		if about == "" {
			about = text.Code(t.Words.Stream, x.Stream)
		}
		if !x.Debtor.IsZero() {
			about += " " + cells.Line(r.look.Name(x.Debtor))
		}
		what := text.Code(t.Words.Event, x.Event)
		if x.Sent != nil {
			what += ": " + cells.Line(x.Sent.Provider) + ", " + t.Outcome(x.Sent.Outcome)
		}
		out = append(out, board.Line{
			Text: r.line(w, strconv.FormatUint(x.Pos, 10), r.look.When(x.At), who, what, about),
			Case: x.Case, ID: strconv.FormatUint(x.Pos, 10),
		})
	}
	return out
}

// line sets the cells of one row; where there is little room the position and
// much of who it was give way.
func (r *room) line(w int, pos, when, who, what, about string) string {
	pw, ow := 8, 14
	if w < 100 {
		pw, ow = 0, 11
	}
	rest := max(20, w-pw-16-ow)
	mid := min(rest/2, 46)
	out := ""
	if pw > 0 {
		out = cells.Right(pos, pw-1) + " "
	}
	return out + cells.Cell(when, 15) + " " + cells.Cell(who, ow-1) + " " + cells.Cell(what, mid-1) + " " + cells.Cell(about, rest-mid)
}
