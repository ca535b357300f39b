package mime

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/emersion/go-message"
	"github.com/jhillyerd/enmime/v2"
)

// structure finds a mail's parts. The scanner reads nearly every mail; where a
// multipart shows no parts to it, enmime's guesses are tried, then go-message's,
// and if none finds more the body stands as one text.
func structure(ctx context.Context, raw []byte) tree {
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n")) // lines of an old Mac
	}
	t := scan(ctx, raw)
	if !t.hard || t.cut || !modest(raw) {
		return t
	}
	for _, read := range []func(context.Context, []byte) []part{enmimeParts, messageParts} {
		if parts := read(ctx, raw); hasText(parts) && len(parts) <= maxParts {
			t.parts = parts
			return t
		}
	}
	return t
}

// modest bounds what is handed to parsers that have no limits of their own.
func modest(raw []byte) bool {
	return len(raw) <= 10<<20 && bytes.Count(raw, []byte("\n--")) <= 2*maxParts &&
		bytes.Count(bytes.ToLower(raw), []byte("multipart/")) <= maxDepth
}

func hasText(parts []part) bool {
	for i := range parts {
		if strings.HasPrefix(parts[i].typ.value, "text/") && len(bytes.TrimSpace(parts[i].body)) > 0 {
			return true
		}
	}
	return false
}

// enmimeParts reads a mail with enmime, as raw parts: transfer encodings and
// charsets stay ours, so that all ways give the same text for the same bytes.
func enmimeParts(ctx context.Context, raw []byte) (parts []part) {
	defer func() {
		if recover() != nil {
			parts = nil // a library's panic is a mail it cannot read
		}
	}()
	p := enmime.NewParser(enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.DisableTextConversion(true), enmime.RawContent(true), enmime.MaxStoredPartErrors(10))
	root, err := p.ReadParts(ctxReader{ctx, bytes.NewReader(raw)})
	if err != nil || root == nil {
		return nil
	}
	var walk func(n *enmime.Part, depth int)
	walk = func(n *enmime.Part, depth int) {
		for ; n != nil && len(parts) <= maxParts && depth <= maxDepth; n = n.NextSibling {
			if n.FirstChild != nil {
				walk(n.FirstChild, depth+1)
				continue
			}
			var h header
			for _, k := range []string{"Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "Content-Id"} {
				if v := n.Header.Get(k); v != "" {
					h.fields = append(h.fields, field{strings.ToLower(k), v})
				}
			}
			q := newPart(h, n.Content)
			q.depth = depth
			if n.Parent != nil {
				q.parent = n.Parent.ContentType
				if q.parent == "multipart/alternative" {
					q.alt = depth
				}
			}
			parts = append(parts, q)
		}
	}
	walk(root, 0)
	return parts
}

// messageParts reads a mail with go-message.
func messageParts(ctx context.Context, raw []byte) (parts []part) {
	defer func() {
		if recover() != nil {
			parts = nil
		}
	}()
	e, err := message.Read(ctxReader{ctx, bytes.NewReader(raw)})
	if e == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return nil
	}
	// Walk's only errors are read errors; what was read until then counts.
	_ = e.Walk(func(path []int, e *message.Entity, err error) error {
		if len(parts) > maxParts || len(path) > maxDepth {
			return io.EOF
		}
		if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) || e.MultipartReader() != nil {
			return nil
		}
		body, err := io.ReadAll(io.LimitReader(e.Body, maxHTML))
		if err != nil && len(body) == 0 {
			return nil
		}
		var h header
		for _, k := range []string{"Content-Type", "Content-Disposition", "Content-Id"} {
			if v := e.Header.Get(k); v != "" {
				h.fields = append(h.fields, field{strings.ToLower(k), v})
			}
		}
		q := newPart(h, body)
		q.decoded, q.depth = true, len(path)
		parts = append(parts, q)
		return nil
	})
	return parts
}

// ctxReader ends a parser that cannot be told to stop.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
