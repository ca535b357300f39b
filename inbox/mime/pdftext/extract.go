package pdftext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// Extract runs exe with args, which must end in Child, gives it the PDF file
// and returns its text, at most 64 KiB. The child has ten seconds, an empty
// environment and no way to ask for anything. The error is ErrEncrypted,
// ErrNoText, ErrTooLarge, ErrFailed or the context's.
func Extract(ctx context.Context, exe string, args []string, data []byte) (string, error) {
	if len(data) > maxInput {
		return "", ErrTooLarge
	}
	limited, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	cmd := exec.CommandContext(limited, exe, args...) //nolint:gosec // our own binary, named by the caller
	cmd.Env = []string{"GOTRACEBACK=none"}
	cmd.Stdin = bytes.NewReader(data)
	out := &limitedBuffer{left: maxOutput}
	cmd.Stdout = out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if cerr := ctx.Err(); cerr != nil {
		return "", fmt.Errorf("read pdf: %w", cerr)
	}
	if err == nil {
		return out.String(), nil
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		switch exit.ExitCode() {
		case exitEncrypted:
			return "", ErrEncrypted
		case exitNoText:
			return "", ErrNoText
		case exitTooLarge:
			return "", ErrTooLarge
		}
	}
	return "", ErrFailed
}

// limitedBuffer keeps the first bytes and drops the rest.
type limitedBuffer struct {
	bytes.Buffer
	left int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	n := min(len(p), b.left)
	b.left -= n
	_, _ = b.Buffer.Write(p[:n]) // a bytes.Buffer does not fail
	return len(p), nil
}
