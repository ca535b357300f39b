package imap_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/inbox/mailtest"
)

// scripted starts a server that gives reply before the OK of each command; a
// reply of NO or BAD is its answer; one of "…" says nothing any more, not even OK. The greeting is a command too.
func scripted(t *testing.T, reply func(command string) string) string {
	t.Helper()
	return mailtest.Talk(t, func(ctx context.Context, conn net.Conn) {
		r := bufio.NewReader(conn)
		for line, err := "* greeting", error(nil); err == nil; line, err = r.ReadString('\n') {
			tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
			answer := reply(command)
			if answer == "…" {
				<-ctx.Done()
				return
			}
			if strings.HasPrefix(answer, "NO ") || strings.HasPrefix(answer, "BAD ") {
				_, _ = fmt.Fprintf(conn, "%s %s\r\n", tag, answer) // the client sees what is missing
				continue
			}
			_, _ = fmt.Fprintf(conn, "%s%s OK done\r\n", answer, tag) // the client sees what is missing
		}
	})
}

// ordinary answers as a server with mails 1 and 2 does, without IDLE.
func ordinary(command string) string {
	switch {
	case strings.HasPrefix(command, "CAPABILITY"):
		return "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n"
	case strings.HasPrefix(command, "EXAMINE"):
		return "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 3] x\r\n"
	case strings.HasPrefix(command, "UID SEARCH"):
		return "* SEARCH 1 2\r\n"
	case strings.HasPrefix(command, "UID FETCH"):
		return good(1) + good(2)
	}
	return ""
}

// TestSilentServer lets a server fall silent at each command: every one has a
// deadline, and says what it waited for.
func TestSilentServer(t *testing.T) {
	for _, silent := range []string{"greeting", "CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH", "half a literal", "LOGOUT"} {
		t.Run(silent, func(t *testing.T) {
			t.Parallel()
			addr := scripted(t, func(command string) string {
				if strings.HasPrefix(command, silent) {
					return "…"
				}
				return ordinary(command)
			})
			if silent == "half a literal" {
				addr = startDripping(t)
			}
			cfg := config(addr)
			cfg.Timeout = 150 * time.Millisecond
			m, j := open(t, cfg), newJournal("INBOX")
			start := time.Now()
			err := j.pull(t, m)
			took := time.Since(start)
			if silent == "LOGOUT" {
				if err != nil || j.len() != 2 {
					t.Errorf("a server that does not say goodbye: %v, %d mails", err, j.len())
				}
			} else if err == nil || !strings.Contains(err.Error(), "no answer in time") {
				t.Errorf("error %v, want one that says that no answer came in time", err)
			}
			if took > 5*time.Second {
				t.Errorf("took %s with a deadline of %s", took, cfg.Timeout)
			}
		})
	}
}

// startDripping starts a server that stops in the middle of each mail.
func startDripping(t *testing.T) string {
	t.Helper()
	return mailtest.Talk(t, func(ctx context.Context, conn net.Conn) {
		_, _ = fmt.Fprint(conn, "* OK hello\r\n") // the client sees what is missing
		r := bufio.NewReader(conn)
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
			if strings.HasPrefix(command, "UID FETCH") {
				_, _ = fmt.Fprint(conn, good(1)[:120])
				<-ctx.Done()
				return
			}
			_, _ = fmt.Fprintf(conn, "%s%s OK done\r\n", ordinary(command), tag)
		}
	})
}

// TestWatchWithoutIdle polls a server that has no IDLE, and one that offers it
// and refuses.
func TestWatchWithoutIdle(t *testing.T) {
	for name, answer := range map[string]string{"none": "", "refused": "NO not here", "unknown": "BAD what", "done at once": "OK"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			noops := 0
			addr := scripted(t, func(command string) string {
				switch {
				case strings.HasPrefix(command, "CAPABILITY"):
					if answer == "" {
						return ordinary(command)
					}
					return "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE\r\n"
				case strings.HasPrefix(command, "IDLE"):
					return strings.TrimPrefix(answer, "OK")
				case strings.HasPrefix(command, "NOOP"):
					mu.Lock()
					defer mu.Unlock()
					noops++
					return fmt.Sprintf("* %d EXISTS\r\n", 2+noops)
				}
				return ordinary(command)
			})
			cfg := config(addr)
			cfg.Poll, cfg.Timeout = 20*time.Millisecond, time.Second
			m := open(t, cfg)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			woken := 0
			err := m.Watch(ctx, "INBOX", func() {
				if woken++; woken == 6 {
					cancel()
				}
			})
			mu.Lock()
			defer mu.Unlock()
			if !errors.Is(err, context.Canceled) || noops < 2 {
				t.Errorf("ended with %v after %d wakes and %d NOOPs", err, woken, noops)
			}
		})
	}
}
