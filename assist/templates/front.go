package templates

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kontor/cases"
)

// Bounds of a template file; texts of an agency's folder are input from outside.
const (
	maxFile  = 32 << 10
	maxFiles = 500
)

// text is one template: what it is for, and its body.
type text struct {
	info     cases.TemplateInfo
	tone     string // formal, plain
	requires []term
	priority int
	effects  []effectRule
	with     []string // ids of drafts to others that go with this one
	subject  []node
	body     []node
}

func idPattern() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`) }

// occasionNames are the occasions without a mail (cli.md, `kontor draft`).
func occasionNames() []string {
	return []string{
		"first_letter", "balance_letter", "payment_receipt", "plan_confirmation", "plan_reminder", "promise_reminder",
		"plan_end", "court_announcement", "closing_letter", "address_check", "creditor_inquiry",
	}
}

// parseText reads one file. Every key is known or an error, and those without a
// safe default are demanded.
func parseText(name, src string, parts map[string]string) (*text, error) {
	head, body, err := splitFront(src)
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	t := &text{tone: "formal"}
	fail := func(key string, err error) (*text, error) {
		return nil, fmt.Errorf("template %s: %s: %w", name, key, err)
	}
	for _, key := range []string{"id", "title", "language", "audience", "version", "subject", "demand", "claim_data", "legal_basis"} {
		if head[key] == "" {
			return fail(key, errMissing)
		}
	}
	if (head["intents"] == "") == (head["occasions"] == "") {
		return fail("intents", fmt.Errorf("want either intents or occasions"))
	}
	for _, key := range frontKeys() {
		v, ok := head[key]
		if !ok {
			continue
		}
		if err := t.set(key, v, parts); err != nil {
			return fail(key, err)
		}
		delete(head, key)
	}
	for key := range head {
		return fail(key, fmt.Errorf("no such key"))
	}
	if t.info.Agreement && !t.info.CostNotice {
		return fail("cost_notice", fmt.Errorf("a text that grants an arrangement carries the notice of § 13a Abs. 3 RDG"))
	}
	if t.body, err = parseBody(body, parts); err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	return t, nil
}

var errMissing = fmt.Errorf("is missing")

func frontKeys() []string {
	return []string{
		"id", "title", "intents", "occasions", "language", "audience", "tone", "requires", "effects", "with", "demand",
		"claim_data", "cost_notice", "agreement", "legal_basis", "version", "priority", "subject", "valid_from",
	}
}

func (t *text) set(key, v string, parts map[string]string) (err error) {
	switch key {
	case "id":
		if t.info.ID = v; !idPattern().MatchString(v) {
			return fmt.Errorf("%q: want lower-case letters, digits and _", v)
		}
	case "title":
		t.info.Title = v
	case "intents":
		for _, w := range list(v, ",") {
			if w == "*" {
				t.info.Intents = slices.DeleteFunc(cases.Intents(), func(i cases.Intent) bool { return !i.Answered() })
				continue
			}
			if i := cases.Intent(w); !i.Valid() || !i.Answered() {
				return fmt.Errorf("%q is no intent that is answered", w)
			}
			t.info.Intents = append(t.info.Intents, cases.Intent(w))
		}
	case "occasions":
		t.info.Occasions = list(v, ",")
		return oneOf(t.info.Occasions, occasionNames()...)
	case "language":
		t.info.Lang = v
		return oneOf([]string{v}, "de", "en")
	case "audience":
		t.info.Audience = v
		return oneOf([]string{v}, "debtor", "sender", "representative", "administrator", "creditor")
	case "tone":
		t.tone = v
		return oneOf([]string{v}, "formal", "plain")
	case "requires":
		t.info.Requires = list(v, ",")
		t.requires, err = parseTerms(t.info.Requires)
	case "effects":
		for _, w := range list(v, ";") {
			r, err := parseEffect(w)
			if err != nil {
				return err
			}
			t.effects = append(t.effects, r)
			if k := string(r.kind); !slices.Contains(t.info.Effects, k) {
				t.info.Effects = append(t.info.Effects, k)
			}
		}
	case "with":
		t.with = list(v, ",")
	case "demand":
		t.info.Demand, err = yesNo(v)
	case "claim_data":
		t.info.ClaimData, err = yesNo(v)
	case "cost_notice":
		t.info.CostNotice, err = yesNo(v)
	case "agreement":
		t.info.Agreement, err = yesNo(v)
	case "legal_basis":
		t.info.Basis = list(v, ";")
	case "version":
		t.info.Version, err = number(v, 1, 9999)
	case "priority":
		t.priority, err = number(v, 1, 1000)
	case "subject":
		t.subject, err = parseBody(v, parts)
	case "valid_from":
		return validDay(v)
	}
	return err
}

// splitFront cuts "---\nkey: value\n…---\nbody".
func splitFront(src string) (map[string]string, string, error) {
	src = strings.ReplaceAll(src, "\r\n", "\n")
	rest, ok := strings.CutPrefix(src, "---\n")
	if !ok {
		return nil, "", fmt.Errorf("front matter: want a first line ---")
	}
	front, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return nil, "", fmt.Errorf("front matter: want a closing line ---")
	}
	head := map[string]string{}
	for line := range strings.Lines(front) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, v, ok := strings.Cut(line, ":")
		key, v = strings.TrimSpace(key), strings.TrimSpace(v)
		if _, twice := head[key]; !ok || twice {
			return nil, "", fmt.Errorf("front matter: line %q: want key: value, each key once", cutAt(line, 40))
		}
		head[key] = v
	}
	return head, body, nil
}

func list(v, sep string) []string {
	var out []string
	for w := range strings.SplitSeq(v, sep) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func oneOf(got []string, want ...string) error {
	for _, g := range got {
		if !slices.Contains(want, g) {
			return fmt.Errorf("%q: want one of %s", g, strings.Join(want, ", "))
		}
	}
	return nil
}

func yesNo(v string) (bool, error) {
	switch v {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, fmt.Errorf("%q: want yes or no", v)
}

func number(v string, low, high int) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		return 0, fmt.Errorf("%q: want a number from %d to %d", v, low, high)
	}
	return n, nil
}

// byPreference orders texts: the more urgent first, then by id, so that the
// choice is the same everywhere.
func byPreference(a, b *text) int {
	return cmp.Or(cmp.Compare(b.priority, a.priority), cmp.Compare(a.info.ID, b.info.ID), cmp.Compare(a.info.Lang, b.info.Lang))
}
