package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"kontor/assist/policy"
	"kontor/assist/templates"
	"kontor/cases"
)

func joinClose(err error, a *app) error { return errors.Join(err, a.Close()) }

func loadTexts(dir string) (*templates.Set, *policy.Gate, error) {
	var over fs.FS
	if dir != "" {
		over = os.DirFS(dir)
	}
	set, err := templates.Load(over)
	if err != nil {
		return nil, nil, err
	}
	gate, err := policy.New(nil)
	return set, gate, err
}

// audit shows the facts of a message or a case with its replies.
func (g *globals) audit(ctx context.Context, message, ref string) error {
	return g.withDesk(ctx, func(ctx context.Context, a *app) error {
		if message != "" {
			facts, err := a.store.Facts(ctx, cases.MessageID(message).Stream())
			if err != nil {
				return err
			}
			if len(facts) == 0 {
				return fmt.Errorf("message %q: %w; kontor messages lists the ids", message, cases.ErrNotFound)
			}
			return g.sayFacts(facts)
		}
		id, err := a.desk.FindCase(ctx, ref)
		if err != nil {
			return err
		}
		v, err := a.desk.CaseView(ctx, id, 0)
		if err != nil {
			return err
		}
		if err := g.sayFacts(v.Facts); err != nil {
			return err
		}
		for _, r := range v.Replies {
			facts, err := a.store.Facts(ctx, r.ID.Stream())
			if err != nil {
				return err
			}
			if err := g.sayFacts(facts); err != nil {
				return err
			}
		}
		return nil
	})
}
