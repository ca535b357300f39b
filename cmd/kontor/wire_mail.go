package main

import (
	"fmt"
	"net/mail"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/imap"
	"kontor/inbox/smtp"
)

func (a *app) mailboxes(o *desk.Options) error {
	o.Senders, o.Froms = map[string]desk.Sender{}, map[string]desk.From{}
	if a.cfg.SMTP != nil {
		if err := a.addSender(o, "", a.cfg.SMTP); err != nil {
			return err
		}
	}
	for i := range a.cfg.Mailboxes {
		m := &a.cfg.Mailboxes[i]
		box, err := a.imapBox(m)
		if err != nil {
			return err
		}
		o.Mailboxes = append(o.Mailboxes, mailbox{box})
		if m.SMTP != nil {
			if err := a.addSender(o, m.Name, m.SMTP); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *app) imapBox(m *config.Mailbox) (*imap.Mailbox, error) {
	l, err := a.login(m.Auth, m.OAuth, m.Secret(), m.Name)
	if err != nil {
		return nil, fmt.Errorf("mailbox %s: %w", m.Name, err)
	}
	box, err := imap.New(imap.Config{
		Name: m.Name, Address: m.Address, Security: m.Security, CAFile: a.cfg.Path(m.CAFile), Fingerprint: m.Fingerprint,
		Username: m.Username, Auth: m.Auth, Secret: l.secret, Refused: l.refused, Folders: m.Folders, After: m.After, SentCopy: m.SentCopy,
		SentFolder: m.SentFolder, Now: a.g.now, Log: a.log,
	})
	if err != nil {
		return nil, fmt.Errorf("mailbox %s: %w", m.Name, err)
	}
	return box, nil
}

func (a *app) addSender(o *desk.Options, name string, s *config.SMTP) error {
	snd, from, err := a.smtpSender(name, s)
	if err != nil {
		return fmt.Errorf("smtp of mailbox %q: %w", name, err)
	}
	o.Senders[name] = sender{snd}
	o.Froms[name] = from
	return nil
}

func (a *app) smtpSender(name string, s *config.SMTP) (*smtp.Sender, desk.From, error) {
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, desk.From{}, fmt.Errorf("from %q: %w", s.From, err)
	}
	f := desk.From{From: cases.Address{Name: plain.Line(from.Name), Addr: from.Address}}
	if s.ReplyTo != "" {
		r, err := mail.ParseAddress(s.ReplyTo)
		if err != nil {
			return nil, f, fmt.Errorf("reply_to %q: %w", s.ReplyTo, err)
		}
		f.ReplyTo = cases.Address{Name: plain.Line(r.Name), Addr: r.Address}
	}
	l, err := a.login(s.Auth, s.OAuth, s.Secret(name), smtpAccount(name))
	if err != nil {
		return nil, f, err
	}
	user, auth := s.Username, s.Auth
	if auth == "none" {
		user, auth = "", ""
	}
	snd, err := smtp.New(smtp.Config{
		Address: s.Address, Security: s.Security, CAFile: a.cfg.Path(s.CAFile), Fingerprint: s.Fingerprint, Username: user, Auth: auth,
		Secret: l.secret, Refused: l.refused, From: f.From, EnvelopeFrom: s.Envelope, Now: a.g.now, Log: a.log,
	})
	return snd, f, err
}
