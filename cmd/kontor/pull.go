package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"kontor/cases/desk"
	"kontor/inbox/oauth"
)

func (g *globals) pullCmd() *cobra.Command {
	return &cobra.Command{
		Use: "pull", Short: "one round over the mailboxes", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				stop := g.progress(a.desk)
				r, err := a.desk.Pull(ctx)
				stop()
				part := r.Fetched > 0 || failures(err) < len(a.watched())
				if part || err == nil {
					if perr := g.result(r, "%d geholt, %d neu, %d zugeordnet, %d ohne Akte, %d unlesbar", "%d fetched, %d new, %d matched, %d unassigned, %d failed",
						r.Fetched, r.New, r.Matched, r.Unassigned, r.Failed); perr != nil {
						return perr
					}
				}
				switch {
				case err == nil:
					return nil
				case errors.Is(err, oauth.ErrLogin):
					err = fmt.Errorf("%w; kontor login shows a code to confirm", err)
				default:
					err = fmt.Errorf("%w; kontor doctor tests each step", err)
				}
				if part {
					return partly("%w", err)
				}
				return err
			})
		},
	}
}

// failures counts the folders that a round did not get through.
func failures(err error) int {
	if err == nil {
		return 0
	}
	if list, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the list itself, as the desk joins it
		return len(list.Unwrap())
	}
	return 1
}

// result writes a value as JSON, or a sentence.
func (g *globals) result(v any, de, en string, args ...any) error {
	if g.json {
		return g.put(v)
	}
	return g.say(g.words(de, en), args...)
}

// words picks a sentence by --lang, else by the config.
func (g *globals) words(de, en string) string {
	lang := g.lang
	if lang == "" {
		lang = g.homeLang
	}
	if lang == "en" {
		return en
	}
	return de
}

// progress tells a person at a terminal how far a long round has come, in one
// line that is wiped in the end. Scripts see nothing of it.
func (g *globals) progress(d *desk.Desk) (stop func()) {
	f, ok := g.stderr.(*os.File)
	if !ok || g.json || !term.IsTerminal(f.Fd()) {
		return func() {}
	}
	return g.count(d, f)
}

// count writes to w how far the desk's round has come.
func (g *globals) count(d *desk.Desk, w io.Writer) (stop func()) {
	var mu sync.Mutex
	width, over := 0, false
	write := func(line string, last bool) {
		mu.Lock()
		defer mu.Unlock()
		if over { // news that was on its way
			return
		}
		over = last
		n := len([]rune(line))
		_, _ = fmt.Fprint(w, "\r", line, strings.Repeat(" ", max(0, width-n)), "\r") // a person's comfort
		width = n
	}
	cancel := d.Subscribe(func(n desk.News) {
		if m := d.Status().Mail; n.Status && m.State == desk.LinkWorking && m.Total > 0 {
			write(fmt.Sprintf(g.words("Post: %d von %d", "mail: %d of %d"), m.Done, m.Total), false)
		}
	})
	return func() {
		cancel()
		write("", true)
	}
}
