package mime

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/inbox/mime/pdftext"
)

func TestReadEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(Options{}).Read(ctx, letter(true)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

func TestAuthResults(t *testing.T) {
	const ours = "Authentication-Results: mx.example.org; spf=pass (ok) smtp.mailfrom=a@mail.example.net; dkim=pass header.d=Example.NET header.s=x; dmarc=fail reason=\"a;b\" header.from=example.net\r\n"
	const forged = "Authentication-Results: mx.example.org; dmarc=pass header.from=bank.example\r\n"
	const hop = "Received: from x by mx.example.org; Mon, 5 Jan 2026 09:00:00 +0100\r\n"
	const foreign = "Received: from y by mail.example.net; Mon, 5 Jan 2026 09:00:00 +0100\r\n"
	real := []string{"spf=pass mail.example.net", "dkim=pass example.net", "dmarc=fail example.net"}
	for _, c := range []struct {
		name, head string
		ids        []string
		want       []string
	}{
		{"ours on top", ours + hop, []string{"mx.example.org"}, real},
		{"under our own hop", hop + ours + foreign, []string{"MX.example.org"}, real},
		{"forged below ours", ours + hop + forged, []string{"mx.example.org"}, real},
		{"forged below a foreign hop", hop + foreign + forged, []string{"mx.example.org"}, nil},
		{"two runs", ours + "X-Spam: no\r\n" + forged, []string{"mx.example.org"}, real},
		{"no id configured", ours, nil, nil},
		{"another server's", forged, []string{"mx.other.example"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(Options{AuthServIDs: c.ids}).Read(t.Context(), []byte(c.head+"From: a@example.net\r\nSubject: x\r\n\r\nx\r\n"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range m.Auth {
				got = append(got, r.Method+"="+r.Result+" "+r.Domain)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSaveAttachment(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.txt")); err != nil {
		t.Skip("no symbolic links here")
	}
	for _, c := range []struct{ name, want string }{
		{"Beleg.pdf", "Beleg.pdf"},
		{"Beleg.pdf", "Beleg (2).pdf"},
		{"../../x.txt", "x.txt"},
		{`C:\temp\y.txt`, "y.txt"},
		{"/etc/passwd", "passwd"},
		{"CON", "_CON"},
		{"lpt1.tar.gz", "_lpt1.tar.gz"},
		{"COM¹.txt", "_COM¹.txt"},
		{"a<b>:c?.txt", "a_b__c_.txt"},
		{"ende. . ", "ende"},
		{"..", "attachment"},
		{".bashrc", "_bashrc"},
		{"a\x00b\n.txt", "a_b .txt"},
		{"", "attachment (2)"},
		{"link.txt", "link (2).txt"},
		{"-rf", "_-rf"},
	} {
		path, err := SaveAttachment(dir, c.name, []byte("data"))
		if err != nil {
			t.Errorf("%q: %v", c.name, err)
			continue
		}
		if path != filepath.Join(dir, c.want) {
			t.Errorf("%q saved as %q, want %q", c.name, filepath.Base(path), c.want)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%q: mode %v, %v", c.name, info, err)
		}
	}
	if b, err := os.ReadFile(outside); err != nil || string(b) != "keep" {
		t.Errorf("file outside now holds %q, %v", b, err)
	}
	if long, err := SaveAttachment(dir, strings.Repeat("ü", 500)+".pdf", nil); err != nil || !strings.HasSuffix(long, ".pdf") || len(filepath.Base(long)) > 160 {
		t.Errorf("long name: %q, %v", long, err)
	}
}

func TestPDFAttachment(t *testing.T) {
	raw := []byte("From: a@example.net\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n--b\r\n" +
		"Content-Type: application/pdf; name=\"Beleg.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("%PDF-")) + "\r\n--b--\r\n")
	for _, c := range []struct {
		name         string
		pdf          func(context.Context, []byte) (string, error)
		text, unread string
	}{
		{"none", nil, "", "not_tried"},
		{"text", func(_ context.Context, b []byte) (string, error) { return string(b) + "\x1b[31m", nil }, "%PDF-\ufffd[31m", ""},
		{"scan", func(context.Context, []byte) (string, error) { return " \n", nil }, "", "scan"},
		{"encrypted", func(context.Context, []byte) (string, error) { return "", fmt.Errorf("x: %w", pdftext.ErrEncrypted) }, "", "encrypted"},
		{"failed", func(context.Context, []byte) (string, error) { return "", errors.New("x") }, "", "failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(Options{PDF: c.pdf}).Read(t.Context(), raw)
			if err != nil || len(m.Attachments) != 1 {
				t.Fatalf("%v, attachments %v", err, m.Attachments)
			}
			if a := m.Attachments[0]; a.Text.String() != c.text || a.Unread != c.unread {
				t.Errorf("text %q, unread %q", a.Text, a.Unread)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	raw := append([]byte("From: a@example.net\r\nSubject: x\r\n\r\nHallo.\r\n"), bytes.Repeat([]byte("x"), 5000)...)
	m, err := New(Options{MaxBytes: 1000}).Read(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject.String() != "x" || !strings.HasPrefix(m.Text.String(), "Hallo.") || len(m.Text.String()) > 1000 {
		t.Errorf("subject %q, %d bytes of text", m.Subject, len(m.Text.String()))
	}
	if len(m.Warnings) == 0 || m.Warnings[0].Code != warnTooLarge {
		t.Errorf("warnings %v", m.Warnings)
	}
}

// TestBombs reads mails made to cost time or memory, each within a second of
// processor time and the bounds of the result.
func TestBombs(t *testing.T) {
	const head = "From: a@example.net\r\nSubject: x\r\n"
	rep := strings.Repeat
	for name, raw := range map[string]string{
		"addresses":      "From: a@example.net\r\nSubject: x\r\nTo: " + rep("a,:;\"<(", 9000) + "\r\n\r\nx",
		"comments":       "From: " + rep("(", 60000) + "\r\n\r\nx",
		"encoded words":  "From: a@example.net\r\nSubject: " + rep("=?utf-8?Q?=", 9000) + "\r\n\r\nx",
		"references":     head + "References: " + rep("<a@b> ", 100000) + "\r\n\r\nx",
		"params":         head + "Content-Type: text/plain;" + rep(" a*0*=x;", 50000) + "\r\n\r\nx",
		"attributions":   head + "\r\n" + rep("Am 1 schrieb:\r\n", 100000),
		"header blocks":  head + "\r\n" + rep("Von: a\r\n\r\n", 100000),
		"rules":          head + "\r\nx\r\n" + rep("-----\r\n", 200000),
		"signatures":     head + "\r\nx\r\n" + rep("--\r\nx\r\n", 100000),
		"blank":          head + "\r\n" + rep("-----Original Message-----\r\n\r\n\r\n\r\n", 50000),
		"boundaries":     head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + rep("--bb\r\n--b\r\n", 200000),
		"nested rfc822":  head + rep("Content-Type: message/rfc822\r\n\r\n", 2000) + "x",
		"same boundary":  head + rep("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 2000) + "\r\nx",
		"html open":      head + "Content-Type: text/html\r\n\r\n" + rep("<div><a href=x><b>", 60000),
		"html close":     head + "Content-Type: text/html\r\n\r\n" + rep("<div>", 300) + rep("</x></p></td>", 60000),
		"html table":     head + "Content-Type: text/html\r\n\r\n" + rep("<table><tr><td>x", 60000),
		"html quote":     head + "Content-Type: text/html\r\n\r\n" + rep("<blockquote>x", 60000),
		"html style":     head + "Content-Type: text/html\r\n\r\n<style>" + rep("a{b:c}", 60000) + "</style>" + rep("<p style='"+rep("a:b;", 100)+"'>x", 2000),
		"html attribute": head + "Content-Type: text/html\r\n\r\n<a " + rep("x=y ", 500000) + ">x",
		"quoted soft":    head + "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + rep("=     ", 300000),
		"blanks":         head + "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + rep(" ", 3000000) + "x",
		"utf-7":          head + "Content-Type: text/plain; charset=utf-7\r\n\r\n" + rep("+AGE", 300000),
		"combining":      head + "\r\na" + rep("\u0301", 500000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			m, err := New(Options{}).Read(t.Context(), []byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d > maxTime+2*time.Second { // the hard stop of one mail; machines under test are slow
				t.Errorf("took %v", d)
			}
			checkClean(t, m)
		})
	}
}

func TestMemory(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef0123456789abcdef0123456789abcdef\r\n"), 200000)
	raw := []byte("From: a@example.net\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	raw = append(append(raw, data...), "\r\n--b--\r\n"...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := New(Options{}).Read(t.Context(), raw)
	runtime.ReadMemStats(&after)
	if err != nil || len(m.Attachments) != 1 || m.Attachments[0].Size < 5<<20 {
		t.Fatalf("%v, %v", err, m.Attachments)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("%d MB allocated for a mail of %d MB", used>>20, len(raw)>>20)
	}
}

func TestLenientReaders(t *testing.T) {
	raw := letter(true)
	for name, read := range map[string]func(context.Context, []byte) []part{"enmime": enmimeParts, "go-message": messageParts} {
		parts := read(t.Context(), raw)
		if len(parts) != 2 || !strings.Contains(string(parts[0].body), "Tim Keßler") || parts[1].typ.value != "text/html" {
			t.Errorf("%s: %d parts", name, len(parts))
		}
	}
}

func FuzzRead(f *testing.F) {
	for name := range corpus(f) {
		if raw := corpusMail(f, name); len(raw) < 4096 {
			f.Add(raw)
		}
	}
	r := New(Options{AuthServIDs: []string{"mx.example.org"}})
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := r.Read(t.Context(), raw)
		if err != nil {
			t.Fatal(err)
		}
		checkClean(t, m)
		if m.Kind == "" || (m.Kind == cases.KindBounce) != (m.Bounce != nil) {
			t.Errorf("kind %q, bounce %v", m.Kind, m.Bounce)
		}
		for _, a := range m.Attachments {
			if _, _, _, err := r.Attachment(raw, a.Index); err != nil {
				t.Errorf("attachment %d: %v", a.Index, err)
			}
		}
	})
}

func FuzzOwnText(f *testing.F) {
	f.Add("Hallo\n\nAm 03.01.2026 um 12:34 schrieb N <a@b>:\n> x\n")
	f.Add("x\n-- \ny\nVon: a\nGesendet: b\nAn: c\n")
	f.Fuzz(func(t *testing.T, s string) {
		own := OwnText(s)
		lines := map[string]bool{"": true}
		for l := range strings.SplitSeq(s, "\n") {
			lines[strings.TrimRight(l, " \t")] = true
		}
		for l := range strings.SplitSeq(own, "\n") {
			// An attribution on the same line is cut off.
			if !lines[l] && !strings.Contains(s, l) {
				t.Errorf("line %q is not of the text", l)
			}
		}
		if OwnText(own) == "" && own != "" && !strings.Contains(own, ":") && !strings.Contains(own, "-") {
			t.Errorf("own text %q has no own text", own)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add("<p>x<blockquote>y</blockquote><ul><li>z")
	f.Add(`<div style="display:none">x</div><a href="http://x">y</a><table><tr><td>1<td>2`)
	f.Fuzz(func(t *testing.T, s string) {
		var w warnings
		d := readHTML(s, &w)
		if len(d.text) > 4*len(s)+maxText {
			t.Errorf("%d bytes of text from %d", len(d.text), len(s))
		}
		_ = d.own()
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("=?utf-8?Q?a=C3?= =?utf-8?Q?=A4?=")
	f.Add(`"Meier, Anna" <a@b.example>, x (y) <c@d.example>;`)
	f.Fuzz(func(t *testing.T, s string) {
		if got := tidy(headerText(s)); strings.ContainsAny(got, "\r\n") && !strings.ContainsAny(s, "\r\n") {
			t.Errorf("line break from %q", s)
		}
		for _, a := range addresses(s) {
			if len(a.Addr) > 254 || strings.ContainsAny(a.Addr, " \r\n<>") || len(a.Name.String()) > maxName {
				t.Errorf("address %+v", a)
			}
		}
		for _, id := range messageIDs(s) {
			if len(id) > maxIDBytes || strings.ContainsAny(id, "\r\n <>") {
				t.Errorf("id %q", id)
			}
		}
		parseMedia(s)
		parseDate(s)
		parseAuth(s)
	})
}
