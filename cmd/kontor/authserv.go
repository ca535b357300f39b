package main

import (
	"context"
	"fmt"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/imap"
	"kontor/inbox/mime"
)

// newestLooked is how many mails are asked who checked them.
const newestLooked = 20

// checkedBy tells which server's Authentication-Results most of the newest mails
// have, "" where none has any. Who checked a mail is a guess from its header.
func checkedBy(ctx context.Context, box *imap.Mailbox, folder string) string {
	mails, err := box.Newest(ctx, folder, newestLooked)
	if err != nil {
		return "" // the checks before say what is wrong
	}
	count, best := map[string]int{}, ""
	for _, m := range mails {
		id := mime.AuthServer(m.Raw)
		if id == "" || plain.Line(id).String() != id || len(id) > 253 {
			continue
		}
		if count[id]++; count[id] > count[best] {
			best = id
		}
	}
	return best
}

// checkSenders says whose verdict on a sender counts, and whose might.
func (a *app) checkSenders(ctx context.Context, box *imap.Mailbox, m *config.Mailbox) cases.Finding {
	seen := checkedBy(ctx, box, m.Folders[0])
	f := cases.Finding{Check: "senders", OK: true}
	switch {
	case m.AuthServID == "" && seen == "":
		f.Detail, f.Advice = plain.Line("no authserv_id: no sender is ever confirmed by mail authentication"), "set_authserv_id"
	case m.AuthServID == "":
		f.Detail, f.Advice = plain.Line("no authserv_id: no sender is ever confirmed by mail authentication; newest mails were checked by "+seen), "set_authserv_id"
	case seen != "" && !strings.EqualFold(seen, m.AuthServID):
		f.Detail, f.Advice = plain.Line(fmt.Sprintf("%s counts, but newest mails were checked by %s", m.AuthServID, seen)), "set_authserv_id"
	default:
		f.Detail = plain.Line(m.AuthServID + " counts")
	}
	return f
}
