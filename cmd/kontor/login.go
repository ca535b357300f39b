package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/oauth"
)

// smtpAccount names an SMTP server as kontor login does: the one of [smtp], or
// a mailbox's own.
func smtpAccount(mailbox string) string {
	if mailbox == "" {
		return "smtp"
	}
	return mailbox + "/smtp"
}

type loginPrompt struct {
	Account string    `json:"account"`
	URL     string    `json:"url"`
	Code    string    `json:"code"`
	Until   time.Time `json:"until"`
}

type loginDone struct {
	Accounts []string `json:"accounts"`
	LoggedIn bool     `json:"logged_in"`
}

// loginCmd lets a person confirm a code at the mail operator, once; after that
// the refresh token in token_file does.
func (g *globals) loginCmd() *cobra.Command {
	return &cobra.Command{
		Use: "login [ACCOUNT]", Short: "log a mailbox in at its operator (OAuth), in a browser",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("want one account at most: a mailbox's name, smtp, or NAME/smtp")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return g.logIn(cmd.Context(), args) },
	}
}

// account is one login of the config that goes through an operator.
type account struct {
	name  string
	oauth *config.OAuth
}

// accounts lists the logins for which a person can confirm a code.
func (a *app) accounts() (list []account) {
	add := func(name string, o *config.OAuth) {
		if o != nil && o.Flow == "device" {
			list = append(list, account{name, o})
		}
	}
	for i := range a.cfg.Mailboxes {
		m := &a.cfg.Mailboxes[i]
		add(m.Name, m.OAuth)
		if m.SMTP != nil {
			add(smtpAccount(m.Name), m.SMTP.OAuth)
		}
	}
	if a.cfg.SMTP != nil {
		add(smtpAccount(""), a.cfg.SMTP.OAuth)
	}
	return list
}

func (g *globals) logIn(ctx context.Context, args []string) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	want, shared, err := a.pick(args)
	if err != nil {
		return err
	}
	src, err := a.tokens(want.oauth)
	if err != nil {
		return fmt.Errorf("oauth of %s: %w", want.name, err)
	}
	var showErr error
	err = src.LogIn(ctx, func(p oauth.Prompt) {
		until := ""
		if !p.Until.IsZero() {
			until = p.Until.In(a.loc).Format(" (15:04)")
		}
		showErr = g.result(loginPrompt{want.name, p.URL.String(), p.Code.String(), p.Until},
			"%s im Browser öffnen und den Code %s eingeben%s", "open %s in a browser and enter the code %s%s", p.URL, p.Code, until)
	})
	if err = errors.Join(showErr, err); err != nil {
		return fmt.Errorf("log in %s: %w", want.name, err)
	}
	return g.result(loginDone{shared, true}, "angemeldet: %s", "logged in: %s", strings.Join(shared, ", "))
}

// pick finds the account to log in, and all that share its token.
func (a *app) pick(args []string) (want account, shared []string, err error) {
	list := a.accounts()
	var names []string
	found := false
	for _, x := range list {
		names = append(names, x.name)
		if len(args) == 1 && x.name == args[0] {
			want, found = x, true
		}
	}
	files := map[string]bool{}
	for _, x := range list {
		files[a.cfg.Path(x.oauth.TokenFile)] = true
	}
	switch {
	case len(list) == 0:
		return want, nil, errors.New(`no account of the config logs in by code: that takes auth = "xoauth2" and [mailbox.oauth] with flow = "device"`)
	case len(args) == 1 && !found:
		return want, nil, usage("no account %q logs in by code; there are: %s", args[0], strings.Join(names, ", "))
	case len(args) == 0 && len(files) > 1:
		return want, nil, usage("which account? there are: %s", strings.Join(names, ", "))
	case len(args) == 0:
		want = list[0]
	}
	for _, x := range list {
		if a.cfg.Path(x.oauth.TokenFile) == a.cfg.Path(want.oauth.TokenFile) {
			shared = append(shared, x.name)
		}
	}
	return want, shared, nil
}
