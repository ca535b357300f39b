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
	"kontor/cmd/kontor/internal/config"
)

func joinClose(err error, a *app) error { return errors.Join(err, a.Close()) }

func loadTexts(dir string) (*templates.Set, *policy.Gate, error) {
	over, err := folder(dir)
	if err != nil {
		return nil, nil, err
	}
	set, err := templates.Load(over)
	if err != nil {
		return nil, nil, err
	}
	gate, err := policy.New(nil)
	return set, gate, err
}

// folder opens an agency's folder of texts; none where it names none. A name that
// leads nowhere is an error: else its letters would be the shipped ones unnoticed.
func folder(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	switch st, err := os.Stat(dir); {
	case err != nil:
		return nil, fmt.Errorf("folder of texts: %w", err)
	case !st.IsDir():
		return nil, fmt.Errorf("folder of texts: %s is no folder", dir)
	}
	return os.DirFS(dir), nil
}

// textsDir is the folder of texts that the home's config names, if there is one.
func (g *globals) textsDir() (string, error) {
	home, err := g.homeDir()
	if err != nil {
		return "", err
	}
	file := g.configFile(home)
	if !exists(file) {
		return "", nil
	}
	cfg, err := config.Load(file)
	if err != nil {
		return "", err
	}
	return cfg.Path(cfg.Assist.Templates), nil
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
