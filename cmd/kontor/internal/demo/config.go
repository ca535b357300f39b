package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"kontor/cmd/kontor/internal/config"
)

// FreePorts returns two loopback addresses that nobody listens on now.
func FreePorts() (imapAddr, smtpAddr string, err error) {
	var lc net.ListenConfig
	a, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", fmt.Errorf("find a free port: %w", err)
	}
	b, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", fmt.Errorf("find a free port: %w", errors.Join(err, a.Close()))
	}
	return a.Addr().String(), b.Addr().String(), errors.Join(a.Close(), b.Close())
}

// IBAN is the agency's account, as in many a manual.
const IBAN = "DE02120300000000202051"

// Config is the config of a demo home.
func Config(seed int64, cases, mails int, start time.Time, imapAddr, smtpAddr string) config.Config {
	undo := config.Duration(15 * time.Second)
	return config.Config{
		ConfigVersion: config.Version, PassphraseFile: "passphrase", Lang: "de",
		User: config.User{ID: "demo", Name: "Svenja Harms"},
		Agency: config.Agency{
			Name: "Forderungsservice Nordlicht GmbH", IBAN: IBAN, Reference: `K-\d{4}-\d{6}`,
			Street: "Speicherkai 7", Town: "20457 Hamburg", Phone: "040 5550 120", Hours: "Mo–Fr 8–18 Uhr", Mail: Inbox,
			Web: "nordlicht.example.org", Privacy: "https://nordlicht.example.org/datenschutz", Register: "Rechtsdienstleistungsregister 371 E-000",
			Owner: "Geschäftsführung: Dr. Imke Petersen", Contact: "Svenja Harms", Land: "HH",
		},
		Mailboxes: []config.Mailbox{{
			Name: "inkasso", Address: imapAddr, Security: "plain", Username: User, PasswordFile: "imap.secret", AuthServID: AuthServID,
		}},
		SMTP: &config.SMTP{Address: smtpAddr, Security: "plain", Auth: "none", From: "Forderungsservice Nordlicht <" + Inbox + ">"},
		Send: config.Send{Undo: &undo, Window: "always"},
		Demo: &config.Demo{Seed: seed, Cases: &cases, Mails: &mails, Start: start.Truncate(time.Second), IMAP: imapAddr, SMTP: smtpAddr},
	}
}
