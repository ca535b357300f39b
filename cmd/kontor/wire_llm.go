package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"kontor/assist/llm"
	"kontor/assist/redact"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
)

var _ desk.SecondEngine = generative{}

// generative fits the generative engine to the desk's port.
type generative struct {
	*llm.Engine
	now func() time.Time
}

// second makes the generative engine of the config; nil where there is none or
// nothing may leave.
func (a *app) second() (desk.SecondEngine, error) {
	e, err := a.llm()
	if err != nil || e == nil {
		return nil, err
	}
	return generative{e, a.g.now}, nil
}

func (a *app) llm() (*llm.Engine, error) {
	c := a.cfg.Assist
	if c.Endpoint == "" || c.Scope == "none" {
		return nil, nil
	}
	dpa, err := calendar.Parse(c.DPA)
	if err != nil {
		return nil, fmt.Errorf("[assist] dpa: %w", err)
	}
	conf := llm.Config{
		Endpoint: c.Endpoint, Model: c.Model, Scope: llm.Scope(c.Scope), DPA: dpa, Azure: c.APIVersion != "", AzureVersion: c.APIVersion,
		Timeout: time.Duration(c.Timeout), Retries: 2, Reference: a.cfg.Agency.Reference, Now: a.g.now,
	}
	if c.APIKeyFile != "" {
		conf.APIKey = func() (string, error) { return a.cfg.Read(context.Background(), config.Secret{File: c.APIKeyFile}) }
	}
	e, err := llm.New(conf)
	if errors.Is(err, llm.ErrNoDPA) {
		return nil, fmt.Errorf("[assist]: %w; its date belongs into dpa", err)
	}
	if err != nil {
		return nil, fmt.Errorf("[assist]: %w", err)
	}
	return e, nil
}

// Classify asks the engine; what left the machine comes back for the record.
func (g generative) Classify(ctx context.Context, in cases.ClassifyInput, local cases.Classification, k desk.Known) (cases.Classification, cases.Transmission, error) {
	known := redact.Known{Names: k.Names, From: in.From, Addresses: k.Mails, Postal: k.Addresses, References: k.References, Other: k.IBANs}
	at := g.now()
	c, t, err := g.Engine.Classify(ctx, in, local, known)
	if strings.HasPrefix(t.Outcome, "withheld") {
		return c, cases.Transmission{}, err
	}
	return c, cases.Transmission{
		At: at.UTC(), Provider: t.Provider, Model: t.Model, Prompt: t.PromptVersion, LatencyMS: t.Latency.Milliseconds(),
		BytesOut: int(t.BytesOut), BytesIn: int(t.BytesIn), Redactions: t.Redactions, TokensIn: t.TokensIn, TokensOut: t.TokensOut, Outcome: t.Outcome,
	}, err
}

// secondEngine is the generative engine for kontor classify, which works
// without a home: "llm" needs one with a config, "auto" takes it if there.
func (g *globals) secondEngine(which string) (secondOpinion, error) {
	if which == "local" {
		return nil, nil
	}
	home, err := g.homeDir()
	if err != nil {
		return nil, err
	}
	file := g.configFile(home)
	if !exists(file) {
		if which == "llm" {
			return nil, usage("--engine llm: no endpoint is configured; %s is missing", file)
		}
		return nil, nil
	}
	cfg, err := config.Load(file)
	if err != nil {
		return nil, err
	}
	e, err := (&app{g: g, home: home, cfg: cfg}).llm()
	if err != nil {
		return nil, err
	}
	if e == nil {
		if which == "llm" {
			return nil, usage("--engine llm: [assist] endpoint is empty, or scope is none")
		}
		return nil, nil
	}
	return func(ctx context.Context, in cases.ClassifyInput, local cases.Classification) (cases.Classification, error) {
		c, _, err := e.Classify(ctx, in, local, redact.Known{From: in.From})
		return c, err
	}, nil
}
