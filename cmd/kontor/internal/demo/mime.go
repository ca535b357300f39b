package demo

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// AuthServID is the name under which the demo's server writes its
// Authentication-Results.
const AuthServID = "mx.demo.example.org"

// Inbox is the demo agency's address.
const Inbox = "inkasso@nordlicht.example.org"

// raw writes the mail as its program and the demo's server would.
func (m Mail) raw(at time.Time, n int) []byte {
	var b bytes.Buffer
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		from = &mail.Address{Address: m.From}
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	if m.Auth {
		fmt.Fprintf(&b, "Authentication-Results: %s;\r\n\tdmarc=pass header.from=%s;\r\n\tspf=pass smtp.mailfrom=%s\r\n", AuthServID, domain, from.Address)
	} else {
		fmt.Fprintf(&b, "Authentication-Results: %s;\r\n\tdmarc=none header.from=%s; spf=softfail smtp.mailfrom=%s\r\n", AuthServID, domain, from.Address)
	}
	fmt.Fprintf(&b, "Received: from mail.%s by %s with ESMTPS; %s\r\n", domain, AuthServID, at.Format(time.RFC1123Z))
	if m.Repeat {
		fmt.Fprintf(&b, "Received: from relay.example.net by mail.%s with ESMTP; %s\r\n", domain, at.Format(time.RFC1123Z))
	}
	fmt.Fprintf(&b, "Date: %s\r\n", at.Format(time.RFC1123Z))
	fmt.Fprintf(&b, "From: %s\r\n", from.String())
	fmt.Fprintf(&b, "To: %s\r\n", Inbox)
	if m.ReplyTo != "" {
		fmt.Fprintf(&b, "Reply-To: %s\r\n", m.ReplyTo)
	}
	fmt.Fprintf(&b, "Subject: %s\r\n", mime.QEncoding.Encode("utf-8", m.Subject))
	id := cmp.Or(m.MessageID, m.newID(n))
	fmt.Fprintf(&b, "Message-ID: <%s>\r\n", id)
	if m.InReplyTo != "" {
		fmt.Fprintf(&b, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", m.InReplyTo, m.InReplyTo)
	}
	if p := programs[m.Style]; p != "" {
		fmt.Fprintf(&b, "%s\r\n", p)
	}
	if m.Style == "auto" || m.Style == "bounce" {
		b.WriteString("Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nPrecedence: bulk\r\n")
	}
	b.WriteString("MIME-Version: 1.0\r\n")
	m.body(&b, id)
	return b.Bytes()
}

// newID makes a Message-ID as the n-th mail of a sender's program would have it.
func (m Mail) newID(n int) string {
	domain := "example.org"
	if a, err := mail.ParseAddress(m.From); err == nil {
		_, domain, _ = strings.Cut(a.Address, "@")
	}
	sum := sha256.Sum256([]byte(fmt.Sprint(n, m.From, m.Subject, m.Text)))
	return hex.EncodeToString(sum[:10]) + "@" + domain
}

// programs are the lines by which mail programs name themselves.
var programs = map[string]string{
	"":        "User-Agent: Mozilla Thunderbird",
	"html":    "X-Mailer: Webmail 7.2",
	"latin1":  "X-Mailer: KMail 4.14",
	"outlook": "X-Mailer: Microsoft Outlook 16.0\r\nThread-Index: AdqfS0hvbXB1dGVyc2FnZQ==\r\nContent-Language: de-DE",
	"phone":   "X-Mailer: iPhone Mail (21F90)",
}

func (m Mail) body(b *bytes.Buffer, id string) {
	sum := sha256.Sum256([]byte(id))
	bound := "=_" + hex.EncodeToString(sum[:8])
	switch {
	case m.Style == "bounce":
		m.bounce(b, bound)
	case m.Attach != "":
		fmt.Fprintf(b, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", bound, bound)
		if m.Style == "outlook" {
			htmlPart(b, m.html())
		} else {
			text(b, m.Text, "utf-8")
		}
		fmt.Fprintf(b, "--%s\r\nContent-Type: application/pdf; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", bound, m.Attach, m.Attach)
		b64(b, pdf(m.Attached))
		fmt.Fprintf(b, "--%s--\r\n", bound)
	case m.Style == "html":
		fmt.Fprintf(b, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s\r\n", bound, bound)
		text(b, m.Text, "utf-8")
		fmt.Fprintf(b, "--%s\r\n", bound)
		htmlPart(b, m.html())
		fmt.Fprintf(b, "--%s--\r\n", bound)
	case m.Style == "outlook":
		htmlPart(b, m.html())
	case m.Style == "phone":
		text(b, m.Text+"\n\nVon meinem iPhone gesendet", "utf-8")
	case m.Style == "latin1":
		text(b, m.Text, "iso-8859-1")
	default:
		text(b, m.Text, "utf-8")
	}
}

// html is the mail as its program would set it.
func (m Mail) html() string {
	switch {
	case m.HTML != "":
		return m.HTML
	case m.Style == "outlook":
		var b strings.Builder
		b.WriteString("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:Calibri} --></style></head><body lang=DE><div class=WordSection1>")
		for line := range strings.Lines(m.Text) {
			b.WriteString("<p class=MsoNormal>" + cmp.Or(html.EscapeString(strings.TrimSpace(line)), "<o:p>&nbsp;</o:p>") + "</p>\r\n")
		}
		b.WriteString("</div></body></html>")
		return b.String()
	}
	return "<html><body><p>" + strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(m.Text), "\n\n", "</p><p>"), "\n", "<br>") + "</p></body></html>"
}

func htmlPart(b *bytes.Buffer, s string) {
	b.WriteString("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	qp(b, []byte(s))
	b.WriteString("\r\n")
}

// bounce is the body of a delivery report (RFC 3464).
func (m Mail) bounce(b *bytes.Buffer, bound string) {
	fmt.Fprintf(b, "Content-Type: multipart/report; report-type=delivery-status; boundary=\"%s\"\r\n\r\n", bound)
	fmt.Fprintf(b, "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", bound, crlf(m.Text))
	fmt.Fprintf(b, "--%s\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; %s\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n", bound, AuthServID, m.Attached)
	if m.Returned != "" {
		fmt.Fprintf(b, "--%s\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: %s\r\nTo: %s\r\nSubject: %s\r\n", bound, Inbox, m.Attached, mime.QEncoding.Encode("utf-8", m.Returned))
		if m.InReplyTo != "" {
			fmt.Fprintf(b, "Message-ID: <%s>\r\n", m.InReplyTo)
		}
		b.WriteString("\r\n")
	}
	fmt.Fprintf(b, "--%s--\r\n", bound)
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func text(b *bytes.Buffer, s, charset string) {
	data := []byte(crlf(s))
	if charset == "iso-8859-1" {
		if enc, err := charmap.ISO8859_1.NewEncoder().Bytes(data); err == nil {
			data = enc
		} else {
			charset = "utf-8"
		}
	}
	fmt.Fprintf(b, "Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", charset)
	qp(b, data)
	b.WriteString("\r\n")
}

// qp and b64 write into memory, which does not fail.
func qp(b *bytes.Buffer, data []byte) {
	w := quotedprintable.NewWriter(b)
	_, _ = w.Write(data)
	_ = w.Close()
}

func b64(b *bytes.Buffer, data []byte) {
	s := base64.StdEncoding.EncodeToString(data)
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	b.WriteString(s + "\r\n")
}

// pdf is the least file that a PDF reader shows lines of text of.
func pdf(lines string) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	stream := ""
	for i, line := range strings.Split(lines, "\n") {
		if enc, err := charmap.Windows1252.NewEncoder().String(line); err == nil {
			line = enc
		}
		text := strings.NewReplacer("(", "\\(", ")", "\\)", "\\", "\\\\").Replace(line)
		stream += fmt.Sprintf("BT /F1 12 Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n", 720-16*i, text)
	}
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	obj("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	obj(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream))
	obj("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}
