package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/plain"
)

// secondWindow is how far back open mails are asked about after a start.
const secondWindow = 14 * 24 * time.Hour

// AskSecond asks the generative engine about open mails that only the local
// engine has read, newest first, and records what came of it and what was
// transmitted. Local stands until then, and where the engine fails or a person
// has decided. It returns how many were asked.
func (d *Desk) AskSecond(ctx context.Context) (int, error) {
	if d.o.Second == nil {
		return 0, nil
	}
	since := d.o.Now().Add(-secondWindow)
	list := d.ix.messagesWhere(func(m *cases.MessageSummary) bool {
		return m.State == cases.MessageOpen && m.Kind != cases.KindAuto && m.Kind != cases.KindBounce && m.Received.After(since) && !d.asked(m.ID)
	})
	n := 0
	for _, s := range list {
		sent, err := d.askOne(ctx, s.ID)
		if err != nil {
			return n, err
		}
		if sent {
			n++
		}
	}
	return n, nil
}

func (d *Desk) asked(id cases.MessageID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.secondDone[id]
}

// askOne asks about one mail; sent says that something left the machine.
func (d *Desk) askOne(ctx context.Context, id cases.MessageID) (sent bool, err error) {
	m, err := d.message(ctx, id)
	if err != nil {
		return false, err
	}
	d.mu.Lock()
	if d.secondDone == nil {
		d.secondDone = map[cases.MessageID]bool{}
	}
	d.secondDone[id] = true
	d.mu.Unlock()
	if m.ClassifiedByPerson || m.Class.Engine != "local" || len(m.Transmissions) > 0 {
		return false, nil
	}
	known, err := d.known(ctx, m)
	if err != nil {
		return false, err
	}
	reading, sentOut, err := d.o.Second.Classify(ctx, d.input(m.Mail, m.Match, m.Received), m.Class, known)
	if err != nil {
		return false, fmt.Errorf("ask the generative engine: %w", err)
	}
	var b cases.Batch
	put := func(c cases.Command) {
		b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: c})
	}
	if sentOut.Provider != "" && sentOut.BytesOut > 0 {
		sent = true
		put(cases.ReportTransmission{Message: id, Transmission: sentOut})
		d.noteAI(sentOut)
	}
	if reading.Engine != m.Class.Engine {
		put(cases.ProposeClass{Message: id, Case: m.Match.Case, Reading: reading})
	}
	if len(b.Envelopes) == 0 {
		return sent, nil
	}
	_, err = d.o.Journal.Submit(ctx, b)
	return sent, err
}

func (d *Desk) noteAI(t cases.Transmission) {
	ok := !strings.HasPrefix(t.Outcome, "failed")
	d.setStatus(func(s *Status) {
		if (s.AI.State == LinkOK) != ok {
			s.AI.Since = d.o.Now()
		}
		s.AI.State, s.AI.Note = LinkOK, plain.Text{}
		if !ok {
			s.AI.State, s.AI.Note = LinkOff, plain.Line(t.Outcome)
		}
	})
}

// known collects the personal data of a mail's own case, for redaction.
func (d *Desk) known(ctx context.Context, m *cases.Message) (Known, error) {
	k := Known{Names: []string{m.Mail.From.Name.String()}, Mails: []string{m.Mail.From.Addr}}
	if m.Match.Case == "" {
		return k, nil
	}
	c, err := d.caseState(ctx, m.Match.Case)
	if errors.Is(err, cases.ErrNotFound) {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	k.References = append(k.References, c.Reference)
	for _, cl := range c.Ledger.Claims {
		if cl.Invoice != "" {
			k.References = append(k.References, cl.Invoice)
		}
	}
	people, err := d.persons(ctx, c)
	if err != nil {
		return k, err
	}
	for _, p := range people {
		k.Names = append(k.Names, p.Name.String())
		k.IBANs = append(k.IBANs, p.IBANs...)
		for _, ct := range p.Contacts {
			switch ct.Channel {
			case cases.Email:
				k.Mails = append(k.Mails, ct.Value.String())
			case cases.Postal, cases.Phone:
				k.Addresses = append(k.Addresses, ct.Value.String())
			}
		}
	}
	slices.Sort(k.Names)
	return k, nil
}
