package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/store/bolt"
)

func (g *globals) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "an encrypted backup, read back and verified", Args: nArgs(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			ctx := cmd.Context()
			a, err := g.prepare()
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			pass, err := a.needPassphrase(ctx)
			if err != nil {
				return err
			}
			if err := a.openStore(ctx, pass); err != nil {
				return err
			}
			if exists(args[0]) {
				return fmt.Errorf("%s is there already; nothing was written", args[0])
			}
			r, err := a.store.BackupFile(ctx, args[0], []byte(pass))
			if err != nil {
				return err
			}
			return g.result(r, "%s: %d Fakten gesichert und zurückgelesen", "%s: %d facts saved and read back", args[0], r.Facts)
		},
	}
}

func (g *globals) restoreCmd() *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: "bring a backup back into an empty home", Args: nArgs(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.restore(cmd.Context(), args[0]) },
	}
}

// restore unpacks into the home's place: the home may hold a config, but no
// store. The store is verified before it is moved in.
func (g *globals) restore(ctx context.Context, file string) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	pass, err := a.needPassphrase(ctx)
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return err
	}
	r, err := bolt.RestoreInto(ctx, f, a.home, []byte(pass), []byte(pass), opts)
	if err != nil {
		return err
	}
	return g.result(r, "%d Fakten zurückgeholt und geprüft", "%d facts restored and verified", r.Facts)
}

// openStore opens the store alone, for commands that need no desk.
func (a *app) openStore(ctx context.Context, pass string) error {
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return err
	}
	a.store, err = bolt.Open(ctx, a.home, []byte(pass), opts)
	return err
}

// needPassphrase finds the passphrase, or asks a person.
func (a *app) needPassphrase(ctx context.Context) (string, error) {
	pass, ok, err := a.passphrase(ctx)
	if err != nil || ok {
		return pass, err
	}
	return a.g.askPassphrase("Passphrase: ")
}

func (g *globals) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "find out what is wrong: store, mailboxes, SMTP", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.doctor(cmd.Context()) },
	}
}

type doctorLine struct {
	Part string `json:"part"`
	cases.Finding
}

func (g *globals) doctor(ctx context.Context) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	bad := 0
	show := func(part string, list []cases.Finding) error {
		for _, f := range list {
			mark := "ok  "
			if !f.OK {
				mark = "FEHL"
				bad++
			}
			if err := g.result(doctorLine{part, f}, "%s %-10s %-14s %s %s", "%s %-10s %-14s %s %s", mark, part, f.Check, f.Detail, f.Advice); err != nil {
				return err
			}
		}
		return nil
	}
	if err := show("store", a.checkStore(ctx)); err != nil {
		return err
	}
	for i := range a.cfg.Mailboxes {
		m := &a.cfg.Mailboxes[i]
		box, err := a.imapBox(m)
		if err != nil {
			return err
		}
		if err := show(m.Name, box.Check(ctx)); err != nil {
			return err
		}
		if m.SMTP != nil {
			if err := a.checkSMTP(ctx, m.Name, show); err != nil {
				return err
			}
		}
	}
	if a.cfg.SMTP != nil {
		if err := a.checkSMTP(ctx, "", show); err != nil {
			return err
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of the checks found something; each line above says what to do", bad)
	}
	return nil
}

func (a *app) checkSMTP(ctx context.Context, name string, show func(string, []cases.Finding) error) error {
	s := a.cfg.SMTP
	for i := range a.cfg.Mailboxes {
		if a.cfg.Mailboxes[i].Name == name {
			s = a.cfg.Mailboxes[i].SMTP
		}
	}
	snd, _, err := a.smtpSender(name, s)
	if err != nil {
		return err
	}
	return show("smtp "+name, snd.Check(ctx))
}

// checkStore checks the store opened, or from outside where it does not open.
func (a *app) checkStore(ctx context.Context) []cases.Finding {
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return []cases.Finding{{Check: "rules", Detail: line(err)}}
	}
	pass, err := a.needPassphrase(ctx)
	if err == nil {
		err = a.openStore(ctx, pass)
	}
	if err == nil {
		return a.store.Check(ctx)
	}
	return append([]cases.Finding{{Check: "open", Detail: line(err)}}, bolt.Inspect(ctx, a.home, opts)...)
}
