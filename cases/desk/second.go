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

// An endpoint that fails is left alone for a while, longer each time; about one
// mail it is asked a few times at most, for each time its words leave the machine.
const (
	secondRest    = time.Minute
	secondRestMax = 15 * time.Minute
	secondTries   = 4
	secondKeep    = 2 * time.Second // to put on record what was under way at the end
)

// AskSecond asks the generative engine about open mails that only the local
// engine has read, newest first, and records what came of it and what was
// transmitted. Local stands until then, and where a person has decided. Where
// the endpoint fails the round ends, and a later one asks again. It returns how
// many were asked.
func (d *Desk) AskSecond(ctx context.Context) (int, error) {
	if d.o.Second == nil || d.o.Now().Before(d.secondAt()) {
		return 0, nil
	}
	since := d.o.Now().Add(-secondWindow)
	list := d.ix.messagesWhere(func(m *cases.MessageSummary) bool {
		return m.State == cases.MessageOpen && m.Kind != cases.KindAuto && m.Kind != cases.KindBounce && m.Received.After(since) && !d.asked(m.ID)
	})
	n := 0
	for _, s := range list {
		sent, away, err := d.askOne(ctx, s.ID)
		if err != nil {
			return n, err
		}
		if sent {
			n++
		}
		if away {
			d.restSecond(s.ID)
			break
		}
		if sent {
			d.secondWell()
		}
	}
	return n, nil
}

// secondAt is the instant before which the endpoint is left alone.
func (d *Desk) secondAt() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.secondRest
}

// restSecond leaves the endpoint alone after it was away; the mail is asked about
// again.
func (d *Desk) restSecond(id cases.MessageID) {
	d.mu.Lock()
	delete(d.secondDone, id)
	next := d.o.Now().Add(min(secondRest<<min(d.secondFails, 10), secondRestMax))
	d.secondRest, d.secondFails = next, d.secondFails+1
	d.mu.Unlock()
	d.setStatus(func(s *Status) { s.AI.Next = next })
}

// secondWell notes that the endpoint does its work.
func (d *Desk) secondWell() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.secondRest, d.secondFails = time.Time{}, 0
}

// endpointAway reports whether an outcome says that the endpoint could not do its
// work for any mail, not that it made nothing of this one.
func endpointAway(outcome string) bool {
	why, failed := strings.CutPrefix(outcome, "failed:")
	if !failed {
		return false
	}
	switch why {
	case "unreachable", "timeout", "server", "busy", "refused", "quota", "not_found", "redirect", "key", "status", "cancelled":
		return true
	}
	return false
}

// askedEnough reports whether the exchanges on record leave nothing to ask.
func askedEnough(list []cases.Transmission) bool {
	return len(list) >= secondTries || slices.ContainsFunc(list, func(t cases.Transmission) bool { return !endpointAway(t.Outcome) })
}

func (d *Desk) asked(id cases.MessageID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.secondDone[id]
}

// askOne asks about one mail; sent says that something left the machine, away
// that the endpoint did not do its work.
func (d *Desk) askOne(ctx context.Context, id cases.MessageID) (sent, away bool, err error) {
	m, err := d.message(ctx, id)
	if err != nil {
		return false, false, err
	}
	d.mu.Lock()
	if d.secondDone == nil {
		d.secondDone = map[cases.MessageID]bool{}
	}
	d.secondDone[id] = true
	d.mu.Unlock()
	if m.ClassifiedByPerson || m.Class.Engine != "local" || askedEnough(m.Transmissions) {
		return false, false, nil
	}
	known, err := d.known(ctx, m)
	if err != nil {
		return false, false, err
	}
	reading, sentOut, stopped := d.o.Second.Classify(ctx, d.input(m.Mail, m.Match, m.Received), m.Class, known)
	if stopped != nil {
		// Whoever ends the program ends no duty: what left is on record.
		keep, cancel := context.WithTimeout(context.WithoutCancel(ctx), secondKeep)
		defer cancel()
		ctx, reading = keep, m.Class
	}
	var b cases.Batch
	put := func(c cases.Command) {
		b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: c})
	}
	if sentOut.Provider != "" {
		d.noteAI(sentOut)
		away = endpointAway(sentOut.Outcome)
	}
	if sentOut.BytesOut > 0 {
		sent = true
		put(cases.ReportTransmission{Message: id, Transmission: sentOut})
	}
	if reading.Engine != m.Class.Engine {
		put(cases.ProposeClass{Message: id, Case: m.Match.Case, Reading: reading})
	}
	if len(b.Envelopes) > 0 {
		_, err = d.o.Journal.Submit(ctx, b)
	}
	if stopped != nil {
		err = errors.Join(fmt.Errorf("ask the generative engine: %w", stopped), err)
	}
	return sent, away, err
}

func (d *Desk) noteAI(t cases.Transmission) {
	ok := !endpointAway(t.Outcome)
	d.setStatus(func(s *Status) {
		if (s.AI.State == LinkOK) != ok {
			s.AI.Since = d.o.Now()
		}
		s.AI.State, s.AI.Note, s.AI.Next = LinkOK, plain.Text{}, time.Time{}
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
