package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	"kontor/cmd/kontor/internal/config"
)

// FreePorts returns two loopback addresses that nobody listens on now. They lie
// below the ports that systems hand out by themselves (from 32768 on Linux, from
// 49152 elsewhere), for a demo home keeps them while its servers are down.
func FreePorts() (imapAddr, smtpAddr string, err error) {
	if imapAddr, err = freePort(); err != nil {
		return "", "", err
	}
	for smtpAddr == "" || smtpAddr == imapAddr {
		if smtpAddr, err = freePort(); err != nil {
			return "", "", err
		}
	}
	return imapAddr, smtpAddr, nil
}

func freePort() (addr string, err error) {
	const first, ports, tries = 20000, 12000, 100
	var lc net.ListenConfig
	for range tries {
		addr = fmt.Sprintf("127.0.0.1:%d", first+rand.IntN(ports)) //nolint:gosec // any port will do
		l, lerr := lc.Listen(context.Background(), "tcp", addr)
		if lerr == nil {
			return addr, l.Close()
		}
		err = lerr
	}
	return "", fmt.Errorf("find a free port: %w", err)
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
