package main

import (
	"context"
	"fmt"
	"time"

	"kontor/assist/local"
	"kontor/assist/slots"
	"kontor/assist/templates"
	"kontor/cases"
	"kontor/cases/desk"
	"kontor/inbox/compose"
	"kontor/inbox/imap"
	"kontor/inbox/smtp"
	"kontor/store/bolt"
)

// Adapters fit the desk's ports.
var (
	_ desk.Journal     = (*bolt.Store)(nil)
	_ desk.Mailbox     = mailbox{}
	_ desk.Sender      = sender{}
	_ desk.Composer    = composer{}
	_ desk.Engine      = (*engine)(nil)
	_ desk.Texts       = (*templates.Set)(nil)
	_ desk.Workstation = (*desk.Desk)(nil)
)

// engine is the local engine with its slot reader.
type engine struct {
	*local.Engine
	slots *slots.Reader
}

func newEngine(pattern string) (*engine, error) {
	r := slots.New(pattern)
	e, err := local.Load(local.WithSlots(func(in cases.ClassifyInput, intent cases.Intent, secondary []cases.Intent) (cases.Slots, cases.Details, []cases.Evidence, []string) {
		res := r.Read(in, intent, secondary...)
		return res.Slots, res.Details, res.Evidence, res.Notes
	}))
	if err != nil {
		return nil, fmt.Errorf("load the local engine: %w", err)
	}
	return &engine{Engine: e, slots: r}, nil
}

// Slots reads the slots for a given intent.
func (e *engine) Slots(in cases.ClassifyInput, intent cases.Intent) cases.Slots {
	return e.slots.Read(in, intent).Slots
}

type composer struct{}

// Build makes the exact bytes.
func (composer) Build(l cases.Letter) ([]byte, error) { return compose.Build(l) }

// ValidID reports whether a foreign Message-ID may stand in our headers.
func (composer) ValidID(id string) bool { return compose.ValidID(id) }

// Verify reads them back.
func (composer) Verify(raw []byte, l cases.Letter) error { return compose.Verify(raw, l) }

// mailbox fits an IMAP mailbox to the desk's port.
type mailbox struct{ *imap.Mailbox }

// Pull reads what is new.
func (m mailbox) Pull(ctx context.Context, cur cases.Cursor, sink func(context.Context, []cases.Fetched, cases.Cursor) error) (cases.Cursor, error) {
	return m.Mailbox.Pull(ctx, cur, sink)
}

// SaveSent puts our copy of a sent mail into the Sent folder.
func (m mailbox) SaveSent(ctx context.Context, raw []byte, rfcID string, at time.Time) (string, error) {
	return m.SentCopy(ctx, rfcID, raw, at)
}

// Holds looks for a Message-ID in Sent and the inbox.
func (m mailbox) Holds(ctx context.Context, rfcID string) (bool, error) {
	return m.FindMessageID(ctx, rfcID)
}

// sender fits an SMTP sender to the desk's port.
type sender struct{ *smtp.Sender }

// Dial opens a dialogue.
func (s sender) Dial(ctx context.Context) (desk.Dialogue, error) {
	c, err := s.Sender.Dial(ctx)
	if err != nil {
		return nil, err
	}
	return dialogue{c}, nil
}

type dialogue struct{ *smtp.Conn }

// Close says goodbye, but not for long.
func (d dialogue) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	d.Conn.Close(ctx)
	return nil
}
