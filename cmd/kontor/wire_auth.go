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

// secret returns the function that fetches a password, or an access token, for
// each login.
func (a *app) secret(auth string, o *config.OAuth, s config.Secret, account string) (func(context.Context) (string, error), error) {
	if auth != "xoauth2" && auth != "oauthbearer" || o == nil {
		return func(ctx context.Context) (string, error) { return a.cfg.Read(ctx, s) }, nil
	}
	src, err := a.tokens(o)
	if err != nil {
		return nil, fmt.Errorf("oauth of %s: %w", account, err)
	}
	return src.Token, nil
}

// tokens makes a token source of its config. Refresh tokens are kept in the
// file that the config names, mode 0600.
func (a *app) tokens(o *config.OAuth) (*oauth.Source, error) {
	c := oauth.Config{ClientID: o.ClientID, Now: a.g.now, Flow: oauth.Flow(o.Flow)}
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
	if o.ClientSecretFile != "" {
		if c.ClientSecret, err = a.cfg.Read(context.Background(), config.Secret{File: o.ClientSecretFile}); err != nil {
			return nil, err
		}
	}
	if o.TokenFile != "" {
		file := a.cfg.Path(o.TokenFile)
		b, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read the refresh token: %w", err)
		}
		c.RefreshToken = strings.TrimSpace(string(b))
		c.Keep = func(_ context.Context, token string) error { return keepToken(file, token) }
	}
	return oauth.New(c)
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
	return nil
}
