package imap_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"kontor/inbox/mailtest"
)

// startHostile starts a scripted IMAP server with mails 1 to 6; answer gives
// the bytes for one mail of a FETCH and whether the connection ends there, or
// a tagged refusal starting with "NO".
func startHostile(t *testing.T, answer func(uid int) (string, bool)) string {
	t.Helper()
	return mailtest.Talk(t, func(_ context.Context, conn net.Conn) {
		hostileTalk(conn, answer)
	})
}

func hostileTalk(conn net.Conn, answer func(uid int) (string, bool)) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", args...) } // the client sees what is missing
	say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello")
	r := bufio.NewReader(conn)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		tag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.HasPrefix(rest, "CAPABILITY"):
			say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN")
		case strings.HasPrefix(rest, "EXAMINE"):
			say("* 6 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 7] x")
		case strings.HasPrefix(rest, "UID SEARCH"):
			say("* SEARCH 1 2 3 4 5 6")
		case strings.HasPrefix(rest, "UID FETCH"):
			var from, to int
			if n, _ := fmt.Sscanf(rest, "UID FETCH %d:%d", &from, &to); n < 2 {
				to = from
			}
			refused := ""
			for uid := from; uid <= to; uid++ {
				text, end := answer(uid)
				if strings.HasPrefix(text, "NO") {
					refused = text
					continue
				}
				_, _ = fmt.Fprint(conn, text) // the client sees what is missing
				if end {
					return
				}
			}
			if refused != "" {
				say("%s %s", tag, refused)
				continue
			}
		}
		say("%s OK done", tag)
	}
}

func good(uid int) string {
	raw := string(letter(uid, 300))
	return fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE \"03-Nov-2026 09:00:00 +0000\" BODY[]<0> {%d}\r\n%s)\r\n", uid, uid, len(raw), len(raw), raw)
}

// TestOneBadMailHoldsNothingUp lets a server fail at its third mail in many
// ways: the others arrive, and the third is seen, not dropped.
func TestOneBadMailHoldsNothingUp(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		end  bool
		lost bool // looks like a broken network: takes more rounds
		fine bool // is no failure after all
	}{
		"refused":          {text: "NO [SERVERBUG] cannot \x1b]0;read\x07 it"},
		"no body":          {text: "* 3 FETCH (UID 3 FLAGS ())\r\n"},
		"nothing":          {text: ""},
		"garbage":          {text: "* 3 FETCH (UID 3 BODY[]<0> \x01\x02\r\n"},
		"huge literal":     {text: "* 3 FETCH (UID 3 BODY[]<0> {9999999999}\r\nabc"},
		"short literal":    {text: "* 3 FETCH (UID 3 BODY[]<0> {3}\r\nabcdefgh)\r\n"},
		"cut in literal":   {text: "* 3 FETCH (UID 3 BODY[]<0> {300}\r\nabc", end: true, lost: true},
		"bye":              {text: "* BYE going\r\n", end: true, lost: true},
		"flags come first": {text: "* 3 FETCH (UID 3 FLAGS (\\Seen))\r\n" + good(3)},
		"twice":            {text: good(3) + good(3), fine: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr := startHostile(t, func(uid int) (string, bool) {
				if uid == 3 {
					return tc.text, tc.end
				}
				return good(uid), false
			})
			cfg := config(addr)
			cfg.Timeout = 2 * time.Second
			m, j := open(t, cfg), newJournal("INBOX")
			j.until(t, func() error { return j.pull(t, m) }, 8)
			want := [][]byte{letter(1, 300), letter(2, 300), letter(4, 300), letter(5, 300), letter(6, 300)}
			if tc.fine {
				want = append(want, letter(3, 300))
			}
			j.holds(t, want)
			if tc.fine {
				return
			}
			if len(j.bad) != 1 || j.bad[0].Place.UID != 3 || len(j.bad[0].Raw) != 0 {
				t.Fatalf("unreadable: %+v, want the third mail alone", j.bad)
			}
			if s := j.bad[0].Unreadable.String(); strings.ContainsAny(s, "\x1b\x07\x01") {
				t.Errorf("server text got through: %q", s)
			}
			if j.cur.LastUID != 6 {
				t.Errorf("cursor stands at %d, want 6", j.cur.LastUID)
			}
		})
	}
}
