package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kontor/store/bolt"
)

func (g *globals) initCmd() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "init", Short: "ask for mailbox, SMTP, endpoint and passphrase, test them, make config and store", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.initHome(cmd.Context(), yes) },
	}
	c.Flags().BoolVar(&yes, "yes", false, "ask nothing: make the store for the config and passphrase source that are there")
	return c
}

func (g *globals) initHome(ctx context.Context, yes bool) (err error) {
	home, err := g.homeDir()
	if err != nil {
		return err
	}
	if file := g.configFile(home); !exists(file) {
		if !yes {
			return g.setUp(ctx, home, file)
		}
		if err := os.MkdirAll(home, 0o700); err != nil {
			return fmt.Errorf("make the home: %w", err)
		}
		if err := os.WriteFile(file, []byte(configTemplate), 0o600); err != nil {
			return fmt.Errorf("write the config: %w", err)
		}
		return fmt.Errorf("--yes needs a config; one to fill in was written to %s; then run kontor init --yes again, and kontor doctor", file)
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
		if pass, err = g.newPassphrase(ctx); err != nil {
			return err
		}
	}
	return a.makeStore(ctx, pass)
}

// makeStore makes the store and shows the recovery key, this one time.
func (a *app) makeStore(ctx context.Context, pass string) error {
	if err := longEnough(pass); err != nil {
		return err
	}
	recovery, err := a.create(ctx, pass)
	if err != nil {
		return err
	}
	return a.g.result(map[string]string{"home": a.home, "recovery_key": recovery},
		"Speicher angelegt in %s. Wiederherstellungsschlüssel, nur dieses eine Mal gezeigt:\n\n  %s\n\n"+
			"Auf Papier an einen sicheren Ort. Ohne Passphrase und ohne ihn sind die Daten verloren.",
		"Store made in %s. The recovery key, shown this one time:\n\n  %s\n\nKeep it on paper in a safe place. Without passphrase and without it the data are lost.",
		a.home, recovery)
}

// create makes the store of a home.
func (a *app) create(ctx context.Context, pass string) (recovery string, err error) {
	opts, _, _, err := a.journalOptions(nil)
	if err != nil {
		return "", err
	}
	return bolt.Init(ctx, a.home, []byte(pass), opts)
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
