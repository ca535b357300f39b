package mime

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"
)

// letter is a mail of about 11 KB as mail programs send it.
func letter(withHTML bool) []byte {
	var quoted strings.Builder
	for i := range 60 {
		fmt.Fprintf(&quoted, "> Zeile %d des alten Briefes mit etwas Text und einem Betrag von 1.234,56 EUR darin.\r\n", i)
	}
	head := "Return-Path: <t.kessler@example.net>\r\nReceived: from mx.example.net by mx.example.org with ESMTPS;\r\n\tMon, 05 Jan 2026 09:00:01 +0100\r\n" +
		"From: =?utf-8?Q?Tim_Ke=C3=9Fler?= <t.kessler@example.net>\r\nTo: inkasso@example.org\r\nSubject: =?utf-8?B?UsO8Y2tmcmFnZQ==?= K-2026-000318\r\n" +
		"Date: Mon, 05 Jan 2026 09:00:00 +0100\r\nMessage-ID: <1@example.net>\r\nIn-Reply-To: <k1@example.org>\r\nMIME-Version: 1.0\r\n"
	text := "Guten Tag,\r\n\r\nich möchte die Forderung in Raten zu 50 EUR zahlen.\r\n\r\nMfG\r\nTim Keßler\r\n\r\nAm 03.01.2026 um 12:34 schrieb Nordlicht <inkasso@example.org>:\r\n" + quoted.String()
	if !withHTML {
		return []byte(head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text + text)
	}
	h := "<html><body><div>" + strings.ReplaceAll(html.EscapeString(text), "\r\n", "<br>\r\n") + "</div></body></html>"
	return []byte(head + "Content-Type: multipart/alternative; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text +
		"\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + h + "\r\n--b1--\r\n")
}

func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		name string
		raw  []byte
	}{{"plain", letter(false)}, {"alternative", letter(true)}} {
		b.Run(c.name, func(b *testing.B) {
			r := New(Options{})
			b.SetBytes(int64(len(c.raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Read(context.Background(), c.raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("enmime parts alone", func(b *testing.B) {
		raw := letter(true)
		for b.Loop() {
			if len(enmimeParts(context.Background(), raw)) != 2 {
				b.Fatal("parts")
			}
		}
	})
}
