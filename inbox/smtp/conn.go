package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"kontor/cases"
	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

// Conn is one logged-in connection. It carries one transaction after the
// other and is not safe for concurrent use. After an error that ends it, Alive
// is false and the caller dials again.
type Conn struct {
	sender *Sender
	client *smtp.Client
	conn   *link.Conn
	used   bool
	dead   bool
}

// Dial connects and logs in. Its errors are *cases.SendError with the phase
// connect or auth: a retry is safe.
func (s *Sender) Dial(ctx context.Context) (*Conn, error) {
	outer, conn, err := s.link.Dial(ctx, "")
	if err != nil {
		return nil, failure(cases.PhaseConnect, err)
	}
	c := &Conn{sender: s, conn: conn}
	if err := c.greet(ctx, outer); err != nil {
		conn.Abort(err)
		return nil, failure(cases.PhaseConnect, err)
	}
	if s.cfg.Username != "" {
		if err := c.login(ctx); err != nil {
			conn.Abort(err)
			return nil, failure(cases.PhaseAuth, err)
		}
	}
	return c, nil
}

func (c *Conn) greet(ctx context.Context, outer net.Conn) error {
	return c.do(ctx, func() error {
		c.client = smtp.NewClient(outer)
		if c.sender.cfg.Security == link.StartTLS {
			cfg, err := c.sender.link.TLSConfig("")
			if err != nil {
				return err
			}
			if c.client, err = smtp.NewClientStartTLS(outer, cfg); err != nil {
				return fmt.Errorf("starttls: %w", err)
			}
		}
		return c.client.Hello(c.sender.cfg.Hello)
	})
}

// do runs f under the time limit of one command.
func (c *Conn) do(ctx context.Context, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.within(ctx, c.sender.cfg.Timeout, f)
}

func (c *Conn) within(ctx context.Context, d time.Duration, f func() error) error {
	c.conn.Allow(maxAnswer)
	g := c.conn.Watch(ctx, d)
	return g.Release(f())
}

// maxAnswer bounds what a server may send in answer to one command.
const maxAnswer = 1 << 20

func (c *Conn) login(ctx context.Context) error {
	cfg := c.sender.cfg
	secret, err := cfg.Secret(ctx)
	if err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	if !c.client.SupportsAuth(strings.ToUpper(cfg.Auth)) {
		return fmt.Errorf("the server does not offer AUTH %s on this connection", strings.ToUpper(cfg.Auth))
	}
	client, err := oauth.Client(cfg.Auth, oauth.Credentials{
		Username: cfg.Username, Secret: secret, Host: c.sender.link.Host(), Port: c.sender.link.Port(),
	})
	if err != nil {
		return err
	}
	err = c.do(ctx, func() error { return c.client.Auth(client) })
	if _, answered := errors.AsType[*smtp.SMTPError](err); answered && cfg.Refused != nil {
		cfg.Refused()
	}
	if why := oauth.Refusal(client); err != nil && why != "" {
		return fmt.Errorf("token refused (%s): %w", why, err)
	}
	return err
}

// Alive reports whether the connection can carry another transaction.
func (c *Conn) Alive() bool { return !c.dead && c.conn.Reason() == nil }

// Close says goodbye and drops the connection. It never fails a caller: what
// was sent is sent.
func (c *Conn) Close(ctx context.Context) {
	if c.Alive() {
		_ = c.do(ctx, c.client.Quit) // leaving anyway
	}
	c.conn.Abort(net.ErrClosed)
}

// failure makes the error that callers decide on.
func failure(phase cases.Phase, err error) *cases.SendError {
	e := &cases.SendError{Phase: phase, Err: link.Clean(err), Temp: true}
	if s, ok := errors.AsType[*smtp.SMTPError](err); ok {
		e.Code = s.Code
		e.Response = link.Words(s.Message)
		e.Temp = s.Code/100 == 4
		if s.EnhancedCode != smtp.NoEnhancedCode && s.EnhancedCode != smtp.EnhancedCodeNotSet {
			e.Enhanced = fmt.Sprintf("%d.%d.%d", s.EnhancedCode[0], s.EnhancedCode[1], s.EnhancedCode[2])
		}
		return e
	}
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &cert), errors.Is(err, link.ErrFingerprint), errors.Is(err, link.ErrPlain):
		e.Temp = false // trying again does not make a certificate right
	case errors.Is(err, ErrAddress), errors.Is(err, ErrBytes):
		e.Temp = false
	}
	return e
}
