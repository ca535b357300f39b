package main

import (
	"regexp"
	"strings"
)

// said is a sentence of a check in both languages. Checks speak English, as
// their lines in --json do; %s stands for anything.
type said struct{ en, de string }

// checkWords are the German words for what checks look at.
var checkWords = map[string]string{
	"dns": "Name", "connect": "Verbindung", "tls": "TLS", "greeting": "Begrüßung", "login": "Anmeldung", "idle": "IDLE", "folder": "Ordner",
	"rights": "Rechte", "sent": "Gesendet", "quota": "Kontingent", "senders": "Absenderprüfung", "sender": "Absender", "size": "Größe", "endpoint": "Endpunkt", "config": "Config",
	"rules": "Regeln", "open": "Öffnen", "store_file": "Datei", "store_mode": "Dateirechte", "store_folder": "Lage", "store_kernel": "Kernel",
	"store_lock": "Sperre", "store_schema": "Schema", "store_pages": "Seiten", "store_record": "Protokoll", "store_backup": "Sicherung", "store_space": "Platz",
}

// partWords are the German words for the parts that are checked.
var partWords = map[string]string{"store": "Speicher", "assist": "KI"}

// sentences are tried in turn; of errors the most frequent are among them, the
// others stay as the system or the server put them.
func sentences() []said {
	return []said{
		{"%s is not there", "%s gibt es nicht"},
		{"%s may be read by others (%s)", "%s können andere lesen (%s)"},
		{"readable by the owner only", "nur für den Besitzer lesbar"},
		{"local", "lokal"},
		{"free", "frei"},
		{"page structure whole", "Seiten heil"},
		{"schema %s", "Schema %s"},
		{"%s facts, %s streams, %s blobs fit their leaves; not anchored elsewhere", "%s Tatsachen, %s Ströme, %s Anlagen passen zu ihren Blättern; nirgends sonst verankert"},
		{"never backed up", "noch nie gesichert"},
		{"last verified backup %s, %s facts of %s", "letzte geprüfte Sicherung %s, %s von %s Tatsachen"},
		{"%s of %s KiB in use", "%s von %s KiB belegt"},
		{"pinned certificate", "festgelegtes Zertifikat"},
		{"own ca file", "eigene CA-Datei"},
		{"system roots", "Zertifikate des Systems"},
		{"starttls", "STARTTLS"},
		{"idle", "IDLE"},
		{"no idle, polling every %s", "kein IDLE, gefragt wird alle %s"},
		{"%s: %s mails", "%s: %s Mails"},
		{"move to %s", "verschieben nach %s"},
		{"the server can neither MOVE nor expunge by UID, mails get the keyword", "der Server kann weder MOVE noch einzeln löschen, Mails bekommen das Schlüsselwort"},
		{"no copy wanted", "keine Kopie gewünscht"},
		{"the mailbox has no folder for sent mail", "das Postfach hat keinen Ordner für Gesendetes"},
		{"the server tells none", "der Server nennt keines"},
		{"none set", "keines gesetzt"},
		{"nearly full, %s: %s of %s", "fast voll, %s: %s von %s"},
		{"%s: %s of %s", "%s: %s von %s"},
		{"none configured", "keine eingestellt"},
		{"at most %s bytes a mail", "höchstens %s Bytes je Mail"},
		{"scope none: never called", "scope none: wird nie gefragt"},
		{"%s answers %s", "%s antwortet %s"},
		{"%s counts, but newest mails were checked by %s", "%s zählt, aber neueste Mails prüfte %s"},
		{"%s counts", "%s zählt"},
		{"no authserv_id: no sender is ever confirmed by mail authentication; newest mails were checked by %s", "keine authserv_id: kein Absender gilt je durch Mail-Authentifizierung als bestätigt; neueste Mails prüfte %s"},
		{"no authserv_id: no sender is ever confirmed by mail authentication", "keine authserv_id: kein Absender gilt je durch Mail-Authentifizierung als bestätigt"},
		{"dial tcp %s: connect: connection refused", "%s: Verbindung abgelehnt"},
		{"dial tcp %s: i/o timeout", "%s: keine Antwort"},
		{"dial tcp %s: connect: no route to host", "%s: nicht erreichbar"},
		{"dial tcp %s: connect: network is unreachable", "%s: kein Netz"},
		{"lookup %s on %s: no such host", "%s: diesen Namen gibt es nicht"},
		{"lookup %s: no such host", "%s: diesen Namen gibt es nicht"},
		{"%s: certificate signed by unknown authority", "%s: Zertifikat von einer unbekannten Stelle"},
		{"%s: certificate has expired or is not yet valid: %s", "%s: Zertifikat abgelaufen oder noch nicht gültig: %s"},
		{"%s: certificate is valid for %s, not %s", "%s: das Zertifikat gilt für %s, nicht für %s"},
		{"%s: certificate is not valid for any names, but wanted to match %s", "%s: das Zertifikat gilt nicht für %s"},
	}
}

// pattern is what a sentence with anything in its gaps matches.
func (s said) pattern() *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(s.en), "%s", "(.*)") + "$")
}

// german puts a detail into German, or leaves it.
func german(detail string) string {
	for _, s := range sentences() {
		if !strings.Contains(s.en, "%s") {
			if s.en == detail {
				return s.de
			}
			continue
		}
		m := s.pattern().FindStringSubmatch(detail)
		if m == nil {
			continue
		}
		out := s.de
		for _, part := range m[1:] {
			before, after, ok := strings.Cut(out, "%s")
			if !ok {
				break
			}
			out = before + strings.ReplaceAll(part, "%s", "") + after
		}
		return out
	}
	return detail
}

// shown gives part, check and detail in the language of the output.
func (g *globals) shown(part, check, detail string) (string, string, string) {
	if g.words("de", "en") == "en" {
		return part, check, detail
	}
	if w := partWords[part]; w != "" {
		part = w
	}
	if w := checkWords[check]; w != "" {
		check = w
	}
	return part, check, german(detail)
}
