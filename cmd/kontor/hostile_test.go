package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"kontor/cmd/kontor/internal/demo"
)

// attacks are what a mail must not get to the terminal with: each carries the
// word PWNED, so that the test sees that the rest of it was shown.
func attacks() []string {
	out := []string{
		"\x1b]0;PWNED\x07", "\x1b]52;c;UFdORUQ=\x07PWNED", "\x1b]8;;https://evil.example.net\x1b\\PWNED\x1b]8;;\x1b\\", "\x1b]1337;File=:AAAA\x07PWNED", // OSC
		"\x1bP+q544e\x1b\\PWNED", "\x1b_Gf=24;AAAA\x1b\\PWNED", "\x1b^PWNED\x1b\\", "\x1bXPWNED\x1b\\", // DCS, APC, PM, SOS
		"\x1b[2JPWNED", "\x1b[31mPWNED\x1b[8m", "\x1b[6nPWNED", "\x1b[?1049lPWNED", "\x1b[21tPWNED", "\x1bcPWNED", "\x1b#8PWNED", // CSI and others
		"\u202ePWNED\u202c", "\u2066PWNED\u2069", "\u200fPWNED", "\u061cPWNED", // bidi
		"\U000e0050\U000e0057PWNED\U000e007f", "P\u200bW\u200cN\u2060E\ufeffD PWNED", "\u00adPWNED", // tags, zero width
		"PWNED" + strings.Repeat("\u0301", 3000), "PWNED" + strings.Repeat("\U0001f469\u200d", 500), // overlong graphemes
		"\U0010fffdPWNED", "\uffffPWNED", "\u2028PWNED\u2029",
	}
	for c := range rune(0x20) {
		if c != '\n' && c != '\r' {
			out = append(out, "PW"+string(c)+"NED PWNED")
		}
	}
	for c := rune(0x7f); c < 0xa0; c++ {
		out = append(out, "PW"+string(c)+"NED PWNED")
	}
	return append(out, "PWNED\x80\x9b31m\xff")
}

// hostileMail carries one attack through name, subject, body and the name of an
// attachment.
func hostileMail(i int, attack string) []byte {
	word := func(s string) string {
		return "=?utf-8?b?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s <mallory-%d@example.net>\r\nTo: %s\r\nSubject: %s\r\n", word("Mallory "+attack), i, demo.Inbox, word(fmt.Sprintf("Nr%02d %s", i, attack)))
	fmt.Fprintf(&b, "Message-ID: <hostile-%d@example.net>\r\nDate: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", i, time.Now().Format(time.RFC1123Z))
	fmt.Fprintf(&b, "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n", base64.StdEncoding.EncodeToString([]byte("Guten Tag, "+attack+" ich zahle nicht.\n")))
	name := mime.BEncoding.Encode("utf-8", "Beleg "+attack+".txt")
	fmt.Fprintf(&b, "--b\r\nContent-Type: application/octet-stream; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n", strings.ReplaceAll(name, "\r\n", ""), strings.ReplaceAll(name, "\r\n", ""))
	return b.Bytes()
}

// foreign returns what in the bytes written to a terminal the program does not
// own: sequences that are not on the list, controls, and runes that deceive.
func foreign(b []byte) []string {
	var bad []string
	for len(b) > 0 {
		n, ok := token(b)
		if !ok {
			bad = append(bad, fmt.Sprintf("%q", b[:min(len(b), max(n, 1)+12)]))
		}
		b = b[max(n, 1):]
	}
	return bad
}

// token measures one sequence or rune at the start of b and says whether the
// program may write it.
func token(b []byte) (n int, ok bool) {
	if b[0] != 0x1b {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1, r < 0x20 && !strings.ContainsRune("\r\n\t\b", r), r >= 0x7f && r < 0xa0:
			return size, false
		case r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0x200b, r == 0x200e, r == 0x200f, r == 0x061c, r == 0xfeff,
			r == 0xad, r == 0x2028, r == 0x2029, r >= 0xe0000 && r <= 0xe0fff, r >= 0xe000 && r <= 0xf8ff, r >= 0xf0000:
			return size, false
		}
		return size, true
	}
	if len(b) < 2 {
		return 1, true // cut by the end of the recording
	}
	switch b[1] {
	case '[':
		return csi(b)
	case ']', 'P', '_', '^', 'X':
		end := bytes.IndexAny(b[2:], "\x07\x1b")
		if end < 0 {
			return len(b), true
		}
		n = 2 + end + 1
		if b[n-1] == 0x1b {
			n++
		}
		body := string(b[2 : 2+end])
		return n, b[1] == ']' && ownOSC(body) || b[1] == 'P' && strings.HasPrefix(body, "+q") // what the terminal is asked at the start
	case '7', '8', '=', '>', 'M', 'H', '(':
		return 2, b[1] != '(' || len(b) < 3 || b[2] == 'B'
	}
	return 2, false
}

// ownOSC lists the program's own: its title, and questions for colours.
func ownOSC(body string) bool {
	for _, own := range []string{"0;Kontor", "2;Kontor", "0;", "2;", "10;?", "11;?", "12;?"} {
		if body == own {
			return true
		}
	}
	return body == "110" || body == "111" || body == "112"
}

// csi measures a control sequence. Ours draw, move, scroll, set modes and ask
// for them; none prints, reports a title or moves the window.
func csi(b []byte) (n int, ok bool) {
	for n = 2; n < len(b); n++ {
		if b[n] >= 0x40 && b[n] <= 0x7e {
			return n + 1, strings.IndexByte("ABCDEFGHIJKLMPSTWXZ@`abdefghlmnpqrsu", b[n]) >= 0
		}
		if b[n] < 0x20 || b[n] > 0x7e {
			return n, false
		}
	}
	return n, true
}

func (s *screen) written() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.raw.Bytes())
}

// demoServers starts the servers of a demo home in this process, ended with the
// test.
func demoServers(t *testing.T, home string) *demo.Servers {
	t.Helper()
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	srv, err := demo.Start(context.WithoutCancel(t.Context()), a.cfg.Demo.IMAP, a.cfg.Demo.SMTP, filepath.Join(home, "demo"), 5)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() }) // the test is over
	return srv
}

// TestHostileMail pulls every attack from a real server, walks over all of the
// mails, and looks at each byte that reached the terminal.
func TestHostileMail(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, 5, 0); err != nil {
		t.Fatal(err)
	}
	srv := demoServers(t, home)
	list := attacks()
	for i, attack := range list {
		if err := srv.Deliver(hostileMail(i, attack), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	// The allow-list itself tells what is ours from what is not.
	for _, attack := range list[:15] {
		if got := foreign([]byte(attack)); len(got) == 0 && !strings.HasPrefix(attack, "\x1b[") && !strings.HasPrefix(attack, "\x1bP+q") {
			t.Errorf("%q passes the list", attack)
		}
	}

	s := start(t, 120, 40, "--home", home)
	s.keys("r") // pull now; the store also pulls by itself
	s.keys("3")
	s.see("Mallory")
	s.see("PW")
	s.keys("g\r")
	s.see("ganze Mail")
	seen := map[int]bool{}
	look := func() {
		v := s.text()
		for i := range list {
			if strings.Contains(v, fmt.Sprintf("Nr%02d", i)) {
				seen[i] = true
			}
		}
	}
	deadline := time.Now().Add(60 * time.Second)
	for len(seen) < len(list) && time.Now().Before(deadline) {
		s.keys("v") // whole, then with its attachments
		time.Sleep(40 * time.Millisecond)
		s.keys("V")
		time.Sleep(40 * time.Millisecond)
		look()
		s.keys("\x1b")
		time.Sleep(80 * time.Millisecond)
		look()
		if !strings.Contains(s.text(), "Betreff") { // esc went to the list
			s.keys("\r")
			s.see("Betreff")
			look()
		}
		s.keys("J")
		time.Sleep(80 * time.Millisecond)
		look()
	}
	if len(seen) < len(list) {
		t.Errorf("%d of %d mails were on the screen:\n%s", len(seen), len(list), s.text())
	}
	raw := s.written()
	if !bytes.Contains(raw, []byte("PWNED")) {
		t.Error("no attack was shown at all")
	}
	if bad := foreign(raw); len(bad) > 0 {
		t.Errorf("%d foreign sequences in %d bytes, the first: %v", len(bad), len(raw), bad[:min(len(bad), 10)])
	}

	// The commands for people write to a terminal too.
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-s.done
	for _, args := range [][]string{{"messages"}, {"queue"}, {"messages", "--unassigned"}} {
		c := start(t, 200, 50, append([]string{"--home", home}, args...)...)
		<-c.done
		if bad := foreign(c.written()); len(bad) > 0 {
			t.Errorf("kontor %v: %v", args, bad[:min(len(bad), 10)])
		}
		if len(c.written()) < 500 {
			t.Errorf("kontor %v shows nothing", args)
		}
	}
}

// TestHostileServer lets a mail server answer with every attack: neither the
// commands nor the screen pass it on.
func TestHostileServer(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, 5, 0); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	var words strings.Builder
	for _, attack := range attacks() {
		words.WriteString(strings.NewReplacer("\r", "", "\n", "").Replace(attack[:min(len(attack), 20)]))
	}
	for addr, greeting := range map[string]string{
		a.cfg.Demo.IMAP: "* BYE " + words.String() + "\r\n",
		a.cfg.Demo.SMTP: "554 " + words.String()[:400] + "\r\n",
	} {
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		wg.Go(func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				_, _ = io.WriteString(c, greeting) // who has gone needs no greeting
				_ = c.Close()
			}
		})
		defer wg.Wait()
		defer func() { _ = l.Close() }()
	}
	for _, args := range [][]string{{"pull"}, {"doctor"}, {"--json", "doctor"}} {
		c := start(t, 200, 50, append([]string{"--home", home}, args...)...)
		<-c.done
		raw := c.written()
		if bad := foreign(raw); len(bad) > 0 {
			t.Errorf("kontor %v: %v", args, bad[:min(len(bad), 10)])
		}
		if !bytes.Contains(raw, []byte("PWNED")) {
			t.Logf("kontor %v does not pass on the server's words: %q", args, raw)
		}
	}
	s := start(t, 120, 40, "--home", home)
	s.see("Post getrennt")
	s.keys("r")
	s.wait("an answer to r", func(v string) bool { return strings.Contains(v, "erreich") || strings.Contains(v, "getrennt") })
	if bad := foreign(s.written()); len(bad) > 0 {
		t.Errorf("the screen: %v", bad[:min(len(bad), 10)])
	}
}
