package learn

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kontor/assist/redact"
	"kontor/cases"
	"kontor/cases/calendar"
)

// Days is how long an example is kept where the config names no number.
const Days = 180

// Bounds of what is kept.
const (
	maxExamples   = 2000
	maxText       = 32 << 10 // bytes of a mail or a letter
	maxAttachment = 8 << 10  // bytes of one attachment's text
	maxAttached   = 4
)

// Kinds of examples.
const (
	Correction = "correction" // a person changed the reading of a mail
	Edit       = "edit"       // a person changed a draft before approving it
)

const prefix = "example/"

// Reading is what an engine or a person said of a mail.
type Reading struct {
	Intent cases.Intent  `json:"intent"`
	Flags  []cases.Flag  `json:"flags"`
	Alerts []cases.Alert `json:"alerts"`
}

func (r Reading) equal(o Reading) bool {
	return r.Intent == o.Intent && same(r.Flags, o.Flags) && same(r.Alerts, o.Alerts)
}

func same[T cmp.Ordered](a, b []T) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// Example is one correction or one edit. Its texts are redacted.
type Example struct {
	ID   string        `json:"id"`
	Kind string        `json:"kind"`
	Made calendar.Date `json:"made"`
	// Until is the last day on which it is kept.
	Until calendar.Date `json:"until"`
	Lang  string        `json:"lang"`

	// A correction: the mail, what the engine said, what the person said.
	Date     calendar.Date `json:"date,omitzero"` // of the mail, which its days count from
	Subject  string        `json:"subject,omitempty"`
	Text     string        `json:"text,omitempty"`
	Attached []string      `json:"attachments,omitempty"`
	Engine   string        `json:"engine,omitempty"`
	Permille int           `json:"permille,omitempty"`
	Machine  *Reading      `json:"machine,omitempty"`
	Person   *Reading      `json:"person,omitempty"`

	// An edit: the draft as proposed and as approved, and how many of its words
	// were changed.
	Template cases.TemplateRef `json:"template,omitzero"`
	Before   string            `json:"before,omitempty"`
	After    string            `json:"after,omitempty"`
	Distance int               `json:"distance,omitempty"`
	Words    int               `json:"words,omitempty"`

	// Of whom it speaks, so that it goes when they are erased.
	Case    cases.CaseID     `json:"case,omitempty"`
	Persons []cases.PersonID `json:"persons,omitempty"`
}

// Mail is a mail whose reading was put right.
type Mail struct {
	ID       cases.MessageID
	Date     calendar.Date
	Subject  string
	Text     string
	Attached []string
	Class    cases.Classification // before the correction
	Case     cases.CaseID
	Persons  []cases.PersonID
	Known    redact.Known
}

// Letter is a draft that was approved.
type Letter struct {
	Reply    cases.ReplyID
	Template cases.TemplateRef
	Before   string // as proposed
	After    string // as approved
	Case     cases.CaseID
	Persons  []cases.PersonID
	Known    redact.Known
}

// Shelf is where examples lie: values of this device, sealed.
type Shelf interface {
	Local(ctx context.Context, key string) ([]byte, error)
	Locals(ctx context.Context, prefix string, fn func(key string, value []byte) error) error
	SetLocal(ctx context.Context, writes ...cases.LocalWrite) error
}

// Keeper keeps examples on a shelf. It is safe for concurrent use.
type Keeper struct {
	shelf Shelf
	today func() calendar.Date
	days  int
	mu    sync.Mutex // what is read and then written
}

// New makes a keeper; days is how long an example is kept, 0 for not at all.
func New(shelf Shelf, today func() calendar.Date, days int) *Keeper {
	return &Keeper{shelf: shelf, today: today, days: min(max(days, 0), 3650)}
}

// Corrected keeps a person's reading of a mail beside the engine's. A reading
// that agrees with the engine is no example; a second correction of the same
// mail replaces the first.
func (k *Keeper) Corrected(ctx context.Context, m Mail, person Reading) error {
	if k.days == 0 {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	key := prefix + "c/" + string(m.ID)
	machine := Reading{m.Class.Intent, m.Class.Flags, m.Class.Alerts}
	engine, permille := m.Class.Engine, m.Class.Permille
	if engine == "person" {
		old, err := k.read(ctx, key)
		if errors.Is(err, cases.ErrNotFound) {
			return nil // what the engine said is not known any more
		}
		if err != nil {
			return err
		}
		machine, engine, permille = *old.Machine, old.Engine, old.Permille
	}
	if machine.equal(person) {
		return k.shelf.SetLocal(ctx, cases.LocalWrite{Key: key})
	}
	e := k.begin(Correction, m.Case, m.Persons)
	texts := []string{clip(m.Subject, 500), clip(m.Text, maxText)}
	for _, a := range m.Attached[:min(len(m.Attached), maxAttached)] {
		texts = append(texts, clip(a, maxAttachment))
	}
	texts, _ = redact.New(m.Known).RedactAll(texts...)
	e.Date, e.Subject, e.Text, e.Attached = m.Date, texts[0], texts[1], texts[2:]
	e.Lang, e.Engine, e.Permille, e.Machine, e.Person = m.Class.Lang, engine, permille, &machine, &person
	return k.write(ctx, key, e)
}

// Approved keeps an edited draft, and counts one that was taken as it stood.
func (k *Keeper) Approved(ctx context.Context, l Letter) error {
	if k.days == 0 {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.begin(Edit, l.Case, l.Persons)
	e.Lang, e.Template = l.Template.Lang, l.Template
	e.Distance, e.Words = Distance(l.Before, l.After)
	if l.Before != l.After {
		texts, _ := redact.New(l.Known).RedactAll(clip(l.Before, maxText), clip(l.After, maxText))
		e.Before, e.After = texts[0], texts[1]
	}
	return k.write(ctx, prefix+"e/"+string(l.Reply), e)
}

// Withdrawn forgets the example of a reply that was taken back.
func (k *Keeper) Withdrawn(ctx context.Context, r cases.ReplyID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.shelf.SetLocal(ctx, cases.LocalWrite{Key: prefix + "e/" + string(r)})
}

func (k *Keeper) begin(kind string, c cases.CaseID, persons []cases.PersonID) Example {
	today := k.today()
	return Example{Kind: kind, Made: today, Until: today + calendar.Date(k.days), Case: c, Persons: persons}
}

func (k *Keeper) read(ctx context.Context, key string) (Example, error) {
	b, err := k.shelf.Local(ctx, key)
	if err != nil {
		return Example{}, err
	}
	return decode(key, b)
}

func decode(key string, b []byte) (Example, error) {
	var e Example
	if err := json.Unmarshal(b, &e); err != nil {
		return Example{}, fmt.Errorf("read example: %w", err)
	}
	e.ID = strings.TrimPrefix(key, prefix)
	if e.Kind == Correction && (e.Machine == nil || e.Person == nil) {
		return Example{}, fmt.Errorf("read example %s: a reading is missing", e.ID)
	}
	return e, nil
}

// write keeps an example, and makes room: what has ended goes, and the oldest
// where there are too many.
func (k *Keeper) write(ctx context.Context, key string, e Example) error {
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write example: %w", err)
	}
	all, ended, err := k.all(ctx)
	if err != nil {
		return err
	}
	writes := append(drop(ended), cases.LocalWrite{Key: key, Value: b})
	for i := 0; i < len(all)-maxExamples+1; i++ {
		if all[i].ID != strings.TrimPrefix(key, prefix) {
			writes = append(writes, drop(all[i:i+1])...)
		}
	}
	return k.shelf.SetLocal(ctx, writes...)
}

// all reads every example, the oldest first, apart from those that have ended.
func (k *Keeper) all(ctx context.Context) (kept, ended []Example, err error) {
	today := k.today()
	err = k.shelf.Locals(ctx, prefix, func(key string, b []byte) error {
		e, err := decode(key, b)
		switch {
		case err != nil:
			ended = append(ended, Example{ID: strings.TrimPrefix(key, prefix)}) // of no use to anybody
		case e.Until < today:
			ended = append(ended, e)
		default:
			kept = append(kept, e)
		}
		return nil
	})
	slices.SortFunc(kept, func(a, b Example) int { return cmp.Or(cmp.Compare(a.Made, b.Made), cmp.Compare(a.ID, b.ID)) })
	return kept, ended, err
}

func drop(list []Example) []cases.LocalWrite {
	var out []cases.LocalWrite
	for _, e := range list {
		out = append(out, cases.LocalWrite{Key: prefix + e.ID})
	}
	return out
}

// List returns the examples, the oldest first, and deletes what has ended.
func (k *Keeper) List(ctx context.Context) ([]Example, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ended, err := k.all(ctx)
	if err != nil || len(ended) == 0 {
		return kept, err
	}
	return kept, k.shelf.SetLocal(ctx, drop(ended)...)
}

// Delete deletes the examples that match and returns how many.
func (k *Keeper) Delete(ctx context.Context, match func(Example) bool) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ended, err := k.all(ctx)
	if err != nil {
		return 0, err
	}
	var gone []Example
	for _, e := range kept {
		if match(e) {
			gone = append(gone, e)
		}
	}
	if writes := drop(append(ended, gone...)); len(writes) > 0 {
		err = k.shelf.SetLocal(ctx, writes...)
	}
	return len(gone), err
}

// Of matches the examples that speak of a person or come from a case: what
// erasing them takes along.
func Of(person cases.PersonID, of ...cases.CaseID) func(Example) bool {
	return func(e Example) bool {
		return person != "" && slices.Contains(e.Persons, person) || e.Case != "" && slices.Contains(of, e.Case)
	}
}

// clip cuts s to at most n bytes between runes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
