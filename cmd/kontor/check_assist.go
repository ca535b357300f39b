package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"kontor/assist/llm"
	"kontor/cases"
	"kontor/cases/plain"
	"kontor/cmd/kontor/internal/config"
)

// endpointPatience bounds the check of the AI endpoint.
const endpointPatience = 10 * time.Second

// checkAssist looks whether the generative engine can be used: its config, and
// with one request that carries no mail, the endpoint and the key. Nothing is
// asked where the scope is none.
func (a *app) checkAssist(ctx context.Context) []cases.Finding {
	c := a.cfg.Assist
	if c.Endpoint == "" {
		return nil
	}
	if c.Scope == "none" {
		return []cases.Finding{{Check: "endpoint", OK: true, Detail: plain.Line("scope none: never called")}}
	}
	if _, err := a.llm(); err != nil {
		return []cases.Finding{{Check: "config", Detail: line(err), Advice: "check_endpoint"}}
	}
	ctx, cancel := context.WithTimeout(ctx, endpointPatience)
	defer cancel()
	status, err := a.askModels(ctx)
	f := cases.Finding{Check: "endpoint", Detail: plain.Line(fmt.Sprintf("%s answers %d", c.Endpoint, status)), OK: true}
	switch {
	case err != nil:
		f = cases.Finding{Check: "endpoint", Detail: line(err), Advice: "check_endpoint"}
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		f.OK, f.Advice = false, "check_api_key"
	case status >= http.StatusMultipleChoices:
		f.OK, f.Advice = false, "check_endpoint"
	}
	return []cases.Finding{f}
}

// askModels asks for the list of models. Redirects are not followed: the key is
// for this host.
func (a *app) askModels(ctx context.Context) (status int, err error) {
	c := a.cfg.Assist
	u, err := url.JoinPath(llm.Base(c.Endpoint, c.APIVersion != ""), "models")
	if err != nil {
		return 0, fmt.Errorf("[assist] endpoint: %w", err)
	}
	if c.APIVersion != "" { // Azure
		if u, err = url.JoinPath(c.Endpoint, "openai", "models"); err != nil {
			return 0, fmt.Errorf("[assist] endpoint: %w", err)
		}
		u += "?api-version=" + url.QueryEscape(c.APIVersion)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return 0, fmt.Errorf("[assist] endpoint: %w", err)
	}
	if c.APIKeyFile != "" {
		key, err := a.cfg.Read(ctx, config.Secret{File: c.APIKeyFile})
		if err != nil {
			return 0, err
		}
		req.Header.Set("Authorization", "Bearer "+key)
		if c.APIVersion != "" {
			req.Header.Set("Api-Key", key)
		}
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("ask the endpoint: %w", err)
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, errors.Join(err, resp.Body.Close())
}
