package learn

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kontor/assist/redact"
	"kontor/cases"
	"kontor/cases/calendar"
)

// shelf is values in memory.
type shelf struct {
	mu sync.Mutex
	m  map[string][]byte
}

func (s *shelf) Local(_ context.Context, key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, ok := s.m[key]; ok {
		return b, nil
	}
	return nil, cases.ErrNotFound
}

func (s *shelf) Locals(_ context.Context, prefix string, fn func(string, []byte) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, v := range s.m {
		if strings.HasPrefix(k, prefix) {
			if err := fn(k, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *shelf) SetLocal(_ context.Context, writes ...cases.LocalWrite) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range writes {
		if w.Value == nil {
			delete(s.m, w.Key)
		} else {
			s.m[w.Key] = w.Value
		}
	}
	return nil
}

func (s *shelf) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for _, v := range s.m {
		b.Write(v)
	}
	return b.String()
}

var today = calendar.Of(2026, 11, 25)

func keeper(days int) (*Keeper, *shelf, *calendar.Date) {
	s, now := &shelf{m: map[string][]byte{"device": []byte("x")}}, today
	return New(s, func() calendar.Date { return now }, days), s, &now
}

func mail(id string) Mail {
	return Mail{
		ID: cases.MessageID(id), Date: today, Subject: "K-2026-000318 Frau Beispiel", Attached: []string{"Beleg von Erna Beispiel, IBAN DE02 1203 0000 0000 2020 51"},
		Text:  "Guten Tag, ich kann 40 Euro zahlen. Meine Nummer ist 0171 2345678, ich wohne Ahornweg 7, 50667 Köln.\nErna Beispiel",
		Class: cases.Classification{Intent: cases.Dispute, Permille: 610, Lang: "de", Engine: "local"}, Case: "c1", Persons: []cases.PersonID{"p1", "p2"},
		Known: redact.Known{Names: []string{"Erna Beispiel"}, Addresses: []string{"erna@example.org"}, References: []string{"K-2026-000318"}},
	}
}

var raten = Reading{Intent: cases.InstallmentRequest, Flags: []cases.Flag{cases.Vulnerable}}

func list(t *testing.T, k *Keeper) []Example {
	t.Helper()
	all, err := k.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCorrectionIsKeptRedacted(t *testing.T) {
	k, s, now := keeper(Days)
	if err := k.Corrected(t.Context(), mail("m1"), raten); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Erna", "Beispiel", "000318", "2345678", "Ahornweg", "Köln", "1203", "2020"} {
		if strings.Contains(s.String(), secret) {
			t.Errorf("%q is kept: %s", secret, s)
		}
	}
	all := list(t, k)
	if len(all) != 1 || all[0].Until != today+180 || all[0].Machine.Intent != cases.Dispute || !all[0].Person.equal(raten) || !strings.Contains(all[0].Text, "40 Euro") {
		t.Fatalf("%+v", all)
	}
	mails := Mails(all)
	if len(mails) != 1 || strings.ContainsAny(mails[0].Text+mails[0].Subject+mails[0].Attachments[0], "⟦⟧") || mails[0].Labels.Intent != cases.InstallmentRequest || !strings.Contains(mails[0].Text, "Muster") {
		t.Errorf("%+v", mails)
	}
	*now = today + 180
	if n := len(list(t, k)); n != 1 {
		t.Errorf("on its last day: %d examples", n)
	}
	*now = today + 181
	if n := len(list(t, k)); n != 0 || strings.Contains(s.String(), "40 Euro") {
		t.Errorf("after its end: %d examples, shelf %s", n, s)
	}
	if _, err := s.Local(t.Context(), "device"); err != nil {
		t.Error("another value of the device is gone")
	}
}

func TestCorrectionsOfOneMail(t *testing.T) {
	k, _, _ := keeper(30)
	m := mail("m1")
	correct := func(r Reading) {
		t.Helper()
		if err := k.Corrected(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		m.Class = cases.Classification{Intent: r.Intent, Flags: r.Flags, Lang: "de", Engine: "person"}
	}
	correct(raten)
	correct(Reading{Intent: cases.PaymentPause})
	all := list(t, k)
	if len(all) != 1 || all[0].Person.Intent != cases.PaymentPause || all[0].Machine.Intent != cases.Dispute || all[0].Engine != "local" {
		t.Fatalf("a second correction: %+v", all)
	}
	correct(Reading{Intent: cases.Dispute})
	if all := list(t, k); len(all) != 0 {
		t.Errorf("back to what the engine said: %+v", all)
	}
	correct(raten) // what the engine said is gone with the example
	if all := list(t, k); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	m = mail("m2")
	correct(Reading{Intent: cases.Dispute})
	if all := list(t, k); len(all) != 0 {
		t.Errorf("agreement is no example: %+v", all)
	}
}

func letter(reply, before, after string) Letter {
	return Letter{
		Reply: cases.ReplyID(reply), Template: cases.TemplateRef{ID: "plan_offer", Version: 2, Lang: "de"}, Before: before, After: after,
		Case: "c1", Persons: []cases.PersonID{"p1"}, Known: redact.Known{Names: []string{"Erna Beispiel"}},
	}
}

func TestEditsAreCountedPerTemplate(t *testing.T) {
	k, s, _ := keeper(30)
	const draft = "Guten Tag Erna Beispiel, mit 50,00 € im Monat sind wir einverstanden."
	for i, after := range []string{draft, strings.Replace(draft, "einverstanden", "gern einverstanden", 1), draft} {
		if err := k.Approved(t.Context(), letter(fmt.Sprint("r", i), draft, after)); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(s.String(), "Erna") || strings.Contains(s.String(), "Beispiel") {
		t.Errorf("a name is kept: %s", s)
	}
	got := Templates(list(t, k))
	// 1 word of 12, over three letters.
	if len(got) != 1 || got[0] != (TemplateUse{"plan_offer", "de", 3, 1, 28}) {
		t.Errorf("%+v", got)
	}
	if err := k.Withdrawn(t.Context(), "r1"); err != nil {
		t.Fatal(err)
	}
	if got := Templates(list(t, k)); got[0].Approved != 2 || got[0].Edited != 0 || got[0].Distance != 0 {
		t.Errorf("after a letter was taken back: %+v", got)
	}
}

func TestErasureTakesExamplesAlong(t *testing.T) {
	k, s, _ := keeper(30)
	ctx := t.Context()
	a, b := mail("m1"), mail("m2")
	b.Case, b.Persons = "c2", []cases.PersonID{"p3"}
	for _, m := range []Mail{a, b} {
		if err := k.Corrected(ctx, m, raten); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Approved(ctx, letter("r1", "a b", "a c")); err != nil {
		t.Fatal(err)
	}
	n, err := k.Delete(ctx, Of("p1"))
	if err != nil || n != 2 {
		t.Fatalf("%d deleted, %v", n, err)
	}
	if all := list(t, k); len(all) != 1 || all[0].Case != "c2" {
		t.Errorf("left: %+v", all)
	}
	if n, err = k.Delete(ctx, Of("", "c2")); err != nil || n != 1 || strings.Contains(s.String(), "40 Euro") {
		t.Errorf("%d deleted, %v", n, err)
	}
}

func TestNothingIsKeptWhereNoDaysAreGiven(t *testing.T) {
	k, s, _ := keeper(0)
	if err := k.Corrected(t.Context(), mail("m1"), raten); err != nil {
		t.Fatal(err)
	}
	if err := k.Approved(t.Context(), letter("r1", "a", "b")); err != nil {
		t.Fatal(err)
	}
	if s.String() != "x" {
		t.Errorf("kept: %s", s)
	}
}

// TestRoomIsBounded: the oldest goes first, and a value that cannot be read goes
// without a word.
func TestRoomIsBounded(t *testing.T) {
	k, s, now := keeper(3650)
	for i := range maxExamples {
		e := Example{Kind: Edit, Made: today - 1, Until: today + 9}
		if i == 7 {
			e.Made = today - 30
		}
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		s.m[fmt.Sprintf("%se/r%05d", prefix, i)] = b
	}
	s.m[prefix+"e/broken"] = []byte("{")
	*now = today
	if err := k.Approved(t.Context(), letter("new", "a", "b")); err != nil {
		t.Fatal(err)
	}
	all := list(t, k)
	if len(all) != maxExamples || slices.ContainsFunc(all, func(e Example) bool { return e.ID == "e/r00007" || e.ID == "e/broken" }) {
		t.Errorf("%d examples", len(all))
	}
	if !slices.ContainsFunc(all, func(e Example) bool { return e.ID == "e/new" }) {
		t.Error("the new one is not there")
	}
}

func TestLongTextsAreCut(t *testing.T) {
	k, s, _ := keeper(30)
	m := mail("m1")
	m.Text = strings.Repeat("ä", maxText)
	for range 20 {
		m.Attached = append(m.Attached, strings.Repeat("b ", maxAttachment))
	}
	if err := k.Corrected(t.Context(), m, raten); err != nil {
		t.Fatal(err)
	}
	if n := len(s.String()); n > maxText+maxAttached*maxAttachment+4096 {
		t.Errorf("%d bytes are kept", n)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		before, after  string
		changed, words int
	}{
		{"", "", 0, 0},
		{"a b c", "a b c", 0, 3},
		{"a b c", "a x c", 1, 3},
		{"a b c", "a c", 1, 3},
		{"a b", "a b c d", 2, 2},
		{"a b c", "c b a", 2, 3},
		{"a\nb", "a b", 0, 2},
		{"", "a b", 2, 0},
		{"a b", "", 2, 2},
	} {
		if n, w := Distance(c.before, c.after); n != c.changed || w != c.words {
			t.Errorf("%q to %q: %d of %d, want %d of %d", c.before, c.after, n, w, c.changed, c.words)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "b", "c"})
		a, b := rapid.SliceOfN(word, 0, 12).Draw(r, "a"), rapid.SliceOfN(word, 0, 12).Draw(r, "b")
		x, y := strings.Join(a, " "), strings.Join(b, " ")
		n, _ := Distance(x, y)
		back, _ := Distance(y, x)
		if n != back || n > max(len(a), len(b)) || n < len(a)-len(b) || n < len(b)-len(a) || (n == 0) != slices.Equal(a, b) {
			r.Fatalf("%q to %q: %d and %d", x, y, n, back)
		}
	})
}
