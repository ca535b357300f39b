package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"kontor/cases/priority"
)

// Every key that the config knows stands in the reference.
func TestEveryKeyIsDocumented(t *testing.T) {
	b, err := os.ReadFile("../../../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	var walk func(reflect.Type)
	seen := map[reflect.Type]bool{}
	n := 0
	walk = func(ty reflect.Type) {
		for ty.Kind() == reflect.Pointer || ty.Kind() == reflect.Slice {
			ty = ty.Elem()
		}
		if ty.Kind() != reflect.Struct || seen[ty] || ty == reflect.TypeFor[time.Time]() {
			return
		}
		seen[ty] = true
		for f := range ty.Fields() {
			key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
			if key == "" {
				continue
			}
			n++
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(key) + `\b`).MatchString(doc) {
				t.Errorf("docs/cli.md does not name %s (%s)", key, ty.Name())
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[Config]())
	if n < 60 {
		t.Errorf("looked at %d keys only", n)
	}
	for _, w := range priority.Default().List() {
		if !strings.Contains(doc, w.Name) {
			t.Errorf("docs/cli.md does not name the weight %s", w.Name)
		}
	}
}

func TestRulesAndWeights(t *testing.T) {
	const head = "config_version = 1\n[agency]\nname = \"A\"\niban = \"DE02120300000000202051\"\n"
	c, err := Parse("config.toml", []byte(head+"[queue.weights]\nvulnerable = 150\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := priority.Default()
	want.Vulnerable = 150
	if got, err := c.Queue.Resolve(); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	for src, want := range map[string]string{
		"[queue.weights]\nsympathy = 1\n":         "[queue.weights] sympathy: no such weight",
		"[queue.weights]\namount_most = 400\n":    "must outweigh",
		"[queue.weights]\nvulnerable = -1\n":      "want 0 to",
		"[rules]\nmax_months = -3\n":              "max_months = -3: want 1 to 360",
		"[rules]\ngrace_days = 61\n":              "want 1 to 60",
		"[rules]\nmin_monthly_cents = 10000001\n": "want 1 to",
		"passphrase_colour = 1\n":                 "unknown key",
	} {
		if _, err := Parse("config.toml", []byte(head+src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", src, err, want)
		}
	}
}

// A command of spaces is an error like any other.
func TestSecretCommandOfSpaces(t *testing.T) {
	if _, err := new(Config).Read(t.Context(), Secret{Command: "  exit 3", Account: "imap/x"}); err == nil || !strings.Contains(err.Error(), `secret command "exit"`) {
		t.Errorf("got %v", err)
	}
}

func TestAssistAndSettlement(t *testing.T) {
	const head = "config_version = 1\n[agency]\nname = \"A\"\niban = \"DE02120300000000202051\"\n"
	c, err := Parse("config.toml", []byte(head+"[[rules.settlement]]\nstage = \"collection\"\nmin_percent = 70\nmin_cents = 5000\npay_within_days = 60\ncounter = true\n[[rules.settlement]]\nmin_percent = 100\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Settlement{"collection", 70, 5000, 60, true}); len(c.Rules.Settlement) != 2 || c.Rules.Settlement[0] != want {
		t.Errorf("%+v", c.Rules.Settlement)
	}
	for src, want := range map[string]string{
		"[[rules.settlement]]\nstage = \"monday\"\nmin_percent = 70\n":                     "want one of reminder",
		"[[rules.settlement]]\nmin_percent = 0\n":                                          "want 1 to 100",
		"[[rules.settlement]]\nmin_percent = 101\n":                                        "want 1 to 100",
		"[[rules.settlement]]\nmin_percent = 50\npay_within_days = 900\n":                  "at most 366 days",
		"[[rules.settlement]]\nmin_percent = 50\n[[rules.settlement]]\nmin_percent = 60\n": "twice",
		"[assist]\nexample_days = -1\n":                                                    "want 0 to 3650",
		"[assist]\nexample_days = 9999\n":                                                  "want 0 to 3650",
	} {
		if _, err := Parse("config.toml", []byte(head+src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", src, err, want)
		}
	}
}
