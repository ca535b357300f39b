package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"
)

// directAbove is how many mails go through IMAP at most when a demo home is
// prepared; more are fed to the desk directly.
const directAbove = 1000

type demoFlags struct {
	cases, mails   int
	seed           int64
	prepare, serve bool
}

func (g *globals) demoCmd() *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use: "demo", Short: "the whole program with sample servers, cases and mails; nothing to install", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.demo(cmd.Context(), f) },
	}
	c.Flags().IntVar(&f.cases, "cases", demo.DefaultCases, "number of sample cases")
	c.Flags().IntVar(&f.mails, "mails", demo.DefaultMails, "number of sample mails")
	c.Flags().Int64Var(&f.seed, "seed", 1, "same seed, same cases and mails")
	c.Flags().BoolVar(&f.prepare, "prepare", false, "build the home, say where it is, and end")
	c.Flags().BoolVar(&f.serve, "serve", false, "only the demo's servers, until stopped")
	return c
}

func (g *globals) demo(ctx context.Context, f demoFlags) (err error) {
	if f.cases < 1 || f.mails < 0 || f.cases > 1_000_000 || f.mails > 1_000_000 {
		return usage("--cases and --mails: want 1 to 1,000,000 and 0 to 1,000,000")
	}
	if f.prepare && f.serve {
		return usage("--prepare and --serve exclude each other")
	}
	if g.home == "" {
		if f.prepare || f.serve {
			return usage("--home is missing")
		}
		dir, err := os.MkdirTemp("", "kontor-demo-")
		if err != nil {
			return fmt.Errorf("make a temporary home: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		g.home = dir
	}
	home, err := g.homeDir()
	if err != nil {
		return err
	}
	fresh := !exists(g.configFile(home))
	if f.serve {
		if fresh {
			return fmt.Errorf("%s holds no demo home; make one with kontor demo --prepare", home)
		}
		return g.serveDemo(ctx, home)
	}
	if !f.prepare { // the screen stays dark for a few seconds
		g.tell("%s", g.words("Die Vorführung wird vorbereitet: Server, Akten, Mails …", "Getting the demo ready: servers, cases, mails …"))
	}
	if fresh {
		if err := g.writeDemoHome(home, f); err != nil {
			return err
		}
	}
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.cfg.Demo == nil {
		return fmt.Errorf("%s is no demo home: its config has no [demo]", home)
	}
	world, srv, err := a.demoWorld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, srv.Close()) }()
	if fresh {
		if err := a.fillDemo(ctx, world, len(world.Mails) > directAbove); err != nil {
			return err
		}
	}
	if f.prepare {
		return a.tellPrepared(ctx)
	}
	if err := a.reset(); err != nil {
		return err
	}
	return a.runDemoUI(ctx, srv, world)
}

// runDemoUI shows the workstation while new mails keep arriving.
func (a *app) runDemoUI(ctx context.Context, srv *demo.Servers, world demo.World) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() { a.drip(ctx, srv, world.Later) })
	return a.runUI(ctx, true)
}

// Pace of the later mails: the first comes soon, so that one sees it happen.
const (
	dripFirst = 25 * time.Second
	dripEvery = 40 * time.Second
)

// drip delivers later mails one by one. How many have come is kept, so that a
// demo home goes on where it stopped.
func (a *app) drip(ctx context.Context, srv *demo.Servers, later []demo.Mail) {
	wait := dripFirst
	for n := a.dripped(); n < len(later); n++ {
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		wait = dripEvery
		at := later[n].Sent(a.g.now().In(a.loc).Truncate(time.Second))
		if err := srv.Deliver(later[n].RawAt(at, 10000+n), at); err != nil {
			a.log.Error("demo mail", "err", err)
			return
		}
		if err := os.WriteFile(a.dripFile(), []byte(strconv.Itoa(n+1)), 0o600); err != nil {
			a.log.Error("demo mail", "err", err)
			return
		}
	}
}

func (a *app) dripFile() string { return filepath.Join(a.home, "demo", "later") }

func (a *app) dripped() int {
	b, err := os.ReadFile(a.dripFile())
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// reset closes the store after preparation, so that the workstation opens it.
func (a *app) reset() error {
	var err error
	if a.desk != nil {
		a.desk.Close()
	}
	if a.store != nil {
		err = a.store.Close()
	}
	a.desk, a.store = nil, nil
	return err
}

// writeDemoHome writes config and secrets of a demo home.
func (g *globals) writeDemoHome(home string, f demoFlags) error {
	if err := os.MkdirAll(filepath.Join(home, "demo", "sink"), 0o700); err != nil {
		return fmt.Errorf("make the demo home: %w", err)
	}
	for name, text := range map[string]string{"passphrase": "kontor-demo-passphrase\n", "imap.secret": demo.Password + "\n"} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("make the demo home: %w", err)
		}
	}
	imapAddr, smtpAddr, err := demo.FreePorts()
	if err != nil {
		return err
	}
	return writeConfig(g.configFile(home), demo.Config(f.seed, f.cases, f.mails, g.now(), imapAddr, smtpAddr))
}

func writeConfig(file string, c config.Config) error {
	b, err := toml.Marshal(c)
	if err != nil {
		return fmt.Errorf("write config: %w", err)
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		return fmt.Errorf("write config: %w", err)
	}
	return nil
}

// demoWorld builds the world that the home was made with and starts its servers.
func (a *app) demoWorld(ctx context.Context) (demo.World, *demo.Servers, error) {
	d := a.cfg.Demo
	nCases, nMails := demo.DefaultCases, demo.DefaultMails
	if d.Cases != nil {
		nCases = *d.Cases
	}
	if d.Mails != nil {
		nMails = *d.Mails
	}
	world, err := demo.Build(d.Seed, nCases, nMails, d.Start.In(a.loc))
	if err != nil {
		return demo.World{}, nil, err
	}
	srv, err := a.startServers(ctx, world)
	return world, srv, err
}

// startServers starts the demo's servers on the config's ports and fills the
// mailbox: from the seed, and with the later mails that had come already.
func (a *app) startServers(ctx context.Context, world demo.World) (*demo.Servers, error) {
	epoch, err := a.epoch()
	if err != nil {
		return nil, err
	}
	srv, err := demo.Start(ctx, a.cfg.Demo.IMAP, a.cfg.Demo.SMTP, filepath.Join(a.home, "demo"), epoch)
	if err != nil {
		return nil, err
	}
	if len(world.Mails) <= directAbove {
		for i, m := range world.Mails {
			if err := srv.Deliver(m.Raw(i), m.At); err != nil {
				return nil, errors.Join(err, srv.Close())
			}
		}
	}
	return srv, nil
}

// epoch counts the starts of a demo's mailbox, which forgets its mails.
func (a *app) epoch() (int, error) {
	file := filepath.Join(a.home, "demo", "epoch")
	n := 0
	if b, err := os.ReadFile(file); err == nil {
		if n, err = strconv.Atoi(strings.TrimSpace(string(b))); err != nil || n < 0 {
			n = 0
		}
	}
	if err := os.WriteFile(file, []byte(strconv.Itoa(n+1)), 0o600); err != nil {
		return 0, fmt.Errorf("demo home: %w", err)
	}
	return n % 1000, nil
}

// fillDemo makes the store and brings cases and mails in.
func (a *app) fillDemo(ctx context.Context, world demo.World, direct bool) error {
	pass, _, err := a.passphrase(ctx)
	if err != nil {
		return err
	}
	if _, err := a.create(ctx, pass); err != nil {
		return err
	}
	if err := a.open(ctx, pass); err != nil {
		return err
	}
	var res importResult
	put := a.importer(ctx, &res)
	for start := 0; start < len(world.Cases); start += importBatch {
		var batch []lined
		for i, c := range world.Cases[start:min(start+importBatch, len(world.Cases))] {
			batch = append(batch, lined{start + i + 1, c})
		}
		if err := put(batch); err != nil {
			return err
		}
	}
	if res.Refused > 0 {
		return fmt.Errorf("%d sample cases were refused", res.Refused)
	}
	if direct {
		err = a.takeDirect(ctx, world)
	} else {
		_, err = a.desk.Pull(ctx)
	}
	if err != nil {
		return err
	}
	return a.fillFile(ctx, world.File)
}

// takeBatch is how many mails are taken in one transaction.
const takeBatch = 500

func (a *app) takeDirect(ctx context.Context, world demo.World) error {
	box := a.cfg.Mailboxes[0].Name
	for start := 0; start < len(world.Mails); start += takeBatch {
		var batch []cases.Fetched
		for i, m := range world.Mails[start:min(start+takeBatch, len(world.Mails))] {
			raw := m.Raw(start + i)
			batch = append(batch, cases.Fetched{
				Place:    cases.Place{Account: box, Mailbox: "direct", UIDValidity: 1, UID: uint32(start + i + 1)},
				Received: m.At, Size: int64(len(raw)), Raw: raw,
			})
		}
		if _, err := a.desk.Take(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

type preparedLine struct {
	Home   string `json:"home"`
	Config string `json:"config"`
	Cases  int    `json:"cases"`
	Mails  int    `json:"mails"`
	Drafts int    `json:"drafts"`
	IMAP   string `json:"imap"`
	SMTP   string `json:"smtp"`
	Server string `json:"server"`
}

func (a *app) tellPrepared(ctx context.Context) error {
	if a.desk == nil {
		pass, _, err := a.passphrase(ctx)
		if err != nil {
			return err
		}
		if err := a.open(ctx, pass); err != nil {
			return err
		}
	}
	l := preparedLine{Home: a.home, Config: a.g.configFile(a.home), IMAP: a.cfg.Demo.IMAP, SMTP: a.cfg.Demo.SMTP, Server: a.cfg.Server.URL}
	l.Cases, l.Mails = a.desk.Counts()
	q, err := a.desk.Queue(ctx, desk.Query{})
	if err != nil {
		return err
	}
	for i := range q.Len() {
		if a.desk.Draftable(q.Ref(i)) {
			l.Drafts++
		}
	}
	return a.g.put(l)
}

// serveDemo runs the servers alone.
func (g *globals) serveDemo(ctx context.Context, home string) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.cfg.Demo == nil {
		return fmt.Errorf("%s is no demo home: its config has no [demo]", home)
	}
	_, srv, err := a.demoWorld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, srv.Close()) }()
	if err := g.put(map[string]string{"imap": srv.IMAPAddr, "smtp": srv.SMTPAddr}); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
