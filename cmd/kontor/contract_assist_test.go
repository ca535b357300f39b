package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/assist/templates"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cmd/kontor/internal/demo"
)

// contract is docs/cli.md, which scripts and hands rely on.
func contract(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// listed reads "Name: a, b, c." of the contract; what stands in brackets is left
// out.
func listed(t *testing.T, name string) []string {
	t.Helper()
	m := regexp.MustCompile(`(?:^|[\n ])` + name + `: ([^.\n]+)\.`).FindStringSubmatch(contract(t))
	if m == nil {
		t.Fatalf("docs/cli.md lists no %s", name)
	}
	plain := regexp.MustCompile(` \([^)]*\)`).ReplaceAllString(m[1], "")
	plain = regexp.MustCompile(` \([^)]*$`).ReplaceAllString(plain, "")
	return strings.Split(plain, ", ")
}

// fieldsOf reads the field names that the contract gives a command's lines.
func fieldsOf(t *testing.T, command string) []string {
	t.Helper()
	for line := range strings.Lines(contract(t)) {
		if !strings.HasPrefix(line, "| `kontor "+command) {
			continue
		}
		m := regexp.MustCompile("`(\\{.*?\\})`").FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("docs/cli.md gives %s no fields", command)
		}
		flat := regexp.MustCompile(`\[\{[^}]*\}\]`).ReplaceAllString(m[1], "")
		var out []string
		for _, f := range regexp.MustCompile(`"([a-z_]+)"`).FindAllStringSubmatch(flat, -1) {
			out = append(out, f[1])
		}
		return out
	}
	t.Fatalf("docs/cli.md has no %s", command)
	return nil
}

func strs[T ~string](list []T) []string {
	var out []string
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}

// jsonNames are the names under which a struct's fields are written.
func jsonNames(v any) []string {
	var out []string
	for f := range reflect.TypeOf(v).Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}

func TestClosedListsAreTheContracts(t *testing.T) {
	for name, have := range map[string][]string{
		"Intents": strs(cases.Intents()), "Flags": strs(cases.Flags()), "Alerts": strs(cases.Alerts()),
		"Kinds": strs([]cases.MailKind{cases.KindReply, cases.KindAuto, cases.KindBounce, cases.KindOther}), "Slots": jsonNames(cases.Slots{}),
	} {
		if want := listed(t, name); !slices.Equal(have, want) {
			t.Errorf("%s: the program has %v, docs/cli.md says %v", name, have, want)
		}
	}
	m := regexp.MustCompile(`dispute_reason \(([^)]*)\)`).FindStringSubmatch(contract(t))
	if want := strings.Split(m[1], ", "); !slices.Equal(strs(cases.DisputeReasons()), want) {
		t.Errorf("dispute reasons: %v, docs/cli.md says %v", cases.DisputeReasons(), want)
	}
	m = regexp.MustCompile("--occasion NAME\\] \\[FILE\\]` \\| [^(]*\\(([^)]*)\\)").FindStringSubmatch(contract(t))
	if m == nil {
		t.Fatal("docs/cli.md lists no occasions")
	}
	set, err := templates.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, x := range set.List() {
		have = append(have, x.Occasions...)
	}
	slices.Sort(have)
	want := strings.Split(m[1], ", ")
	slices.Sort(want)
	if have = slices.Compact(have); !slices.Equal(have, want) {
		t.Errorf("occasions: %v, docs/cli.md says %v", have, want)
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func eml(head, body string) string {
	return "From: Lena Voss <lena.voss@example.org>\r\nTo: inkasso@example.org\r\nMessage-ID: <c1@example.org>\r\n" + head +
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n"
}

// lines runs a command that prints one JSON object a line.
func jsonLines(t *testing.T, want int, args ...string) []map[string]any {
	t.Helper()
	code, out, errOut := runIn(t, append([]string{"--json"}, args...)...)
	if code != want {
		t.Fatalf("%v: exit %d, want %d: %s", args, code, want, errOut)
	}
	var list []map[string]any
	for line := range strings.Lines(out) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %v: %s", args, err, line)
		}
		list = append(list, m)
	}
	return list
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

func items(v any) []any {
	l, _ := v.([]any)
	return l
}

// TestClassifyLineIsTheContracts reads one mail of each sort and looks at every
// field of the line.
func TestClassifyLineIsTheContracts(t *testing.T) {
	const date = "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\n"
	files := []string{
		write(t, "rate.eml", eml(date+"Subject: K-2026-000210 Ratenzahlung\r\n", "Guten Tag,\nich kann 50 Euro monatlich ab dem 01.12.2026 zahlen. Ich bin seit Mai krank.\nLena Voss")),
		write(t, "paid.eml", eml(date+"Subject: Ihre Mahnung\r\n", "Ich habe am 12.11.2026 schon 89,70 Euro überwiesen, Rechnung RG-88213.")),
		write(t, "dispute.eml", eml(date+"Subject: Widerspruch\r\n", "Ich habe bei diesem Shop nie etwas bestellt. Antworten Sie bis zum 10.12.2026.")),
		write(t, "alert.eml", eml(date+"Subject: Schluss\r\n", "Ich will nicht mehr leben, ich mache Schluss mit allem.")),
		write(t, "data.eml", eml(date+"Subject: DSGVO\r\n", "Bitte löschen Sie alle meine Daten nach Art. 17 DSGVO.")),
		write(t, "nodate.eml", eml("Subject: Hallo\r\n", "danke")),
		write(t, "auto.eml", eml(date+"Auto-Submitted: auto-replied\r\nSubject: Abwesenheit\r\n", "Ich bin bis zum 5.12. nicht im Büro.")),
		write(t, "empty.eml", eml(date+"Subject: \r\n", "")),
	}
	fields := fieldsOf(t, "classify")
	if len(fields) < 18 {
		t.Fatalf("fields of the contract: %v", fields)
	}
	lines := jsonLines(t, exitOK, append([]string{"classify", "--engine", "local"}, files...)...)
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files", len(lines), len(files))
	}
	for i, m := range lines {
		name := filepath.Base(files[i])
		for _, f := range fields {
			if _, ok := m[f]; !ok {
				t.Errorf("%s: no field %s", name, f)
			}
		}
		classified(t, name, m)
	}
	if d := lines[5]["date"]; d != nil {
		t.Errorf("a mail without a day: %v", d)
	}
	for i, want := range map[int]string{0: "installment_request", 1: "paid", 2: "dispute", 4: "data_request", 6: "auto_reply"} {
		if got := lines[i]["intent"]; got != want {
			t.Errorf("%s: intent %v, want %s", filepath.Base(files[i]), got, want)
		}
	}
	slot := func(i int, name string) any { m, _ := lines[i]["slots"].(map[string]any); return m[name] }
	for _, c := range []struct {
		i    int
		name string
		want any
	}{
		{0, "monthly_cents", 5000.0},
		{0, "first_payment_date", "2026-12-01"},
		{0, "reference", "K-2026-000210"},
		{1, "paid_cents", 8970.0},
		{1, "paid_date", "2026-11-12"},
		{1, "invoice", "RG-88213"},
		{2, "dispute_reason", "not_ordered"},
	} {
		if got := slot(c.i, c.name); got != c.want {
			t.Errorf("%s: %s = %v, want %v", filepath.Base(files[c.i]), c.name, got, c.want)
		}
	}
	if d, _ := lines[2]["details"].(map[string]any); d["their_deadline"] != "2026-12-10" {
		t.Errorf("their deadline: %v", d)
	}
	if d, _ := lines[4]["details"].(map[string]any); d["request_kind"] != "erasure" {
		t.Errorf("kind of request: %v", d)
	}
	if !slices.Contains(items(lines[3]["alerts"]), any("self_harm")) {
		t.Errorf("alerts %v", lines[3]["alerts"])
	}
}

// classified holds types and closed lists of one line.
func classified(t *testing.T, name string, m map[string]any) {
	t.Helper()
	closed := func(field string, list []string, values ...any) {
		t.Helper()
		for _, v := range values {
			if !slices.Contains(list, str(v)) {
				t.Errorf("%s: %s %v is not of the list", name, field, v)
			}
		}
	}
	closed("intent", strs(cases.Intents()), m["intent"])
	closed("kind", strs([]cases.MailKind{cases.KindReply, cases.KindAuto, cases.KindBounce, cases.KindOther}), m["kind"])
	closed("secondary", strs(cases.Intents()), items(m["secondary"])...)
	closed("flags", strs(cases.Flags()), items(m["flags"])...)
	closed("alerts", strs(cases.Alerts()), items(m["alerts"])...)
	for _, f := range []string{"file", "rfc_message_id", "from", "subject", "reply_text", "lang", "engine"} {
		if _, ok := m[f].(string); !ok {
			t.Errorf("%s: %s is no text: %v", name, f, m[f])
		}
	}
	last := 1.0
	if c, ok := m["confidence"].(float64); !ok || c < 0 || c > 1 {
		t.Errorf("%s: confidence %v", name, m["confidence"])
	}
	for _, k := range items(m["candidates"]) {
		c, _ := k.(map[string]any)
		closed("candidates", strs(cases.Intents()), c["intent"])
		v, ok := c["confidence"].(float64)
		if !ok || v < 0 || v > last {
			t.Errorf("%s: candidates %v are not in order", name, m["candidates"])
		}
		last = v
	}
	s, _ := m["slots"].(map[string]any)
	for f, v := range s {
		closed("slots", jsonNames(cases.Slots{}), f)
		switch {
		case strings.HasSuffix(f, "_cents"):
			if n, ok := v.(float64); !ok || n != float64(int64(n)) || n <= 0 {
				t.Errorf("%s: %s = %v", name, f, v)
			}
		case strings.HasSuffix(f, "_date"), f == "pause_until":
			if _, err := calendar.Parse(str(v)); err != nil || str(v) == "" {
				t.Errorf("%s: %s = %v", name, f, v)
			}
		}
	}
	for _, x := range items(m["evidence"]) {
		e, _ := x.(map[string]any)
		q := str(e["quote"])
		in, field := str(m["reply_text"]), str(e["field"])
		if field == "subject" {
			in = str(m["subject"])
		}
		from, to := int(e["start"].(float64)), int(e["end"].(float64))
		if q == "" || from < 0 || to > len(in) || from > to || in[from:to] != q {
			t.Errorf("%s: quote %q does not stand at %d of the %s", name, q, from, field)
		}
	}
}

// TestDraftAndLintAreTheContracts writes every occasion's draft on a demo home and
// lints what it wrote.
func TestDraftAndLintAreTheContracts(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, demo.DefaultCases, demo.DefaultMails); err != nil {
		t.Fatal(err)
	}
	fields := fieldsOf(t, "draft")
	m := regexp.MustCompile("--occasion NAME\\] \\[FILE\\]` \\| [^(]*\\(([^)]*)\\)").FindStringSubmatch(contract(t))
	made := 0
	for _, name := range strings.Split(m[1], ", ") {
		code, out, errOut := runIn(t, "--json", "--home", home, "draft", "--case", "K-2026-000210", "--occasion", name)
		if code != exitOK {
			if code != exitFailed || strings.Count(errOut, "\n") != 1 || out != "" {
				t.Errorf("%s: exit %d: %s%s", name, code, out, errOut)
			}
			continue
		}
		made++
		for line := range strings.Lines(out) {
			drafted := map[string]any{}
			if err := json.Unmarshal([]byte(line), &drafted); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			draftIs(t, name, drafted, fields)
		}
	}
	if made < 5 {
		t.Errorf("%d of the occasions give a letter", made)
	}
	t.Run("a mail", func(t *testing.T) {
		file := write(t, "dispute.eml", eml("Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nSubject: K-2026-000210\r\n", "Ich habe nie etwas bestellt und widerspreche der Forderung."))
		for i, d := range jsonLines(t, exitOK, "--home", home, "draft", "--case", "K-2026-000210", file) {
			draftIs(t, fmt.Sprint("draft ", i), d, fields)
		}
	})
	t.Run("lint", func(t *testing.T) { lintIs(t, home) })
}

func draftIs(t *testing.T, name string, d map[string]any, fields []string) {
	t.Helper()
	for _, f := range fields {
		if _, ok := d[f]; !ok {
			t.Errorf("%s: no field %s", name, f)
		}
	}
	for _, f := range []string{"template", "to", "subject", "text"} {
		if str(d[f]) == "" {
			t.Errorf("%s: %s is empty", name, f)
		}
	}
	if !strings.Contains(str(d["to"]), "@") {
		t.Errorf("%s: to %v is no mail address", name, d["to"])
	}
	for _, x := range items(d["effects"]) {
		e, _ := x.(map[string]any)
		if _, ok := e["ticked"].(bool); !ok || !cases.EffectKind(str(e["kind"])).Valid() {
			t.Errorf("%s: effect %v", name, e)
		}
	}
	for _, x := range items(d["findings"]) {
		f, _ := x.(map[string]any)
		if s := str(f["severity"]); str(f["rule"]) == "" || str(f["source"]) == "" || s != "block" && s != "warn" {
			t.Errorf("%s: finding %v", name, f)
		}
	}
	if d["effects"] == nil || d["findings"] == nil {
		t.Errorf("%s: a list is null", name)
	}
}

func lintIs(t *testing.T, home string) {
	t.Helper()
	lint := func(text string, want int) []map[string]any {
		t.Helper()
		return jsonLines(t, want, "--home", home, "lint", "--case", "K-2026-000210", write(t, "text.txt", text))
	}
	own := jsonLines(t, exitOK, "--home", home, "draft", "--case", "K-2026-000210", "--occasion", "balance_letter")
	letter := str(own[0]["text"])
	for _, f := range lint(letter, exitOK) {
		t.Errorf("a letter of ours: %v", f)
	}
	found := lint(strings.Replace(letter, "\n\n", "\n\nWenn Sie nicht zahlen, kommt die Polizei.\n\n", 1), exitFailed)
	if !slices.ContainsFunc(found, func(f map[string]any) bool { return f["rule"] == "threat.arrest" && f["severity"] == "block" }) {
		t.Errorf("a threat: %v", found)
	}
	for _, f := range found {
		for _, name := range []string{"rule", "severity", "quote", "source"} {
			if _, ok := f[name].(string); !ok {
				t.Errorf("finding %v: no %s", f, name)
			}
		}
	}
	// What only warns does not fail.
	if found = lint(strings.Replace(letter, "\n\n", "\n\nAnbei die Rechnung!!\n\n", 1), exitOK); len(found) == 0 {
		t.Error("two warnings are not found")
	}
	for _, f := range found {
		if f["severity"] != "warn" {
			t.Errorf("%v", f)
		}
	}
}
