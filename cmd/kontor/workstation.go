package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"

	"kontor/cases/desk"
	workers "kontor/cmd/kontor/internal/run"
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

// runUI unlocks, starts the workers behind the desk, and shows the screens
// until the caseworker leaves.
func (a *app) runUI(ctx context.Context, isDemo bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var pool sync.WaitGroup
	defer pool.Wait()
	defer cancel() // before the wait
	var once sync.Mutex
	unlock := func(ctx2 context.Context, pass string) (desk.Workstation, error) {
		once.Lock()
		defer once.Unlock()
		if a.desk != nil {
			return nil, errors.New("unlocked already")
		}
		if err := a.open(ctx2, pass); err != nil {
			return nil, err
		}
		w := workers.Workers{Desk: a.desk, Boxes: a.watched(), Now: a.g.now, Log: a.log}
		pool.Go(func() { w.Run(ctx) })
		return a.desk, nil
	}
	opts := ui.Options{Lang: a.lang(), Theme: a.cfg.Theme, Clock: a.g.now, Loc: a.loc, Demo: isDemo, Keys: a.cfg.Keys, Unlock: unlock}
	pass, ok, err := a.passphrase(ctx)
	if err != nil {
		return err
	}
	if ok {
		if opts.Desk, err = unlock(ctx, pass); err != nil {
			return err
		}
		opts.Unlock = nil
	}
	if err := ui.Run(ctx, opts, a.g.stdin, a.g.stdout); err != nil {
		return fmt.Errorf("the screen: %w", err)
	}
	return nil
}

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
