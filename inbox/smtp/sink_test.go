package smtp_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/cases"
	"kontor/inbox/smtp"

	"kontor/inbox/mailtest"
)

const (
	user     = "inkasso@agentur.example"
	password = "nur-ein-Test-7"
)

func clock() time.Time { return time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC) }

func config(addr string) smtp.Config {
	return smtp.Config{
		Address: addr, Security: "plain", Username: user, Auth: "plain",
		Secret:  func(context.Context) (string, error) { return password, nil },
		From:    cases.Address{Addr: user},
		Timeout: 10 * time.Second, DotTimeout: 10 * time.Second, Now: clock,
	}
}

func open(t testing.TB, cfg smtp.Config) *smtp.Sender {
	t.Helper()
	s, err := smtp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func dial(t testing.TB, s *smtp.Sender) *smtp.Conn {
	t.Helper()
	c, err := s.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

func ready(context.Context) error { return nil }

// accepted is a mail that the sink took over.
type accepted struct{ from, to, data string }

// sink is a scripted SMTP server. Each line of the dialogue passes through
// answer: what it returns is sent, with drop the connection is cut
// without an answer.
type sink struct {
	addr   string
	answer func(step, normal string) string

	mu    sync.Mutex
	mails []accepted
	steps []string
}

const (
	drop  = "drop"  // cut the connection instead of answering
	stall = "stall" // never answer
)

// startSink starts a sink; answer gets the step (greeting, ehlo, auth, mail,
// rcpt, data, dot, rset, quit) and the normal answer.
func startSink(t testing.TB, answer func(step, normal string) string) *sink {
	t.Helper()
	s := &sink{answer: answer}
	s.addr = mailtest.Talk(t, func(ctx context.Context, conn net.Conn) {
		s.talk(ctx, conn)
	})
	return s
}

func (s *sink) talk(ctx context.Context, conn net.Conn) {
	r := bufio.NewReader(conn)
	code := ""
	var decided func() // called when the answer is chosen, before it is sent
	reply := func(step, normal string) bool {
		s.mu.Lock()
		s.steps = append(s.steps, step)
		s.mu.Unlock()
		a := normal
		if s.answer != nil {
			a = s.answer(step, normal)
		}
		code, _, _ = strings.Cut(a, " ")
		if decided != nil {
			decided()
		}
		switch a {
		case drop:
			return false
		case stall:
			<-ctx.Done()
			return false
		}
		_, err := fmt.Fprintf(conn, "%s\r\n", strings.ReplaceAll(a, "\n", "\r\n"))
		return err == nil && !strings.HasPrefix(a, "421")
	}
	if !reply("greeting", "220 sink.example ESMTP") {
		return
	}
	var m accepted
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, arg, _ := strings.Cut(line, " ")
		var ok bool
		switch strings.ToUpper(verb) {
		case "EHLO":
			ok = reply("ehlo", "250-sink.example\n250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER\n250-ENHANCEDSTATUSCODES\n250 SIZE 60000000")
		case "AUTH":
			ok = reply("auth", "235 2.7.0 ok")
		case "MAIL":
			m = accepted{from: arg}
			ok = reply("mail", "250 2.1.0 ok")
		case "RCPT":
			m.to = arg
			ok = reply("rcpt", "250 2.1.5 ok")
		case "DATA":
			if ok = reply("data", "354 go on"); ok && code == "354" {
				data, end := readData(r)
				if !end {
					return
				}
				m.data = data
				// Taken before the client hears of it. What is cut or stalled after the
				// dot may have been taken: count it.
				decided = func() {
					if code == "250" || code == drop || code == stall {
						s.mu.Lock()
						s.mails = append(s.mails, m)
						s.mu.Unlock()
					}
				}
				ok = reply("dot", "250 2.0.0 queued as 4bXYZ")
				decided = nil
			}
		case "RSET":
			ok = reply("rset", "250 ok")
		case "QUIT":
			reply("quit", "221 bye")
			return
		default:
			ok = reply("other", "500 what?")
		}
		if !ok {
			return
		}
	}
}

// readData reads up to the final dot and undoes the doubled ones.
func readData(r *bufio.Reader) (data string, end bool) {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return b.String(), false
		}
		if line == ".\r\n" {
			return b.String(), true
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (s *sink) got() []accepted {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]accepted(nil), s.mails...)
}

// mail is a test mail with everything that SMTP could change on the way.
const mail = "From: inkasso@agentur.example\r\nTo: petra@post.example\r\nSubject: Test\r\n" +
	"Message-ID: <1@agentur.example>\r\nDate: Tue, 3 Nov 2026 09:00:00 +0000\r\n\r\nHallo\r\n.\r\n..\r\n.x\r\n\r\n  Ende \r\n"
