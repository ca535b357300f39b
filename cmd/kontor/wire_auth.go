package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/oauth"
)

// login is what a mail client needs to log in.
type login struct {
	secret  func(context.Context) (string, error) // password or access token
	refused func()                                // the server took it for wrong
}

// login makes the logins of an account. Without a token source of its own, an
// account with a token method takes its tokens where passwords come from: a
// command that prints one.
func (a *app) login(auth string, o *config.OAuth, s config.Secret, account string) (login, error) {
	if !oauth.Token(auth) || o == nil {
		return login{secret: func(ctx context.Context) (string, error) { return a.cfg.Read(ctx, s) }}, nil
	}
	src, err := a.tokens(o)
	if err != nil {
		return login{}, fmt.Errorf("oauth of %s: %w", account, err)
	}
	return login{secret: src.Token, refused: src.Forget}, nil
}

// tokens makes a token source of its config. Refresh tokens are kept in the
// file that the config names, mode 0600. Accounts that name one file share one
// source: many operators replace the refresh token at each renewal, and two
// renewals at once would void each other's.
func (a *app) tokens(o *config.OAuth) (*oauth.Source, error) {
	file := a.cfg.Path(o.TokenFile)
	if s, ok := a.sources[file]; ok && file != "" {
		return s, nil
	}
	c := oauth.Config{ClientID: o.ClientID, Now: a.g.now, Flow: oauth.Device}
	var err error
	switch o.Provider {
	case "microsoft":
		c.Provider, err = oauth.Microsoft(o.Tenant)
	case "google":
		c.Provider = oauth.Google()
	case "other":
		c.Provider = oauth.Provider{TokenURL: o.TokenURL, DeviceURL: o.DeviceURL, Scopes: o.Scopes, AppScopes: o.Scopes}
	default:
		err = fmt.Errorf("provider = %q: want microsoft, google or other", o.Provider)
	}
	if err != nil {
		return nil, err
	}
	if o.Flow == "client_credentials" {
		c.Flow = oauth.ClientCredentials
	}
	if o.ClientSecretFile != "" {
		if c.ClientSecret, err = a.cfg.Read(context.Background(), config.Secret{File: o.ClientSecretFile}); err != nil {
			return nil, err
		}
	}
	if file != "" {
		c.Load = func(context.Context) (string, error) { return loadToken(file) }
		c.Keep = func(_ context.Context, token string) error { return keepToken(file, token) }
	}
	s, err := oauth.New(c)
	if err != nil || file == "" {
		return s, err
	}
	if a.sources == nil {
		a.sources = map[string]*oauth.Source{}
	}
	a.sources[file] = s
	return s, nil
}

// maxToken bounds a token file in bytes; real tokens have some 2 kB.
const maxToken = 64 << 10

// loadToken reads a refresh token; "" where nobody has logged in yet.
func loadToken(file string) (string, error) {
	st, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case st.Size() > maxToken:
		return "", fmt.Errorf("%s: longer than %d bytes", file, maxToken)
	}
	b, err := os.ReadFile(file)
	return strings.TrimSpace(string(b)), err
}

// keepToken replaces the token file durably: the old token may be void.
func keepToken(file, token string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), ".token-*")
	if err != nil {
		return fmt.Errorf("keep the refresh token: %w", err)
	}
	_, err = f.WriteString(token + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("keep the refresh token: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return syncDir(filepath.Dir(file))
}

// syncDir makes a rename in dir durable, where the system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keep the refresh token: %w", err)
	}
	_ = d.Sync() // Windows cannot; the rename stands without it
	return d.Close()
}
