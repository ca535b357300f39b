package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"kontor/cases/desk"
	workers "kontor/cmd/kontor/internal/run"
	"kontor/store/bolt"
	"kontor/ui"
)

// workstation is the TUI on the configured home.
func (g *globals) workstation(ctx context.Context) (err error) {
	in, ok := g.stdin.(*os.File)
	if !ok || !term.IsTerminal(in.Fd()) {
		return usage("the workstation needs a terminal; kontor --help lists the commands for scripts")
	}
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.runUI(ctx, false)
}

// session is the time between unlocking and locking: the open store, and the
// workers behind the desk.
type session struct {
	a      *app
	mu     sync.Mutex
	cancel context.CancelFunc
	pool   sync.WaitGroup
}

// unlock opens the store and starts the workers.
func (s *session) unlock(ctx context.Context, pass string) (desk.Workstation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.a.desk != nil {
		return s.a.workplace(), nil
	}
	if err := s.a.open(context.WithoutCancel(ctx), pass); err != nil {
		if errors.Is(err, bolt.ErrPassphrase) {
			err = fmt.Errorf("%w: %w", ui.ErrPassphrase, err)
		}
		return nil, err
	}
	var run context.Context
	run, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	w := workers.Workers{Desk: s.a.desk, Boxes: s.a.watched(), Now: s.a.g.now, Log: s.a.log}
	s.pool.Go(func() { w.Run(run) })
	return s.a.workplace(), nil
}

// lock stops the workers and closes the store: its keys are wiped.
func (s *session) lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
		s.pool.Wait()
		s.cancel = nil
	}
	if err := s.a.reset(); err != nil {
		s.a.log.Error("close the store", "err", err)
	}
}

// runUI unlocks and shows the screens until the caseworker leaves.
func (a *app) runUI(ctx context.Context, isDemo bool) error {
	if err := ui.CheckKeys(a.cfg.Keys); err != nil {
		return fmt.Errorf("config [keys]: %w", err)
	}
	s := &session{a: a}
	defer s.lock()
	opts := ui.Options{
		Lang: a.lang(), Theme: a.cfg.Theme, Clock: a.g.now, Loc: a.loc, Demo: isDemo, Keys: a.cfg.Keys,
		Unlock: s.unlock, Lock: s.lock, Editor: a.editor, Outside: a.outside(),
	}
	pass, ok, err := a.passphrase(ctx)
	if err != nil {
		return err
	}
	if ok {
		if opts.Desk, err = s.unlock(ctx, pass); err != nil {
			return err
		}
	}
	answerKeys()
	if err := ui.Run(ctx, opts, a.g.stdin, a.g.stdout); err != nil {
		return fmt.Errorf("the screen: %w", err)
	}
	return nil
}

// memoryDir is where a text may lie in clear for a moment: in memory, never on
// a disk.
const memoryDir = "/dev/shm"

var errNoMemory = errors.New("an outside editor needs a folder in memory (" + memoryDir + "), so that no text lies on the disk in clear; e edits here")

// editor makes the command of $VISUAL or $EDITOR on a text.
func (a *app) editor(text string) (tea.ExecCommand, func() (string, error), error) {
	words := strings.Fields(a.g.env["VISUAL"])
	if len(words) == 0 {
		words = strings.Fields(a.g.env["EDITOR"])
	}
	if len(words) == 0 {
		return nil, nil, errors.New("neither VISUAL nor EDITOR is set")
	}
	if st, err := os.Stat(memoryDir); err != nil || !st.IsDir() {
		return nil, nil, errNoMemory
	}
	f, err := os.CreateTemp(memoryDir, "kontor-*.txt")
	if err != nil {
		return nil, nil, errNoMemory
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, errors.Join(err, os.Remove(f.Name()))
	}
	cmd := editorCommand{exec.Command(words[0], append(words[1:], f.Name())...)} //nolint:gosec,noctx // the caseworker's own editor, as long as it takes
	return cmd, func() (string, error) {
		b, err := readBack(f.Name())
		return string(b), errors.Join(err, os.Remove(f.Name()))
	}, nil
}

func readBack(name string) (b []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, maxText))
}

// editorCommand lets the screen hand its terminal to the editor.
type editorCommand struct{ *exec.Cmd }

// SetStdin gives the editor the keyboard.
func (c editorCommand) SetStdin(r io.Reader) { c.Stdin = r }

// SetStdout gives the editor the screen.
func (c editorCommand) SetStdout(w io.Writer) { c.Stdout = w }

// SetStderr gives the editor the screen for errors.
func (c editorCommand) SetStderr(w io.Writer) { c.Stderr = w }

// watched lists the folders whose servers tell of new mail.
func (a *app) watched() []workers.Folder {
	var out []workers.Folder
	for _, b := range a.desk.Mailboxes() {
		for _, f := range b.Folders() {
			out = append(out, workers.Folder{Box: b, Name: f})
		}
	}
	return out
}
