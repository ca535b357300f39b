package policy

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"kontor/cases/calendar"
)

//go:embed rules/*.toml
var shipped embed.FS

// Bounds of the rule files, which an agency may write itself.
const (
	maxRuleFile  = 256 << 10
	maxRuleFiles = 50
	maxPattern   = 3000
)

// Severities.
const (
	Block = "block"
	Warn  = "warn"
)

// rule is one rule as a file states it. Rules without patterns are decided by
// code under the same id.
type rule struct {
	ID       string    `toml:"id"`
	Severity string    `toml:"severity"`
	Source   string    `toml:"source"`
	From     string    `toml:"from"`
	Until    string    `toml:"until"`
	Mend     string    `toml:"mend"`
	Field    string    `toml:"field"` // text (default), subject
	When     string    `toml:"when"`  // a state of the case, see states; empty: always
	Hand     bool      `toml:"hand"`  // looks only at sentences that the draft did not have
	Patterns []pattern `toml:"pattern"`

	from, until calendar.Date
}

// pattern finds forbidden words in one sentence. It is matched against folded
// text: lower case, ä as ae, ß as ss, blanks joined.
type pattern struct {
	Match string `toml:"match"`
	// Unless is looked for in the same sentence, UnlessText in the whole text.
	Unless     string `toml:"unless"`
	UnlessText string `toml:"unless_text"`
	// Negatable says that a negation in the same clause makes the words harmless:
	// "wir drohen nicht mit einer Strafanzeige".
	Negatable bool `toml:"negatable"`
	// Rhetorical says that a question negates nothing: "Ihre Nachbarn müssen das
	// doch nicht erfahren, oder?"
	Rhetorical bool `toml:"rhetorical"`

	match, unless, unlessText *regexp.Regexp
	seeds                     []string
}

type ruleFile struct {
	Rules []rule `toml:"rule"`
}

// loadRules reads the shipped files, then an agency's: a rule of the same id
// replaces the shipped one, but no file can turn a block into a warning or end a
// shipped rule, for most of them are law.
func loadRules(overrides fs.FS) (map[string]rule, error) {
	out := map[string]rule{}
	own, err := fs.Sub(shipped, "rules")
	if err != nil {
		return nil, err
	}
	if err := readRules(own, func(name string, r rule) error {
		if _, twice := out[r.ID]; twice {
			return fmt.Errorf("policy rules %s: rule %s stands twice", name, r.ID)
		}
		out[r.ID] = r
		return nil
	}); err != nil {
		return nil, err
	}
	if overrides == nil {
		return out, nil
	}
	first := maps.Clone(out)
	return out, readRules(overrides, func(name string, r rule) error {
		if old, ok := first[r.ID]; ok {
			switch {
			case old.Severity == Block && r.Severity != Block:
				return fmt.Errorf("policy rules %s: rule %s blocks by law and cannot be made a warning", name, r.ID)
			case r.Until != "" || r.When != old.When || r.Field != old.Field || r.Hand && !old.Hand:
				return fmt.Errorf("policy rules %s: rule %s cannot be narrowed", name, r.ID)
			}
			r.Patterns = slices.Concat(old.Patterns, r.Patterns)
		}
		out[r.ID] = r
		return nil
	})
}

func readRules(root fs.FS, add func(string, rule) error) error {
	names, err := fs.Glob(root, "*.toml")
	if err != nil {
		return fmt.Errorf("policy rules: %w", err)
	}
	if len(names) > maxRuleFiles {
		return fmt.Errorf("policy rules: %d files, at most %d", len(names), maxRuleFiles)
	}
	slices.Sort(names)
	for _, name := range names {
		rules, err := readRuleFile(root, name)
		if err != nil {
			return fmt.Errorf("policy rules %s: %w", name, err)
		}
		for _, r := range rules {
			if err := add(name, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func readRuleFile(root fs.FS, name string) ([]rule, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	b, err := io.ReadAll(io.LimitReader(file, maxRuleFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxRuleFile {
		return nil, fmt.Errorf("larger than %d bytes", maxRuleFile)
	}
	var f ruleFile
	if err := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(&f); err != nil {
		if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
			return nil, fmt.Errorf("unknown keys: %s", strict.String())
		}
		return nil, err
	}
	for i := range f.Rules {
		if err := f.Rules[i].compile(); err != nil {
			return nil, fmt.Errorf("rule %q: %w", f.Rules[i].ID, err)
		}
	}
	return f.Rules, nil
}

func (r *rule) compile() (err error) {
	switch {
	case r.ID == "" || r.Source == "" || r.Mend == "":
		return errors.New("want id, source and mend")
	case r.Severity != Block && r.Severity != Warn:
		return fmt.Errorf("severity %q: want block or warn", r.Severity)
	case r.Field != "" && r.Field != "text" && r.Field != "subject":
		return fmt.Errorf("field %q: want text or subject", r.Field)
	case r.When != "" && !slices.Contains(stateNames(), r.When):
		return fmt.Errorf("when %q: want one of %s", r.When, strings.Join(stateNames(), ", "))
	}
	if r.from, err = calendar.Parse(r.From); err != nil || r.from == 0 {
		return fmt.Errorf("from %q: want the day from which the rule holds", r.From)
	}
	if r.until, err = calendar.Parse(r.Until); err != nil {
		return err
	}
	for i := range r.Patterns {
		p := &r.Patterns[i]
		if p.Match == "" {
			return fmt.Errorf("pattern %d has no match", i+1)
		}
		for _, re := range []struct {
			src string
			dst **regexp.Regexp
		}{{p.Match, &p.match}, {p.Unless, &p.unless}, {p.UnlessText, &p.unlessText}} {
			if re.src == "" {
				continue
			}
			if len(re.src) > maxPattern {
				return fmt.Errorf("pattern %d: longer than %d bytes", i+1, maxPattern)
			}
			if *re.dst, err = regexp.Compile(re.src); err != nil {
				return fmt.Errorf("pattern %d: %w", i+1, err)
			}
			if wide, err := regexp.Compile(plainly(re.src)); err == nil {
				*re.dst = wide
			}
		}
		p.seeds = seeds(p.match.String())
	}
	return nil
}

// holds reports whether the rule is in force on day d.
func (r *rule) holds(d calendar.Date) bool {
	return r.from <= d && (r.until == 0 || d <= r.until)
}
