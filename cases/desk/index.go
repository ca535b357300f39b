package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/match"
	"kontor/cases/money"
)

// index holds every summary in memory, with the look-ups that matching and
// lists need.
type index struct {
	mu       sync.RWMutex
	dirty    map[cases.Stream]bool // changed since the ranking looked
	cases    map[cases.CaseID]*cases.CaseSummary
	persons  map[cases.PersonID]*cases.PersonSummary
	messages map[cases.MessageID]*cases.MessageSummary
	replies  map[cases.ReplyID]*cases.ReplySummary
	active   map[cases.ReplyID]bool // replies that are not at their end

	byRef    map[string]cases.CaseID
	byMail   multi[string, cases.PersonID]
	byName   multi[string, cases.PersonID]
	byDebtor multi[cases.PersonID, cases.CaseID]
	byRFC    map[string]cases.ReplyID
	byTwin   map[uint64]cases.MessageID
	byCase   map[cases.CaseID][]cases.MessageID
	lying    map[life]int // messages by folder
	today    calendar.Date
	pay      payIndex
}

func newIndex() *index {
	return &index{
		cases: map[cases.CaseID]*cases.CaseSummary{}, persons: map[cases.PersonID]*cases.PersonSummary{},
		messages: map[cases.MessageID]*cases.MessageSummary{}, replies: map[cases.ReplyID]*cases.ReplySummary{}, active: map[cases.ReplyID]bool{},
		byRef: map[string]cases.CaseID{}, byMail: newMulti[string, cases.PersonID](0), byName: newMulti[string, cases.PersonID](0),
		byDebtor: newMulti[cases.PersonID, cases.CaseID](0), byRFC: map[string]cases.ReplyID{}, byTwin: map[uint64]cases.MessageID{},
		byCase: map[cases.CaseID][]cases.MessageID{}, lying: map[life]int{},
	}
}

// sealedSum is one summary as the journal gives it.
type sealedSum struct {
	stream cases.Stream
	bytes  []byte
}

// fill takes all summaries in, those of cases, of persons and of the rest beside
// each other: they go into maps of their own.
func (x *index) fill(ctx context.Context, j Journal, today calendar.Date) error {
	const ofCases, ofPersons, rest = 0, 1, 2
	var lists [3][]sealedSum
	err := j.Summaries(ctx, func(s cases.Stream, b []byte) error {
		if b == nil {
			return nil
		}
		k := rest
		switch s.Kind {
		case cases.CaseStream:
			k = ofCases
		case cases.PersonStream:
			k = ofPersons
		case cases.MessageStream, cases.ReplyStream, cases.AccountStream, cases.EntryStream, cases.TeamStream:
		}
		lists[k] = append(lists[k], sealedSum{s, b})
		return nil
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.today, x.dirty = today, map[cases.Stream]bool{}
	x.pay.init()
	n := len(lists[ofCases])
	x.cases, x.byRef, x.byDebtor = make(map[cases.CaseID]*cases.CaseSummary, n), make(map[string]cases.CaseID, n), newMulti[cases.PersonID, cases.CaseID](n)
	n = len(lists[ofPersons])
	x.persons, x.byMail, x.byName = make(map[cases.PersonID]*cases.PersonSummary, n), newMulti[string, cases.PersonID](n), newMulti[string, cases.PersonID](n)
	x.messages = make(map[cases.MessageID]*cases.MessageSummary, len(lists[rest]))
	var errs [len(lists)]error
	var wg sync.WaitGroup
	for i, list := range lists {
		wg.Go(func() {
			for _, s := range list {
				if errs[i] = x.take(s.stream, s.bytes); errs[i] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs[:]...)
}

// mostDirty is how many changed streams are told apart; from there on the order
// is made anew.
const mostDirty = 30_000

// load takes one summary in, new or changed.
func (x *index) load(s cases.Stream, b []byte) error {
	if b == nil {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.dirty) < mostDirty {
		x.dirty[s] = true
	}
	return x.take(s, b)
}

// take is load for who holds the lock.
func (x *index) take(s cases.Stream, b []byte) error {
	var err error
	switch s.Kind {
	case cases.CaseStream:
		err = x.loadCase(cases.CaseID(s.ID), b)
	case cases.PersonStream:
		err = x.loadPerson(cases.PersonID(s.ID), b)
	case cases.MessageStream:
		err = x.loadMessage(cases.MessageID(s.ID), b)
	case cases.ReplyStream:
		var r cases.ReplySummary
		if r, err = cases.ReadReplySummary(cases.ReplyID(s.ID), b); err == nil {
			x.replies[r.ID] = &r
			x.byRFC[r.RFCID] = r.ID
			if r.State.Final() {
				delete(x.active, r.ID)
			} else {
				x.active[r.ID] = true
			}
		}
	case cases.AccountStream:
		err = x.pay.loadAccount(cases.AccountID(s.ID), b)
	case cases.EntryStream:
		err = x.pay.loadEntry(cases.EntryID(s.ID), b)
	case cases.TeamStream:
	}
	if err != nil {
		return fmt.Errorf("stream %s: %w", s, err)
	}
	return nil
}

func (x *index) loadCase(id cases.CaseID, b []byte) error {
	c, err := cases.ReadCaseSummary(id, b)
	if err != nil {
		return err
	}
	if old := x.cases[id]; old != nil && old.Debtor != c.Debtor {
		x.byDebtor.drop(old.Debtor, id)
	}
	if !x.byDebtor.has(c.Debtor) {
		c.Debtor = cases.PersonID(strings.Clone(string(c.Debtor))) // as a key it outlives the summary
	}
	x.cases[id] = &c
	x.byRef[match.Key(c.Reference)] = id
	if c.Debtor != "" {
		x.byDebtor.put(c.Debtor, id)
	}
	return nil
}

func (x *index) loadPerson(id cases.PersonID, b []byte) error {
	p, err := cases.ReadPersonSummary(id, b)
	if err != nil {
		return err
	}
	old := x.persons[id]
	if old != nil {
		for _, m := range old.Mails {
			x.byMail.drop(m, id)
		}
		x.byName.drop(match.FoldName(old.Name), id)
	}
	x.persons[id] = &p
	x.pay.loadPerson(old, &p)
	for _, m := range p.Mails {
		x.byMail.put(m, id)
	}
	if f := match.FoldName(p.Name); f != "" && !p.Legal {
		x.byName.put(f, id)
	}
	return nil
}

func (x *index) loadMessage(id cases.MessageID, b []byte) error {
	m, err := cases.ReadMessageSummary(id, b)
	if err != nil {
		return err
	}
	if old := x.messages[id]; old != nil && old.Case != m.Case {
		x.byCase[old.Case] = without(x.byCase[old.Case], id)
	}
	x.lie(x.messages[id], &m)
	x.messages[id] = &m
	if m.Case != "" {
		x.byCase[m.Case] = with(x.byCase[m.Case], id)
	}
	if m.Twin != 0 {
		if _, ok := x.byTwin[m.Twin]; !ok {
			x.byTwin[m.Twin] = id
		}
	}
	return nil
}

func with[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func without[T comparable](list []T, v T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(o T) bool { return o == v })
}

// The look-ups of match.Index.

// CaseByReference looks up a canonical reference.
func (x *index) CaseByReference(key string) (cases.CaseID, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	id, ok := x.byRef[key]
	return id, ok
}

// CaseByLetter looks up the Message-ID of a letter of ours.
func (x *index) CaseByLetter(rfcID string) (cases.CaseID, cases.ReplyID, bool) {
	if rfcID == "" {
		return "", "", false
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	id, ok := x.byRFC[rfcID]
	if !ok {
		return "", "", false
	}
	return x.replies[id].Case, id, true
}

// PersonsByMail looks up a mail address.
func (x *index) PersonsByMail(addr string) []cases.PersonID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.byMail.get(addr, 50)
}

// PersonsByName looks up a folded name.
func (x *index) PersonsByName(folded string) []cases.PersonID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.byName.get(folded, 50)
}

// everyCase is more cases than a person has.
const everyCase = 1 << 20

// OpenCases returns the open cases of a debtor.
func (x *index) OpenCases(p cases.PersonID) []cases.CaseID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cases.CaseID
	for _, c := range x.byDebtor.get(p, everyCase) {
		if s := x.cases[c]; s != nil && !s.Flags.Has(cases.CaseClosed) {
			out = append(out, c)
		}
	}
	return head(out, 50)
}

// Debtor returns the debtor of a case.
func (x *index) Debtor(c cases.CaseID) cases.PersonID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if s := x.cases[c]; s != nil {
		return s.Debtor
	}
	return ""
}

// Balance returns what is open on a case on the index's day.
func (x *index) Balance(c cases.CaseID) (money.Cents, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if s := x.cases[c]; s != nil {
		return s.Daily.Total(x.today)
	}
	return 0, false
}

func head[T any](list []T, n int) []T { return list[:min(len(list), n)] }

// twin returns the message that m may be a second copy of.
func (x *index) twin(hash uint64) (cases.MessageID, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	id, ok := x.byTwin[hash]
	return id, ok && hash != 0
}

func (x *index) message(id cases.MessageID) (cases.MessageSummary, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if m := x.messages[id]; m != nil {
		return *m, true
	}
	return cases.MessageSummary{}, false
}

func (x *index) caseSummary(id cases.CaseID) (cases.CaseSummary, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if c := x.cases[id]; c != nil {
		return *c, true
	}
	return cases.CaseSummary{}, false
}

// provenOn returns who writes on a case, the debtor where nobody is named, with
// the proven addresses.
func (x *index) provenOn(c cases.CaseID, who cases.PersonID) (cases.PersonID, []string) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.cases[c]
	if who == "" && s != nil {
		who = s.Debtor
	}
	if p := x.persons[who]; p != nil {
		return who, p.Proven
	}
	return "", nil
}

func (x *index) personName(id cases.PersonID) string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if p := x.persons[id]; p != nil {
		return p.Name
	}
	return ""
}

// openOn lists the open personal messages of a case, oldest first.
func (x *index) openOn(c cases.CaseID) []cases.MessageSummary {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cases.MessageSummary
	for _, id := range x.byCase[c] {
		if m := x.messages[id]; m != nil && m.State == cases.MessageOpen {
			out = append(out, *m)
		}
	}
	slices.SortFunc(out, func(a, b cases.MessageSummary) int { return a.Received.Compare(b.Received) })
	return out
}

// repliesWhere returns the replies that keep wants, oldest first.
func (x *index) repliesWhere(keep func(*cases.ReplySummary) bool) []cases.ReplySummary {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cases.ReplySummary
	for _, r := range x.replies {
		if keep(r) {
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(a, b cases.ReplySummary) int {
		if c := a.ApprovedAt.Compare(b.ApprovedAt); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out
}

// outboxCounts returns how many replies wait or are unknown, and the latest
// approval of this device that can still be taken back.
func (x *index) outboxCounts(now time.Time, device cases.DeviceID) (waiting, unknown int, undo cases.ReplyID, until time.Time) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var latest time.Time
	for id := range x.active {
		r := x.replies[id]
		switch r.State {
		case cases.ReplyApproved:
			waiting++
			if r.Device == device && now.Before(r.UndoUntil) && r.ApprovedAt.After(latest) {
				undo, until, latest = r.ID, r.UndoUntil, r.ApprovedAt
			}
		case cases.ReplyClaimed, cases.ReplyDotSent:
			waiting++
		case cases.ReplyUnknown:
			unknown++
		case cases.ReplySent, cases.ReplyRefused, cases.ReplyWithdrawn, cases.ReplyStale:
		}
	}
	return waiting, unknown, undo, until
}

// messagesWhere returns the messages that keep wants, newest first.
func (x *index) messagesWhere(keep func(*cases.MessageSummary) bool) []cases.MessageSummary {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cases.MessageSummary
	for _, m := range x.messages {
		if keep(m) {
			out = append(out, *m)
		}
	}
	slices.SortFunc(out, func(a, b cases.MessageSummary) int {
		if c := b.Received.Compare(a.Received); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out
}
