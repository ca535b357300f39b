package compose_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	stdmime "mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/inbox/compose"
	"kontor/inbox/mime"
)

func letter() cases.Letter {
	return cases.Letter{
		MessageID: "7f3a.1@agentur.example",
		Date:      time.Date(2026, 11, 3, 14, 5, 6, 0, time.FixedZone("CET", 3600)),
		From:      cases.Address{Name: plain.Line("Müller & Söhne Inkasso GmbH"), Addr: "inkasso@agentur.example"},
		To:        cases.Address{Name: plain.Line("Żaneta Özdemir"), Addr: "zaneta@post.example"},
		Subject:   "Ihr Vorschlag zur Ratenzahlung, Aktenzeichen K-2026-00017 – Prüfung abgeschlossen",
		Text: "Sehr geehrte Frau Özdemir,\n\nwir bieten Ihnen 12 Raten zu je 50,00 € an.\n.\n..zwei Punkte\nFrom hier\n" +
			"Hauptforderung     480,00 €\n  Kosten            20,00 €  \n\n\n<b>& \"so\"</b> = 100 % \n\n-- \nMüller & Söhne",
		InReplyTo:  "m17@post.example",
		References: []string{"m1@post.example", "m17@post.example"},
		Boundary:   "saat",
		Lang:       "de",
	}
}

func TestBuildSaysWhatTheLetterSays(t *testing.T) {
	files := []cases.LetterFile{
		{Name: "Zahlplan (K-2026-00017).pdf", MediaType: "application/pdf", Data: bytes.Repeat([]byte("%PDF\x00\xff\r\n.\n"), 400)},
		{Name: "Konto.csv", MediaType: "text/csv", Data: []byte("a;b\r\n")},
	}
	for name, change := range map[string]func(*cases.Letter){
		"plain":     func(*cases.Letter) {},
		"files":     func(l *cases.Letter) { l.Files = files },
		"reply-to":  func(l *cases.Letter) { l.ReplyTo = cases.Address{Addr: "antwort@agentur.example"} },
		"no thread": func(l *cases.Letter) { l.InReplyTo, l.References = "", nil },
		"no name":   func(l *cases.Letter) { l.To.Name = plain.Text{} },
		"odd name":  func(l *cases.Letter) { l.To.Name = plain.Line(`Dr. "Max" <chef@x.example>, Muster; (a\b)`) },
		"long refs": func(l *cases.Letter) {
			l.References = nil
			for range 60 {
				l.References = append(l.References, strings.Repeat("a", 60)+"@post.example")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := letter()
			change(&l)
			raw, err := compose.Build(l)
			if err != nil {
				t.Fatal(err)
			}
			if err := compose.Verify(raw, l); err != nil {
				t.Fatalf("%v\n%s", err, raw)
			}
			again, err := compose.Build(l)
			if err != nil || !bytes.Equal(raw, again) {
				t.Error("the same letter gave other bytes")
			}
			checkWire(t, raw)
			head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
			for _, field := range []string{"User-Agent", "X-Mailer", "Cc:", "Bcc:"} {
				if strings.Contains(head, field) {
					t.Errorf("header names %s", field)
				}
			}
		})
	}
}

// checkWire asserts what SMTP needs: CRLF only, ASCII, lines of 998 bytes.
func checkWire(t interface{ Errorf(string, ...any) }, raw []byte) {
	for line := range bytes.SplitAfterSeq(raw, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		text, ok := bytes.CutSuffix(line, []byte("\r\n"))
		if !ok || bytes.ContainsAny(text, "\r\x00") || len(text) > 998 {
			t.Errorf("line %q is not fit for SMTP", line)
		}
		for _, c := range text {
			if c > 0x7e {
				t.Errorf("line %q is not ASCII", line)
			}
		}
	}
}

func TestVerifyFindsEveryChange(t *testing.T) {
	l := letter()
	l.Files = []cases.LetterFile{{Name: "a.pdf", MediaType: "application/pdf", Data: []byte("eins")}}
	raw, err := compose.Build(l)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*cases.Letter){
		"recipient":   func(l *cases.Letter) { l.To.Addr = "zaneta@post.examp1e" },
		"name":        func(l *cases.Letter) { l.To.Name = plain.Line("Zaneta Özdemir") },
		"sender":      func(l *cases.Letter) { l.From.Addr = "inkasso@agentur2.example" },
		"reply-to":    func(l *cases.Letter) { l.ReplyTo.Addr = "a@b.example" },
		"subject":     func(l *cases.Letter) { l.Subject += "." },
		"amount":      func(l *cases.Letter) { l.Text = strings.Replace(l.Text, "50,00", "51,00", 1) },
		"end of line": func(l *cases.Letter) { l.Text += "\n" },
		"space":       func(l *cases.Letter) { l.Text = strings.Replace(l.Text, "€  \n", "€ \n", 1) },
		"thread":      func(l *cases.Letter) { l.InReplyTo = "m18@post.example" },
		"references":  func(l *cases.Letter) { l.References = l.References[:1] },
		"id":          func(l *cases.Letter) { l.MessageID = "8@agentur.example" },
		"date":        func(l *cases.Letter) { l.Date = l.Date.Add(time.Second) },
		"file": func(l *cases.Letter) {
			l.Files = []cases.LetterFile{{Name: "a.pdf", MediaType: "application/pdf", Data: []byte("zwei")}}
		},
		"no file": func(l *cases.Letter) { l.Files = nil },
	} {
		t.Run(name, func(t *testing.T) {
			other := l
			change(&other)
			if err := compose.Verify(raw, other); !errors.Is(err, compose.ErrDiffers) {
				t.Errorf("error %v, want ErrDiffers", err)
			}
		})
	}
	for name, bad := range map[string][]byte{
		"automatic": append([]byte("Auto-Submitted: auto-generated\r\n"), raw...),
		"added bcc": append([]byte("Bcc: fremd@x.example\r\n"), raw...),
		"second to": append([]byte("To: fremd@x.example\r\n"), raw...),
	} {
		t.Run(name, func(t *testing.T) {
			if err := compose.Verify(bad, l); !errors.Is(err, compose.ErrDiffers) {
				t.Errorf("error %v, want ErrDiffers", err)
			}
		})
	}
}

// TestHeaderInjection puts line breaks and NUL into each field that becomes a
// header.
func TestHeaderInjection(t *testing.T) {
	for _, evil := range []string{"x\r\nBcc: fremd@x.example", "x\nBcc: a@x.example", "x\rB", "x\x00", "x\u2028y", "x\u0085y"} {
		for name, change := range map[string]func(*cases.Letter){
			"subject":    func(l *cases.Letter) { l.Subject = evil },
			"to":         func(l *cases.Letter) { l.To.Addr = "a@" + evil },
			"from":       func(l *cases.Letter) { l.From.Addr = evil + "@b.example" },
			"reply-to":   func(l *cases.Letter) { l.ReplyTo.Addr = evil },
			"id":         func(l *cases.Letter) { l.MessageID = evil },
			"in-reply":   func(l *cases.Letter) { l.InReplyTo = evil },
			"references": func(l *cases.Letter) { l.References = []string{"a@b", evil} },
			"lang":       func(l *cases.Letter) { l.Lang = evil },
			"file name":  func(l *cases.Letter) { l.Files = []cases.LetterFile{{Name: evil, MediaType: "a/b", Data: []byte("x")}} },
			"file type":  func(l *cases.Letter) { l.Files = []cases.LetterFile{{Name: "a", MediaType: evil, Data: []byte("x")}} },
		} {
			l := letter()
			change(&l)
			if raw, err := compose.Build(l); !errors.Is(err, compose.ErrLetter) || raw != nil {
				t.Errorf("%s with %q: error %v, %d bytes, want a refusal", name, evil, err, len(raw))
			}
		}
	}
}

// A name that the header writer spells wrongly does not stop its answer.
func TestNameWithBackslash(t *testing.T) {
	l := letter()
	l.To.Name = plain.Line(`Müller\Söhne`)
	raw, err := compose.Build(l)
	if err != nil {
		t.Fatal(err)
	}
	if err := compose.Verify(raw, l); err != nil {
		t.Error(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	list, err := m.Header.AddressList("To")
	if err != nil || len(list) != 1 || list[0].Name != "Müller/Söhne" {
		t.Errorf("To reads %v, %v", list, err)
	}
}

// TestAnyLetter builds letters of arbitrary words: each is refused or said
// exactly, with nothing between.
func TestAnyLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := letter()
		l.Subject = rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z0-9äöüß=?_ -]{1,120}`)).Draw(t, "subject")
		l.Text = rapid.OneOf(rapid.String(), rapid.StringMatching(`([ -~äöü€\n\t]{0,90}\n?){1,8}`)).Draw(t, "text")
		l.To.Name = plain.Line(rapid.String().Draw(t, "name"))
		raw, err := compose.Build(l)
		if errors.Is(err, compose.ErrLetter) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := compose.Verify(raw, l); err != nil {
			t.Fatalf("%v\n%q %q\n%s", err, l.Subject, l.Text, raw)
		}
		checkWire(t, raw)
	})
}

func FuzzBuild(f *testing.F) {
	f.Add("Betreff", "Text\n", "Name", "a@b.example")
	f.Add("=?utf-8?q?x?=", ".\n..\n", "=?utf-8?b?eA==?=", "a@b")
	f.Fuzz(func(t *testing.T, subject, text, name, to string) {
		l := letter()
		l.Subject, l.Text, l.To = subject, text, cases.Address{Name: plain.Line(name), Addr: to}
		raw, err := compose.Build(l)
		if err != nil {
			return
		}
		// What Build takes, Verify must either prove or refuse; bytes that
		// prove wrong are never sent.
		if err := compose.Verify(raw, l); err != nil && !errors.Is(err, compose.ErrDiffers) {
			t.Fatal(err)
		}
		checkWire(t, raw)
	})
}

// TestHTMLSaysTheSame reads the HTML alternative back: the same words in the
// same lines, columns kept, and nothing that is fetched, linked or hidden.
func TestHTMLSaysTheSame(t *testing.T) {
	reader := mime.New(mime.Options{})
	check := func(t interface{ Errorf(string, ...any) }, l cases.Letter) {
		raw, err := compose.Build(l)
		if errors.Is(err, compose.ErrLetter) {
			return
		}
		if err != nil {
			t.Errorf("build: %v", err)
			return
		}
		html := htmlPart(t, raw)
		for _, bad := range []string{"<a", "<img", "style=", "src=", "href=", "<script", "<link", "<meta http"} {
			if strings.Contains(strings.ToLower(html), bad) {
				t.Errorf("the HTML holds %s", bad)
			}
		}
		m, err := reader.Read(context.Background(), []byte("From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+html))
		if err != nil {
			t.Errorf("read: %v", err)
			return
		}
		if got, want := words(m.Text.String()), words(l.Text); !slices.Equal(got, want) {
			t.Errorf("the HTML reads\n%q\nthe text\n%q", got, want)
		}
	}
	check(t, letter())
	l := letter()
	l.Text = "a < b & c > d \"quoted\" &amp; &lt;b&gt; &nbsp;\n\n\n  eingerückt\n\tTab\tspalte\n<!-- kein Kommentar --> <img src=x>\n"
	l2 := l
	l2.Text = "Fällig    Betrag\n01.12.    50,00 €\n01.01.   150,00 €\n"
	check(t, l2)
	if raw, err := compose.Build(l); err != nil || !strings.Contains(htmlPart(t, raw), "&lt;img src=x&gt;") {
		t.Errorf("markup in a text is not said as text: %v", err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		l := letter()
		l.Text = rapid.StringMatching(`([A-Za-z0-9äöüß€.,;:!?()&"'/ -]{0,60}\n){1,8}`).Draw(rt, "text")
		check(rt, l)
	})
}

// words are the words of each line that has any.
func words(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if w := strings.Fields(line); len(w) > 0 {
			out = append(out, strings.Join(w, " "))
		}
	}
	return out
}

// htmlPart decodes the HTML alternative of a mail without files.
func htmlPart(t interface{ Errorf(string, ...any) }, raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("read mail: %v", err)
		return ""
	}
	_, params, err := stdmime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Errorf("content type: %v", err)
		return ""
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if err != nil {
			t.Errorf("no HTML part: %v", err)
			return ""
		}
		b, err := io.ReadAll(p) // decodes quoted-printable
		if err == nil && strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			return string(b)
		}
	}
}
