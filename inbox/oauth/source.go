package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"kontor/cases/plain"
)

// Flow is how a program comes by a token.
type Flow string

// The flows.
const (
	// Device has a person confirm a code in a browser once (RFC 8628); after
	// that the refresh token does.
	Device Flow = "device"
	// ClientCredentials is for services that an administrator has admitted
	// (RFC 6749, 4.4).
	ClientCredentials Flow = "client_credentials"
)

// early is how long before its end a token counts as used up.
const early = 2 * time.Minute

// Provider holds the addresses and scopes of one operator.
type Provider struct {
	TokenURL  string
	DeviceURL string
	Scopes    []string // for a person's mailbox, by Device
	AppScopes []string // for a service, by ClientCredentials
}

// Microsoft returns the provider for a tenant of Microsoft 365.
func Microsoft(tenant string) (Provider, error) {
	if tenant == "" || strings.ContainsFunc(tenant, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}) {
		return Provider{}, fmt.Errorf("tenant %q: want an id or a domain", tenant)
	}
	base := "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/"
	return Provider{
		TokenURL: base + "token", DeviceURL: base + "devicecode",
		Scopes: []string{
			"https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send", "offline_access",
		},
		AppScopes: []string{"https://outlook.office365.com/.default"},
	}, nil
}

// Google returns the provider for Gmail and Google Workspace. Google has no
// client credentials for mail.
func Google() Provider {
	return Provider{
		TokenURL: "https://oauth2.googleapis.com/token", DeviceURL: "https://oauth2.googleapis.com/device/code",
		Scopes: []string{"https://mail.google.com/"},
	}
}

// Config describes a source of tokens.
type Config struct {
	Provider     Provider
	Flow         Flow
	ClientID     string
	ClientSecret string // empty for public clients
	// Load returns the refresh token that an earlier Device flow left, "" before
	// it. It is asked before each renewal, since another process may have logged
	// in or renewed meanwhile. Needed for Device.
	Load func(ctx context.Context) (string, error)
	// Keep stores a refresh token that the operator gave or replaced. It must
	// be durable when it returns: the old one may be void. Needed for Device.
	Keep   func(ctx context.Context, refreshToken string) error
	Client *http.Client // default: 30 s for a request
	Now    func() time.Time
}

// ErrLogin means that a person must go through the device flow (again).
var ErrLogin = errors.New("a person must log in at the mail operator")

// Advice returns the code of what helps against a failed login.
func Advice(err error) string {
	if errors.Is(err, ErrLogin) {
		return "log_in_at_operator"
	}
	return "check_user_and_secret"
}

// Source gives access tokens and renews them. It is safe for concurrent use;
// one renewal runs at a time.
type Source struct {
	cfg   Config
	oauth oauth2.Config

	mu    sync.Mutex
	token *oauth2.Token
}

// New checks cfg and returns its Source. It does not connect.
func New(cfg Config) (*Source, error) {
	switch {
	case cfg.ClientID == "":
		return nil, errors.New("oauth: has no client id")
	case cfg.Provider.TokenURL == "":
		return nil, errors.New("oauth: has no token address")
	case cfg.Now == nil:
		return nil, errors.New("oauth: has no clock")
	case cfg.Flow == Device && (cfg.Load == nil || cfg.Keep == nil):
		return nil, errors.New("oauth: has nowhere to keep refresh tokens")
	case cfg.Flow == ClientCredentials && (cfg.ClientSecret == "" || len(cfg.Provider.AppScopes) == 0):
		return nil, errors.New("oauth: client credentials need a client secret and an operator that offers them")
	case cfg.Flow != Device && cfg.Flow != ClientCredentials:
		return nil, fmt.Errorf("oauth: flow %q: want device or client_credentials", cfg.Flow)
	}
	if cfg.Client == nil {
		cfg.Client = &http.Client{
			Timeout: 30 * time.Second,
			// A redirect would carry secrets to an address nobody configured.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return &Source{cfg: cfg, oauth: oauth2.Config{
		ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, Scopes: cfg.Provider.Scopes,
		Endpoint: oauth2.Endpoint{TokenURL: cfg.Provider.TokenURL, DeviceAuthURL: cfg.Provider.DeviceURL},
	}}, nil
}

// Token returns an access token that is good for two more minutes at least. It
// fits the Secret of the mail clients. ErrLogin means that no refresh token is
// there or that the operator takes it no more.
func (s *Source) Token(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != nil && s.token.Expiry.Sub(s.cfg.Now()) > early {
		return s.token.AccessToken, nil
	}
	old := ""
	if s.cfg.Flow == Device {
		var err error
		if old, err = s.cfg.Load(ctx); err != nil {
			return "", fmt.Errorf("oauth: load refresh token: %w", err)
		}
	}
	token, err := s.renew(s.with(ctx), old)
	if err != nil {
		return "", clean("renew token", err)
	}
	return s.keep(ctx, token, old)
}

// Forget drops the access token, for one that a server refused before its end.
func (s *Source) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = nil
}

func (s *Source) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, s.cfg.Client)
}

func (s *Source) renew(ctx context.Context, refresh string) (*oauth2.Token, error) {
	if s.cfg.Flow == ClientCredentials {
		c := clientcredentials.Config{
			ClientID: s.cfg.ClientID, ClientSecret: s.cfg.ClientSecret,
			TokenURL: s.cfg.Provider.TokenURL, Scopes: s.cfg.Provider.AppScopes,
		}
		return c.Token(ctx)
	}
	if refresh == "" {
		return nil, ErrLogin
	}
	return s.oauth.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
}

// keep takes a new token over; a refresh token other than the old one is stored
// first.
func (s *Source) keep(ctx context.Context, token *oauth2.Token, old string) (string, error) {
	if token.Expiry.IsZero() {
		// The operator did not say: RFC 6749, 5.1 leaves it to us.
		token.Expiry = s.cfg.Now().Add(10 * time.Minute)
	}
	if r := token.RefreshToken; r != "" && r != old && s.cfg.Flow == Device {
		if err := s.cfg.Keep(ctx, r); err != nil {
			return "", fmt.Errorf("keep refresh token: %w", err)
		}
	}
	s.token = token
	return token.AccessToken, nil
}

// Prompt is what a person needs to log in.
type Prompt struct {
	Code  plain.Text // to be typed in
	URL   plain.Text // to be opened by the person, never by us
	Until time.Time
}

// LogIn runs the device flow: it calls show with the code once and waits until
// the person has confirmed it, ctx ends or the code is too old.
func (s *Source) LogIn(ctx context.Context, show func(Prompt)) error {
	switch {
	case s.cfg.Flow != Device:
		return errors.New("oauth: this source needs no person")
	case s.cfg.Provider.DeviceURL == "":
		return errors.New("oauth: the operator has no address for device logins")
	}
	ctx = s.with(ctx)
	answer, err := s.oauth.DeviceAuth(ctx)
	if err != nil {
		return clean("ask for a code", err)
	}
	show(Prompt{Code: plain.Line(answer.UserCode), URL: plain.Line(answer.VerificationURI), Until: answer.Expiry})
	token, err := s.oauth.DeviceAccessToken(ctx, answer)
	if err != nil {
		return clean("wait for the login", err)
	}
	if token.RefreshToken == "" {
		return errors.New("oauth: the operator gave no refresh token")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.keep(ctx, token, "")
	return err
}

// clean drops the operator's answer from an error: it may hold tokens. What
// remains is its code.
func clean(what string, err error) error {
	r, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		return fmt.Errorf("oauth: %s: %w", what, err)
	}
	code, _ := plain.Line(r.ErrorCode).Cut(60)
	status := 0
	if r.Response != nil {
		status = r.Response.StatusCode
	}
	switch r.ErrorCode {
	case "invalid_grant", "expired_token", "access_denied", "interaction_required":
		return fmt.Errorf("oauth: %s: %w (%s)", what, ErrLogin, code)
	}
	return fmt.Errorf("oauth: %s: the operator answered %d %s", what, status, code)
}
