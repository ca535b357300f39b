package main

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kontor/store/bolt"
)

// minPassphrase is the least length of a new passphrase, in characters.
const minPassphrase = 8

// errDiffer says that a new passphrase was not typed the same way twice.
var errDiffer = errors.New("the two passphrases differ; nothing was changed")

func longEnough(pass string) error {
	if utf8.RuneCountInString(pass) < minPassphrase {
		return fmt.Errorf("the passphrase has fewer than %d characters", minPassphrase)
	}
	return nil
}

func (g *globals) newPassphrase(ctx context.Context) (string, error) {
	first, err := g.askPassphrase(ctx, g.words("Neue Passphrase: ", "New passphrase: "))
	if err != nil {
		return "", err
	}
	again, err := g.askPassphrase(ctx, g.words("Noch einmal: ", "Again: "))
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errDiffer
	}
	return first, nil
}

func (g *globals) passwdCmd() *cobra.Command {
	var newFile, recovery string
	c := &cobra.Command{
		Use: "passwd", Short: "change the passphrase", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.passwd(cmd.Context(), newFile, recovery) },
	}
	c.Flags().StringVar(&newFile, "new-passphrase-file", "", "file with the new passphrase")
	c.Flags().StringVar(&recovery, "recovery-key-file", "", "file with the recovery key, where the passphrase is lost")
	return c
}

func (g *globals) passwd(ctx context.Context, newFile, recoveryFile string) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return err
	}
	old := ""
	if recoveryFile != "" {
		key, err := g.readText(recoveryFile)
		if err != nil {
			return err
		}
		if a.store, err = bolt.OpenWithRecovery(ctx, a.home, key, opts); err != nil {
			return err
		}
	} else {
		var ok bool
		if old, ok, err = a.passphrase(ctx); err != nil {
			return err
		}
		if !ok {
			if old, err = g.askPassphrase(ctx, "Passphrase: "); err != nil {
				return err
			}
		}
		if a.store, err = bolt.Open(ctx, a.home, []byte(old), opts); err != nil {
			return err
		}
	}
	var fresh string
	if newFile != "" {
		if fresh, err = g.readText(newFile); err != nil {
			return err
		}
		fresh = trimLine(fresh)
	} else if fresh, err = g.newPassphrase(ctx); err != nil {
		return err
	}
	if err := longEnough(fresh); err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	if recoveryFile != "" {
		err = a.store.SetPassphrase(ctx, []byte(fresh))
	} else {
		err = a.store.ChangePassphrase(ctx, []byte(old), []byte(fresh))
	}
	if err != nil {
		return err
	}
	if f := a.cfg.PassphraseFile; f != "" {
		g.tell("%s still holds the old passphrase: write the new one there", a.cfg.Path(f))
	}
	return g.result(map[string]bool{"changed": true}, "Passphrase geändert", "passphrase changed")
}

func trimLine(s string) string {
	for len(s) > 0 && (s[len(s)-1] == '\n' || s[len(s)-1] == '\r') {
		s = s[:len(s)-1]
	}
	return s
}
