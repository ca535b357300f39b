package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kontor/store/bolt"
)

// minPassphrase is the least length of a new passphrase, in bytes.
const minPassphrase = 8

func (g *globals) initCmd() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "init", Short: "make the store for a config", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.initHome(cmd.Context(), yes) },
	}
	c.Flags().BoolVar(&yes, "yes", false, "ask nothing: the config and its passphrase source are there already")
	return c
}

func (g *globals) initHome(ctx context.Context, yes bool) (err error) {
	home, err := g.homeDir()
	if err != nil {
		return err
	}
	if file := g.configFile(home); !exists(file) {
		if err := os.MkdirAll(home, 0o700); err != nil {
			return fmt.Errorf("make the home: %w", err)
		}
		if err := os.WriteFile(file, []byte(configTemplate), 0o600); err != nil {
			return fmt.Errorf("write the config: %w", err)
		}
		return fmt.Errorf("a config to fill in was written to %s; then run kontor init again, and kontor doctor", file)
	}
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	pass, ok, err := a.passphrase(ctx)
	if err != nil {
		return err
	}
	if !ok {
		if yes {
			return errors.New("--yes asks nothing: set passphrase_file in the config, or name one with --passphrase-file")
		}
		if pass, err = g.newPassphrase(); err != nil {
			return err
		}
	}
	if len(pass) < minPassphrase {
		return fmt.Errorf("the passphrase has fewer than %d characters", minPassphrase)
	}
	recovery, err := a.create(ctx, pass)
	if err != nil {
		return err
	}
	if g.json {
		return g.put(map[string]string{"home": home, "recovery_key": recovery})
	}
	return g.say("%s\n\n  %s\n\n%s", "Speicher angelegt in "+home+". Wiederherstellungsschlüssel, nur dieses eine Mal gezeigt:", recovery,
		"Auf Papier an einen sicheren Ort. Ohne Passphrase und ohne ihn sind die Daten verloren. / Keep it on paper, in a safe place.")
}

// create makes the store of a home.
func (a *app) create(ctx context.Context, pass string) (recovery string, err error) {
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return "", err
	}
	return bolt.Init(ctx, a.home, []byte(pass), opts)
}

func (g *globals) newPassphrase() (string, error) {
	first, err := g.askPassphrase("Neue Passphrase / new passphrase: ")
	if err != nil {
		return "", err
	}
	again, err := g.askPassphrase("Noch einmal / again: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("the two passphrases differ; nothing was changed")
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
			if old, err = g.askPassphrase("Passphrase: "); err != nil {
				return err
			}
		}
		if a.store, err = bolt.Open(ctx, a.home, []byte(old), opts); err != nil {
			return err
		}
	}
	fresh := ""
	if newFile != "" {
		if fresh, err = g.readText(newFile); err != nil {
			return err
		}
		fresh = trimLine(fresh)
	} else if fresh, err = g.newPassphrase(); err != nil {
		return err
	}
	if len(fresh) < minPassphrase {
		return fmt.Errorf("the new passphrase has fewer than %d characters; nothing was changed", minPassphrase)
	}
	if recoveryFile != "" {
		err = a.store.SetPassphrase(ctx, []byte(fresh))
	} else {
		err = a.store.ChangePassphrase(ctx, []byte(old), []byte(fresh))
	}
	if err != nil {
		return err
	}
	hint := ""
	if f := a.cfg.PassphraseFile; f != "" {
		hint = "; passphrase_file " + filepath.Base(f) + " still holds the old one"
	}
	return g.say("Passphrase geändert / passphrase changed%s", hint)
}

func trimLine(s string) string {
	for len(s) > 0 && (s[len(s)-1] == '\n' || s[len(s)-1] == '\r') {
		s = s[:len(s)-1]
	}
	return s
}

// configTemplate is what kontor init writes for a person to fill in.
const configTemplate = `config_version = 1
lang = "de"
# passphrase_file = "passphrase"    # or passphrase_command, keyring = true; else it is asked for

[user]
id = "me"
name = "Vorname Nachname"           # signs letters

[agency]
name = "Muster Inkasso GmbH"
iban = "DE02120300000000202051"
reference = "K-\\d{4}-\\d{6}"      # pattern of the references, as debtors quote them
street = "Musterstraße 1"
town = "20095 Hamburg"
phone = "040 000000"
mail = "inkasso@example.org"
contact = "Vorname Nachname"
land = "HH"

[[mailbox]]
name = "inkasso"
address = "imap.example.org:993"
security = "tls"                    # tls, starttls, plain (loopback only)
username = "inkasso@example.org"
password_file = "imap.secret"       # mode 0600; or password_command, keyring = true
folders = ["INBOX"]
authserv_id = "mx.example.org"      # whose Authentication-Results count; empty: none

[smtp]
address = "smtp.example.org:587"
security = "starttls"
username = "inkasso@example.org"
password_file = "smtp.secret"
from = "Muster Inkasso <inkasso@example.org>"
`
