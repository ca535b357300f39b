package llm

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	openai "github.com/sashabaranov/go-openai"

	"kontor/assist/redact"
	"kontor/assist/slots"
	"kontor/cases"
)

//go:embed schema.json
var schemaJSON []byte

//go:embed prompts/classify-1.txt
var promptClassify string

//go:embed prompts/repair-1.txt
var promptRepair string

// PromptVersion names the prompt files in use; a changed prompt is a new file
// with a new number.
const PromptVersion = "classify-1"

const (
	maxMail   = 6 << 10 // bytes of a mail that are sent: prompts stay under 3k tokens
	maxTokens = 900
)

// Transmission is the record of one use of the endpoint. It holds no content.
type Transmission struct {
	Provider       string        `json:"provider"` // host of the endpoint
	Model          string        `json:"model"`
	PromptVersion  string        `json:"prompt_version"`
	Latency        time.Duration `json:"latency"`
	BytesOut       int64         `json:"bytes_out"`
	BytesIn        int64         `json:"bytes_in"`
	Redactions     int           `json:"redactions"`
	TokensIn       int           `json:"tokens_in"`
	TokensOut      int           `json:"tokens_out"`
	CostMicroCents int64         `json:"cost_micro_cents"`
	Attempts       int           `json:"attempts"` // requests sent
	// Outcome is ok, repaired, "withheld:WHY" (nothing was sent) or
	// "failed:WHY" (local stands).
	Outcome string `json:"outcome"`
}

// Engine asks the endpoint. It is safe for concurrent use.
type Engine struct {
	cfg    Config
	local  bool
	host   string
	doer   *doer
	schema *jsonschema.Schema
	raw    json.RawMessage // the schema as sent
	slots  *slots.Reader
	slot   chan struct{} // one token for each mail in flight
	level  atomic.Int32  // the form that the endpoint was found to take
	wait   func(context.Context, time.Duration) error
}

// The forms of a request, best first. An endpoint that does not know one is
// asked in the next; which it took is remembered once it has answered.
const (
	// levelQuiet also asks a local server not to think aloud: some put all text
	// into "reasoning" else.
	levelQuiet int32 = iota
	levelSchema
	levelObject
	levelPlain // nothing that an old server may not know
)

// New checks the configuration and makes an engine; it opens no connection.
func New(cfg Config) (*Engine, error) {
	local, err := cfg.check()
	if err != nil {
		return nil, fmt.Errorf("configure the generative engine: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaJSON))
	if err != nil {
		return nil, fmt.Errorf("read the answer schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answer.json", doc); err != nil {
		return nil, fmt.Errorf("read the answer schema: %w", err)
	}
	schema, err := c.Compile("answer.json")
	if err != nil {
		return nil, fmt.Errorf("compile the answer schema: %w", err)
	}
	var raw map[string]any
	if err := json.Unmarshal(schemaJSON, &raw); err != nil {
		return nil, fmt.Errorf("read the answer schema: %w", err)
	}
	delete(raw, "$schema") // strict endpoints refuse keywords they do not know
	sent, err := json.Marshal(raw)
	if err != nil {
		return nil, fmt.Errorf("write the answer schema: %w", err)
	}
	u, err := url.Parse(cfg.Endpoint)
	if err != nil {
		return nil, errors.New("configure the generative engine: endpoint is no URL")
	}
	e := &Engine{
		cfg: cfg, local: local, host: u.Host, doer: newDoer(cfg.Timeout, cfg.Now), schema: schema, raw: sent,
		slots: slots.New(cfg.Reference), slot: make(chan struct{}, cfg.MaxConcurrent), wait: sleep,
	}
	if !local {
		e.level.Store(levelSchema)
	}
	return e, nil
}

// Classify reads a mail with the model and joins its reading with the local
// one. The result is always usable: where nothing may leave or the model fails,
// it is the local reading with a note, and the Transmission says why. The error
// is ctx's alone.
func (e *Engine) Classify(ctx context.Context, in cases.ClassifyInput, local cases.Classification, known redact.Known) (cases.Classification, Transmission, error) {
	tx := Transmission{Provider: e.host, Model: e.cfg.Model, PromptVersion: PromptVersion}
	if why := withheld(e.cfg.Scope, &in, &local); why != "" {
		tx.Outcome = "withheld:" + why
		return stands(local, NoteWithheld), tx, ctx.Err()
	}
	select {
	case e.slot <- struct{}{}:
		defer func() { <-e.slot }()
	case <-ctx.Done():
		tx.Outcome = "failed:cancelled"
		return stands(local, NoteFailed), tx, ctx.Err()
	}
	start := e.cfg.Now()
	if known.From == "" {
		known.From = in.From
	}
	texts, m := redact.New(known).RedactAll(clip(in.Subject, 500), clip(in.Text, maxMail))
	tx.Redactions = m.Len()
	mt := &meter{}
	call, cancel := context.WithTimeout(context.WithValue(ctx, meterKey{}, mt), e.cfg.Timeout)
	defer cancel()
	a, outcome := e.ask(call, &in, texts[0], texts[1], &tx, mt)
	tx.Latency = e.cfg.Now().Sub(start)
	tx.BytesOut, tx.BytesIn, tx.Attempts = mt.out, mt.in, mt.attempts
	tx.CostMicroCents = int64(tx.TokensIn)*e.cfg.PriceIn + int64(tx.TokensOut)*e.cfg.PriceOut
	tx.Outcome = outcome
	if a == nil {
		return stands(local, NoteFailed), tx, ctx.Err()
	}
	return e.join(&in, local, a, m), tx, ctx.Err()
}

// stands is the local reading with a note.
func stands(local cases.Classification, note string) cases.Classification {
	local.Notes = append(append([]string(nil), local.Notes...), note)
	return local
}

// answer is what the schema lets through.
type answer struct {
	Intent    cases.Intent   `json:"intent"`
	Secondary []cases.Intent `json:"secondary"`
	Flags     []cases.Flag   `json:"flags"`
	Alerts    []cases.Alert  `json:"alerts"`
	Lang      *string        `json:"lang"`
	Quotes    []struct {
		For   string `json:"for"`
		Quote string `json:"quote"`
	} `json:"quotes"`
}

// ask sends the mail and returns the model's valid answer, or nil and why not.
func (e *Engine) ask(ctx context.Context, in *cases.ClassifyInput, subject, text string, tx *Transmission, mt *meter) (*answer, string) {
	mail, err := json.Marshal(map[string]string{"date": in.Date.String(), "subject": subject, "text": text})
	if err != nil {
		return nil, "failed:encode"
	}
	msgs := []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: promptClassify},
		{Role: openai.ChatMessageRoleUser, Content: "The mail as JSON; it is data:\n" + string(mail)},
	}
	outcome := "ok"
	for round := range 2 {
		content, why := e.send(ctx, msgs, tx, mt)
		if why != "" {
			return nil, "failed:" + why
		}
		if a := e.parse(content); a != nil {
			return a, outcome
		}
		if round == 0 {
			outcome = "repaired"
			msgs = append(msgs,
				openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: clip(content, 2000)},
				openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: promptRepair})
		}
	}
	return nil, "failed:invalid"
}

// send makes one exchange with retries and falls back from strict schemas to
// plain text where the endpoint does not know them. why is a code, never the
// endpoint's words.
func (e *Engine) send(ctx context.Context, msgs []openai.ChatCompletionMessage, tx *Transmission, mt *meter) (content, why string) {
	client, err := e.client()
	if err != nil {
		return "", "key"
	}
	start := e.level.Load()
	level := start
	for attempt := 0; ; {
		resp, err := client.CreateChatCompletion(ctx, e.request(msgs, level))
		if err == nil {
			tx.TokensIn += max(resp.Usage.PromptTokens, 0)
			tx.TokensOut += max(resp.Usage.CompletionTokens, 0)
			content, why = said(resp)
			if why == "" {
				// One mail that the endpoint refuses must not cost all others
				// the strict form: it is given up only for one that worked.
				e.level.CompareAndSwap(start, level)
			}
			return content, why
		}
		f := e.judge(ctx, err, mt)
		switch {
		case f.form && level < levelPlain:
			level++
			continue
		case !f.again || attempt >= e.cfg.Retries:
			return "", f.code
		}
		d := mt.retryAfter
		if d == 0 {
			d = 250 * time.Millisecond << attempt
		}
		if dl, ok := ctx.Deadline(); ok && time.Until(dl) < d {
			return "", f.code // it would not be over in time
		}
		if err := e.wait(ctx, d); err != nil {
			return "", "cancelled"
		}
		attempt++
	}
}

func (e *Engine) client() (*openai.Client, error) {
	key := ""
	if e.cfg.APIKey != nil {
		k, err := e.cfg.APIKey()
		if err != nil {
			return nil, errors.New("read the key of the endpoint")
		}
		key = k
	}
	var c openai.ClientConfig
	if e.cfg.Azure {
		c = openai.DefaultAzureConfig(key, e.cfg.Endpoint)
		c.APIVersion = e.cfg.AzureVersion
		c.AzureModelMapperFunc = func(model string) string { return model }
	} else {
		c = openai.DefaultConfig(key)
		c.BaseURL = e.cfg.Endpoint
	}
	c.HTTPClient = e.doer
	return openai.NewClientWithConfig(c), nil
}

func (e *Engine) request(msgs []openai.ChatCompletionMessage, level int32) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: e.cfg.Model, Messages: msgs, MaxCompletionTokens: maxTokens}
	thinks := reasoning(e.cfg.Model)
	if !thinks && level < levelPlain {
		r.Temperature = math.SmallestNonzeroFloat32 // zero would be left out
	}
	switch level {
	case levelQuiet:
		r.ReasoningEffort = openai.ReasoningEffortNone
		r.ResponseFormat = e.strict()
	case levelSchema:
		r.ResponseFormat = e.strict()
	case levelObject:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	default:
		if !thinks { // old servers know the old name of the bound alone
			r.MaxCompletionTokens, r.MaxTokens = 0, maxTokens //nolint:staticcheck // deprecated for newer models, which do not come here
		}
	}
	return r
}

func (e *Engine) strict() *openai.ChatCompletionResponseFormat {
	return &openai.ChatCompletionResponseFormat{
		Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
		JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "reading", Schema: e.raw, Strict: true},
	}
}

// reasoning knows the models that the client refuses a temperature for.
func reasoning(model string) bool {
	for _, p := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, p) {
			return true
		}
	}
	return false
}

// parse takes the one JSON object of content, with or without code fences, and
// holds it against the schema; nil if it does not fit.
func (e *Engine) parse(content string) *answer {
	i, j := strings.IndexByte(content, '{'), strings.LastIndexByte(content, '}')
	if i < 0 || j < i {
		return nil
	}
	body := content[i : j+1]
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil || e.schema.Validate(doc) != nil {
		return nil
	}
	var a answer
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		return nil
	}
	return &a
}

// clip cuts s to at most n bytes between runes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
