// Package fake is a desk in memory, for the screens' tests: it answers as the
// real one does, remembers what was asked of it, and can be told to fail.
package fake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cases/priority"
)

// Item is one line of the queue with everything behind it.
type Item struct {
	Row    desk.Row
	Review desk.Review
	View   desk.CaseView
}

// Desk is a workstation in memory.
type Desk struct {
	mu     sync.Mutex
	Now    func() time.Time
	Day    calendar.Date
	items  []*Item
	Shelf  []*Item // cases that nothing in the queue is about
	gone   map[desk.ItemRef]bool
	outbox []desk.OutboxRow
	status desk.Status
	typed  map[desk.ItemRef]desk.Typed
	heard  map[int]func(desk.News)
	nextID int
	pays   []*desk.PaymentView

	// What was asked.
	Approvals []desk.ApproveRequest
	Finished  map[cases.MessageID]string
	Changes   []cases.Effect
	Closed    []string // follow-ups
	Said      *desk.Said
	Accepted  []string // offers
	Exports   []cases.DataExported
	Assigned  map[cases.MessageID]cases.CaseID
	Corrected map[cases.MessageID]cases.Intent
	Settled   map[cases.ReplyID]string
	Bookings  []Booked
	// Registered is what was recorded and judged; Lists is what the lists show.
	Registered []Register
	Lists      Book
	Saves      int
	Woken      int

	// Fail makes the named method return an error.
	Fail map[string]error
	// Findings are what Check returns.
	Findings []cases.TextFinding
	// InFolder is what Holds answers.
	InFolder bool
}

var _ desk.Workstation = (*Desk)(nil)

// New makes a desk with items in order.
func New(now func() time.Time, day calendar.Date, items ...*Item) *Desk {
	return &Desk{
		Now: now, Day: day, items: items, gone: map[desk.ItemRef]bool{}, typed: map[desk.ItemRef]desk.Typed{}, heard: map[int]func(desk.News){},
		Finished: map[cases.MessageID]string{}, Assigned: map[cases.MessageID]cases.CaseID{}, Corrected: map[cases.MessageID]cases.Intent{},
		Settled: map[cases.ReplyID]string{}, Fail: map[string]error{},
	}
}

// Add puts a new item into the queue at a place.
func (d *Desk) Add(at int, it *Item) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items = append(d.items[:at:at], append([]*Item{it}, d.items[at:]...)...)
}

// SetStatus sets what the status line shows.
func (d *Desk) SetStatus(f func(*desk.Status)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f(&d.status)
}

// SetOutbox sets the rows of the outbox.
func (d *Desk) SetOutbox(rows ...desk.OutboxRow) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.outbox = rows
}

// Item returns a line of the queue, to change what is behind it.
func (d *Desk) Item(ref desk.ItemRef) *Item {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.find(ref)
}

func (d *Desk) find(ref desk.ItemRef) *Item {
	for _, it := range d.items {
		if it.Row.Item == ref {
			return it
		}
	}
	return nil
}

// Queue lists what is open.
func (d *Desk) Queue(_ context.Context, _ desk.Query) (*desk.Queue, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail["Queue"]; err != nil {
		return nil, err
	}
	var rows []desk.Row
	for _, it := range d.items {
		if !d.gone[it.Row.Item] {
			rows = append(rows, it.Row)
		}
	}
	return desk.NewQueue(rows), nil
}

// Open returns an item's review.
func (d *Desk) Open(_ context.Context, ref desk.ItemRef, o desk.OpenOptions) (*desk.Review, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail["Open"]; err != nil {
		return nil, err
	}
	it := d.find(ref)
	if it == nil {
		return nil, fmt.Errorf("open %s: %w", ref.ID, cases.ErrNotFound)
	}
	d.Said = o.Said
	r := it.Review
	r.Said = o.Said
	r.Item, r.Row, r.Today, r.Also, r.Opened = ref, it.Row, d.Day, o.Also, d.Now()
	if t, ok := d.typed[ref]; ok {
		r.Typed = &t
		if o.Template == "" {
			o.Template, o.Lang = t.Template, t.Lang
		}
	}
	if o.Template != "" || o.Lang != "" {
		r.Drafts = nil
		for _, x := range it.Review.Drafts {
			main := it.Review.Drafts[0]
			with := x.To != main.To && (o.Template == "" || o.Template == main.Template.ID)
			if with || (o.Template == "" || x.Template.ID == o.Template) && (o.Lang == "" || x.Template.Lang == o.Lang) {
				r.Drafts = append(r.Drafts, x)
			}
		}
		if len(r.Drafts) == 0 {
			r.Drafts = it.Review.Drafts
		}
	}
	// One letter answers; those to others go with it.
	r.Drafts = slices.DeleteFunc(slices.Clone(r.Drafts), func(x cases.Draft) bool {
		return x.To == r.Drafts[0].To && (x.Template != r.Drafts[0].Template || x.Text != r.Drafts[0].Text) || slices.ContainsFunc(d.Approvals, func(a desk.ApproveRequest) bool {
			return a.Draft > 0 && a.Review.Item == ref && a.Review.Drafts[a.Draft].Template == x.Template
		})
	})
	return &r, nil
}

// Check returns the findings it was given.
func (d *Desk) Check(_ context.Context, _ desk.ApproveRequest) ([]cases.TextFinding, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Findings, d.Fail["Check"]
}

// Approve keeps the request and puts a row into the outbox.
func (d *Desk) Approve(_ context.Context, req desk.ApproveRequest) (desk.Approved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail["Approve"]; err != nil {
		return desk.Approved{}, err
	}
	d.Approvals = append(d.Approvals, req)
	d.nextID++
	id := cases.ReplyID(fmt.Sprintf("reply-%d", d.nextID))
	to := req.Review.Drafts[req.Draft].ToAddr
	if req.OtherAddress && req.Review.Message != nil {
		to = req.Review.Message.Mail.From.Addr
	}
	sum := sha256.Sum256([]byte(req.Text))
	until := d.Now().Add(15 * time.Second)
	if req.Draft == 0 {
		d.gone[req.Review.Item] = true
		for _, m := range req.Review.Also {
			d.gone[desk.ItemRef{Kind: priority.ItemMessage, ID: string(m)}] = true
		}
		delete(d.typed, req.Review.Item)
	}
	d.outbox = append([]desk.OutboxRow{{
		Reply: id, Case: req.Review.Row.Case, Reference: req.Review.Row.Reference, Debtor: req.Review.Row.Debtor, To: plain.Line(to), Subject: plain.Line(req.Subject),
		State: cases.ReplyApproved, Waiting: "undo", ApprovedAt: d.Now(), UndoUntil: until, SHA256: hex.EncodeToString(sum[:]), RFCID: string(id) + "@example.org",
	}}, d.outbox...)
	d.status.Waiting++
	d.status.Undo, d.status.UndoEnd = id, until
	return desk.Approved{Reply: id, To: to, UndoUntil: until, SHA256: hex.EncodeToString(sum[:]), Stays: req.Draft > 0}, nil
}

// Undo takes an approval back.
func (d *Desk) Undo(_ context.Context, id cases.ReplyID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail["Undo"]; err != nil {
		return err
	}
	for i := range d.outbox {
		r := &d.outbox[i]
		if r.Reply != id {
			continue
		}
		if r.State != cases.ReplyApproved {
			return &cases.Refusal{Reason: cases.AlreadyClaimed, Detail: string(r.State)}
		}
		r.State, r.Waiting = cases.ReplyWithdrawn, ""
		d.status.Waiting--
		d.status.Undo = ""
		for _, q := range d.items {
			if q.Row.Case == r.Case {
				delete(d.gone, q.Row.Item)
			}
		}
		return nil
	}
	return cases.ErrNotFound
}

// Settle keeps a person's word.
func (d *Desk) Settle(_ context.Context, id cases.ReplyID, choice string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Settled[id] = choice
	for i := range d.outbox {
		if d.outbox[i].Reply == id && choice == "sent" {
			d.outbox[i].State = cases.ReplySent
		}
	}
	return d.Fail["Settle"]
}

// Holds says whether the mail lies in a mailbox.
func (d *Desk) Holds(context.Context, cases.ReplyID) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.InFolder, d.Fail["Holds"]
}

// Letter gives the letter of an approval, or a word on the reply's id.
func (d *Desk) Letter(_ context.Context, r cases.ReplyID) (desk.Letter, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return desk.Letter{Subject: plain.Line("AW: Ratenzahlung"), Text: plain.Clean("Guten Tag,\n\nder Wortlaut von " + string(r) + "."), Files: []cases.SentFile{{Name: plain.Line("GiroCode.png")}}}, d.Fail["Letter"]
}

// Outbox lists the rows.
func (d *Desk) Outbox(context.Context) ([]desk.OutboxRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]desk.OutboxRow(nil), d.outbox...), d.Fail["Outbox"]
}

// Finish ends a message.
func (d *Desk) Finish(_ context.Context, m cases.MessageID, reason string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail["Finish"]; err != nil {
		return err
	}
	d.Finished[m] = reason
	d.gone[desk.ItemRef{Kind: priority.ItemMessage, ID: string(m)}] = true
	return nil
}

// Reopen undoes Finish.
func (d *Desk) Reopen(_ context.Context, m cases.MessageID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.Finished, m)
	delete(d.gone, desk.ItemRef{Kind: priority.ItemMessage, ID: string(m)})
	return d.Fail["Reopen"]
}

// Correct keeps a person's reading.
func (d *Desk) Correct(_ context.Context, m cases.MessageID, intent cases.Intent, _ []cases.Flag, _ []cases.Alert) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Corrected[m] = intent
	return d.Fail["Correct"]
}

// Assign ties a message to a case.
func (d *Desk) Assign(_ context.Context, m cases.MessageID, to cases.CaseID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Assigned[m] = to
	return d.Fail["Assign"]
}

// Change keeps effects.
func (d *Desk) Change(_ context.Context, _ cases.CaseID, effects []cases.Effect, done []string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Closed = append(d.Closed, done...)
	d.Changes = append(d.Changes, effects...)
	return d.Fail["Change"]
}

// FindCase finds a case by the end of its reference.
func (d *Desk) FindCase(_ context.Context, ref string) (cases.CaseID, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, it := range d.items {
		if it.Row.Case != "" && strings.EqualFold(it.Row.Reference.String(), strings.TrimSpace(ref)) {
			return it.Row.Case, nil
		}
	}
	return "", cases.ErrNotFound
}

// FindCases finds cases by a part of reference or name.
func (d *Desk) FindCases(_ context.Context, words string, limit int) ([]desk.CaseRef, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []desk.CaseRef
	seen := map[cases.CaseID]bool{}
	for _, it := range slices.Concat(d.items, d.Shelf) {
		r := it.Row
		all := strings.ToLower(r.Reference.String() + " " + r.Debtor.String())
		if r.Case != "" && !seen[r.Case] && len(out) < limit && strings.Contains(all, strings.ToLower(words)) {
			seen[r.Case] = true
			out = append(out, desk.CaseRef{ID: r.Case, Reference: r.Reference, Debtor: r.Debtor, Creditor: r.Creditor, Stage: r.Stage})
		}
	}
	return out, d.Fail["FindCases"]
}

// CaseView returns a case whole.
func (d *Desk) CaseView(_ context.Context, id cases.CaseID, _ calendar.Date) (*desk.CaseView, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, it := range slices.Concat(d.items, d.Shelf) {
		if it.Row.Case == id {
			v := it.View
			v.Review = it.Review
			v.Today = d.Day
			if it.Review.Message != nil && v.Messages == nil {
				v.Messages = []*cases.Message{it.Review.Message}
			}
			return &v, d.Fail["CaseView"]
		}
	}
	return nil, cases.ErrNotFound
}

// SaveTyped keeps what was typed.
func (d *Desk) SaveTyped(_ context.Context, item desk.ItemRef, t desk.Typed) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Saves++
	if err := d.Fail["SaveTyped"]; err != nil {
		return err
	}
	d.typed[item] = t
	return nil
}

// Typed returns what was saved for an item.
func (d *Desk) Typed(item desk.ItemRef) (desk.Typed, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.typed[item]
	return t, ok
}

// DropTyped forgets it.
func (d *Desk) DropTyped(_ context.Context, item desk.ItemRef) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.typed, item)
	return nil
}

// Status gives what was set.
func (d *Desk) Status() desk.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.status
}

// Subscribe keeps a listener.
func (d *Desk) Subscribe(f func(desk.News)) (cancel func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.nextID++
	id := d.nextID
	d.heard[id] = f
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.heard, id)
	}
}

// Tell gives news to the listeners.
func (d *Desk) Tell(n desk.News) {
	d.mu.Lock()
	var fs []func(desk.News)
	for _, f := range d.heard {
		fs = append(fs, f)
	}
	d.mu.Unlock()
	for _, f := range fs {
		f(n)
	}
}

// Wake counts.
func (d *Desk) Wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Woken++
}

// AcceptOffer takes an offer.
func (d *Desk) AcceptOffer(_ context.Context, _ cases.CaseID, arrangement, _ string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Accepted = append(d.Accepted, arrangement)
	return d.Fail["AcceptOffer"]
}

// Rules are those of the sample agency.
func (d *Desk) Rules() cases.Rules {
	fees, err := costs.Shipped()
	if err != nil {
		panic(err) // a table that is part of the program
	}
	return cases.Rules{Land: "SH", Costs: fees, Plan: plan.Policy{MinMonthly: 2000, MaxMonths: 24, FirstWithinDays: 45}, PauseDays: 180, OfferDays: 14, DemandDays: 14}
}

// Today is the day it was given.
func (d *Desk) Today() calendar.Date { return d.Day }

// TakeBack keeps what was taken back.
func (d *Desk) TakeBack(_ context.Context, r desk.Recorded, why string) error {
	d.SetStatus(func(s *desk.Status) { s.Recorded = nil })
	return d.register(Register{What: "TakeBack", Case: r.Case, ID: string(r.Command), Words: why})
}
