package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kontor/cases/desk"
	"kontor/themes"
	"kontor/ui/casefile"
	"kontor/ui/conflicts"
	"kontor/ui/duties"
	"kontor/ui/keys"
	"kontor/ui/morning"
	"kontor/ui/nav"
	"kontor/ui/outbox"
	"kontor/ui/paycode"
	"kontor/ui/payments"
	"kontor/ui/queue"
	"kontor/ui/record"
	"kontor/ui/review"
	"kontor/ui/settings"
	"kontor/ui/text"
)

// CheckKeys says what is wrong with a rebinding (keys by action id): an action
// that no screen has, or one key with two actions on one screen. Where it is
// not asked, a screen whose rebinding does not fit keeps its built-in keys.
func CheckKeys(bound map[string][]string) error {
	look := &nav.Look{Theme: themes.New("", true), Text: text.New("en"), Now: func() time.Time { return time.Time{} }, Loc: time.UTC, Bound: bound}
	root := &app{look: look, opts: Options{Keys: bound}}
	q := queue.New(look, nil)
	known := map[string]bool{}
	for _, t := range []*keys.Table{
		root.actions(), q.Keys(), outbox.New(look, nil).Keys(), payments.New(look, nil, nil).Keys(), conflicts.New(look).Keys(), record.New(look, nil).Keys(), settings.New(look, nil, nil).Keys(), duties.New(look, nil).Keys(), paycode.New(look, nil, nil, "", "", nil, func(int) (nav.PayCode, error) { return nav.PayCode{}, nil }).Keys(), morning.New(look, q).Keys(),
		casefile.New(look, nil, nil, "", desk.ItemRef{}).Keys(), review.New(look, nil, nil, nil, desk.ItemRef{}, false, "").Keys(),
	} {
		if err := t.Err(); err != nil {
			return fmt.Errorf("keys: %w", err)
		}
		for _, a := range t.All() {
			known[a.ID] = true
		}
	}
	var lost []string
	for id := range bound {
		if !known[id] {
			lost = append(lost, id)
		}
	}
	if len(lost) > 0 {
		slices.Sort(lost)
		return fmt.Errorf("keys: no screen has an action called %q; there are %s", lost[0], strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	return nil
}
