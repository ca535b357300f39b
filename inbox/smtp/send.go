package smtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-smtp"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// ErrBytes refuses a mail whose bytes would not arrive as they are.
var ErrBytes = errors.New("mail is not ready for SMTP")

// slowest is the least rate at which a server must take a mail, in bytes a
// second.
const slowest = 8 << 10

// maxLine is RFC 5321's limit of a text line without its line end.
const maxLine = 998

// Send hands one mail to the server, byte for byte (dots at line starts are
// doubled on the wire, as SMTP demands, and undone there).
//
// beforeDot is called once all bytes are written and before the final dot.
// Its error drops the connection without a dot, so the mail is not accepted
// (phase data). From its success on, only the server's code settles the
// outcome: a failure without one has phase dot and Unknown is true. Other
// errors are *cases.SendError too. A refused mail leaves the connection usable
// for the next; ask Alive.
func (c *Conn) Send(ctx context.Context, to string, raw []byte, beforeDot func(ctx context.Context) error) (cases.SendResult, error) {
	if err := CheckAddress(to); err != nil {
		return cases.SendResult{}, failure(cases.PhaseRcpt, err)
	}
	if err := checkBytes(raw); err != nil {
		return cases.SendResult{}, failure(cases.PhaseData, err)
	}
	if !c.Alive() {
		return cases.SendResult{}, failure(cases.PhaseMail, errors.New("connection is closed"))
	}
	phase, data, err := c.begin(ctx, to, len(raw))
	if err != nil {
		return cases.SendResult{}, c.refuse(phase, err)
	}
	if err := c.write(ctx, data, raw); err != nil {
		return cases.SendResult{}, c.drop(cases.PhaseData, err)
	}
	if err := beforeDot(ctx); err != nil {
		return cases.SendResult{}, c.drop(cases.PhaseData, fmt.Errorf("before the dot: %w", err))
	}
	return c.dot(ctx, data)
}

// begin runs the dialogue up to the server's go-ahead for the bytes.
func (c *Conn) begin(ctx context.Context, to string, size int) (cases.Phase, *smtp.DataCommand, error) {
	if c.used {
		if err := c.do(ctx, c.client.Reset); err != nil {
			return cases.PhaseMail, nil, err
		}
	}
	c.used = true
	from := c.sender.cfg.EnvelopeFrom
	if err := c.do(ctx, func() error { return c.client.Mail(from, &smtp.MailOptions{Size: int64(size)}) }); err != nil {
		return cases.PhaseMail, nil, err
	}
	if err := c.do(ctx, func() error { return c.client.Rcpt(to, nil) }); err != nil {
		return cases.PhaseRcpt, nil, err
	}
	var data *smtp.DataCommand
	err := c.do(ctx, func() (err error) {
		data, err = c.client.Data()
		return err
	})
	return cases.PhaseData, data, err
}

func (c *Conn) write(ctx context.Context, data *smtp.DataCommand, raw []byte) error {
	limit := c.sender.cfg.Timeout + time.Duration(len(raw)/slowest)*time.Second
	return c.within(ctx, limit, func() error {
		_, err := data.Write(raw)
		return err
	})
}

// dot writes the final dot and waits for the word of the server. It does not
// look at ctx's end before: beforeDot has put on record that the dot is next.
func (c *Conn) dot(ctx context.Context, data *smtp.DataCommand) (cases.SendResult, error) {
	var response *smtp.DataResponse
	err := c.within(ctx, c.sender.cfg.DotTimeout, func() (err error) {
		response, err = data.CloseWithResponse()
		return err
	})
	if err == nil {
		return cases.SendResult{Code: 250, Response: link.Words(response.StatusText)}, nil
	}
	answer, ok := errors.AsType[*smtp.SMTPError](err)
	if !ok {
		return cases.SendResult{}, c.drop(cases.PhaseDot, err)
	}
	switch answer.Code / 100 {
	case 2: // any positive completion takes the mail over (RFC 5321, 4.2.1)
		return cases.SendResult{Code: answer.Code, Response: link.Words(answer.Message)}, nil
	case 4, 5:
		return cases.SendResult{}, c.refuse(cases.PhaseDot, err)
	}
	// Neither yes nor no: nobody knows.
	return cases.SendResult{}, c.drop(cases.PhaseDot, fmt.Errorf("senseless answer %d to the final dot", answer.Code))
}

// refuse reports a failed command and keeps the connection where the server
// only said no: one refused reply does not hold the rest.
func (c *Conn) refuse(phase cases.Phase, err error) error {
	answer, ok := errors.AsType[*smtp.SMTPError](err)
	if !ok || answer.Code == 421 { // 421: the server closes
		return c.drop(phase, err)
	}
	return failure(phase, err)
}

// drop closes the TCP connection: whatever was not flushed, a final dot among
// it, is never sent.
func (c *Conn) drop(phase cases.Phase, err error) error {
	c.dead = true
	c.conn.Abort(err)
	return failure(phase, err)
}

// checkBytes refuses what SMTP would change on the way.
func checkBytes(raw []byte) error {
	if len(raw) == 0 || !bytes.HasSuffix(raw, []byte("\r\n")) {
		return fmt.Errorf("%w: does not end with a line end", ErrBytes)
	}
	for line := range bytes.SplitAfterSeq(raw, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		text, ok := bytes.CutSuffix(line, []byte("\r\n"))
		if !ok || bytes.IndexByte(text, '\r') >= 0 {
			return fmt.Errorf("%w: bare line feed or carriage return", ErrBytes)
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return fmt.Errorf("%w: NUL byte", ErrBytes)
		}
		if len(text) > maxLine {
			return fmt.Errorf("%w: line of %d bytes", ErrBytes, len(text))
		}
	}
	return nil
}
