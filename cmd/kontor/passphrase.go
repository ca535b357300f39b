package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
)

// maxPassphrase bounds a typed passphrase, in bytes.
const maxPassphrase = 1024

// askPassphrase reads a passphrase from the terminal without showing it, or a
// line from a pipe.
func (g *globals) askPassphrase(prompt string) (string, error) {
	if f, ok := g.stdin.(*os.File); ok && term.IsTerminal(f.Fd()) {
		_, _ = fmt.Fprint(g.stderr, prompt) // a prompt that cannot be shown is no reason to fail
		b, err := term.ReadPassword(f.Fd())
		_, _ = fmt.Fprintln(g.stderr)
		if err != nil {
			return "", fmt.Errorf("read the passphrase: %w", err)
		}
		return string(b), nil
	}
	line, err := bufio.NewReader(io.LimitReader(g.stdin, maxPassphrase)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.New("no passphrase: name a file with --passphrase-file, or set passphrase_file in the config")
	}
	return line, nil
}
