package desk

import (
	"context"
	"fmt"

	"kontor/cases"
	"kontor/cases/match"
)

const (
	matchAgainMost  = 5_000 // open mails without a case looked at again
	matchAgainBatch = 100
)

// MatchAgain looks at the open mails without a case once more, newest first: a
// debtor may have written before the case was imported. It returns how many
// have one now. What a person has decided stays.
func (d *Desk) MatchAgain(ctx context.Context) (int, error) {
	list := d.ix.messagesWhere(func(m *cases.MessageSummary) bool { return m.Case == "" && m.State == cases.MessageOpen })
	list = list[:min(len(list), matchAgainMost)]
	found := 0
	for start := 0; start < len(list); start += matchAgainBatch {
		some := list[start:min(start+matchAgainBatch, len(list))]
		matches := make([]cases.Match, len(some))
		err := d.parallel(ctx, len(some), func(i int) (err error) {
			matches[i], err = d.matchAgain(ctx, some[i].ID)
			return err
		})
		if err != nil {
			return found, err
		}
		var b cases.Batch
		for i, m := range matches {
			if m.Case != "" {
				b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: cases.ProposeMatch{Message: some[i].ID, Match: m}})
			}
		}
		if len(b.Envelopes) == 0 {
			continue
		}
		if _, err := d.o.Journal.Submit(ctx, b); err != nil {
			return found, fmt.Errorf("match %d mails again: %w", len(b.Envelopes), err)
		}
		found += len(b.Envelopes)
	}
	if found > 0 {
		d.hub.publish(News{Queue: true})
	}
	return found, nil
}

// matchAgain finds the case of one recorded mail; none where a person took it
// out of a case.
func (d *Desk) matchAgain(ctx context.Context, id cases.MessageID) (cases.Match, error) {
	m, err := d.message(ctx, id)
	if err != nil || m.MatchedByPerson {
		return cases.Match{}, err
	}
	t := &taken{mail: m.Mail}
	if t.mail.Text, _, err = d.texts(ctx, m); err != nil {
		return cases.Match{}, err
	}
	t.match, _ = match.Mail(t.mail, d.o.Pattern, d.ix)
	return t.match, d.judgeParty(ctx, t)
}
