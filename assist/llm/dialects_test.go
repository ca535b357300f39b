package llm

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/assist/redact"
	"kontor/cases"
)

// question is what a server reads of a request.
type question struct {
	Model               string           `json:"model"`
	Stream              bool             `json:"stream"`
	MaxTokens           int              `json:"max_tokens"`
	MaxCompletionTokens int              `json:"max_completion_tokens"`
	Temperature         *float64         `json:"temperature"`
	ReasoningEffort     string           `json:"reasoning_effort"`
	Messages            []map[string]any `json:"messages"`
	ResponseFormat      *struct {
		Type       string `json:"type"`
		JSONSchema *struct {
			Name   string         `json:"name"`
			Strict bool           `json:"strict"`
			Schema map[string]any `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
}

func (q question) format() string {
	if q.ResponseFormat == nil {
		return ""
	}
	return q.ResponseFormat.Type
}

// dialect is a server that behaves like one of the four, errors included.
type dialect struct {
	base     string // of the endpoint, below the server's URL
	azure    bool
	version  string // Azure: api-version of the config
	model    string
	key      string
	answers  func(q question, r *http.Request) (status int, body string)
	forms    []string // the forms in which a mail is asked for, in order
	thinking bool     // the model takes no temperature
}

func openaiError(status int, kind, code, message string) (int, string) {
	b, err := json.Marshal(map[string]any{"error": map[string]any{"message": message, "type": kind, "param": nil, "code": code}})
	if err != nil {
		panic(err)
	}
	return status, string(b)
}

var goodAnswer = read("installment_request", "ich kann 40 Euro im Monat zahlen", "monthly_cents", "40 Euro im Monat")

// likeOpenAI checks key, path, model and the strict schema as the service does.
func likeOpenAI(q question, r *http.Request) (int, string) {
	switch {
	case r.URL.Path != "/v1/chat/completions":
		return openaiError(http.StatusNotFound, "invalid_request_error", "unknown_url", "Invalid URL (POST "+r.URL.Path+")")
	case r.Header.Get("Authorization") != "Bearer key-of-the-test":
		return openaiError(http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "Incorrect API key provided")
	case r.Header.Get("Api-Key") != "" || r.URL.RawQuery != "":
		return openaiError(http.StatusBadRequest, "invalid_request_error", "bad", "unexpected header or query")
	case q.ReasoningEffort != "":
		return openaiError(http.StatusBadRequest, "invalid_request_error", "unsupported_parameter", "Unsupported parameter: 'reasoning_effort' is not supported with this model.")
	case strings.HasPrefix(q.Model, "gpt-5") && (q.Temperature != nil || q.MaxTokens > 0):
		return openaiError(http.StatusBadRequest, "invalid_request_error", "unsupported_parameter", "Unsupported parameter: 'temperature' is not supported with this model.")
	case q.format() == "json_schema" && !strictSchema(q.ResponseFormat.JSONSchema.Schema):
		return openaiError(http.StatusBadRequest, "invalid_request_error", "invalid_json_schema", "Invalid schema for response_format 'reading': every property must be required")
	}
	return http.StatusOK, strings.Replace(completion(goodAnswer), `"usage"`, `"system_fingerprint":"fp_1","service_tier":"default","usage"`, 1)
}

// strictSchema holds what strict mode wants of every object: all properties
// required, no others, and no keyword that it does not know.
func strictSchema(s map[string]any) bool {
	if _, ok := s["$schema"]; ok {
		return false
	}
	if props, ok := s["properties"].(map[string]any); ok {
		required, _ := s["required"].([]any)
		if s["additionalProperties"] != false || len(required) != len(props) {
			return false
		}
		for _, p := range props {
			if sub, ok := p.(map[string]any); ok && !strictSchema(sub) {
				return false
			}
		}
	}
	if items, ok := s["items"].(map[string]any); ok {
		return strictSchema(items)
	}
	return true
}

// likeAzure has the deployment in the path, the key in a header of its own, and
// knows strict schemas from one api-version on.
func likeAzure(q question, r *http.Request) (int, string) {
	version := r.URL.Query().Get("api-version")
	switch {
	case version == "":
		return http.StatusNotFound, `{"error":{"code":"404","message":"Resource not found"}}`
	case r.URL.Path != "/openai/deployments/mails/chat/completions":
		return http.StatusNotFound, `{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}`
	case r.Header.Get("Api-Key") != "key-of-the-test" || r.Header.Get("Authorization") != "":
		return http.StatusUnauthorized, `{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}`
	case q.format() == "json_schema" && version < "2024-08-01":
		return http.StatusBadRequest, `{"error":{"code":"BadRequest","message":"response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later"}}`
	case q.ReasoningEffort != "":
		return http.StatusBadRequest, `{"error":{"code":"unsupported_parameter","message":"Unsupported parameter: reasoning_effort","type":"invalid_request_error","param":"reasoning_effort"}}`
	}
	body := strings.Replace(completion(goodAnswer), `"usage"`, `"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}],"usage"`, 1)
	return http.StatusOK, strings.Replace(body, `"finish_reason"`, `"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"finish_reason"`, 1)
}

// likeOllama answers below /v1 only, wants no key, says errors as it likes, and
// knows the efforts high, medium and low.
func likeOllama(q question, r *http.Request) (int, string) {
	switch {
	case r.URL.Path != "/v1/chat/completions":
		return http.StatusNotFound, "404 page not found"
	case q.Model != "qwen3:8b":
		return http.StatusNotFound, `{"error":"model '` + q.Model + `' not found"}`
	case q.ReasoningEffort == "none":
		return http.StatusBadRequest, `{"error":{"message":"invalid reasoning value: \"none\" (must be \"high\", \"medium\" or \"low\")","type":"invalid_request_error","param":null,"code":null}}`
	}
	return http.StatusOK, strings.Replace(completion(goodAnswer), `"content"`, `"reasoning":"The mail asks for instalments.","content"`, 1)
}

// likeLlamaCpp answers with and without /v1, has one model whatever it is
// called, and makes a grammar of the schema, which an older one cannot.
func likeLlamaCpp(q question, r *http.Request) (int, string) {
	switch {
	case r.URL.Path != "/v1/chat/completions" && r.URL.Path != "/chat/completions":
		return http.StatusNotFound, `{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}`
	case r.Header.Get("Authorization") != "Bearer key-of-the-test":
		return http.StatusUnauthorized, `{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}`
	case q.format() == "json_schema":
		return http.StatusInternalServerError, `{"error":{"code":500,"message":"failed to parse grammar","type":"server_error"}}`
	}
	return http.StatusOK, strings.Replace(completion("\n"+goodAnswer), `"usage"`, `"timings":{"prompt_ms":12.5},"usage"`, 1)
}

func dialects() map[string]dialect {
	const quiet, schema, object = "json_schema quiet", "json_schema", "json_object"
	return map[string]dialect{
		"OpenAI":               {base: "/v1", model: "gpt-4.1-mini", key: "key-of-the-test", answers: likeOpenAI, forms: []string{quiet, schema}},
		"OpenAI, thinking":     {base: "/v1", model: "gpt-5-mini", key: "key-of-the-test", answers: likeOpenAI, forms: []string{quiet, schema}, thinking: true},
		"OpenAI, host alone":   {base: "", model: "gpt-4.1-mini", key: "key-of-the-test", answers: likeOpenAI, forms: []string{quiet, schema}},
		"Azure":                {base: "", azure: true, model: "mails", key: "key-of-the-test", answers: likeAzure, forms: []string{quiet, schema}},
		"Azure, old version":   {base: "", azure: true, version: "2024-06-01", model: "mails", key: "key-of-the-test", answers: likeAzure, forms: []string{quiet, schema, object}},
		"Ollama":               {base: "/v1", model: "qwen3:8b", answers: likeOllama, forms: []string{quiet, schema}},
		"Ollama, host alone":   {base: "/", model: "qwen3:8b", answers: likeOllama, forms: []string{quiet, schema}},
		"llama.cpp":            {base: "/v1", model: "any", key: "key-of-the-test", answers: likeLlamaCpp, forms: []string{quiet, schema, object}},
		"llama.cpp, host only": {base: "", model: "any", key: "key-of-the-test", answers: likeLlamaCpp, forms: []string{quiet, schema, object}},
	}
}

// talk starts a server of a dialect that counts the forms it was asked in.
func talk(t *testing.T, d dialect) (e *Engine, forms func() []string) {
	t.Helper()
	var mu sync.Mutex
	var asked []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q question
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&q); err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			http.Error(w, "not what a client sends", http.StatusUnsupportedMediaType)
			return
		}
		if q.Stream || len(q.Messages) < 2 || q.MaxTokens+q.MaxCompletionTokens != maxTokens || d.thinking && q.Temperature != nil {
			t.Errorf("request %+v", q)
		}
		form := q.format()
		if q.ReasoningEffort != "" {
			form += " quiet"
		}
		mu.Lock()
		asked = append(asked, form)
		mu.Unlock()
		status, body := d.answers(q, r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the client may be gone
	}))
	t.Cleanup(s.Close)
	cfg := config(s.URL)
	cfg.Endpoint, cfg.Model, cfg.Azure, cfg.AzureVersion = s.URL+d.base, d.model, d.azure, d.version
	if d.key != "" {
		cfg.APIKey = func() (string, error) { return d.key, nil }
	}
	e, _ = newEngine(t, cfg)
	return e, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(asked)
	}
}

// TestDialects reads a mail through each kind of server: the first mail finds
// the form that it takes, the second is asked in that form at once.
func TestDialects(t *testing.T) {
	for name, d := range dialects() {
		t.Run(name, func(t *testing.T) {
			e, forms := talk(t, d)
			c, tx := classify(t, e)
			if tx.Outcome != "ok" || c.Engine != "local+llm" || c.Slots.MonthlyCents == nil || *c.Slots.MonthlyCents != 4000 || tx.TokensIn != 700 {
				t.Fatalf("outcome %q: %+v", tx.Outcome, c)
			}
			if got := forms(); !slices.Equal(got, d.forms) {
				t.Errorf("asked in %q, want %q", got, d.forms)
			}
			if _, tx = classify(t, e); tx.Outcome != "ok" || tx.Attempts != 1 {
				t.Errorf("second mail: %q after %d requests", tx.Outcome, tx.Attempts)
			}
		})
	}
}

// TestDialectsRefuse: wrong key, model, path; in each the local reading stands
// after one request, and nothing of the endpoint's words is kept.
func TestDialectsRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		of     string
		change func(*dialect)
		want   string
	}{
		"OpenAI, wrong key":       {"OpenAI", func(d *dialect) { d.key = "other" }, "failed:refused"},
		"OpenAI, wrong path":      {"OpenAI", func(d *dialect) { d.base = "/api" }, "failed:not_found"},
		"Azure, wrong key":        {"Azure", func(d *dialect) { d.key = "other" }, "failed:refused"},
		"Azure, no deployment":    {"Azure", func(d *dialect) { d.model = "gone" }, "failed:not_found"},
		"Azure, taken for OpenAI": {"Azure", func(d *dialect) { d.azure = false }, "failed:not_found"},
		"Ollama, no such model":   {"Ollama", func(d *dialect) { d.model = "llama9" }, "failed:not_found"},
		"Ollama, wrong path":      {"Ollama", func(d *dialect) { d.base = "/api" }, "failed:not_found"},
		"llama.cpp, wrong key":    {"llama.cpp", func(d *dialect) { d.key = "other" }, "failed:refused"},
		"llama.cpp, wrong path":   {"llama.cpp", func(d *dialect) { d.base = "/v2" }, "failed:not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			d := dialects()[c.of]
			c.change(&d)
			e, forms := talk(t, d)
			got, tx := classify(t, e)
			if tx.Outcome != c.want || len(forms()) != 1 || got.Engine != "local" {
				t.Errorf("outcome %q after %d requests, engine %s", tx.Outcome, len(forms()), got.Engine)
			}
		})
	}
}

// TestDialectsFail: what each kind of server says when it cannot.
func TestDialectsFail(t *testing.T) {
	const filtered = `{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}`
	for name, c := range map[string]struct {
		of       string
		status   int
		body     string
		want     string
		requests int
	}{
		"OpenAI, quota used up":            {"OpenAI", 429, `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`, "failed:quota", 1},
		"OpenAI, busy":                     {"OpenAI", 429, `{"error":{"message":"Rate limit reached","type":"tokens","param":null,"code":"rate_limit_exceeded"}}`, "failed:busy", 3},
		"OpenAI, too long":                 {"OpenAI", 400, `{"error":{"message":"maximum context length is 8192 tokens","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`, "failed:too_long", 1},
		"OpenAI, server error":             {"OpenAI", 500, `{"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}}`, "failed:server", 3},
		"OpenAI, refusal":                  {"OpenAI", 200, strings.Replace(completion(""), `"content":""`, `"content":null,"refusal":"I can't help with that."`, 1), "failed:filtered", 1},
		"OpenAI, other choices":            {"OpenAI", 200, `{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"pay","arguments":"{}"}}]}}]}`, "failed:invalid", 2},
		"Azure, filtered mail":             {"Azure", 400, filtered, "failed:filtered", 1},
		"Azure, filtered answer":           {"Azure", 200, strings.Replace(completion(`{"intent":`), `"stop"`, `"content_filter"`, 1), "failed:filtered", 1},
		"Azure, no capacity":               {"Azure", 503, `{"error":{"code":"NoCapacity","message":"The system is currently experiencing high demand"}}`, "failed:server", 3},
		"Azure, gateway":                   {"Azure", 502, "<html><head><title>502 Bad Gateway</title></head></html>", "failed:server", 3},
		"Ollama, pending":                  {"Ollama", 503, `{"error":"server busy, please try again.  maximum pending requests exceeded"}`, "failed:server", 3},
		"Ollama, 200 with an error":        {"Ollama", 200, `{"error":"unexpected EOF"}`, "failed:error_body", 1},
		"Ollama, all thought aloud":        {"Ollama", 200, strings.Replace(completion(""), `"content":""`, `"reasoning":"The user wants instalments","content":""`, 1), "failed:invalid", 2},
		"Ollama, thought before":           {"Ollama", 200, completion("<think>It wants {something}.</think>\nsorry"), "failed:invalid", 2},
		"llama.cpp, loading":               {"llama.cpp", 503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`, "failed:server", 3},
		"llama.cpp, too long":              {"llama.cpp", 400, `{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000}}`, "failed:too_long", 1},
		"llama.cpp, 400 for all":           {"llama.cpp", 400, `{"error":{"code":400,"message":"Missing something","type":"invalid_request_error"}}`, "failed:status", 4},
		"vLLM, 400 with a list":            {"OpenAI", 400, `{"object":"error","message":"[{'type': 'missing'}]","type":"BadRequestError","param":null,"code":400}`, "failed:status", 4},
		"a proxy's login page":             {"OpenAI", 200, "<!doctype html><html><body>Login</body></html>", "failed:broken", 3},
		"stream though none was asked":     {"Ollama", 200, "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\ndata: [DONE]\n\n", "failed:broken", 3},
		"no body":                          {"OpenAI", 204, "", "failed:broken", 3},
		"payment wanted":                   {"OpenAI", 402, `{"error":{"message":"Insufficient credits","code":402}}`, "failed:status", 1},
		"content as a list":                {"OpenAI", 200, `{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":[{"type":"text","text":"x"}]}}]}`, "failed:invalid", 2},
		"choices of another shape":         {"OpenAI", 200, `{"choices":"none"}`, "failed:broken", 3},
		"deeply nested JSON":               {"OpenAI", 200, completion(strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000)), "failed:invalid", 2},
		"a number too large for its field": {"OpenAI", 200, strings.Replace(completion(goodAnswer), `"prompt_tokens":700`, `"prompt_tokens":1e300`, 1), "failed:broken", 3},
	} {
		t.Run(name, func(t *testing.T) {
			d := dialects()[c.of]
			d.answers = func(question, *http.Request) (int, string) { return c.status, c.body }
			e, forms := talk(t, d)
			got, tx := classify(t, e)
			if tx.Outcome != c.want || len(forms()) != c.requests || tx.Attempts != c.requests {
				t.Errorf("outcome %q after %d requests; want %q after %d", tx.Outcome, len(forms()), c.want, c.requests)
			}
			_, local := mail()
			if got.Intent != local.Intent || got.Engine != "local" || !slices.Contains(got.Notes, "llm_failed") || *got.Slots.MonthlyCents != 4000 {
				t.Errorf("local does not stand: %+v", got)
			}
		})
	}
}

// TestOneRefusedMailCostsNoOther: a mail that every form is refused for leaves
// the strict form in use for the next.
func TestOneRefusedMailCostsNoOther(t *testing.T) {
	for name, body := range map[string]string{
		"unknown reason": `{"error":{"message":"no","type":"invalid_request_error","param":null,"code":null}}`,
		"filtered":       `{"error":{"message":"filtered","code":"content_filter"}}`,
	} {
		d := dialects()["OpenAI"]
		refuse := true
		var mu sync.Mutex
		d.answers = func(q question, r *http.Request) (int, string) {
			mu.Lock()
			defer mu.Unlock()
			if refuse {
				return http.StatusBadRequest, body
			}
			return http.StatusOK, completion(goodAnswer)
		}
		e, forms := talk(t, d)
		if _, tx := classify(t, e); !strings.HasPrefix(tx.Outcome, "failed:") {
			t.Fatalf("%s: outcome %q", name, tx.Outcome)
		}
		n := len(forms())
		mu.Lock()
		refuse = false
		mu.Unlock()
		if _, tx := classify(t, e); tx.Outcome != "ok" {
			t.Errorf("%s: outcome %q", name, tx.Outcome)
		}
		if got := forms()[n:]; len(got) != 1 || !strings.HasPrefix(got[0], "json_schema") {
			t.Errorf("%s: the next mail was asked for in %q", name, got)
		}
	}
}

// wire is a server that misbehaves below the level of answers.
func wire(t *testing.T, h http.HandlerFunc) (*Engine, *[]time.Duration) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	cfg := config(s.URL)
	cfg.Timeout = 2 * time.Second
	return newEngine(t, cfg)
}

func TestBrokenWires(t *testing.T) {
	cut := func(before string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			c, buf, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = buf.WriteString(before) // cut here on purpose
			_ = buf.Flush()
			_ = c.Close()
		}
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(z, zeros{}, 64<<20); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	body := completion(goodAnswer)
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want string
	}{
		"closed before the status":      {cut(""), "failed:unreachable"},
		"closed within the status":      {cut("HTTP/1.1 20"), "failed:unreachable"},
		"closed within the head":        {cut("HTTP/1.1 200 OK\r\nContent-Type: appl"), "failed:unreachable"},
		"no HTTP at all":                {cut("220 mx.example.org ESMTP\r\n"), "failed:unreachable"},
		"body cut":                      {cut(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:len(body)/2])), "failed:broken"},
		"chunk cut":                     {cut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + body[:20]), "failed:broken"},
		"last chunk missing":            {cut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + strconv.FormatInt(int64(len(body)), 16) + "\r\n" + body + "\r\n"), "failed:broken"},
		"closed where a length is open": {cut("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body[:len(body)-30]), "failed:broken"},
		"endless head": {func(w http.ResponseWriter, _ *http.Request) {
			for i := range 3000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 60))
			}
		}, "failed:unreachable"},
		"a bomb of zeros": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes()) // the client leaves
		}, "failed:too_large"},
		"an error that never ends": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("x", 32<<10)); err != nil {
					return
				}
			}
		}, "failed:too_large"},
		"early hints, then the answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			reply(w, goodAnswer)
		}, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := wire(t, c.h)
			got, tx := classify(t, e)
			if tx.Outcome != c.want {
				t.Errorf("outcome %q, want %q", tx.Outcome, c.want)
			}
			if tx.Outcome != "ok" && (got.Engine != "local" || tx.BytesIn > 3*(maxAnswer+1)) {
				t.Errorf("engine %s, %d bytes read", got.Engine, tx.BytesIn)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestSlowDripEndsInTime: a byte at a time, for ever; the whole mail ends with
// its time, not each read with its own.
func TestSlowDripEndsInTime(t *testing.T) {
	left := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(left)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for _, b := range []byte(strings.Repeat(" ", 1<<16)) {
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
			}
			if _, err := w.Write([]byte{b}); err != nil {
				return
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	cfg := config(s.URL)
	cfg.Timeout = 200 * time.Millisecond
	e, _ := newEngine(t, cfg)
	begun := time.Now()
	_, tx := classify(t, e)
	if tx.Outcome != "failed:timeout" || tx.Attempts != 1 {
		t.Errorf("outcome %q after %d requests", tx.Outcome, tx.Attempts)
	}
	if d := time.Since(begun); d > 3*time.Second {
		t.Errorf("took %s", d)
	}
	<-left // the connection was given up, not kept
}

// TestRetryAfter reads every way of saying when to come back, wrong ones too.
func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"":      250 * time.Millisecond,
		"1":     time.Second,
		"0":     250 * time.Millisecond,
		"-5":    250 * time.Millisecond,
		"never": 250 * time.Millisecond,
		clock().Add(3 * time.Second).UTC().Format(http.TimeFormat): 3 * time.Second,
		clock().Add(-time.Hour).UTC().Format(http.TimeFormat):      250 * time.Millisecond,
	} {
		n := 0
		e, waits := wire(t, func(w http.ResponseWriter, _ *http.Request) {
			if n++; n == 1 {
				w.Header().Set("Retry-After", header)
				http.Error(w, `{"error":{"message":"slow down"}}`, http.StatusTooManyRequests)
				return
			}
			reply(w, goodAnswer)
		})
		e.cfg.Timeout = 10 * time.Second
		if _, tx := classify(t, e); tx.Outcome != "ok" || !slices.Equal(*waits, []time.Duration{want}) {
			t.Errorf("%q: outcome %q, waited %v, want %s", header, tx.Outcome, *waits, want)
		}
	}
	for _, header := range []string{"60", "86400", "99999999999999999999"} {
		e, waits := wire(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		if _, tx := classify(t, e); tx.Outcome != "failed:server" || header != "99999999999999999999" && len(*waits) > 0 {
			t.Errorf("%q: outcome %q, waited %v", header, tx.Outcome, *waits)
		}
	}
}

// TestRedirects: not within the host, not elsewhere, with none of the statuses;
// neither mail nor key goes on.
func TestRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, there := range []string{"/v2/chat/completions", "http://[::1]:1/v1", "file:///etc/passwd", ""} {
			n := 0
			e, _ := wire(t, func(w http.ResponseWriter, _ *http.Request) {
				n++
				w.Header().Set("Location", there)
				w.WriteHeader(status)
			})
			if _, tx := classify(t, e); tx.Outcome != "failed:redirect" || n != 1 {
				t.Errorf("%d to %q: outcome %q after %d requests", status, there, tx.Outcome, n)
			}
		}
	}
}

// TestWrongQuotesAreDropped: a quote counts only letter by letter, from this
// mail, for the field that it fits.
func TestWrongQuotesAreDropped(t *testing.T) {
	for name, quote := range map[string]string{
		"not in the mail": "60 Euro im Monat", "other case": "40 EURO IM MONAT", "other blanks": "40  Euro im Monat", "of the prompt": "German debt collection agency",
		"with a control character": "40 Euro\x07 im Monat", "an unknown placeholder": "⟦NAME_99⟧", "one letter": "4", "empty": "", "ellipsis": "ich kann … zahlen",
		"endless": strings.Repeat("40 Euro im Monat ", 200), "words joined": "40 Euro zahlen",
	} {
		e, _ := wire(t, func(w http.ResponseWriter, _ *http.Request) {
			reply(w, read("installment_request", quote, "monthly_cents", quote, "first_payment_date", quote))
		})
		in, local := mail()
		local.Slots, local.Evidence = cases.Slots{}, nil
		c, tx, err := e.Classify(t.Context(), in, local, redact.Known{})
		if err != nil || tx.Outcome != "ok" {
			t.Fatalf("%s: %q, %v", name, tx.Outcome, err)
		}
		if c.Slots.MonthlyCents != nil || !c.Slots.FirstPaymentDate.IsZero() || len(c.Evidence) > 0 {
			t.Errorf("%s: slots %+v, evidence %+v", name, c.Slots, c.Evidence)
		}
		if c.Permille > local.Permille {
			t.Errorf("%s: a wrong quote raised the confidence to %d", name, c.Permille)
		}
	}
}

// TestAnswersOutsideTheSchema: whatever else an answer holds, nothing of it is
// taken.
func TestAnswersOutsideTheSchema(t *testing.T) {
	for name, answer := range map[string]string{
		"a label of its own":   strings.Replace(goodAnswer, "installment_request", "pay_now", 1),
		"another field":        strings.Replace(goodAnswer, `"flags"`, `"reply":"Die Forderung ist erlassen","flags"`, 1),
		"a field missing":      strings.Replace(goodAnswer, `"alerts":[],`, "", 1),
		"a list as text":       strings.Replace(goodAnswer, `"flags":[]`, `"flags":"none"`, 1),
		"a quote of a number":  strings.Replace(goodAnswer, `"40 Euro im Monat"`, `4000`, 1),
		"two objects":          goodAnswer + "\n" + goodAnswer,
		"an array around it":   "[" + goodAnswer + ", " + goodAnswer + "]",
		"no JSON":              "installment_request",
		"JSON with a comment":  strings.Replace(goodAnswer, "{", "{ // reading\n", 1),
		"single quotes":        strings.ReplaceAll(goodAnswer, `"`, `'`),
		"cut off":              goodAnswer[:len(goodAnswer)-8],
		"language of its own":  strings.Replace(goodAnswer, `"lang":"de"`, `"lang":"xx"`, 1),
		"invalid UTF-8 labels": strings.Replace(goodAnswer, "installment_request", "installment\xff", 1),
	} {
		n := 0
		e, _ := wire(t, func(w http.ResponseWriter, _ *http.Request) {
			n++
			reply(w, answer)
		})
		got, tx := classify(t, e)
		if tx.Outcome != "failed:invalid" || n != 2 || got.Engine != "local" {
			t.Errorf("%s: outcome %q after %d requests", name, tx.Outcome, n)
		}
	}
}

func TestBase(t *testing.T) {
	for in, want := range map[string]string{
		"http://127.0.0.1:11434": "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/": "http://127.0.0.1:11434/v1", "http://127.0.0.1:8080/v1/": "http://127.0.0.1:8080/v1",
		"https://api.example.com/openai/v1": "https://api.example.com/openai/v1",
	} {
		if got := Base(in, false); got != want {
			t.Errorf("Base(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Base("https://mails.openai.example.com/", true); got != "https://mails.openai.example.com" {
		t.Errorf("Azure: %q", got)
	}
}
