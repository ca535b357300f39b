package smtp

import (
	"context"
	"errors"
	"fmt"

	"kontor/cases"
	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

// Check looks at all that sending needs, one finding each: dns, connect, tls,
// login, sender, size. It sends no mail: the sender is named and taken back.
func (s *Sender) Check(ctx context.Context) []cases.Finding {
	found, ok := s.link.Probe(ctx, "")
	if !ok {
		return found
	}
	c, err := s.Dial(ctx)
	if err != nil {
		check, advice := "login", oauth.Advice(err)
		if e, isSend := errors.AsType[*cases.SendError](err); isSend && e.Phase == cases.PhaseConnect {
			check, advice = "greeting", "ask_mail_operator"
			if s.cfg.Security == link.StartTLS {
				check, advice = "tls", "check_certificate_or_ca_file"
			}
		}
		return append(found, link.Failed(check, err, advice))
	}
	defer c.Close(ctx)
	if s.cfg.Security == link.StartTLS {
		found = append(found, link.Passed("tls", "starttls"))
	}
	if s.cfg.Username == "" {
		found = append(found, link.Passed("login", "none configured"))
	} else {
		found = append(found, link.Passed("login", s.cfg.Username))
	}
	err = c.do(ctx, func() error { return c.client.Mail(s.cfg.EnvelopeFrom, nil) })
	if err == nil {
		err = c.do(ctx, c.client.Reset)
	}
	if err != nil {
		return append(found, link.Failed("sender", failure(cases.PhaseMail, err), "check_envelope_from"))
	}
	found = append(found, link.Passed("sender", s.cfg.EnvelopeFrom))
	if size, ok := c.client.MaxMessageSize(); ok {
		found = append(found, link.Passed("size", fmt.Sprintf("at most %d bytes a mail", size)))
	}
	return found
}
