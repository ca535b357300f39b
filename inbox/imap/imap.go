// Package imap reads mailboxes and never changes them unless told to.
//
// A Mailbox reads one account. Pull makes one round over one folder; Run
// pulls, waits by IDLE or polling, and pulls again, with reconnects. The
// folder is opened by EXAMINE and read by BODY.PEEK. The triple of folder,
// UIDVALIDITY and UID is the only identity that IMAP gives; where UIDVALIDITY
// changes, everything is read again and the journal knows the bytes.
//
// Nothing that a server holds is dropped: a mail that it cannot hand over is
// reported with Unreadable set, one that is too large with Truncated set.
package imap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

// Defaults and bounds.
const (
	defaultTimeout = 60 * time.Second
	defaultMaxMail = 50 << 20
	// chunk is how much of each mail the first fetch asks for, and what is
	// kept of a mail beyond MaxMail.
	chunk = 1 << 20
	// batchBytes and batchMails bound what is handed to the sink at once.
	batchBytes = 2 << 20
	batchMails = 250
)

// The values of Config.After.
const (
	AfterNothing = "nothing"
	AfterKeyword = "keyword"
	AfterSeen    = "seen"
	afterMove    = "move:"
)

// The values of Config.SentCopy.
const (
	SentAuto   = "auto"
	SentAppend = "append"
	SentNone   = "none"
)

// Keyword is the flag that AfterKeyword sets: it says nothing about the mail.
const Keyword = "$Kontor"

// Config describes one account.
type Config struct {
	Name        string // the account's name in places and cursors
	Address     string // host:port
	Security    string // "tls", "starttls", or "plain" to loopback addresses
	CAFile      string // PEM file that replaces the system's roots
	Fingerprint string // SHA-256 of the server's certificate, pinned
	Username    string
	Auth        string // "plain", "login", "xoauth2", "oauthbearer"
	// Secret gives the password or the access token, anew for each login.
	Secret func(ctx context.Context) (string, error)
	// Refused is told when the server took the secret for wrong, so that the
	// next login gets a fresh one; may be nil.
	Refused func()
	Folders []string // default INBOX
	// After says what happens to a mail on the server once it is stored:
	// "nothing" (default), "keyword", "seen" or "move:FOLDER".
	After string
	// SentCopy says whether a sent reply is put into the Sent folder: "auto"
	// (default: unless the server did so itself), "append" or "none".
	SentCopy   string
	SentFolder string        // default: the folder marked \Sent
	Timeout    time.Duration // for each command; default 60 s
	MaxMail    int64         // larger mails are kept in part; default 50 MB
	// Poll is the time between rounds where the server has no IDLE, and the
	// longest that one IDLE lasts; default 5 minutes.
	Poll time.Duration
	Now  func() time.Time
	Log  *slog.Logger
}

// Mailbox reads one account. It is safe for concurrent use; each call that
// needs the server opens a connection of its own.
type Mailbox struct {
	cfg  Config
	link link.Config

	mu sync.Mutex
	// strikes counts failures of single mails, careful holds the UID up to
	// which a folder is read mail by mail after a failure.
	strikes map[place]int
	careful map[place]uint32
}

type place struct {
	folder        string
	validity, uid uint32
}

// New checks cfg and returns its Mailbox. It does not connect.
func New(cfg Config) (*Mailbox, error) {
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.MaxMail <= 0 {
		cfg.MaxMail = defaultMaxMail
	}
	if cfg.Poll <= 0 {
		cfg.Poll = 5 * time.Minute
	}
	if len(cfg.Folders) == 0 {
		cfg.Folders = []string{"INBOX"}
	}
	if cfg.After == "" {
		cfg.After = AfterNothing
	}
	if cfg.SentCopy == "" {
		cfg.SentCopy = SentAuto
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	m := &Mailbox{
		cfg:     cfg,
		strikes: make(map[place]int),
		careful: make(map[place]uint32),
		link: link.Config{
			Address: cfg.Address, Security: cfg.Security, CAFile: cfg.CAFile,
			Fingerprint: cfg.Fingerprint, Timeout: cfg.Timeout,
		},
	}
	if err := m.validate(); err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Mailbox) validate() error {
	c := m.cfg
	if err := m.link.Validate(); err != nil {
		return err
	}
	switch {
	case c.Name == "":
		return errors.New("has no name")
	case c.Username == "":
		return errors.New("has no user name")
	case c.Secret == nil:
		return errors.New("has no source for its secret")
	case c.Now == nil:
		return errors.New("has no clock")
	case !slices.Contains([]string{oauth.Plain, oauth.Login, oauth.XOAuth2, oauth.OAuthBearer}, c.Auth):
		return fmt.Errorf("auth %q: want plain, login, xoauth2 or oauthbearer", c.Auth)
	case !slices.Contains([]string{SentAuto, SentAppend, SentNone}, c.SentCopy):
		return fmt.Errorf("sent_copy %q: want auto, append or none", c.SentCopy)
	}
	target, moves := strings.CutPrefix(c.After, afterMove)
	if !slices.Contains([]string{AfterNothing, AfterKeyword, AfterSeen}, c.After) && (!moves || target == "") {
		return fmt.Errorf("after %q: want nothing, keyword, seen or move:FOLDER", c.After)
	}
	for _, f := range append(slices.Clone(c.Folders), target, c.SentFolder) {
		if strings.ContainsFunc(f, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
			return fmt.Errorf("folder %q: holds control characters", f)
		}
	}
	if moves && slices.Contains(c.Folders, target) {
		return fmt.Errorf("after %q: the folder is read itself", c.After)
	}
	return nil
}

// Name returns the account's name.
func (m *Mailbox) Name() string { return m.cfg.Name }

// Folders returns the folders to pull.
func (m *Mailbox) Folders() []string { return slices.Clone(m.cfg.Folders) }
