package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
)

// maxLine bounds a line typed or piped in answer to a question, in bytes.
const maxLine = 4096

// errNoAnswer says that the input ended where an answer was wanted.
var errNoAnswer = errors.New("the input ended before the last answer")

// askPassphrase reads a passphrase from the terminal without showing it, or a
// line from a pipe.
func (g *globals) askPassphrase(ctx context.Context, prompt string) (string, error) {
	line, err := g.askHidden(ctx, prompt)
	if err != nil && !errors.Is(err, errNoAnswer) {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	if line == "" {
		return "", errors.New("no passphrase: name a file with --passphrase-file, or set passphrase_file in the config")
	}
	return line, nil
}

// askHidden asks for a secret: on a terminal, what is typed does not show.
func (g *globals) askHidden(ctx context.Context, prompt string) (string, error) {
	f, ok := g.stdin.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return g.readLine(ctx)
	}
	_, _ = fmt.Fprint(g.stderr, prompt) // a prompt that cannot be shown is no reason to fail
	before, err := term.GetState(f.Fd())
	if err != nil {
		return "", err
	}
	line, err := patiently(ctx, func() (string, error) {
		b, err := term.ReadPassword(f.Fd())
		return string(b), err
	})
	_, _ = fmt.Fprintln(g.stderr)
	if ctx.Err() != nil { // the reader still waits, with the echo off
		return "", errors.Join(err, term.Restore(f.Fd(), before))
	}
	return line, err
}

// readLine reads one line of stdin. The reader is shared, for it reads ahead.
func (g *globals) readLine(ctx context.Context) (string, error) {
	if g.lines == nil {
		g.lines = bufio.NewReaderSize(g.stdin, maxLine)
	}
	return patiently(ctx, func() (string, error) {
		b, err := g.lines.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return "", fmt.Errorf("the line is longer than %d bytes", maxLine)
		}
		line := strings.TrimRight(string(b), "\r\n")
		if errors.Is(err, io.EOF) {
			if err = nil; line == "" {
				err = errNoAnswer
			}
		}
		return line, err
	})
}

// patiently waits for a person, but not beyond the end of ctx (ctrl+c). The read
// itself cannot be stopped; it ends with the process.
func patiently(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		line string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		line, err := read()
		done <- answer{line, err}
	}()
	select {
	case a := <-done:
		return a.line, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
