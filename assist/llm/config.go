// Package llm reads mails with a generative model behind any OpenAI-compatible
// endpoint. The model is a reader without hands: it gets one redacted mail and
// answers with labels of closed lists and with quotes. What is no literal text
// of the mail is dropped, amounts and dates are read from it by code, and the
// local engine's reading stands wherever the model fails.
package llm

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"kontor/cases/calendar"
)

// Scope says which mails may leave for the endpoint.
type Scope string

// The scopes. Everything that leaves is redacted, whatever the scope.
const (
	ScopeNone     Scope = "none"     // no call at all, loopback too
	ScopeOrdinary Scope = "ordinary" // nothing sensitive, see withheld
	ScopeAll      Scope = "all"
)

// Config describes the endpoint and the limits of its use.
type Config struct {
	Endpoint string // base URL, see Base
	Model    string
	// APIKey is asked for before each request; nil means no key.
	APIKey func() (string, error)
	Scope  Scope
	// DPA is the date of the data processing agreement (Art. 28 GDPR); an
	// endpoint beyond loopback is refused without it.
	DPA calendar.Date
	// Azure makes the endpoint an Azure OpenAI resource; AzureVersion is its
	// api-version, empty for the one that knows strict schemas.
	Azure        bool
	AzureVersion string
	Timeout      time.Duration // for one mail with all its attempts; 0 is 30 s
	Retries      int           // after the first attempt, at most 5
	// MaxConcurrent bounds the mails in flight; 0 is 2, at most 16.
	MaxConcurrent int
	// Prices in cents per million tokens, for the record of costs.
	PriceIn, PriceOut int64
	// Reference is the shape of the agency's references, see slots.New.
	Reference string
	// Now is the clock of latencies; it must be set.
	Now func() time.Time
}

// Errors of New.
var (
	ErrNoDPA    = errors.New("endpoint beyond loopback without a dated data processing agreement")
	ErrInsecure = errors.New("endpoint beyond loopback without https")
)

const defaultAzureVersion = "2024-10-21"

// check completes the configuration or says what is wrong with it.
func (c *Config) check() (local bool, err error) {
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return false, errors.New("endpoint: want an http or https URL")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false, errors.New("endpoint: want a URL without user, query and fragment")
	}
	local = loopback(u.Hostname())
	switch {
	case !local && c.DPA.IsZero():
		return false, fmt.Errorf("endpoint %s: %w", u.Hostname(), ErrNoDPA)
	case !local && u.Scheme != "https":
		return false, fmt.Errorf("endpoint %s: %w", u.Hostname(), ErrInsecure)
	case c.Model == "":
		return false, errors.New("no model named")
	case c.Now == nil:
		return false, errors.New("no clock given")
	}
	if !local && c.DPA > calendar.In(c.Now(), time.UTC)+1 {
		return false, fmt.Errorf("endpoint %s: %w: it is dated ahead", u.Hostname(), ErrNoDPA)
	}
	switch c.Scope {
	case "":
		c.Scope = ScopeNone
	case ScopeNone, ScopeOrdinary, ScopeAll:
	default:
		return false, fmt.Errorf("scope %q: want none, ordinary or all", c.Scope)
	}
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	c.Retries = min(max(c.Retries, 0), 5)
	if c.MaxConcurrent <= 0 {
		c.MaxConcurrent = 2
	}
	c.MaxConcurrent = min(c.MaxConcurrent, 16)
	if c.AzureVersion == "" {
		c.AzureVersion = defaultAzureVersion
	}
	c.Endpoint = Base(c.Endpoint, c.Azure)
	return local, nil
}

// Base is the URL below which an endpoint answers: as given, without a slash at
// its end. Where only a host is given it is its /v1, under which OpenAI, Ollama,
// llama.cpp and vLLM all answer; Azure has paths of its own.
func Base(endpoint string, azure bool) string {
	endpoint = strings.TrimRight(endpoint, "/")
	if u, err := url.Parse(endpoint); err == nil && !azure && u.Path == "" {
		return endpoint + "/v1"
	}
	return endpoint
}

// loopback reports whether a host is this machine. Names other than localhost
// are not resolved: what they point at can change after the check.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
