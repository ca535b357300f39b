package llm

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kontor/assist/redact"
	"kontor/assist/slots"
	"kontor/cases"
	"kontor/cases/calendar"
)

var today = calendar.Of(2026, time.February, 10)

func clock() time.Time { return today.Time().Add(12 * time.Hour) }

func config(url string) Config {
	return Config{Endpoint: url + "/v1", Model: "test-model", Scope: ScopeAll, Timeout: 5 * time.Second, Retries: 2, Now: clock, PriceIn: 15, PriceOut: 60}
}

// server answers chat completions with h and counts the requests.
type server struct {
	*httptest.Server
	calls  atomic.Int32
	mu     sync.Mutex
	bodies []string
	heads  []http.Header
	paths  []string
}

func serve(t *testing.T, h func(n int, w http.ResponseWriter, body string)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		if err != nil {
			return
		}
		s.mu.Lock()
		s.bodies, s.heads, s.paths = append(s.bodies, string(b)), append(s.heads, r.Header.Clone()), append(s.paths, r.URL.String())
		s.mu.Unlock()
		h(int(s.calls.Add(1)), w, string(b))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) sent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.bodies, "\n")
}

func completion(content string) string {
	b, err := json.Marshal(map[string]any{
		"id": "x", "object": "chat.completion", "model": "test-model",
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content}}},
		"usage":   map[string]any{"prompt_tokens": 700, "completion_tokens": 80, "total_tokens": 780},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func reply(w http.ResponseWriter, content string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, completion(content)) // the client may be gone, which is part of some tests
}

func read(intent, quote string, more ...string) string {
	q := []map[string]string{{"for": "intent", "quote": quote}}
	for i := 0; i+1 < len(more); i += 2 {
		q = append(q, map[string]string{"for": more[i], "quote": more[i+1]})
	}
	b, err := json.Marshal(map[string]any{"intent": intent, "secondary": []string{}, "flags": []string{}, "alerts": []string{}, "lang": "de", "quotes": q})
	if err != nil {
		panic(err)
	}
	return string(b)
}

const mailText = "Guten Tag Frau Muster,\nich kann 40 Euro im Monat zahlen, ab 1. März.\nViele Grüße\nErna Beispiel"

func mail() (cases.ClassifyInput, cases.Classification) {
	in := cases.ClassifyInput{Subject: "K-2026-000318", Text: mailText, From: "Erna Beispiel <erna@example.org>", Date: today}
	r := slots.Read(in, cases.InstallmentRequest)
	return in, cases.Classification{
		Intent: cases.InstallmentRequest, Permille: 780, Slots: r.Slots, Details: r.Details, Evidence: r.Evidence, Notes: r.Notes, Engine: "local", Lang: "de",
		Candidates: []cases.Candidate{{Intent: cases.InstallmentRequest, Permille: 780}, {Intent: cases.PaymentPause, Permille: 120}},
	}
}

func newEngine(t *testing.T, c Config) (*Engine, *[]time.Duration) {
	t.Helper()
	e, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	var waits []time.Duration
	e.wait = func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	}
	return e, &waits
}

func classify(t *testing.T, e *Engine) (cases.Classification, Transmission) {
	t.Helper()
	in, local := mail()
	c, tx, err := e.Classify(t.Context(), in, local, redact.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return c, tx
}

func TestAgreementRaisesConfidenceAndIsOnRecord(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) {
		reply(w, read("installment_request", "ich kann 40 Euro im Monat zahlen", "monthly_cents", "40 Euro im Monat"))
	})
	e, _ := newEngine(t, config(s.URL))
	c, tx := classify(t, e)
	if c.Intent != cases.InstallmentRequest || c.Permille <= 780 || c.Unsure || c.Engine != "local+llm" {
		t.Errorf("got %+v", c)
	}
	if c.Slots.MonthlyCents == nil || *c.Slots.MonthlyCents != 4000 {
		t.Errorf("monthly %v", c.Slots.MonthlyCents)
	}
	if tx.Outcome != "ok" || tx.TokensIn != 700 || tx.TokensOut != 80 || tx.CostMicroCents != 700*15+80*60 || tx.Attempts != 1 || tx.BytesOut == 0 || tx.BytesIn == 0 || tx.Redactions == 0 || tx.PromptVersion != "classify-1" {
		t.Errorf("record %+v", tx)
	}
	for _, secret := range []string{"Erna", "Beispiel", "Muster,", "000318", "erna@example.org"} {
		if strings.Contains(s.sent(), secret) {
			t.Errorf("%q was sent", secret)
		}
	}
	if !strings.Contains(s.sent(), `"strict":true`) || !strings.Contains(s.sent(), `"additionalProperties":false`) {
		t.Error("no strict schema was sent")
	}
}

func TestQuotesComeBackRestored(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, body string) {
		i := strings.Index(body, "Frau ⟦")
		j := strings.Index(body[i:], "⟧")
		reply(w, read("complaint", body[i:i+j+len("⟧")]))
	})
	e, _ := newEngine(t, config(s.URL))
	c, _ := classify(t, e)
	ok := slices.ContainsFunc(c.Evidence, func(ev cases.Evidence) bool {
		return ev.Quote == "Frau Muster" && mailText[ev.Start:ev.End] == ev.Quote
	})
	if !ok {
		t.Errorf("evidence %+v", c.Evidence)
	}
}

// Where nobody listens nothing has left, and the record says so.
func TestNothingLeavesToNobody(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) {})
	s.Close()
	e, _ := newEngine(t, config(s.URL))
	if _, tx := classify(t, e); tx.Outcome != "failed:unreachable" || tx.BytesOut != 0 || tx.Attempts == 0 {
		t.Errorf("record %+v", tx)
	}
}

func TestAgreementRaisesTheCandidateToo(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, read("installment_request", "ab 1. März")) })
	e, _ := newEngine(t, config(s.URL))
	c, _ := classify(t, e)
	if c.Permille <= 780 || c.Candidates[0].Permille != c.Permille || c.Candidates[0].Permille+c.Candidates[1].Permille > 1000 {
		t.Errorf("confidence %d, candidates %+v", c.Permille, c.Candidates)
	}
}

func TestDisagreementIsShownAndLowersConfidence(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, read("payment_pause", "ab 1. März")) })
	e, _ := newEngine(t, config(s.URL))
	c, _ := classify(t, e)
	if !c.Unsure || c.Permille >= cases.Sure || !slices.Contains(c.Notes, noteDisagree) || len(c.Candidates) != 2 {
		t.Errorf("got %+v", c)
	}
}

func TestContradictedSlotIsEmptied(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) {
		reply(w, read("installment_request", "40 Euro", "first_payment_date", "1. März", "monthly_cents", "Beispiel"))
	})
	e, _ := newEngine(t, config(s.URL))
	in, local := mail()
	v := today + 3
	local.Slots.FirstPaymentDate = v
	c, _, err := e.Classify(t.Context(), in, local, redact.Known{})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Slots.FirstPaymentDate.IsZero() || !slices.Contains(c.Notes, noteSlot+slots.FirstPayment) || c.Slots.MonthlyCents == nil {
		t.Errorf("slots %+v notes %v", c.Slots, c.Notes)
	}
}

// TestEndpointsThatFail runs the doubles; in each the local reading stands.
func TestEndpointsThatFail(t *testing.T) {
	good := read("installment_request", "40 Euro")
	for name, c := range map[string]struct {
		h       func(n int, w http.ResponseWriter, body string)
		outcome string
		calls   int32
		timeout time.Duration
		waits   []time.Duration
	}{
		"invalid JSON twice": {h: func(_ int, w http.ResponseWriter, _ string) { reply(w, "I think it is a request.") }, outcome: "failed:invalid", calls: 2},
		"repaired": {h: func(n int, w http.ResponseWriter, _ string) {
			if n == 1 {
				reply(w, `{"intent":"pay_me"}`)
				return
			}
			reply(w, "```json\n"+good+"\n```")
		}, outcome: "repaired", calls: 2},
		"schema ignored": {h: func(_ int, w http.ResponseWriter, _ string) {
			reply(w, `{"label":"paid","url":"https://angriff.example"}`)
		}, outcome: "failed:invalid", calls: 2},
		"strict schema unknown": {h: func(_ int, w http.ResponseWriter, body string) {
			if strings.Contains(body, "response_format") {
				http.Error(w, `{"error":{"message":"response_format unsupported","type":"invalid_request_error"}}`, http.StatusBadRequest)
				return
			}
			reply(w, good)
		}, outcome: "ok", calls: 4},
		"429 with Retry-After": {h: func(n int, w http.ResponseWriter, _ string) {
			if n == 1 {
				w.Header().Set("Retry-After", "2")
				http.Error(w, `{"error":{"message":"slow down"}}`, http.StatusTooManyRequests)
				return
			}
			reply(w, good)
		}, outcome: "ok", calls: 2, waits: []time.Duration{2 * time.Second}},
		"429 for ever": {h: func(_ int, w http.ResponseWriter, _ string) {
			http.Error(w, "busy", http.StatusTooManyRequests)
		}, outcome: "failed:busy", calls: 3, waits: []time.Duration{250 * time.Millisecond, 500 * time.Millisecond}},
		"Retry-After beyond the deadline": {h: func(_ int, w http.ResponseWriter, _ string) {
			w.Header().Set("Retry-After", "59")
			http.Error(w, "busy", http.StatusTooManyRequests)
		}, outcome: "failed:busy", calls: 1},
		"500 with HTML": {h: func(_ int, w http.ResponseWriter, _ string) {
			http.Error(w, "<html>boom</html>", http.StatusInternalServerError)
		}, outcome: "failed:server", calls: 3},
		"401": {h: func(_ int, w http.ResponseWriter, _ string) { http.Error(w, "no", http.StatusUnauthorized) }, outcome: "failed:refused", calls: 1},
		"200 with an error body": {h: func(_ int, w http.ResponseWriter, _ string) {
			_, _ = io.WriteString(w, `{"error":{"message":"overloaded","code":529}}`)
		}, outcome: "failed:error_body", calls: 1},
		"answer cut": {h: func(_ int, w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Length", "5000")
			_, _ = io.WriteString(w, completion(good)[:60])
		}, outcome: "failed:broken", calls: 3},
		"endless body": {h: func(_ int, w http.ResponseWriter, _ string) {
			chunk := strings.Repeat("a", 32<<10)
			for range 64 {
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
		}, outcome: "failed:too_large", calls: 1},
		"slow drip": {h: func(_ int, w http.ResponseWriter, _ string) {
			f, ok := w.(http.Flusher)
			for ok {
				if _, err := io.WriteString(w, " "); err != nil {
					return
				}
				f.Flush()
			}
		}, outcome: "", timeout: 150 * time.Millisecond},
		"truncated by length": {h: func(_ int, w http.ResponseWriter, _ string) {
			_, _ = io.WriteString(w, strings.Replace(completion(good), `"stop"`, `"length"`, 1))
		}, outcome: "failed:length", calls: 1},
		"thinking model, empty content": {h: func(_ int, w http.ResponseWriter, _ string) { reply(w, "") }, outcome: "failed:invalid", calls: 2},
		"wrong quote":                   {h: func(_ int, w http.ResponseWriter, _ string) { reply(w, read("paid", "ich habe schon bezahlt")) }, outcome: "ok", calls: 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, c.h)
			cfg := config(s.URL)
			if c.timeout > 0 {
				cfg.Timeout = c.timeout
			}
			e, waits := newEngine(t, cfg)
			_, local := mail()
			got, tx := classify(t, e)
			if c.outcome != "" && tx.Outcome != c.outcome {
				t.Errorf("outcome %q, want %q", tx.Outcome, c.outcome)
			}
			if c.outcome == "" && !strings.HasPrefix(tx.Outcome, "failed:") {
				t.Errorf("outcome %q, want a failure", tx.Outcome)
			}
			if c.calls > 0 && s.calls.Load() != c.calls {
				t.Errorf("%d calls, want %d", s.calls.Load(), c.calls)
			}
			if c.waits != nil && !slices.Equal(*waits, c.waits) {
				t.Errorf("waited %v, want %v", *waits, c.waits)
			}
			if got.Intent != local.Intent || got.Slots.MonthlyCents == nil || *got.Slots.MonthlyCents != 4000 {
				t.Errorf("local does not stand: %+v", got)
			}
			if strings.HasPrefix(tx.Outcome, "failed:") && (got.Engine != "local" || !slices.Contains(got.Notes, "llm_failed")) {
				t.Errorf("failure not marked: %+v", got)
			}
		})
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	other := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, read("paid", "40 Euro")) })
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) {
		w.Header().Set("Location", other.URL+"/v1/chat/completions")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	e, _ := newEngine(t, config(s.URL))
	_, tx := classify(t, e)
	if tx.Outcome != "failed:redirect" || other.calls.Load() != 0 {
		t.Errorf("outcome %q, %d calls elsewhere", tx.Outcome, other.calls.Load())
	}
}

func TestCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	s := serve(t, func(_ int, _ http.ResponseWriter, _ string) {
		cancel()
		<-done
	})
	defer close(done)
	e, _ := newEngine(t, config(s.URL))
	in, local := mail()
	c, tx, err := e.Classify(ctx, in, local, redact.Known{})
	if !errors.Is(err, context.Canceled) || tx.Outcome != "failed:cancelled" || c.Intent != local.Intent {
		t.Errorf("err %v outcome %q", err, tx.Outcome)
	}
}

func TestConcurrencyIsBounded(t *testing.T) {
	var now, most atomic.Int32
	gate := make(chan struct{})
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		<-gate
		now.Add(-1)
		reply(w, read("installment_request", "40 Euro"))
	})
	cfg := config(s.URL)
	cfg.MaxConcurrent = 2
	e, _ := newEngine(t, cfg)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { classify(t, e) })
	}
	for range 8 {
		gate <- struct{}{}
	}
	wg.Wait()
	if m := most.Load(); m > 2 {
		t.Errorf("%d mails in flight, want at most 2", m)
	}
}

func TestAzure(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, read("installment_request", "40 Euro")) })
	cfg := config(s.URL)
	cfg.Endpoint = s.URL
	cfg.Azure, cfg.Model = true, "gpt-4.1-mini"
	cfg.APIKey = func() (string, error) { return "key-of-the-test", nil }
	e, _ := newEngine(t, cfg)
	if _, tx := classify(t, e); tx.Outcome != "ok" {
		t.Fatalf("outcome %q", tx.Outcome)
	}
	if s.paths[0] != "/openai/deployments/gpt-4.1-mini/chat/completions?api-version="+defaultAzureVersion || s.heads[0].Get("api-key") != "key-of-the-test" {
		t.Errorf("path %s", s.paths[0])
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Config)
		is     error
	}{
		"remote without an agreement": {func(c *Config) { c.Endpoint = "https://api.example.com/v1" }, ErrNoDPA},
		"agreement dated ahead":       {func(c *Config) { c.Endpoint, c.DPA = "https://api.example.com/v1", today+30 }, ErrNoDPA},
		"remote without TLS":          {func(c *Config) { c.Endpoint, c.DPA = "http://api.example.com/v1", today-30 }, ErrInsecure},
		"a name like localhost":       {func(c *Config) { c.Endpoint = "https://localhost.example.com/v1" }, ErrNoDPA},
		"user in the URL":             {func(c *Config) { c.Endpoint = "http://u:p@127.0.0.1/v1" }, nil},
		"no URL":                      {func(c *Config) { c.Endpoint = "ollama" }, nil},
		"unknown scope":               {func(c *Config) { c.Scope = "most" }, nil},
		"no model":                    {func(c *Config) { c.Model = "" }, nil},
	} {
		cfg := config("http://127.0.0.1:1")
		c.change(&cfg)
		_, err := New(cfg)
		if err == nil || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cfg := config("http://127.0.0.1:1")
	cfg.Endpoint, cfg.DPA = "https://api.example.com/v1", today-30
	if _, err := New(cfg); err != nil {
		t.Errorf("with an agreement: %v", err)
	}
}

func TestScopes(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, read("installment_request", "40 Euro")) })
	for name, c := range map[string]struct {
		scope  Scope
		change func(*cases.ClassifyInput, *cases.Classification)
		want   string
	}{
		"none":          {ScopeNone, func(*cases.ClassifyInput, *cases.Classification) {}, "withheld:scope_none"},
		"unset":         {"", func(*cases.ClassifyInput, *cases.Classification) {}, "withheld:scope_none"},
		"ordinary":      {ScopeOrdinary, func(*cases.ClassifyInput, *cases.Classification) {}, "ok"},
		"alert":         {ScopeOrdinary, func(_ *cases.ClassifyInput, l *cases.Classification) { l.Alerts = []cases.Alert{cases.SelfHarm} }, "withheld:alert"},
		"complaint":     {ScopeOrdinary, func(_ *cases.ClassifyInput, l *cases.Classification) { l.Intent = cases.Complaint }, "withheld:intent"},
		"second intent": {ScopeOrdinary, func(_ *cases.ClassifyInput, l *cases.Classification) { l.Secondary = []cases.Intent{cases.DataRequest} }, "withheld:intent"},
		"near candidate": {ScopeOrdinary, func(_ *cases.ClassifyInput, l *cases.Classification) {
			l.Candidates = []cases.Candidate{{Intent: cases.Deceased, Permille: 200}}
		}, "withheld:intent"},
		"health":          {ScopeOrdinary, func(in *cases.ClassifyInput, _ *cases.Classification) { in.Text += " Ich hatte eine Rückenoperation." }, "withheld:sensitive"},
		"health, Polish":  {ScopeOrdinary, func(in *cases.ClassifyInput, _ *cases.Classification) { in.Text += " Jestem w szpitalu." }, "withheld:sensitive"},
		"union":           {ScopeOrdinary, func(in *cases.ClassifyInput, _ *cases.Classification) { in.Text += " Die Gewerkschaft hilft." }, "withheld:sensitive"},
		"crime, Russian":  {ScopeOrdinary, func(in *cases.ClassifyInput, _ *cases.Classification) { in.Text += " Он сидит в тюрьме." }, "withheld:sensitive"},
		"all, with alert": {ScopeAll, func(_ *cases.ClassifyInput, l *cases.Classification) { l.Alerts = []cases.Alert{cases.SelfHarm} }, "ok"},
	} {
		before := s.calls.Load()
		cfg := config(s.URL)
		cfg.Scope = c.scope
		e, _ := newEngine(t, cfg)
		in, local := mail()
		c.change(&in, &local)
		_, tx, err := e.Classify(t.Context(), in, local, redact.Known{})
		if err != nil || tx.Outcome != c.want {
			t.Errorf("%s: outcome %q, want %q (%v)", name, tx.Outcome, c.want, err)
		}
		if sent := s.calls.Load() != before; sent != (c.want == "ok") {
			t.Errorf("%s: sent %v", name, sent)
		}
	}
}

type attack struct {
	ID, Lang, Text, Reply string
	Intent                cases.Intent
	Forbidden             []string
}

// TestAttacks runs every attack against an endpoint that obeys it.
func TestAttacks(t *testing.T) {
	f, err := os.Open("testdata/attacks.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // read only
	n, langs := 0, map[string]bool{}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		var a attack
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		n++
		langs[a.Lang] = true
		s := serve(t, func(_ int, w http.ResponseWriter, _ string) { reply(w, a.Reply) })
		for _, permille := range []int{450, 780, 950} {
			e, _ := newEngine(t, config(s.URL))
			in := cases.ClassifyInput{Text: a.Text, Date: today, From: "Erna Beispiel <erna@example.org>"}
			r := slots.Read(cases.ClassifyInput{Text: a.Text, Date: today}, a.Intent)
			local := cases.Classification{Intent: a.Intent, Permille: permille, Slots: r.Slots, Engine: "local"}
			c, tx, err := e.Classify(t.Context(), in, local, redact.Known{})
			if err != nil {
				t.Fatal(err)
			}
			if !c.Intent.Valid() {
				t.Errorf("%s: intent %q", a.ID, c.Intent)
			}
			if c.Intent != local.Intent && (!c.Unsure || c.Permille >= cases.Sure || !slices.Contains(c.Notes, noteDisagree)) {
				t.Errorf("%s: label changed without a mark: %+v", a.ID, c)
			}
			if c.Permille > local.Permille {
				t.Errorf("%s: an attack raised the confidence", a.ID)
			}
			if !strings.HasPrefix(tx.Outcome, "failed") && !slices.Contains(c.Notes, noteSteering) {
				t.Errorf("%s: not seen as steering: %s", a.ID, a.Text)
			}
			out, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			base, err := json.Marshal(local)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range a.Forbidden {
				if strings.Contains(string(out), w) && !strings.Contains(string(base), w) {
					t.Errorf("%s: %q of the attack got through: %s", a.ID, w, out)
				}
			}
		}
		s.Close()
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	if n < 60 || len(langs) < 9 {
		t.Errorf("%d attacks in %d languages, want at least 60 in 9", n, len(langs))
	}
	t.Logf("%d attacks in %d languages", n, len(langs))
}

func TestRecordAndErrorsHoldNoContent(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, body string) {
		http.Error(w, body, http.StatusInternalServerError)
	})
	e, _ := newEngine(t, config(s.URL))
	_, tx := classify(t, e)
	if txt := fmt.Sprintf("%+v", tx); strings.Contains(txt, "40 Euro") || strings.Contains(txt, "NAME_1") {
		t.Errorf("record holds content: %s", txt)
	}
}
