package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/store/bolt"
)

func (g *globals) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "find out what is wrong: store, mailboxes, SMTP, AI endpoint", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.doctor(cmd.Context()) },
	}
}

type doctorLine struct {
	Part string `json:"part"`
	cases.Finding
}

// findings shows what checks found and counts what is not well.
type findings struct {
	g   *globals
	bad int
}

func (f *findings) show(part string, list []cases.Finding) error {
	for _, x := range list {
		mark := "ok  "
		switch {
		case !x.OK:
			mark = f.g.words("FEHL", "FAIL")
			f.bad++
		case x.Advice != "":
			mark = f.g.words("HINW", "NOTE")
		}
		part, check, detail := f.g.shown(part, x.Check, x.Detail.String())
		advice := f.g.advice(x.Advice)
		if err := f.g.result(doctorLine{part, x}, "%s %-10s %-15s %s%s", "%s %-10s %-15s %s%s", mark, part, check, detail, advice); err != nil {
			return err
		}
	}
	return nil
}

func (g *globals) doctor(ctx context.Context) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	f := &findings{g: g}
	if err := f.show("store", a.checkStore(ctx)); err != nil {
		return err
	}
	for i := range a.cfg.Mailboxes {
		m := &a.cfg.Mailboxes[i]
		box, err := a.imapBox(m)
		if err != nil {
			return err
		}
		list := box.Check(ctx)
		if loggedIn(list) {
			list = append(list, a.checkSenders(ctx, box, m))
		}
		if err := f.show(m.Name, list); err != nil {
			return err
		}
		if m.SMTP == nil {
			continue
		}
		if _, err := a.checkSMTP(ctx, f, m.Name); err != nil {
			return err
		}
	}
	if a.cfg.SMTP != nil {
		if _, err := a.checkSMTP(ctx, f, ""); err != nil {
			return err
		}
	}
	if err := f.show("assist", a.checkAssist(ctx)); err != nil {
		return err
	}
	if f.bad > 0 {
		return fmt.Errorf(g.words("%d Prüfungen haben etwas gefunden; jede Zeile oben sagt, was zu tun ist", "%d of the checks found something; each line above says what to do"), f.bad)
	}
	return nil
}

// loggedIn says that checks of a mailbox got past its login.
func loggedIn(list []cases.Finding) bool {
	return slices.ContainsFunc(list, func(f cases.Finding) bool { return f.Check == "login" && f.OK })
}

func (a *app) checkSMTP(ctx context.Context, f *findings, name string) ([]cases.Finding, error) {
	s, part := a.cfg.SMTP, "smtp"
	for i := range a.cfg.Mailboxes {
		if a.cfg.Mailboxes[i].Name == name {
			s, part = a.cfg.Mailboxes[i].SMTP, "smtp "+name
		}
	}
	snd, _, err := a.smtpSender(name, s)
	if err != nil {
		return nil, err
	}
	list := snd.Check(ctx)
	return list, f.show(part, list)
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

// advice puts the code of an advice into words, after a colon.
func (g *globals) advice(code string) string {
	type words struct{ de, en string }
	w, ok := map[string]words{
		"ask_for_write_access":         {"Schreibrechte für dieses Postfach erbitten", "ask for write access to this mailbox"},
		"ask_mail_operator":            {"den Betreiber des Mailservers fragen", "ask whoever runs the mail server"},
		"check_api_key":                {"api_key_file prüfen", "check api_key_file"},
		"check_certificate_or_ca_file": {"Zertifikat prüfen, oder ca_file nennen", "check the certificate, or name a ca_file"},
		"check_endpoint":               {"[assist] endpoint prüfen; ohne ihn arbeitet das eingebaute Modell", "check [assist] endpoint; without it the embedded engine works"},
		"check_envelope_from":          {"Absender (from, envelope) prüfen", "check the sender (from, envelope)"},
		"check_folder_name_or_rights":  {"Namen des Ordners und Rechte prüfen", "check the folder's name and rights"},
		"check_host_name":              {"Namen des Servers prüfen", "check the server's name"},
		"check_port_firewall":          {"Port und Firewall prüfen; läuft der Server?", "check port and firewall; is the server up?"},
		"check_user_and_secret":        {"Benutzer und Kennwort prüfen", "check user and password"},
		"compare_fingerprint":          {"Fingerabdruck mit dem Betreiber vergleichen", "compare the fingerprint with the server's operator"},
		"create_target_folder":         {"Zielordner anlegen", "create the target folder"},
		"free_space_in_mailbox":        {"Platz im Postfach schaffen", "free space in the mailbox"},
		"log_in_at_operator":           {"kontor login", "kontor login"},
		"set_authserv_id":              {"authserv_id des Postfachs setzen, wenn das der eigene Mailserver ist", "set the mailbox's authserv_id, if that is your own mail server"},
		"set_sent_folder":              {"sent_folder nennen", "name a sent_folder"},
		"use_keyword":                  {`after = "keyword" verwenden`, `use after = "keyword"`},
		bolt.AdviceInit:                {"kontor init", "kontor init"},
		bolt.AdviceOtherDir:            {"das Home auf eine lokale Platte legen", "keep the home on a local disk"},
		bolt.AdviceMode:                {"chmod -R go= auf das Home", "chmod -R go= on the home"},
		bolt.AdviceLocked:              {"das andere Programm schließen", "close the other program"},
		bolt.AdviceRestore:             {"kontor restore mit der letzten Sicherung", "kontor restore with the last backup"},
		bolt.AdviceSpace:               {"Platz auf der Platte schaffen, dann noch einmal prüfen", "free space on the disk, then check again"},
		bolt.AdviceBackup:              {"kontor backup DATEI", "kontor backup FILE"},
		bolt.AdviceCompact:             {"kontor backup und kontor restore verkleinern den Speicher", "kontor backup and kontor restore shrink the store"},
		bolt.AdviceKernel:              {"den Kernel aktualisieren, oder fast_commit abschalten", "update the kernel, or switch fast_commit off"},
		bolt.AdviceNewProgram:          {"eine neuere Version von Kontor installieren", "install a newer version of Kontor"},
	}[code]
	switch {
	case ok:
		return " → " + g.words(w.de, w.en)
	case code != "":
		return " → " + code
	}
	return ""
}
