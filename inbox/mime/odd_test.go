package mime

import (
	"strings"
	"testing"

	"kontor/cases"
)

// TestOddKinds: notices and answers of programs that follow no standard, and
// letters of people that look like them.
func TestOddKinds(t *testing.T) {
	t.Parallel()
	const tail = "\nTo: inkasso@example.org\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nMessage-ID: <n1@example.net>\nContent-Type: text/plain; charset=utf-8\n\n"
	r := New(Options{})
	for _, c := range []struct {
		name, raw, recipient string
		kind                 cases.MailKind
	}{
		{"answering mail system", "From: post_master@mobil.example.net\nSubject: Re:Ihre Rate" + tail + "Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user here\n\n  RCPT TO: tim.kessler@mobil.example.net\n", "tim.kessler@mobil.example.net", cases.KindBounce},
		{"empty sender", "Return-Path: <>\nFrom: <>\nAuto-Submitted: auto-replied" + tail + "You sent mail to tim.kessler@example.net. That's not a valid user here.\n", "tim.kessler@example.net", cases.KindBounce},
		{"recipient without type", strings.Replace("From: MAILER-DAEMON@mx.example.net\nSubject: Delivery Status"+tail, "text/plain; charset=utf-8", "multipart/mixed; boundary=b", 1) + "--b\nContent-Type: text/plain\n\n--- The following addresses had delivery problems ---\n--b\nContent-Type: message/delivery-status\n\nOriginal-Recipient: <tim.kessler@example.net>\nAction: failed\nDiagnostic-Code: smtp; 550 Unknown user\n--b--\n", "tim.kessler@example.net", cases.KindBounce},
		{"bracketed at the end", "From: tim.kessler@example.net\nSubject: Re: Ihre Rate (Automatic Response)" + tail + "I am away until March.\n", "", cases.KindAuto},
		{"bracketed at the start", "From: tim.kessler@example.net\nSubject: [AUTO GENERATED] Ihre Rate" + tail + "Danke.\n", "", cases.KindAuto},
		{"filter that asks back", "From: tim.kessler@example.net\nSubject: RE: Ihre Rate" + tail + "This account is protected. Please click on the following link to have your address added to the list:\n\nhttps://filter.example.net/v/12\n", "", cases.KindAuto},
		{"complaint of a provider", strings.Replace("From: abuse@example.net\nSubject: complaint about message from 192.0.2.7"+tail, "text/plain; charset=utf-8", "multipart/mixed; boundary=b", 1) + "--b\nContent-Type: message/rfc822\n\nFrom: inkasso@example.org\nSubject: Mahnung\n\nalt\n--b--\n", "", cases.KindAuto},
		{"a person's complaint", "From: tim.kessler@example.net\nSubject: Beschwerde über Ihre Nachricht" + tail + "Ich beschwere mich über den Ton.\n", "", cases.KindReply},
		{"a person about a link", "From: tim.kessler@example.net\nSubject: AW: Ihre Rate" + tail + "Der Link https://example.org/zahlen geht nicht. Ist mein Konto gesperrt?\n", "", cases.KindReply},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, nl := range []string{"\n", "\r\n", "\r"} {
				m, err := r.Read(t.Context(), []byte(strings.ReplaceAll(c.raw, "\n", nl)))
				if err != nil {
					t.Fatal(err)
				}
				if m.Kind != c.kind {
					t.Errorf("kind %q by %q with breaks %q, want %q", m.Kind, m.KindReason, nl, c.kind)
				}
				if m.Bounce != nil && m.Bounce.Recipient != c.recipient {
					t.Errorf("recipient %q, want %q", m.Bounce.Recipient, c.recipient)
				}
			}
		})
	}
}

// TestWrongLabels: texts whose encoding is not the one they claim.
func TestWrongLabels(t *testing.T) {
	t.Parallel()
	r := New(Options{})
	for _, c := range []struct{ name, head, body, want string }{
		{"plain text as base64", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", "ich zahle die Rate am Freitag und den Rest im Mai", "ich zahle die Rate am Freitag und den Rest im Mai"},
		{"UTF-8 as ISO-2022-JP", "Content-Type: text/plain; charset=iso-2022-jp", "Ich zahle für März.", "Ich zahle für März."},
		{"lotus notes", "Content-Type: text/html; charset=utf-8", `<font>Ich zahle morgen.<br>MfG Tim</font><br><div class="domino-section"><div class="domino-section-head"><span>Nordlicht --- Mahnung ---</span></div><div class="domino-section-body"><table><tr><td>Von:</td><td>Nordlicht</td></tr></table><pre>alt</pre></div></div>`, "Ich zahle morgen.\nMfG Tim"},
		{"lotus notes forward", "Content-Type: text/html; charset=utf-8", `<div class="domino-section"><div class="domino-section-body"><pre>Ihre Rechnung</pre></div></div>`, "Ihre Rechnung"},
		{"a control for a sign", "Content-Type: text/plain; charset=utf-8", "Es waren 50 \u0080 \u0096 mehr nicht.", "Es waren 50 € – mehr nicht."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, err := r.Read(t.Context(), []byte("From: tim@example.net\nTo: inkasso@example.org\nSubject: Rate\n"+c.head+"\n\n"+c.body+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Own.String(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSecondSender: a From field without an address gives way to one that has
// one; of two that have, the first counts.
func TestSecondSender(t *testing.T) {
	t.Parallel()
	r := New(Options{})
	for raw, want := range map[string]string{
		"From: [???]\nFrom: Tim <tim@example.net>\nSubject: x\n\nx\n":                   "tim@example.net",
		"From: Anna <anna@example.net>\nFrom: Tim <tim@example.net>\nSubject: x\n\nx\n": "anna@example.net",
		"From: Nordlicht <>\nFrom: nobody\nSubject: x\n\nx\n":                           "",
	} {
		m, err := r.Read(t.Context(), []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if m.From.Addr != want {
			t.Errorf("%q: sender %q, want %q", raw, m.From.Addr, want)
		}
	}
}
