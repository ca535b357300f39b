package imap

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

// session is one logged-in connection. The library's commands know neither
// context nor deadline: each goes through do, which closes the connection
// when either is over.
type session struct {
	m      *Mailbox
	client *imapclient.Client
	conn   *link.Conn
	caps   imap.CapSet
	exists chan struct{} // the folder changed; one slot, latest wins
}

// dial connects and logs in. Which mailbox it is the caller says.
func (m *Mailbox) dial(ctx context.Context) (*session, error) {
	s, err := m.open(ctx)
	if err != nil {
		return nil, link.Clean(err)
	}
	if err := s.login(ctx); err != nil {
		s.abort()
		return nil, fmt.Errorf("log in: %w", link.Clean(err))
	}
	return s, nil
}

// open connects, protects the connection and waits for the greeting.
func (m *Mailbox) open(ctx context.Context) (*session, error) {
	outer, conn, err := m.link.Dial(ctx, "imap")
	if err != nil {
		return nil, err
	}
	s := &session{m: m, conn: conn, exists: make(chan struct{}, 1)}
	if err := s.greet(ctx, outer); err != nil {
		s.abort()
		return nil, err
	}
	return s, nil
}

func (s *session) greet(ctx context.Context, outer net.Conn) error {
	opts := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		// Handlers run in the library's reader: hand over and return.
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				s.poke()
			}
		},
		Expunge: func(uint32) {},
		Fetch:   nil,
	}}
	if s.m.cfg.Security != link.StartTLS {
		s.client = imapclient.New(outer, opts)
		return s.do(ctx, s.client.WaitGreeting)
	}
	cfg, err := s.m.link.TLSConfig("")
	if err != nil {
		return err
	}
	opts.TLSConfig = cfg
	return s.do(ctx, func() error {
		// It refuses a server without STARTTLS and one that is already logged in.
		c, err := imapclient.NewStartTLS(outer, opts)
		if err != nil {
			return fmt.Errorf("starttls: %w", err)
		}
		s.client = c
		return nil
	})
}

func (s *session) poke() {
	select {
	case s.exists <- struct{}{}:
	default:
	}
}

// do runs f, which may block on the server, under the time limit of one
// command. f must return once the connection is closed.
func (s *session) do(ctx context.Context, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.conn.Allow(link.DefaultBudget)
	g := s.conn.Watch(ctx, s.m.cfg.Timeout)
	return g.Release(f())
}

func (s *session) login(ctx context.Context) error {
	secret, err := s.m.cfg.Secret(ctx)
	if err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	if s.caps, err = s.capabilities(ctx); err != nil {
		return err
	}
	auth := s.m.cfg.Auth
	if auth == oauth.Login {
		if s.caps.Has(imap.CapLoginDisabled) {
			return errors.New("the server does not allow LOGIN on this connection")
		}
		err = s.do(ctx, func() error { return s.client.Login(s.m.cfg.Username, secret).Wait() })
	} else {
		err = s.authenticate(ctx, auth, secret)
	}
	if err != nil {
		return err
	}
	s.caps, err = s.capabilities(ctx)
	return err
}

func (s *session) authenticate(ctx context.Context, auth, secret string) error {
	client, err := oauth.Client(auth, oauth.Credentials{
		Username: s.m.cfg.Username, Secret: secret, Host: s.m.link.Host(), Port: s.m.link.Port(),
	})
	if err != nil {
		return err
	}
	err = s.do(ctx, func() error { return s.client.Authenticate(client) })
	if _, answered := errors.AsType[*imap.Error](err); answered && s.m.cfg.Refused != nil {
		s.m.cfg.Refused()
	}
	if why := oauth.Refusal(client); err != nil && why != "" {
		return fmt.Errorf("token refused (%s): %w", why, err)
	}
	return err
}

// capabilities asks for what the server can do now; it changes with TLS and
// with the login.
func (s *session) capabilities(ctx context.Context) (caps imap.CapSet, err error) {
	// Not client.Caps: right after a login it may still hold the old ones.
	err = s.do(ctx, func() (err error) {
		caps, err = s.client.Capability().Wait()
		return err
	})
	return caps, err
}

// close says goodbye; a server that does not answer costs no more than one
// command.
func (s *session) close(ctx context.Context) {
	_ = s.do(ctx, func() error { return s.client.Logout().Wait() }) // leaving anyway
	s.abort()
}

// abort drops the connection and waits for the library's reader to end.
func (s *session) abort() {
	if s.client != nil {
		_ = s.client.Close() // leaving anyway
		return
	}
	_ = s.conn.Close() // leaving anyway
}

// examine opens a folder for reading only.
func (s *session) examine(ctx context.Context, folder string) (*imap.SelectData, error) {
	return s.choose(ctx, folder, true)
}

// choose opens a folder; with readOnly nothing in it can be changed.
func (s *session) choose(ctx context.Context, folder string, readOnly bool) (data *imap.SelectData, err error) {
	opts := &imap.SelectOptions{ReadOnly: readOnly, CondStore: s.caps.Has(imap.CapCondStore)}
	err = s.do(ctx, func() (err error) {
		data, err = s.client.Select(folder, opts).Wait()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", folder, link.Clean(err))
	}
	if data.UIDValidity == 0 {
		return nil, fmt.Errorf("open folder %s: the server gives no UIDVALIDITY", folder)
	}
	return data, nil
}
