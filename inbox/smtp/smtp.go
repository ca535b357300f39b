// Package smtp hands finished mails to a submission server.
//
// SMTP cannot promise exactly once: between the final dot and its answer both
// sides own the mail (RFC 1047). So Send calls back before the dot, for the
// caller to put its intent on disk, and tells failures apart by phase: what
// fails before the dot was never accepted, what fails after it without the
// server's word is unknown and must not be sent again by a program.
package smtp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"slices"
	"strings"
	"time"

	"kontor/cases"
	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

const (
	defaultTimeout = 60 * time.Second
	// defaultDotTimeout is what RFC 5321, 4.5.3.2.6 asks a client to wait
	// after the final dot; shorter waits make duplicates.
	defaultDotTimeout = 10 * time.Minute
	// maxAddress is RFC 5321's limit of a path without its brackets.
	maxAddress = 254
)

// Config describes one submission server.
type Config struct {
	Address     string // host:port
	Security    string // "tls", "starttls", or "plain" to loopback addresses
	CAFile      string // PEM file that replaces the system's roots
	Fingerprint string // SHA-256 of the server's certificate, pinned
	Username    string // empty: no login
	Auth        string // "plain", "login", "xoauth2", "oauthbearer"
	// Secret gives the password or the access token, anew for each login.
	Secret func(ctx context.Context) (string, error)
	// Refused is told when the server took the secret for wrong, so that the
	// next login gets a fresh one; may be nil.
	Refused func()
	From    cases.Address
	// EnvelopeFrom takes the bounces; default is From.
	EnvelopeFrom string
	// Hello is the name for EHLO; default "[127.0.0.1]", which says nothing
	// about the machine.
	Hello      string
	Timeout    time.Duration // for each command; default 60 s
	DotTimeout time.Duration // for the answer to the final dot; default 10 min
	Now        func() time.Time
	Log        *slog.Logger
}

// Sender opens connections to one server. It is safe for concurrent use.
type Sender struct {
	cfg  Config
	link link.Config
}

// New checks cfg and returns its Sender. It does not connect.
func New(cfg Config) (*Sender, error) {
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.DotTimeout <= 0 {
		cfg.DotTimeout = defaultDotTimeout
	}
	if cfg.EnvelopeFrom == "" {
		cfg.EnvelopeFrom = cfg.From.Addr
	}
	if cfg.Hello == "" {
		cfg.Hello = "[127.0.0.1]"
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Sender{cfg: cfg, link: link.Config{
		Address: cfg.Address, Security: cfg.Security, CAFile: cfg.CAFile,
		Fingerprint: cfg.Fingerprint, Timeout: cfg.Timeout,
	}}
	if err := s.validate(); err != nil {
		return nil, fmt.Errorf("smtp server %s: %w", cfg.Address, err)
	}
	return s, nil
}

func (s *Sender) validate() error {
	c := s.cfg
	if err := s.link.Validate(); err != nil {
		return err
	}
	if err := CheckAddress(c.EnvelopeFrom); err != nil {
		return fmt.Errorf("envelope sender: %w", err)
	}
	if strings.ContainsFunc(c.Hello, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return fmt.Errorf("hello %q: want a host name", c.Hello)
	}
	if c.Username == "" {
		return nil
	}
	if c.Secret == nil {
		return errors.New("has a user name but no source for its secret")
	}
	if !slices.Contains([]string{oauth.Plain, oauth.Login, oauth.XOAuth2, oauth.OAuthBearer}, c.Auth) {
		return fmt.Errorf("auth %q: want plain, login, xoauth2 or oauthbearer", c.Auth)
	}
	return nil
}

// ErrAddress refuses an address that must not reach the server.
var ErrAddress = errors.New("no usable mail address")

// CheckAddress reports whether addr is one bare mailbox in ASCII. Addresses
// that need SMTPUTF8 are refused here rather than bounced by a relay later;
// control characters, spaces and brackets would leave the command's field.
func CheckAddress(addr string) error {
	if addr == "" || len(addr) > maxAddress {
		return fmt.Errorf("%w: empty or longer than %d bytes", ErrAddress, maxAddress)
	}
	for i := range len(addr) {
		switch c := addr[i]; {
		case c > 0x7e:
			return fmt.Errorf("%w: not ASCII, needs SMTPUTF8", ErrAddress)
		case c <= ' ', strings.IndexByte(`<>()[]\,;:"`, c) >= 0:
			return fmt.Errorf("%w: forbidden character", ErrAddress)
		}
	}
	local, domain, ok := strings.Cut(addr, "@")
	if !ok || local == "" || domain == "" || strings.Contains(domain, "@") {
		return fmt.Errorf("%w: want local@domain", ErrAddress)
	}
	if a, err := mail.ParseAddress(addr); err != nil || a.Address != addr {
		return fmt.Errorf("%w: does not parse", ErrAddress)
	}
	return nil
}
