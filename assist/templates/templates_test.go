package templates

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"kontor/assist/policy"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

var update = flag.Bool("update", false, "write the golden letters anew")

func load(t *testing.T) (*Set, []sample) {
	t.Helper()
	s, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	return s, all
}

// each renders every built-in case in both languages.
func each(t *testing.T, f func(t *testing.T, name string, in cases.DraftContext, drafts []cases.Draft, err error)) {
	t.Helper()
	s, all := load(t)
	for _, x := range all {
		for _, lang := range []string{"de", "en"} {
			in := x.in
			in.Lang = lang
			drafts, err := s.Drafts(t.Context(), in)
			f(t, x.name+"."+lang, in, drafts, err)
		}
	}
}

func TestGolden(t *testing.T) {
	each(t, func(t *testing.T, name string, _ cases.DraftContext, drafts []cases.Draft, err error) {
		t.Helper()
		var b strings.Builder
		if err != nil {
			fmt.Fprintf(&b, "no letter: %v\n", err)
		}
		for _, d := range drafts {
			fmt.Fprintf(&b, "template: %s %s v%d (%s)\nto: %s <%s>\nsubject: %s\n\n%s\n", d.Template.ID, d.Template.Lang, d.Template.Version, d.Why, d.To, d.ToAddr, d.Subject, d.Text)
			for _, e := range d.Effects {
				fmt.Fprintln(&b, effectLine(e))
			}
			b.WriteString("\n")
		}
		path := filepath.Join("testdata", "golden", name+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != string(want) {
			t.Errorf("%s differs from %s; got:\n%s", name, path, got)
		}
	})
}

func effectLine(e cases.DraftEffect) string {
	box := "[ ]"
	if e.Ticked {
		box = "[x]"
	}
	s := box + " " + string(e.Kind)
	for _, v := range []struct {
		name string
		v    any
		zero bool
	}{
		{"cents", e.Cents, e.Cents == 0},
		{"date", e.Date, e.Date == 0},
		{"until", e.Until, e.Until == 0},
		{"days", e.Days, e.Days == 0},
		{"rates", len(e.Rates), len(e.Rates) == 0},
		{"hold", e.Hold, e.Hold == ""},
		{"code", e.Code, e.Code == ""},
		{"dispute", e.Dispute, e.Dispute == ""},
		{"person", e.Person, e.Person == ""},
		{"role", e.Role, e.Role == ""},
		{"right", e.Right, e.Right == ""},
		{"text", e.Text.String(), e.Text.IsZero()},
		{"target", e.Target, e.Target == ""},
	} {
		if !v.zero {
			s += fmt.Sprintf(" %s=%v", v.name, v.v)
		}
	}
	return s + " (" + e.Why + ")"
}

func TestCheckFindsNothing(t *testing.T) {
	s, _ := load(t)
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	findings := s.Check(gate)
	if want := len(s.List()); len(findings) < want {
		t.Errorf("got %d findings, want at least one for each of %d texts", len(findings), want)
	}
	waiting := 0
	for _, f := range findings {
		if strings.HasPrefix(f.Check, "summary ") {
			waiting++
		}
		if !f.OK {
			t.Errorf("%s: %s", f.Check, f.Detail)
		}
	}
	if waiting != len(s.pending) || waiting == 0 {
		t.Errorf("%d of %d summaries are named that wait for a reviewer", waiting, len(s.pending))
	}
}

// TestEveryIntentAndOccasionIsAnswered holds that no intent that is answered and
// no occasion is without a text in one of the two languages.
func TestEveryIntentAndOccasionIsAnswered(t *testing.T) {
	s, _ := load(t)
	have := map[string]bool{}
	for _, x := range s.List() {
		for _, i := range x.Intents {
			if len(x.Intents) < 4 {
				have[x.Lang+" "+string(i)] = true
			}
		}
		for _, o := range x.Occasions {
			have[x.Lang+" "+o] = true
		}
	}
	for _, lang := range []string{"de", "en"} {
		for _, i := range cases.Intents() {
			if i.Answered() && !have[lang+" "+string(i)] {
				t.Errorf("%s: no text of its own for %s", lang, i)
			}
		}
		for _, o := range occasionNames() {
			if !have[lang+" "+o] {
				t.Errorf("%s: no text for %s", lang, o)
			}
		}
	}
}

// TestLettersAreWhole holds the form of every letter: nothing unfilled, no double
// blanks, marked values that are really there, and not one word of another case.
func TestLettersAreWhole(t *testing.T) {
	hole := regexp.MustCompile(`\{\{|\}\}|<no value>|%!|%s|%d|  | \n|\n\n\n|^\n`)
	each(t, func(t *testing.T, name string, in cases.DraftContext, drafts []cases.Draft, _ error) {
		t.Helper()
		for _, d := range drafts {
			if m := hole.FindString(d.Text + d.Subject); m != "" {
				t.Errorf("%s: %s has %q", name, d.Template.ID, m)
			}
			last := 0
			for _, v := range d.Values {
				if v[0] < last || v[1] <= v[0] || v[1] > len(d.Text) {
					t.Fatalf("%s: %s marks %v after %d of %d", name, d.Template.ID, v, last, len(d.Text))
				}
				last = v[1]
			}
			if !strings.Contains(d.Text, in.Agency.Name) || !strings.Contains(d.Text, in.Agency.Register) {
				t.Errorf("%s: %s lacks the company", name, d.Template.ID)
			}
			for _, ref := range regexp.MustCompile(`K-\d{4}-\d{6}`).FindAllString(d.Text+d.Subject, -1) {
				if ref != in.Case.Reference {
					t.Errorf("%s: %s names case %s", name, d.Template.ID, ref)
				}
			}
		}
	})
}

// TestLettersAreShort holds the 180 words of sentences for every letter.
func TestLettersAreShort(t *testing.T) {
	s, all := load(t)
	for _, x := range all {
		for _, lang := range []string{"de", "en"} {
			in := x.in
			in.Lang = lang
			f := newFacts(in, lang)
			for _, u := range s.texts {
				if u.info.Lang != lang || !f.fits(u) {
					continue
				}
				_, _, words, err := fill(u.info.ID, f, u.body)
				if err == nil && words > maxWords {
					t.Errorf("%s: %s (%s) has %d words", x.name, u.info.ID, lang, words)
				}
			}
		}
	}
}

// TestDecideTakesEveryDraft approves each draft as it stands: what a letter
// proposes must be what the facts allow.
func TestDecideTakesEveryDraft(t *testing.T) {
	each(t, func(t *testing.T, name string, in cases.DraftContext, drafts []cases.Draft, _ error) {
		t.Helper()
		for i, d := range drafts {
			sc := cases.NewScope(cases.Actor{User: "u1", Device: "d1"})
			sc.Put(in.Case)
			for _, p := range in.Persons {
				sc.Put(p)
			}
			a := cases.Approval{
				Case: in.Case.ID, Occasion: in.Occasion, To: d.To, ToAddr: d.ToAddr, Subject: in.Persons["debtor"].Name,
				RFCID: "x@kontor.example", SHA256: strings.Repeat("ab", 32), Size: 1, Bytes: "b1", Template: d.Template,
				Seen: []cases.Seen{{Stream: in.Case.ID.Stream(), Replies: in.Case.RepliesTo(d.To)}}, OtherAddress: true,
			}
			for _, m := range in.Messages {
				sc.Put(m)
				if i == 0 {
					a.Messages = append(a.Messages, m.ID)
				}
			}
			a.Effects = outgoing(in, d).Effects
			env := cases.Env{Now: in.Now, Today: in.Today, ID: "c1", Rules: in.Rules}
			if _, err := cases.Decide(sc, env, cases.ApproveReply{Reply: "r1", Approval: a}); err != nil {
				t.Errorf("%s: %s: %v", name, d.Template.ID, err)
			}
		}
	})
}

func TestSameContextSameDrafts(t *testing.T) {
	s, all := load(t)
	for _, x := range all {
		a, errA := s.Drafts(t.Context(), x.in)
		b, errB := s.Drafts(t.Context(), x.in)
		if !reflect.DeepEqual(a, b) || fmt.Sprint(errA) != fmt.Sprint(errB) {
			t.Errorf("%s: two runs differ", x.name)
		}
	}
}

// TestAlertLettersHoldNothingOfTheClaim is the promise of the acute text: no
// sum, no day, no creditor, no machine-written notice, and the three numbers.
func TestAlertLettersHoldNothingOfTheClaim(t *testing.T) {
	each(t, func(t *testing.T, name string, in cases.DraftContext, drafts []cases.Draft, err error) {
		t.Helper()
		if len(in.Messages) == 0 || len(in.Messages[0].Class.Alerts) == 0 {
			return
		}
		if err != nil || len(drafts) != 1 || !strings.HasPrefix(drafts[0].Template.ID, "acute") {
			t.Fatalf("%s: got %d drafts, %v; want the acute text alone", name, len(drafts), err)
		}
		d := drafts[0]
		for _, bad := range []string{"€", "Velura", "2026", "K-2026", "Software", "software", "RG-88213"} {
			if strings.Contains(d.Text+d.Subject, bad) {
				t.Errorf("%s: holds %q", name, bad)
			}
		}
		for _, good := range []string{"0800 111 0 111", "116 123", "112"} {
			if !strings.Contains(d.Text, good) {
				t.Errorf("%s: lacks %s", name, good)
			}
		}
	})
}

func TestBlockedDemandsAreNotDrafted(t *testing.T) {
	s, all := load(t)
	for _, x := range all {
		if x.name != "balance_letter" {
			continue
		}
		for why, change := range map[string]func(*cases.DraftContext){
			"dispute":    disputeOnFile,
			"limitation": old,
			"too_soon": func(in *cases.DraftContext) {
				p := *in.Persons["debtor"]
				p.LastDemand = in.Today - 3
				in.Persons["debtor"] = &p
			},
		} {
			in := x.in
			in.Case = x.in.Case.Copy().(*cases.Case)
			change(&in)
			_, err := s.Drafts(t.Context(), in)
			if got, ok := errors.AsType[*BlockedError](err); !ok || got.Why != why {
				t.Errorf("%s: got %v", why, err)
			}
		}
	}
}

func TestProposeKeepsThePolicy(t *testing.T) {
	today := calendar.Of(2026, 11, 23)
	rapid.Check(t, func(t *rapid.T) {
		total := money.Cents(rapid.Int64Range(1, 5_000_000).Draw(t, "total"))
		wish := plan.Wish{
			Total: total, Monthly: money.Cents(rapid.Int64Range(0, 200_000).Draw(t, "monthly")),
			First: today + calendar.Date(rapid.IntRange(-30, 400).Draw(t, "first")),
		}
		r := cases.Rules{Plan: plan.Policy{
			MinMonthly: money.Cents(rapid.Int64Range(0, 10_000).Draw(t, "least")),
			MaxMonths:  rapid.IntRange(0, 60).Draw(t, "months"), FirstWithinDays: rapid.IntRange(0, 90).Draw(t, "within"),
		}}
		p, ok := propose(total, wish, r, today, calendar.NW)
		if !ok {
			return
		}
		if got := plan.Sum(p.rates); got != total {
			t.Fatalf("rates sum to %s, want %s", got, total)
		}
		last := today - 1
		for i, x := range p.rates {
			if x.No != i+1 || x.Due <= last || x.Cents <= 0 || !calendar.IsBusinessDay(x.Due, calendar.NW) {
				t.Fatalf("rate %+v after %s", x, last)
			}
			last = x.Due
			if i < len(p.rates)-1 && x.Cents < r.Plan.MinMonthly {
				t.Fatalf("rate %+v below %s", x, r.Plan.MinMonthly)
			}
		}
		if m := r.Plan.MaxMonths; m > 0 && len(p.rates) > m {
			t.Fatalf("%d rates, at most %d", len(p.rates), m)
		}
		if p.exact && (p.rates[0].Due != wish.First || p.monthly != min(wish.Monthly, total)) {
			t.Fatalf("called exact: %+v for %+v", p, wish)
		}
	})
}

func TestLoadRefusesBrokenFiles(t *testing.T) {
	good := "---\nid: other_reply\nlanguage: de\naudience: sender\nversion: 2\ndemand: no\nclaim_data: no\ntitle: x\nintents: other\nlegal_basis: x\nsubject: Ihre Nachricht\n---\nGuten Tag\n"
	for name, c := range map[string]struct{ src, want string }{
		"unknown slot":       {strings.Replace(good, "Guten Tag", "{{salary}}", 1), "not on the list"},
		"unknown condition":  {strings.Replace(good, "Guten Tag", "{{if rich}}x{{end}}", 1), "not on the list"},
		"open branch":        {strings.Replace(good, "Guten Tag", "{{if private}}x", 1), "without {{end}}"},
		"function call":      {strings.Replace(good, "Guten Tag", "{{printf \"x\"}}", 1), "no such form"},
		"stray end":          {strings.Replace(good, "Guten Tag", "x{{end}}", 1), "without {{if}}"},
		"unclosed tag":       {strings.Replace(good, "Guten Tag", "{{reference", 1), "not closed"},
		"unknown key":        {strings.Replace(good, "title: x", "title: x\ncolour: red", 1), "no such key"},
		"key twice":          {strings.Replace(good, "title: x", "title: x\ntitle: y", 1), "each key once"},
		"unknown intent":     {strings.Replace(good, "intents: other", "intents: love", 1), "no intent"},
		"automatic mail":     {strings.Replace(good, "intents: other", "intents: bounce", 1), "no intent"},
		"effect":             {strings.Replace(good, "title: x", "title: x\neffects: forgive", 1), "not on the list"},
		"effect words":       {strings.Replace(good, "title: x", "title: x\neffects: hold dunning", 1), "wrong number"},
		"grant, no notice":   {strings.Replace(good, "title: x", "title: x\nagreement: yes", 1), "§ 13a Abs. 3"},
		"no front matter":    {"Guten Tag", "first line"},
		"other id than name": {strings.Replace(good, "id: other_reply", "id: another", 1), "front matter says"},
		"missing version":    {strings.Replace(good, "version: 2\n", "", 1), "missing"},
		"bad version":        {strings.Replace(good, "version: 2", "version: 0", 1), "number from 1"},
		"unknown part":       {strings.Replace(good, "Guten Tag", "{{part x}}", 1), "parts.txt"},
	} {
		_, err := Load(fstest.MapFS{"de/other_reply.txt": {Data: []byte(c.src)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	s, err := Load(fstest.MapFS{"de/other_reply.txt": {Data: []byte(good)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.find("other_reply", "de"); got.info.Version != 2 {
		t.Errorf("the agency's text has version %d, want 2", got.info.Version)
	}
}

// TestMissingValueIsAnError: a letter asked for by name on a case that lacks a
// value gives an error that names the slot, never a letter with a hole.
func TestMissingValueIsAnError(t *testing.T) {
	s, all := load(t)
	for _, x := range all {
		if x.name != "paid_not_found" {
			continue
		}
		in := x.in
		in.Template = "paid_found"
		_, err := s.Drafts(t.Context(), in)
		if m, ok := errors.AsType[*MissingError](err); !ok || m.Slot != "found_date" {
			t.Errorf("got %v", err)
		}
	}
}

// TestOddCasesNeverPanic takes things away from the built-in cases: a letter
// comes or an error does, and no letter has a hole.
func TestOddCasesNeverPanic(t *testing.T) {
	s, all := load(t)
	infos := s.List()
	rapid.Check(t, func(r *rapid.T) {
		in := all[rapid.IntRange(0, len(all)-1).Draw(r, "case")].in
		in.Lang = rapid.SampledFrom([]string{"", "de", "en", "ar"}).Draw(r, "lang")
		in.Case = in.Case.Copy().(*cases.Case)
		if rapid.Bool().Draw(r, "no creditor") {
			in.Case.Parties = in.Case.Parties[:1]
		}
		if rapid.Bool().Draw(r, "no persons") {
			in.Persons = nil
		}
		if rapid.Bool().Draw(r, "no balance") {
			in.BalanceErr = errors.New("no rate")
			in.Balance, in.Statement = ledger.Balance{}, ledger.Statement{}
		}
		if rapid.Bool().Draw(r, "no agency") {
			in.Agency = cases.Agency{Name: "X"}
		}
		if rapid.Bool().Draw(r, "other intent") && len(in.Messages) > 0 {
			m := *in.Messages[0]
			m.Class.Intent = rapid.SampledFrom(cases.Intents()).Draw(r, "intent")
			m.Class.Secondary = []cases.Intent{rapid.SampledFrom(cases.Intents()).Draw(r, "second")}
			in.Messages = []*cases.Message{nil, &m, &m}
		}
		if rapid.Bool().Draw(r, "by name") {
			in.Template = rapid.SampledFrom(infos).Draw(r, "template").ID
		}
		drafts, err := s.Drafts(t.Context(), in)
		if (err == nil) == (len(drafts) == 0) {
			r.Fatalf("%d drafts, %v", len(drafts), err)
		}
		for _, d := range drafts {
			if strings.Contains(d.Text, "{{") || strings.Contains(d.Text, "  ") || d.To == "" {
				r.Fatalf("draft %+v", d)
			}
		}
	})
}

func TestReadmeNamesEverySlotAndCondition(t *testing.T) {
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range slots {
		if !strings.Contains(string(b), "`"+name+"`") {
			t.Errorf("README.md lacks slot %s", name)
		}
	}
	for _, name := range append(conditions(), occasionNames()...) {
		if !strings.Contains(string(b), "`"+name+"`") {
			t.Errorf("README.md lacks %s", name)
		}
	}
}

func TestSecondaryEffectsParse(t *testing.T) {
	for _, s := range secondaryEffects() {
		for _, l := range s.lines {
			if _, err := parseEffect(l); err != nil {
				t.Errorf("%s: %v", s.intent, err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("---\nid: a_b\n---\n{{if private}}x{{else}}{{reference}}{{end}}\n")
	f.Add("---\nid: a\ntitle: {{\n---\n|{{part sign}}\n{{end}}")
	f.Fuzz(func(t *testing.T, src string) {
		u, err := parseText("x", src, map[string]string{"sign": "x {{part sign}}"})
		if (u == nil) == (err == nil) {
			t.Fatalf("got %v and %v", u, err)
		}
		_, _ = parseParts(src)
		_, _ = parseSummary("tr", src)
	})
}

func BenchmarkDrafts(b *testing.B) {
	s, err := Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	all, err := samples()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Drafts(b.Context(), all[0].in); err != nil {
			b.Fatal(err)
		}
	}
}

// A folder with several bad files names them all at once.
func TestLoadNamesEveryFault(t *testing.T) {
	_, err := Load(fstest.MapFS{"de/rests.txt": {Data: []byte("x")}, "en/rests.txt": {Data: []byte("x")}, "summaries/tr/rests.txt": {Data: []byte("x")}})
	faults, ok := errors.AsType[Faults](err)
	if !ok || len(faults) != 3 || !strings.Contains(err.Error(), "and 2 more") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%d faults: %v", len(faults), err)
	}
}

// Where no letter fits an occasion, the error names what it waits for.
func TestWhatALetterWaitsFor(t *testing.T) {
	s, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(x sample) bool { return x.name == "creditor_inquiry" })
	in := all[i].in
	in.Name = "closing_letter"
	if _, err := s.Drafts(t.Context(), in); !errors.Is(err, ErrNoText) || !strings.Contains(err.Error(), "closing_letter waits for: ") || !strings.Contains(err.Error(), "settled") {
		t.Errorf("a closing letter while money is owed: %v", err)
	}
}
