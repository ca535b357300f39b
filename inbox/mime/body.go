package mime

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"kontor/cases"
	"kontor/inbox/mime/pdftext"
)

// body is what readBody makes of the parts.
type body struct {
	text        string // all text, quotes and all
	own         string // the sender's new words
	attachments []cases.Attachment
}

// readBody turns parts into text and a list of attachments. Texts that stand
// beside each other are joined; of alternatives the plain one is taken unless
// it is empty or only says that there is another.
func (r *Reader) readBody(ctx context.Context, t *tree, w *warnings) body {
	var b body
	var text, own joined
	done := map[int]bool{}
	pdfs := 0
	for i := range t.parts {
		p := &t.parts[i]
		if ctx.Err() != nil {
			w.add(warnTruncated, "")
			break
		}
		if !p.isText() {
			r.attach(ctx, &b, p, i, w, &pdfs)
			continue
		}
		var s, o string
		switch {
		case p.alt == 0:
			s, o = textOf(p, w)
		case done[p.alt]:
			continue
		default:
			done[p.alt] = true
			s, o = alternative(t.parts, p.alt, w)
		}
		if text.len() > maxText {
			w.add(warnTruncated, "")
			continue
		}
		text.add(s)
		own.add(o)
	}
	b.text, b.own = text.String(), own.String()
	if len(b.text) > maxText {
		w.add(warnTruncated, "")
	}
	return b
}

// joined is texts with an empty line between them. Most mails have one, which
// it does not copy.
type joined struct {
	one string
	all strings.Builder
}

func (j *joined) add(s string) {
	s = strings.Trim(s, "\n")
	if strings.TrimSpace(s) == "" {
		return
	}
	if j.len() == 0 {
		j.one = s
		return
	}
	if j.all.Len() == 0 {
		j.all.WriteString(j.one)
	}
	j.all.WriteString("\n\n")
	j.all.WriteString(s)
}

func (j *joined) len() int { return max(len(j.one), j.all.Len()) }

func (j *joined) String() string {
	if j.all.Len() == 0 {
		return j.one
	}
	return j.all.String()
}

// isText says whether a part is to be read as the mail's text.
func (p *part) isText() bool {
	switch p.typ.value {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown":
	default:
		return false
	}
	if p.disp.value == "attachment" {
		return false
	}
	return p.name() == "" || p.disp.value != "" && p.disp.value != "attachment" && !strings.Contains(p.name(), ".") ||
		p.depth == 0
}

// textOf decodes one text part; own is its new words.
func textOf(p *part, w *warnings) (text, own string) {
	if p.typ.value == "text/html" {
		d := htmlOf(p, w)
		return d.text, d.own()
	}
	text = plainOf(p, w)
	return text, OwnText(text)
}

func plainOf(p *part, w *warnings) string {
	s := decodeText(p, maxText, w)
	switch p.typ.value {
	case "text/enriched", "text/richtext":
		return readHTML(s, w).text
	}
	if strings.EqualFold(p.typ.param("format"), "flowed") {
		s = unflow(s, strings.EqualFold(p.typ.param("delsp"), "yes"))
	}
	return trimLines(s)
}

func htmlOf(p *part, w *warnings) document {
	return readHTML(decodeText(p, maxHTML, w), w)
}

// decodeText decodes transfer encoding and charset and makes line breaks "\n".
func decodeText(p *part, limit int, w *warnings) string {
	raw, cut, broken := p.bytes(limit)
	if looksPlain(p) {
		raw, cut, _ = clip(p.body, limit) // the label is wrong, not the text
		broken = true
	}
	if cut {
		w.add(warnTruncated, "")
	}
	if broken {
		w.add(warnBroken, "")
	}
	label := p.typ.param("charset")
	if label == "" && p.typ.value == "text/html" {
		label = metaCharset(raw)
	}
	if s, ok := decodeLines(raw, label); ok {
		return tidy(s)
	}
	s, wrong := decodeCharset(raw, label)
	if wrong {
		w.add(warnCharset, label)
	}
	return tidy(newlines(s))
}

// decodeLines decodes what is ASCII or rightly labelled UTF-8 and has CRLF line
// ends, which nearly all mails are, with one copy of the text instead of two.
func decodeLines(raw []byte, label string) (s string, ok bool) {
	if !bytes.Contains(raw, []byte("\r\n")) {
		return "", false
	}
	if _, ok := bom(raw); ok {
		return "", false
	}
	label = normLabel(label)
	ascii := asciiBytes(raw)
	switch {
	case ascii && (shifting(label) || strings.Contains(label, "utf-7")):
		return "", false
	case !ascii && (label != "utf-8" && label != "" || !utf8.Valid(raw)):
		return "", false
	}
	var b strings.Builder
	b.Grow(len(raw))
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '\r')
		if i < 0 {
			b.Write(raw)
			break
		}
		b.Write(raw[:i])
		b.WriteByte('\n')
		if raw = raw[i+1:]; len(raw) > 0 && raw[0] == '\n' {
			raw = raw[1:]
		}
	}
	if s = b.String(); ascii {
		return s, true
	}
	s, wrong := undouble(s)
	return s, !wrong
}

// looksPlain says that a part labelled base64 holds text as it is: words with
// blanks between them, which base64 never has inside a line.
func looksPlain(p *part) bool {
	if p.decoded || !strings.Contains(strings.ToLower(p.header.get("content-transfer-encoding")), "base64") {
		return false
	}
	start := p.body[:min(len(p.body), 4096)]
	blanks := 0
	for i := 1; i+1 < len(start); i++ {
		if start[i] == ' ' && start[i-1] > ' ' && start[i+1] > ' ' {
			blanks++
		}
	}
	return blanks*30 > len(start)
}

func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// trimLines drops blanks at line ends, but for the one that makes a signature
// line "-- ".
func trimLines(s string) string {
	if !strings.Contains(s, " \n") && !strings.Contains(s, "\t\n") {
		return strings.TrimRight(s, " \t\n")
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitSeq(s, "\n") {
		t := strings.TrimRight(line, " \t")
		if t == "--" && len(line) > 2 {
			t = "-- "
		}
		b.WriteString(t)
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}

// alternative reads the parts of one multipart/alternative, compares its plain
// with its HTML side and returns the plain one where it says anything.
func alternative(parts []part, alt int, w *warnings) (text, own string) {
	var plainText, htmlText, plainOwn, htmlOwn joined
	for i := range parts {
		p := &parts[i]
		if p.alt != alt || !p.isText() {
			continue
		}
		if p.typ.value == "text/html" {
			d := htmlOf(p, w)
			htmlText.add(d.text)
			htmlOwn.add(d.own())
			continue
		}
		s := plainOf(p, w)
		plainText.add(s)
		plainOwn.add(OwnText(s))
	}
	pt, ht := plainText.String(), htmlText.String()
	switch {
	case ht == "":
		return pt, plainOwn.String()
	case pt == "" || isStub(pt, ht):
		return ht, htmlOwn.String()
	}
	if d := differ(pt, ht); d != "" {
		w.add(warnDiffer, d)
	}
	return pt, plainOwn.String()
}

// isStub says that a plain part only points to the HTML one.
func isStub(plain, html string) bool {
	if len(plain) > 400 || len(html) < 2*len(plain) {
		return false
	}
	low := strings.ToLower(plain)
	if !strings.Contains(low, "html") {
		return false
	}
	for _, s := range []string{"viewer", "client", "view", "support", "ansicht", "darstell", "anzeig", "format", "unterstütz"} {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}

// attach lists a part as an attachment.
func (r *Reader) attach(ctx context.Context, b *body, p *part, index int, w *warnings, pdfs *int) {
	name := p.fileName(index)
	switch {
	case p.typ.value == "application/ms-tnef" || strings.EqualFold(name, "winmail.dat"):
		w.add(warnWinmail, "")
	case strings.HasSuffix(p.typ.value, "pgp-encrypted"), strings.HasSuffix(p.typ.value, "pkcs7-mime") && p.typ.param("smime-type") != "signed-data":
		w.add(warnEncrypted, "")
	case strings.HasSuffix(p.typ.value, "pgp-signature"), strings.HasSuffix(p.typ.value, "pkcs7-signature"):
		return
	}
	if len(b.attachments) >= maxAttachments {
		w.add(warnTruncated, "")
		return
	}
	a := cases.Attachment{Name: lineText(name, maxName), MediaType: cleanType(p.typ.value), Size: p.size(), Index: index}
	r.readAttachment(ctx, &a, p, pdfs)
	b.attachments = append(b.attachments, a)
}

func (r *Reader) readAttachment(ctx context.Context, a *cases.Attachment, p *part, pdfs *int) {
	var text string
	switch kind := p.typ.value; {
	case kind == "application/pdf" || kind == "application/x-pdf" || strings.HasSuffix(strings.ToLower(a.Name.String()), ".pdf"):
		a.Unread, text = r.readPDF(ctx, p, a.Size, pdfs)
	case kind == "text/plain" || kind == "text/csv" || kind == "text/markdown":
		text = decodeText(p, maxAttachText, &warnings{})
	case kind == "text/html":
		text = readHTML(decodeText(p, maxText, &warnings{}), &warnings{}).text
	case kind == "text/calendar":
		text = decodeText(p, maxAttachText, &warnings{})
	case kind == "message/rfc822":
		raw, _, _ := p.bytes(maxText)
		text = r.inner(ctx, raw, p.depth)
	case strings.HasPrefix(kind, "image/"):
		a.Unread = "scan"
	case strings.Contains(kind, "pkcs7") || strings.Contains(kind, "pgp-encrypted"):
		a.Unread = "encrypted"
	default:
		a.Unread = "unknown"
	}
	a.Text, _ = cleanBody(text).Cut(maxAttachText)
}

// inner is the text of an attached mail: its main fields and its text parts,
// not of further mails in it.
func (r *Reader) inner(ctx context.Context, raw []byte, depth int) string {
	if depth > maxDepth {
		return ""
	}
	t := scan(ctx, raw)
	var out strings.Builder
	for _, f := range []string{"from", "to", "date", "subject"} {
		if v := t.header.get(f); v != "" {
			out.WriteString(strings.ToUpper(f[:1]) + f[1:] + ": " + headerText(v) + "\n")
		}
	}
	var w warnings
	for i := range t.parts {
		if p := &t.parts[i]; p.isText() && out.Len() < maxAttachText && (p.alt == 0 || p.typ.value == "text/plain" || !hasText(t.parts[:i])) {
			s, _ := textOf(p, &w)
			if s = strings.Trim(s, "\n"); strings.TrimSpace(s) != "" {
				out.WriteString("\n\n" + s)
			}
		}
	}
	return out.String()
}

func (r *Reader) readPDF(ctx context.Context, p *part, size int64, pdfs *int) (unread, text string) {
	switch {
	case r.opts.PDF == nil || *pdfs >= 3:
		return "not_tried", ""
	case size > maxPDF:
		return "too_large", ""
	}
	*pdfs++
	data, _, _ := p.bytes(maxPDF)
	text, err := r.opts.PDF(ctx, data)
	if err == nil && strings.TrimSpace(text) == "" {
		err = pdftext.ErrNoText
	}
	if err != nil {
		return pdftext.Code(err), ""
	}
	return "", newlines(text)
}
