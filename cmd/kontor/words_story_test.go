package main

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/deadline"
	"kontor/cases/priority"
	"kontor/ui/text"
)

// source parses the Go files of a folder, tests left out.
func source(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	var out []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func literal(e ast.Expr) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != gotoken.STRING {
		return "", false
	}
	s, err := strconv.Unquote(b.Value)
	return s, err == nil && s != ""
}

// constants are the values of a folder's string constants of a type.
func constants(files []*ast.File, typ string) []string {
	var out []string
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == typ {
				for _, e := range v.Values {
					if s, ok := literal(e); ok {
						out = append(out, s)
					}
				}
			}
			return true
		})
	}
	return out
}

// passed are the literals that calls of a function or method give as an argument.
func passed(files []*ast.File, name string, arg int) []string {
	var out []string
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) <= arg {
				return true
			}
			called := ""
			switch x := c.Fun.(type) {
			case *ast.Ident:
				called = x.Name
			case *ast.SelectorExpr:
				called = x.Sel.Name
			}
			if s, ok := literal(c.Args[arg]); ok && called == name {
				out = append(out, s)
			}
			return true
		})
	}
	return out
}

// given are the literals that composite literals give a field; of says which
// types, empty any.
func given(files []*ast.File, of, field string) []string {
	var out []string
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			name := ""
			switch x := c.Type.(type) {
			case *ast.Ident:
				name = x.Name
			case *ast.SelectorExpr:
				name = x.Sel.Name
			}
			if of != "" && name != of {
				return true
			}
			for _, e := range c.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				if k, ok := kv.Key.(*ast.Ident); ok && k.Name == field {
					if s, ok := literal(kv.Value); ok {
						out = append(out, s)
					}
				}
			}
			return true
		})
	}
	return out
}

// returned are the literals that a function returns.
func returned(files []*ast.File, fn string) []string {
	var out []string
	for _, f := range files {
		for _, d := range f.Decls {
			x, ok := d.(*ast.FuncDecl)
			if !ok || x.Name.Name != fn {
				continue
			}
			ast.Inspect(x, func(n ast.Node) bool {
				if r, ok := n.(*ast.ReturnStmt); ok {
					for _, e := range r.Results {
						if s, ok := literal(e); ok {
							out = append(out, s)
						}
					}
				}
				return true
			})
		}
	}
	return out
}

// shown has the keys of a table of words.
func shown(m any) map[string]string {
	out := map[string]string{}
	for it := reflect.ValueOf(m).MapRange(); it.Next(); {
		out[it.Key().String()] = it.Value().String()
	}
	return out
}

// No code of a closed list can come to a screen without a word for it, in either
// language: the lists are read out of the source that makes them, so that a new
// code without words fails here.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	core, match, texts := source(t, "cases"), source(t, "cases/match"), source(t, "assist/templates")
	desk, screens := source(t, "cases/desk"), source(t, "ui/review")
	ledger, plans := source(t, "cases/ledger"), source(t, "cases/plan")
	follow := slices.Concat(given(core, "FollowUp", "Reason"), returned(core, "nextStep"), given(desk, "FollowUp", "Reason"), given(screens, "Effect", "Code"))
	holds := cases.HoldReasons()
	var clocks []string
	files, err := filepath.Glob("../../assist/templates/texts/de/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			rest, ok := strings.CutPrefix(line, "effects:")
			if !ok {
				continue
			}
			for e := range strings.SplitSeq(rest, ";") {
				w := strings.Fields(strings.ReplaceAll(e, "?", ""))
				switch {
				case len(w) > 1 && w[0] == "follow_up":
					follow = append(follow, w[1])
				case len(w) > 2 && w[0] == "hold":
					holds = append(holds, w[2])
				case len(w) > 1 && w[0] == "start_clock":
					clocks = append(clocks, w[1])
				}
			}
		}
	}
	var events []string
	for _, b := range cases.Bodies() {
		events = append(events, cases.EventName(b))
	}
	var effects, factors []string
	for _, k := range cases.EffectKinds() {
		effects = append(effects, string(k))
	}
	factors = constants(source(t, "cases/priority"), "Factor")
	for _, lang := range []string{"de", "en"} {
		x := text.New(lang)
		w := x.Words
		for name, list := range map[string]struct {
			codes []string
			words any
		}{
			"event":             {events, w.Event},
			"oddity":            {constants(core, "Oddity"), w.Oddity},
			"oddity, slim":      {constants(core, "Oddity"), w.OddSlim},
			"state of an entry": {constants(core, "EntryState"), w.EntryIs},
			"why not booked":    {slices.Concat([]string{"not_ours", "duplicate", "clearing", "other"}, given(core, "EntryWasRefused", "Reason")), w.EntryWhy},
			"match":             {slices.Concat(passed(match, "add", 1), given(match, "MatchReason", "Code")), w.Match},
			"follow-up":         {follow, w.FollowUp},
			"reason of a hold":  {holds, w.HoldReason},
			"clock":             {clocks, w.Clock},
			"kind of hold":      {constants(core, "HoldKind"), w.Hold},
			"arrangement":       {constants(core, "ArrangementKind"), w.Arrange},
			"its state":         {constants(core, "ArrangementState"), w.ArrState},
			"role":              {constants(core, "Role"), w.Role},
			"proof":             {constants(core, "Proof"), w.Proof},
			"reply":             {constants(core, "ReplyState"), w.Reply},
			"right party":       {constants(core, "RightPartyState"), w.Right},
			"mail":              {constants(core, "MailKind"), w.Kind},
			"booking":           {constants(ledger, "EntryKind"), w.Entry},
			"cost":              {constants(ledger, "CostKind"), w.Cost},
			"stage":             {constants(core, "Stage"), w.Stage},
			"item":              {constants(source(t, "cases/priority"), "ItemKind"), w.Item},
			"lane":              {constants(source(t, "cases/priority"), "Lane"), w.Lane},
			"stale because":     {passed(core, "touch", 0), w.StaleWhy},
			"blocked because":   {slices.Concat(returned(core, "DemandBlocked"), returned(texts, "demandBlocked"), cases.HoldReasons()), w.Blocked},
			"effect because":    {given(desk, "DraftFile", "Why"), w.WhyEffect},
			"document":          {constants(core, "DocumentKind"), x.File.Document},
			"title":             {deadline.TitleKinds(), x.File.Title},
			"complaint":         {cases.ComplaintAbout(), x.File.About},
			"its outcome":       {cases.ComplaintOutcomes(), x.File.Outcome},
			"instalment":        {constants(plans, "State"), x.File.RateState},
			"stopped":           {[]string{cases.StopDunning, cases.StopCourt, cases.StopBureau, cases.StopInterest}, x.File.Stop},
		} {
			if len(list.codes) == 0 {
				t.Errorf("%s: no codes found for %s", lang, name)
			}
			words := shown(list.words)
			for _, c := range list.codes {
				if v := words[c]; v == "" || strings.Contains(v, "_") {
					t.Errorf("%s: %s %q reads %q", lang, name, c, v)
				}
			}
		}
		for _, k := range effects {
			if s := x.Effect(cases.Effect{Kind: cases.EffectKind(k), Hold: cases.HoldAll, Code: "dispute", Dispute: "fees", Role: cases.RoleHeir, Channel: cases.Email}, func(cases.PersonID) string { return "" }); strings.Contains(s, "_") {
				t.Errorf("%s: effect %s reads %q", lang, k, s)
			}
		}
		for _, f := range factors {
			if s := x.Reason(priority.Reason{Factor: priority.Factor(f), Code: "data_request"}); s == "" || strings.Contains(s, "_") || s == strings.ReplaceAll(f, "_", " ") && lang == "de" {
				t.Errorf("%s: factor %s reads %q", lang, f, s)
			}
		}
	}
}
