package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/priority"
)

// Options are what a Desk is made of. Journal, Reader, Engine, Texts, Policy,
// Composer, Now and Loc are needed; the rest may be empty.
type Options struct {
	Journal   Journal
	Reader    Reader
	Engine    Engine
	Second    SecondEngine
	Texts     Texts
	Policy    Policy
	Composer  Composer
	PayCodes  PayCodes // nil: letters carry no payment code
	Mailboxes []Mailbox
	// Senders by mailbox name; "" is the one for all without their own.
	Senders map[string]Sender
	// Forms of address by mailbox name, as Senders: From and Reply-To of letters.
	Froms   map[string]From
	Actor   cases.Actor // the caseworker at this machine
	User    string      // the name that signs letters
	Rules   cases.Rules
	Ledger  ledger.Rules
	Agency  cases.Agency
	Weights priority.Weights
	Pattern *match.Pattern
	Now     func() time.Time
	Loc     *time.Location
	Log     *slog.Logger
	Workers int // parallel readers of an intake batch; 0: 2
}

// From is how letters of one mailbox are signed.
type From struct {
	From    cases.Address
	ReplyTo cases.Address
}

// Desk is one caseworker's desk.
type Desk struct {
	o   Options
	ix  *index
	hub *hub
	// order is today's queue.
	order ranking

	mu         sync.Mutex // guards what follows
	status     Status
	secondDone map[cases.MessageID]bool // asked about since the start
	secondRest time.Time                // the endpoint is left alone until then
	// secondFails is how often in a row the endpoint was away.
	secondFails int

	pullMu sync.Mutex    // one round of pulling at a time
	sendMu sync.Mutex    // one sender
	passed calendar.Date // the day that passDay has dealt with; under sendMu
	wake   chan struct{}
}

// New loads the summaries and returns a Desk. It is ready to show a queue.
func New(ctx context.Context, o Options) (*Desk, error) {
	if o.Workers <= 0 {
		o.Workers = 2
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &Desk{o: o, ix: newIndex(), hub: newHub(), wake: make(chan struct{}, 1)}
	if err := d.ix.fill(ctx, o.Journal, d.Today()); err != nil {
		return nil, fmt.Errorf("load summaries: %w", err)
	}
	link := func(on bool) LinkState {
		if on {
			return LinkState{State: LinkWorking, Since: o.Now()}
		}
		return LinkState{State: LinkNone}
	}
	d.status = Status{Mail: link(len(o.Mailboxes) > 0), SMTP: link(len(o.Senders) > 0), Server: LinkState{State: LinkNone}, AI: link(o.Second != nil)}
	d.refreshCounts()
	return d, nil
}

// Close ends the subscriptions.
func (d *Desk) Close() { d.hub.close() }

// Today is the day in the agency's zone.
func (d *Desk) Today() calendar.Date { return calendar.In(d.o.Now(), d.o.Loc) }

// Changed takes over what a commit changed; the journal calls it after each
// transaction, in order.
func (d *Desk) Changed(changes []cases.Change) {
	news := News{Queue: true, Status: true}
	for _, c := range changes {
		if err := d.ix.load(c.Stream, c.Summary); err != nil {
			d.o.Log.Error("summary of a change", "stream", c.Stream.Kind.String(), "err", err)
			continue
		}
		switch c.Stream.Kind {
		case cases.ReplyStream:
			news.Outbox = true
		case cases.CaseStream:
			news.Cases = append(news.Cases, cases.CaseID(c.Stream.ID))
		case cases.PersonStream, cases.MessageStream, cases.AccountStream, cases.EntryStream, cases.TeamStream:
		}
	}
	d.refreshCounts()
	d.hub.publish(news)
}

// Status returns what the status bar shows.
func (d *Desk) Status() Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.status
}

func (d *Desk) setStatus(f func(*Status)) {
	d.mu.Lock()
	f(&d.status)
	d.mu.Unlock()
	d.hub.publish(News{Status: true})
}

func (d *Desk) refreshCounts() {
	covered := d.CoveredUntil()
	waiting, unknown, undo, until := d.ix.outboxCounts(d.o.Now(), d.o.Actor.Device)
	d.mu.Lock()
	d.status.CoveredUntil = covered
	d.status.Waiting, d.status.Unknown, d.status.Undo, d.status.UndoEnd = waiting, unknown, undo, until
	d.mu.Unlock()
}

// Subscribe calls f after every change; see Workstation.
func (d *Desk) Subscribe(f func(News)) (cancel func()) { return d.hub.subscribe(f) }

// Wake asks the workers for a round now.
func (d *Desk) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Woken is the channel that Wake signals.
func (d *Desk) Woken() <-chan struct{} { return d.wake }

// NewCommandID draws a command id: a UUID v7.
func NewCommandID() cases.CommandID {
	id, err := uuid.NewV7()
	if err != nil { // the system's random source failed: nothing sensible is left to do
		panic(fmt.Sprintf("draw a command id: %v", err))
	}
	return cases.CommandID(id.String())
}

// submit issues one request of the caseworker and returns its refusal as error.
func (d *Desk) submit(ctx context.Context, actor cases.Actor, cmd cases.Command, blobs ...cases.NewBlob) (cases.Verdict, error) {
	vs, err := d.o.Journal.Submit(ctx, cases.Batch{
		Envelopes: []cases.Envelope{{ID: NewCommandID(), Actor: actor, Command: cmd}},
		Blobs:     blobs,
	})
	if err != nil {
		return cases.Verdict{}, fmt.Errorf("record %T: %w", cmd, err)
	}
	if len(vs) != 1 {
		return cases.Verdict{}, fmt.Errorf("record %T: %d verdicts", cmd, len(vs))
	}
	if vs[0].Refusal != nil {
		return vs[0], vs[0].Refusal
	}
	if !actor.Machine {
		d.remember(cmd, vs[0])
	}
	return vs[0], nil
}

func (d *Desk) machine() cases.Actor {
	return cases.Actor{Device: d.o.Actor.Device, Machine: true}
}

func (d *Desk) caseState(ctx context.Context, id cases.CaseID) (*cases.Case, error) {
	return load[*cases.Case](ctx, d.o.Journal, id.Stream())
}

func (d *Desk) person(ctx context.Context, id cases.PersonID) (*cases.Person, error) {
	return load[*cases.Person](ctx, d.o.Journal, id.Stream())
}

func (d *Desk) message(ctx context.Context, id cases.MessageID) (*cases.Message, error) {
	return load[*cases.Message](ctx, d.o.Journal, id.Stream())
}

func (d *Desk) reply(ctx context.Context, id cases.ReplyID) (*cases.Reply, error) {
	return load[*cases.Reply](ctx, d.o.Journal, id.Stream())
}

func load[T cases.State](ctx context.Context, j Journal, s cases.Stream) (T, error) {
	var zero T
	st, err := j.State(ctx, s)
	if err != nil {
		return zero, fmt.Errorf("read %s: %w", s, err)
	}
	v, ok := st.(T)
	if !ok {
		return zero, fmt.Errorf("read %s: unexpected kind %T", s, st)
	}
	return v, nil
}

// persons loads every party of a case.
func (d *Desk) persons(ctx context.Context, c *cases.Case) (map[cases.PersonID]*cases.Person, error) {
	out := make(map[cases.PersonID]*cases.Person, len(c.Parties))
	for _, p := range c.Parties {
		if _, ok := out[p.Person]; ok {
			continue
		}
		who, err := d.person(ctx, p.Person)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[p.Person] = who
	}
	return out, nil
}

func dayOf(t time.Time, d *Desk) calendar.Date { return calendar.In(t, d.o.Loc) }
