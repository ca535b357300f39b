package mime

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// isQuote tells a quote from an indentation: mail programs quote with
// blockquote, webmails also with a bar at the left of a div.
func isQuote(tag atom.Atom, a *attrs) bool {
	switch tag {
	case atom.Blockquote:
		s := strings.ReplaceAll(strings.ToLower(a.style), " ", "")
		cite := a.typ == "cite" || strings.Contains(a.class, "quote")
		return cite || !strings.Contains(s, "border:none") && !strings.Contains(s, "border:0")
	case atom.Div:
		if a.name == "quote" || a.class == "WSQuote" {
			return true
		}
		s := strings.ReplaceAll(strings.ToLower(a.style), " ", "")
		i := strings.Index(s, "border-left:")
		if i < 0 {
			return false
		}
		v, _, _ := strings.Cut(s[i:], ";")
		return strings.Contains(v, "solid") && !strings.Contains(s, "border-left:none")
	}
	return false
}

// container says that an element holds what a mail program puts there by
// itself: the line above a quote, a quoted mail, a signature.
func container(a *attrs) bool {
	for c := range strings.FieldsSeq(a.class) {
		switch strings.TrimPrefix(c, "x_") {
		case "gmail_attr", "moz-cite-prefix", "gmail_signature", "moz-signature", "protonmail_signature_block",
			"yahoo_quoted", "gmail_signature_prefix", "moz-email-headers-table", "moz-forward-container-header", "zmail_extra", "tutanota_quote":
			return true
		}
	}
	id := strings.TrimPrefix(strings.ToLower(a.id), "x_")
	switch id {
	case "ms-outlook-mobile-signature", "ms-outlook-mobile-body-separator-line", "olk_src_body_section", "replyblockquote", "mail-app-auto-default-signature", "signature":
		return true
	}
	return strings.HasPrefix(id, "yahoo_quoted") || strings.HasPrefix(id, "ydp") && strings.Contains(id, "yahoo_quoted")
}

// markContainer notes the elements from which on all is quoted: Outlook puts
// them before the header block of the quoted mail and does not enclose it.
func (k *walker) markContainer(a *attrs) {
	id := strings.ToLower(a.id)
	if slices.Contains(strings.Fields(a.class), "domino-section") { // Lotus Notes
		id = "appendonsend"
	}
	switch id {
	case "divrplyfwdmsg", "appendonsend", "stopspelling", "mail-editor-reference-message-container":
		// A forwarded mail without words of its own before it keeps its text.
		for i := range k.lines {
			if l := &k.lines[i]; !l.foreign && strings.TrimSpace(l.text) != "" && l.depth == 0 {
				k.rest = true
				return
			}
		}
	}
}
