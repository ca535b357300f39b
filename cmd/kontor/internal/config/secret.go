package config

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// Secret says where a secret is to be found.
type Secret struct {
	File    string
	Command string
	Keyring bool
	// Account is the name in the keyring.
	Account string
}

// Passphrase returns where the passphrase comes from; the zero Secret means
// that a person types it.
func (c *Config) Passphrase() Secret {
	return Secret{File: c.PassphraseFile, Command: c.PassphraseCommand, Keyring: c.Keyring, Account: "passphrase"}
}

// Read fetches a secret. Errors name the source, never the secret.
func (c *Config) Read(ctx context.Context, s Secret) (string, error) {
	switch {
	case s.File != "":
		b, err := readBounded(c.Path(s.File))
		if err != nil {
			return "", fmt.Errorf("read secret file: %w", err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	case s.Command != "":
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		out, err := exec.CommandContext(ctx, "sh", "-c", s.Command).Output() //nolint:gosec // the config's owner wrote the command
		if err != nil {
			// Its arguments may name what nobody should read in a log.
			name, _, _ := strings.Cut(strings.TrimSpace(s.Command), " ")
			return "", fmt.Errorf("secret command %q: %w", name, err)
		}
		line, _, _ := strings.Cut(string(out), "\n")
		return strings.TrimRight(line, "\r"), nil
	case s.Keyring:
		v, err := keyring.Get("kontor", s.Account)
		if err != nil {
			return "", fmt.Errorf("keyring entry kontor/%s: %w", s.Account, err)
		}
		return v, nil
	}
	return "", fmt.Errorf("no source is configured for the secret of %s", s.Account)
}

// Secret returns where the mailbox's password comes from.
func (m *Mailbox) Secret() Secret {
	return Secret{File: m.PasswordFile, Command: m.PasswordCommand, Keyring: m.Keyring, Account: "imap/" + m.Name}
}

// Secret returns where the server's password comes from.
func (s *SMTP) Secret(box string) Secret {
	return Secret{File: s.PasswordFile, Command: s.PasswordCommand, Keyring: s.Keyring, Account: "smtp/" + box}
}
