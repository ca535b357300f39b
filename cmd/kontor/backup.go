package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kontor/cmd/kontor/internal/config"
	"kontor/store/bolt"
)

func (g *globals) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "an encrypted backup, read back and verified", Args: oneArg("one file"),
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
			return g.result(map[string]any{"file": args[0], "at": r.At, "facts": r.Facts, "root": r.Root}, "%s: %d Fakten gesichert und zurückgelesen", "%s: %d facts saved and read back", args[0], r.Facts)
		},
	}
}

func (g *globals) restoreCmd() *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: "bring a backup back into an empty home", Args: oneArg("one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.restore(cmd.Context(), args[0]) },
	}
}

// restore unpacks into the home's place: the home may hold a config, but no
// store. The store is verified before it is moved in.
func (g *globals) restore(ctx context.Context, file string) (err error) {
	a, err := g.prepare()
	if errors.Is(err, config.ErrMissing) {
		home, _ := g.homeDir() // prepare found it
		return fmt.Errorf("%w in %s; copy config.toml and the password files of the old machine there, then restore (kontor init would begin an empty store)", config.ErrMissing, home)
	}
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
	switch {
	case errors.Is(err, bolt.ErrPassphrase):
		return fmt.Errorf("%s: %w; it takes the passphrase of the day it was made", file, err)
	case err != nil:
		return fmt.Errorf("%s: %w", file, err)
	}
	return g.result(map[string]any{"facts": r.Facts, "streams": r.Streams, "blobs": r.Blobs, "root": r.Head.Root.String()},
		"%d Fakten zurückgeholt und geprüft", "%d facts restored and verified", r.Facts)
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
	return a.g.askPassphrase(ctx, "Passphrase: ")
}
