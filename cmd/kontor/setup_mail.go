package main

import (
	"context"
	"crypto/x509"
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cmd/kontor/internal/config"
)

// mailbox asks for the mailbox until it passes, or is kept as it is.
func (s *setup) mailbox(ctx context.Context) error {
	addr, err := s.ask(ctx, s.words("E-Mail-Adresse des Postfachs", "Address of the mailbox"), "", s.mailAddress)
	if err != nil {
		return err
	}
	s.c.Agency.Mail = addr
	_, domain, _ := strings.Cut(addr, "@")
	m := config.Mailbox{Name: "inkasso", Address: "imap." + domain + ":993", Username: addr, PasswordFile: "imap.secret"}
	for {
		if m.Address, err = s.ask(ctx, s.words("IMAP-Server", "IMAP server"), m.Address, s.hostPort); err != nil {
			return err
		}
		if m.Security, err = s.security(ctx, m.Address); err != nil {
			return err
		}
		if m.Username, err = s.ask(ctx, s.words("Benutzer", "User"), m.Username, s.needed); err != nil {
			return err
		}
		if err := s.secret(ctx, m.PasswordFile, s.words("Kennwort (bleibt in einer Datei, nur für Sie lesbar): ", "Password (kept in a file that only you can read): ")); err != nil {
			return err
		}
		f, list, err := s.tryMailbox(ctx, &m)
		if err != nil {
			return err
		}
		if untrusted(list) {
			if m.CAFile, err = s.askCA(ctx); err != nil {
				return err
			}
			if m.CAFile != "" {
				if f, list, err = s.tryMailbox(ctx, &m); err != nil {
					return err
				}
			}
		}
		if again, err := s.again(ctx, f); err != nil {
			return err
		} else if again {
			continue
		}
		return s.senders(ctx, list)
	}
}

// tryMailbox shows what the checks say of a mailbox.
func (s *setup) tryMailbox(ctx context.Context, m *config.Mailbox) (*findings, []cases.Finding, error) {
	s.c.Mailboxes = []config.Mailbox{*m}
	a, err := s.app()
	if err != nil {
		return nil, nil, err
	}
	f := s.findings()
	box, err := a.imapBox(&a.cfg.Mailboxes[0])
	if err != nil {
		return nil, nil, err
	}
	list := box.Check(ctx)
	return f, list, f.show(m.Name, list)
}

// untrusted says that a certificate was seen that nobody known vouches for.
func untrusted(list []cases.Finding) bool {
	return slices.ContainsFunc(list, func(f cases.Finding) bool { return !f.OK && f.Check == "tls" })
}

// askCA asks for the file of an own certificate authority, "" for none.
func (s *setup) askCA(ctx context.Context) (string, error) {
	v, err := s.ask(ctx, s.words("Datei mit dem Zertifikat der eigenen CA (ca_file; leer: keine)", "File with the certificate of your own CA (ca_file; empty: none)"), "", func(v string) error {
		if v == "" {
			return nil
		}
		b, err := os.ReadFile(v)
		if err != nil {
			return err
		}
		if !x509.NewCertPool().AppendCertsFromPEM(b) {
			return errors.New(s.words("Darin steht kein Zertifikat im PEM-Format.", "There is no certificate in PEM format in it."))
		}
		return nil
	})
	if err != nil || v == "" {
		return "", err
	}
	return filepath.Abs(v)
}

// senders asks whose verdict on a sender counts, with what the newest mails
// suggest. Where the mailbox was not reached, kontor doctor says it later.
func (s *setup) senders(ctx context.Context, list []cases.Finding) error {
	if !loggedIn(list) {
		return nil
	}
	a, err := s.app()
	if err != nil {
		return err
	}
	box, err := a.imapBox(&a.cfg.Mailboxes[0])
	if err != nil {
		return err
	}
	m, seen := &s.c.Mailboxes[0], checkedBy(ctx, box, a.cfg.Mailboxes[0].Folders[0])
	s.g.tell("%s", s.words("Ein Absender gilt nur als bestätigt, wenn der eigene Mailserver ihn geprüft hat. Unter welchem Namen schreibt er das in die Mails (Authentication-Results)?",
		"A sender counts as confirmed only where your own mail server has checked it. Under which name does it write that into the mails (Authentication-Results)?"))
	hint, none := "", s.words("keiner", "none")
	if seen != "" {
		s.g.tell(s.words("Neueste Mails prüfte %s: nur nehmen, wenn das der eigene Server ist.", "Newest mails were checked by %s: take it only if that is your own server."), seen)
		hint = s.words(", oder: keiner", ", or: none")
	}
	v, err := s.ask(ctx, "authserv_id"+hint, seen, func(v string) error {
		if strings.ContainsAny(v, " \t;") {
			return errors.New(s.words("Das ist ein Name wie mx.example.org.", "It is a name such as mx.example.org."))
		}
		return nil
	})
	if v != none {
		m.AuthServID = v
	}
	return err
}

// smtp asks for the server that takes mail.
func (s *setup) smtp(ctx context.Context) error {
	addr := s.c.Agency.Mail
	_, domain, _ := strings.Cut(addr, "@")
	o := config.SMTP{Address: "smtp." + domain + ":587", Username: addr, CAFile: s.c.Mailboxes[0].CAFile, From: (&mail.Address{Name: s.c.Agency.Name, Address: addr}).String()}
	for {
		var err error
		if o.Address, err = s.ask(ctx, s.words("SMTP-Server", "SMTP server"), o.Address, s.hostPort); err != nil {
			return err
		}
		if o.Security, err = s.security(ctx, o.Address); err != nil {
			return err
		}
		none := s.words("keiner", "none")
		if o.Username, err = s.ask(ctx, s.words("Benutzer, oder: keiner", "User, or: none"), o.Username, s.needed); err != nil {
			return err
		}
		o.Auth, o.PasswordFile = "", "smtp.secret"
		if o.Username == none {
			o.Username, o.Auth, o.PasswordFile = "", "none", ""
		} else if err := s.secret(ctx, o.PasswordFile, s.words("Kennwort: ", "Password: ")); err != nil {
			return err
		}
		if o.From, err = s.ask(ctx, s.words("Absender", "Sender"), o.From, s.mailAddress); err != nil {
			return err
		}
		f, list, err := s.trySMTP(ctx, &o)
		if err != nil {
			return err
		}
		if untrusted(list) {
			if o.CAFile, err = s.askCA(ctx); err != nil {
				return err
			}
			if o.CAFile != "" {
				if f, _, err = s.trySMTP(ctx, &o); err != nil {
					return err
				}
			}
		}
		if again, err := s.again(ctx, f); err != nil || !again {
			return err
		}
	}
}

// trySMTP shows what the checks say of a server that takes mail.
func (s *setup) trySMTP(ctx context.Context, o *config.SMTP) (*findings, []cases.Finding, error) {
	s.c.SMTP = o
	a, err := s.app()
	if err != nil {
		return nil, nil, err
	}
	f := s.findings()
	list, err := a.checkSMTP(ctx, f, "")
	return f, list, err
}
