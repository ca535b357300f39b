package mime

import (
	"bytes"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

// bounce returns what a delivery status notification says, and the rule that
// told it; nil for any other mail.
func (k *looker) bounce() (*cases.BounceReport, string) {
	if r := k.deliveryStatus(); r != nil {
		return r, "dsn"
	}
	if k.delivered() {
		return nil, ""
	}
	daemon, null := k.daemon(), k.nullPath()
	failed := k.h.get("x-failed-recipients")
	subject := bounceSubject(k.subject)
	if !daemon && !null && failed == "" && !subject && !k.report("delivery-status") {
		return nil, ""
	}
	textual := bounceText(k.text())
	reason := ""
	switch {
	case k.report("delivery-status"):
		reason = "dsn_broken"
	case failed != "" && (daemon || subject || textual || null):
		reason = "failed_recipients"
	case daemon && (subject || textual || k.returned() && k.auto() == ""):
		reason = "mailer_daemon"
	case null && k.m.From.Addr == "" && textual:
		reason = "null_sender"
	case null && !k.answers() && (subject && textual || (subject || textual) && k.returned()):
		reason = "null_sender"
	case subject && !k.answers() && k.systemSender() && (k.returned() || textual && strings.Contains(k.text(), "@") && !parcel(k.text())):
		reason = "returned_mail"
	}
	if reason == "" {
		return nil, ""
	}
	r := &cases.BounceReport{Recipient: cleanAddr(firstOf(failed)), Delayed: delayWords(k.subject, k.text())}
	k.fill(r)
	return r, reason
}

func firstOf(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return strings.TrimSpace(s)
}

// answers says that the subject is a person's answer or forward.
func (k *looker) answers() bool {
	for _, p := range []string{"re:", "aw:", "fw:", "fwd:", "wg:", "antw:", "sv:", "odp:", "rif:", "r:", "ynt:"} {
		if strings.HasPrefix(k.subject, p) {
			return true
		}
	}
	return false
}

// daemon says that the mail comes from a mail system.
func (k *looker) daemon() bool {
	local, _, _ := strings.Cut(strings.ToLower(k.m.From.Addr), "@")
	switch {
	case strings.HasPrefix(local, "mailer-daemon"), strings.HasPrefix(local, "mailerdaemon"), local == "mail-daemon", local == "maildaemon", strings.HasPrefix(local, "microsoftexchange"), local == "mdaemon", local == "router", local == "gateway", local == "mta", local == "mail.daemon", strings.HasPrefix(local, "mailer.daemon"), strings.HasPrefix(local, "bounce"), local == "postmaster", local == "post_master", local == "post-master", strings.HasPrefix(local, "postmaster-"), local == "mail-delivery-system", local == "system-administrator", local == "mailsystem", local == "mailadmin":
		return true
	}
	name := strings.ToLower(k.m.From.Name.String())
	for _, s := range []string{"mail delivery", "mailer-daemon", "mailer daemon", "postmaster", "mail administrator", "system administrator", "systemadministrator", "systemadministrator", "microsoft outlook", "mail system", "mailsystem", "delivery system", "delivery subsystem", "internet mail delivery", "mail deliver"} {
		if strings.Contains(name, s) {
			return true
		}
	}
	return k.m.From.Addr == "" && strings.Contains(strings.ToLower(k.h.get("from")), "mailer-daemon")
}

// systemSender: an address that no debtor writes from.
func (k *looker) systemSender() bool {
	return k.daemon() || k.robot() || k.nullPath() || k.m.From.Addr == ""
}

// returned says that the mail carries another one or its header.
func (k *looker) returned() bool {
	for i := range k.parts {
		switch k.parts[i].typ.value {
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers":
			return true
		}
	}
	return strings.Contains(k.text(), "original message") || strings.Contains(k.text(), "message-id:") || strings.Contains(k.text(), "below this line is a copy") || strings.Contains(k.text(), "received: from") || strings.Contains(k.text(), "kopie der nachricht")
}

// delivered: reports of success are no bounces.
func (k *looker) delivered() bool {
	return k.report("delivery-status") && k.action("delivered", "relayed", "expanded") && !k.action("failed", "delayed")
}

func (k *looker) action(want ...string) bool {
	for i := range k.parts {
		if k.parts[i].typ.value != "message/delivery-status" {
			continue
		}
		raw, _, _ := k.parts[i].bytes(maxHeaderBytes)
		for len(raw) > 0 {
			var h header
			h, raw = readHeader(raw, false)
			a := strings.ToLower(dropComments(h.get("action")))
			for _, w := range want {
				if strings.HasPrefix(a, w) {
					return true
				}
			}
			if len(h.fields) == 0 {
				_, raw = nextLine(raw)
			}
		}
	}
	return false
}

// deliveryStatus reads an RFC 3464 report.
func (k *looker) deliveryStatus() *cases.BounceReport {
	for i := range k.parts {
		p := &k.parts[i]
		if p.typ.value != "message/delivery-status" && p.typ.value != "message/global-delivery-status" {
			continue
		}
		raw, _, _ := p.bytes(maxHeaderBytes)
		for n := 0; len(raw) > 0 && n < maxParts; n++ {
			var h header
			h, raw = readHeader(raw, false)
			if len(h.fields) == 0 {
				_, raw = nextLine(raw)
				continue
			}
			action := strings.ToLower(strings.TrimSpace(dropComments(h.get("action"))))
			delayed := strings.HasPrefix(action, "delayed")
			status := statusCode(h.get("status"))
			if !delayed && !strings.HasPrefix(action, "failed") && (action != "" || !strings.HasPrefix(status, "5") && !strings.HasPrefix(status, "4")) {
				continue
			}
			r := &cases.BounceReport{Delayed: delayed, Status: status}
			for _, f := range []string{"original-recipient", "final-recipient", "x-actual-recipient"} {
				v := h.get(f)
				if _, after, ok := strings.Cut(v, ";"); ok { // "rfc822; a@b"; some leave the type out
					v = after
				}
				if a := cleanAddr(v); strings.Contains(a, "@") && r.Recipient == "" {
					r.Recipient = a
				}
			}
			d := h.get("diagnostic-code")
			if _, after, ok := strings.Cut(d, ";"); ok {
				d = after
			}
			r.Diagnostic = lineText(headerText(d), 500)
			k.fill(r)
			return r
		}
	}
	return nil
}

// fill completes a report from the returned mail and the words of the notice.
func (k *looker) fill(r *cases.BounceReport) {
	if r.MessageID == "" {
		r.MessageID = k.returnedID()
	}
	text := k.m.Text.String()
	notice := clipString(text, 8000)
	if r.Recipient == "" {
		r.Recipient = k.recipientIn(notice)
	}
	if r.Status == "" {
		r.Status = statusCode(notice)
	}
	if r.Diagnostic.IsZero() {
		r.Diagnostic = diagnosticIn(notice)
	}
}

// returnedID is the Message-ID of the mail that came back.
func (k *looker) returnedID() string {
	for i := range k.parts {
		p := &k.parts[i]
		var raw []byte
		switch p.typ.value {
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers":
			raw, _, _ = p.bytes(maxHeaderBytes)
		case "text/plain", "message/delivery-status":
			raw, _, _ = p.bytes(256 << 10)
		default:
			continue
		}
		if id := idIn(raw); id != "" && id != k.m.RFCMessageID {
			return id
		}
	}
	for _, id := range append(k.m.InReplyTo, k.m.References...) {
		return id
	}
	return ""
}

// idIn finds a Message-ID field in text.
func idIn(raw []byte) string {
	low := bytes.ToLower(raw)
	for at := 0; ; {
		i := bytes.Index(low[at:], []byte("message-id:"))
		if i < 0 {
			return ""
		}
		at += i + len("message-id:")
		end := min(len(raw), at+maxIDBytes)
		v := string(raw[at:end])
		open := strings.IndexByte(v, '<')
		if open < 0 || strings.TrimSpace(v[:open]) != "" {
			continue
		}
		if ids := messageIDs(firstLine(v[open:])); len(ids) > 0 {
			return ids[0]
		}
	}
}

func firstLine(s string) string {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// recipientIn takes the first address of the notice that is not ours or the
// system's.
func (k *looker) recipientIn(s string) string {
	own := map[string]bool{strings.ToLower(k.m.From.Addr): true}
	for _, a := range k.m.To {
		own[strings.ToLower(a.Addr)] = true
	}
	for f := range strings.FieldsSeq(s) {
		if !strings.Contains(f, "@") {
			continue
		}
		f = strings.Trim(f, "<>()[]{}.,;:'\"*")
		if i := strings.LastIndexAny(f, ":;<"); i >= 0 {
			f = f[i+1:]
		}
		a := cleanAddr(f)
		if a == "" || own[strings.ToLower(a)] || !strings.Contains(a[strings.LastIndexByte(a, '@'):], ".") {
			continue
		}
		if local, _, _ := strings.Cut(strings.ToLower(a), "@"); local == "postmaster" || local == "mailer-daemon" {
			continue
		}
		return a
	}
	return ""
}

// statusCode finds an RFC 3463 status, class 4 or 5 (2 is success).
func statusCode(s string) string {
	for i := 0; i+4 < len(s); i++ {
		if s[i] != '4' && s[i] != '5' || s[i+1] != '.' || i > 0 && (isDigit(s[i-1]) || s[i-1] == '.') {
			continue
		}
		j, dots := i+2, 1
		start := j
		for j < len(s) && j-i < 9 && (isDigit(s[j]) || s[j] == '.' && dots == 1 && j > start) {
			if s[j] == '.' {
				dots++
			}
			j++
		}
		if dots == 2 && isDigit(s[j-1]) && (j == len(s) || s[j] != '.' && !isDigit(s[j])) {
			return s[i:j]
		}
	}
	return ""
}

// diagnosticIn takes the line of the notice with the other server's words.
func diagnosticIn(s string) plain.Text {
	for line := range strings.SplitSeq(s, "\n") {
		low := strings.ToLower(line)
		if statusCode(line) != "" || hasReply(line) {
			return lineText(line, 500)
		}
		for _, w := range []string{"user unknown", "unknown user", "mailbox unavailable", "mailbox full", "quota", "does not exist", "no such user", "address not found", "existiert nicht", "unbekannt", "nicht gefunden", "voll"} {
			if strings.Contains(low, w) {
				return lineText(line, 500)
			}
		}
	}
	return plain.Text{}
}

// hasReply finds an SMTP reply code of class 4 or 5 at the start of words.
func hasReply(line string) bool {
	for i := 0; i+3 < len(line); i++ {
		if (line[i] == '5' || line[i] == '4') && (i == 0 || line[i-1] == ' ' || line[i-1] == ':') && isDigit(line[i+1]) && isDigit(line[i+2]) && (line[i+3] == ' ' || line[i+3] == '-') && line[i+1] <= '7' {
			return true
		}
	}
	return false
}

func contains(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func bounceSubject(s string) bool {
	return contains(s, []string{
		"undeliver", "mail system error", "ndn:", "failed delivery", "postmaster notify", "mail could not", "message could not", "message you sent", "delivery notif", "mail error", "can't send", "can not send", "cannot send", "could not send", "nicht versendet", "abgewiesen", "rückläufer", "permanenter fehler", "konnte nicht zugestellt", "nicht übermittelt", "unzustellbar", "delivery status notification", "delivery failure", "delivery failed", "delivery has failed", "mail delivery fail", "mail delivery problem", "delivery notification", "delivery report", "mail delivery system", "failure notice", "returned mail", "returned to sender", "returning message", "mail failure", "message not delivered", "mail undeliverable", "non-delivery", "nondeliverable", "non delivery", "nondelivery", "could not be delivered", "not be delivered", "delivery delayed", "delayed mail", "warning: could not send", "message delayed", "delivery temporarily", "undelivered mail", "mailbox full", "user unknown", "address not found", "message blocked", "rejected mail", "rejected:", "zustellung fehlgeschlagen", "nicht zugestellt", "nicht zustellbar", "zustellungsfehler", "zustellfehler", "zustellung verzögert", "zustellungsverzögerung", "verzögerte zustellung", "zurückgewiesen", "unzustellbarkeit", "fehler bei der zustellung", "benachrichtigung zum übermittlungsstatus", "benachrichtigung über den zustellstatus", "zustellbenachrichtigung", "zustellungsbenachrichtigung", "mail delivery",
		"non remis", "échec de la remise", "échec de remise", "non distribu", "no se puede entregar", "no entregado", "error de entrega", "impossibile recapitare", "mancata consegna", "non recapitabile", "onbestelbaar", "niet bezorgd", "niedostarczon", "niedostarczaln", "nie można dostarczyć", "nie dostarczono", "teslim edilemedi", "teslim edilemeyen", "не доставлено", "недоставлен", "не удалось доставить", "не удается доставить", "не удаётся доставить", "delivery delay", "delivery problem", "mail delivery status", "zustellung nicht möglich", "nelivrat", "olevererbart", "não entregue", "undeliverable:", "problema de entrega", "cannot deliver", "unable to deliver", "error sending", "mail system error", "nicht ausgeliefert", "e-mail-zustellung",
	})
}

func bounceText(s string) bool {
	return contains(s, []string{
		"could not be delivered", "couldn't be delivered", "wasn't delivered", "was not delivered", "not been delivered", "has been delayed", "has not been delivered", "undeliverable", "unable to deliver", "permanent fatal errors", "permanent error", "permanent failure", "delivery to the following", "delivery has failed", "delivery failed", "cannot be delivered", "did not reach the following", "this is the mail system at host", "qmail-send program", "address rejected", "user unknown", "unknown user", "mailbox unavailable", "mailbox is full", "mailbox full", "over quota", "quota exceeded", "no such user", "not a valid user", "invalid user", "recipient address rejected", "message could not", "transcript of session follows", "i'm afraid i wasn't able", "i'm sorry to have to inform you", "returned to sender", "delivery error", "remote host said", "remote server returned", "error occurred while trying to deliver", "automatically generated delivery status", "address couldn't be found", "failed to deliver", "failed permanently", "will be retried", "rejected your message", "message blocked", "was rejected", "does not exist", "does not like recipient", "delivery status notification", "not yet been delivered",
		"konnte nicht zugestellt", "nicht zugestellt werden", "konnte nicht übermittelt", "zustellung ist fehlgeschlagen", "fehler bei der zustellung", "unzustellbar", "nicht zustellbar", "empfänger nicht gefunden", "postfach ist voll", "postfach voll", "existiert nicht", "unbekannter empfänger", "empfänger unbekannt", "nicht ausgeliefert", "noch nicht zugestellt", "verzögert", "folgende empfänger", "fehlgeschlagen", "abgelehnt", "zustellung an",
		"n'a pas pu être remis", "n'a pu être", "échec de la remise", "no se ha podido entregar", "no se pudo entregar", "non è stato possibile", "impossibile recapitare", "nie można dostarczyć", "nie mogła zostać dostarczona", "nie została dostarczona", "teslim edilemedi", "не может быть доставлено", "не удалось доставить", "не было доставлено", "сбой доставки", "nie powiodło się", "was delayed", "kan niet worden bezorgd", "nu a putut fi livrat",
	})
}

// parcel: shops and carriers report deliveries of another kind.
func parcel(s string) bool {
	return contains(s, []string{"paket", "sendung", "parcel", "package", "shipment", "lieferung"})
}

func delayWords(subject, text string) bool {
	if contains(subject, []string{"delayed", "delay)", "(delay", "verzögert", "verzögerung", "warning: could not send", "warning: message", "temporarily", "vorübergehend"}) {
		return true
	}
	return contains(text, []string{"not yet been delivered", "has been delayed", "was delayed", "delivery to the following recipients has been delayed", "this is a warning message only", "you do not need to resend", "will be retried", "will continue to try", "noch nicht zugestellt", "weiterhin versucht", "vorübergehendes problem"}) &&
		!contains(text, []string{"permanent", "giving up", "given up", "couldn't be found", "endgültig", "retry timeout exceeded"})
}
