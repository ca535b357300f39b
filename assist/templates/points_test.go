package templates

import (
	"strings"
	"testing"
)

// points are what an expert's letter says, by built-in case and language, and
// what it must not say.
type points struct {
	cases  string // separated by blanks: each has all of them
	de, en []string
	not    []string
}

func tenTexts() []points {
	notice := points{
		de: []string{"Hinweis nach § 13a Abs. 3 RDG", "Zusätzliche Kosten", "0,00 €", "Verzugszinsen", "Verjährungsfrist"},
		en: []string{"Notice under section 13a(3) RDG", "Additional costs", "€0.00", "Default interest", "limitation period"},
	}
	and := func(p points, names string, de, en []string) points {
		return points{names, append(p.de[:len(p.de):len(p.de)], de...), append(p.en[:len(p.en):len(p.en)], en...), p.not}
	}
	return []points{
		// 1 plan_offer, its counter-offers and its sister, the pause
		and(notice, "plan_moved plan_too_small plan_too_long plan_too_late plan_no_figure plan_hostile_complaint",
			[]string{"anke", "erste Rate am", "letzte am", "(letzte)", "bis zum 07.12.2026 mit „einverstanden“", "überweisen Sie bis dahin die erste Rate", "IBAN: ", "mahnen wir nicht", "Wird es einmal eng"},
			[]string{"Thank you", "first instalment on", "last on", "(the last)", "by 7 December 2026", "transfer the first instalment by then", "IBAN: ", "send no reminders", "If a month gets tight"}),
		and(notice, "plan_plain plan_too_small_plain plan_no_figure_plain",
			[]string{"danke", "(letzte)", "bis zum 07.12.2026 mit „ja“", "überweisen bis dahin die erste Rate", "IBAN: ", "keine Mahnung", "einmal nicht zahlen", "Schuldnerberat"},
			[]string{"Thank you", "(the last)", `reply "yes" by 7 December 2026`, "transfer the first instalment by then", "IBAN: ", "send no reminders", "cannot pay one month", "debt advice"}),
		{"plan_too_small plan_too_long", []string{"ohne Rückfrage beim Gläubiger", "was im Monat übrig bleibt"}, []string{"without asking the creditor", "what you have left each month"}, nil},
		and(notice, "plan_exact plan_lowered", []string{"danke", "(letzte)", "nichts bestätigen", "Wird es einmal eng"}, []string{"Thank you", "(the last)", "do not need to confirm", "If a month gets tight"}),
		and(notice, "pause_fits pause_plain pause_too_long pause_no_day pause_no_day_plain pause_asks_papers",
			[]string{"Bis zum ", "nichts", "Danach ", "ericht", "§ 205 BGB"}, []string{"until ", "do not need to pay", "After that we will", "no steps in court", "section 205 BGB"}),
		// 2 dispute_received
		{
			"dispute_hostile dispute_plain dispute_not_ordered dispute_with_papers dispute_plain_with_papers dispute_not_barred",
			[]string{"angehalten", "Auskunfteien", "nach", "Gläubiger", "Unterlagen", "07.12.2026", "falsch verstanden"},
			[]string{"stopped", "credit bureaus", "you ", "creditor", "documents", "7 December 2026"},
			[]string{"IBAN", "€"},
		},
		{"dispute_fraud identity_theft", []string{"Namen benutzt", "Polizei", "Vorgangsnummer", "keinen Ausweis", "wie bestellt wurde"}, []string{"used your name", "police", "file number", "do not send identity documents", "how the order was placed"}, []string{"IBAN", "€"}},
		{"dispute_in_court", []string{"nur beim Gericht", "in der Frist"}, []string{"only with the court", "within the period"}, []string{"brauchen Sie nichts zu tun", "do not need to do anything"}},
		// 3 paid_claimed
		{"paid_found_all", []string{"18.11.2026", "420,00 €", "tut uns leid", "alles bezahlt", "schließen die Akte"}, []string{"18 November 2026", "€420.00", "sorry", "Everything is paid", "closing the file"}, nil},
		{"paid_found_part", []string{"18.11.2026", "200,00 €", "Offen am 23.11.2026", "mahnen wir nicht"}, []string{"18 November 2026", "€200.00", "Outstanding on 23 November 2026", "send no reminders"}, []string{"IBAN"}},
		{"paid_rest_waived", []string{"18.11.2026", "414,00 €", "diesen Rest erlassen wir", "entschuldigen"}, []string{"18 November 2026", "€414.00", "we waive this rest", "apologise"}, []string{"IBAN"}},
		{"paid_not_found", []string{"reichen bis zum 20.11.2026", "Foto oder PDF", "schwärzen", "mahnen wir nicht"}, []string{"reach up to 20 November 2026", "photo or PDF", "black out", "send no reminders"}, []string{"IBAN"}},
		{"paid_to_creditor paid_creditor_with_slip", []string{"fragen dort nach", "07.12.2026", "mahnen wir nicht", "neue Kosten entstehen nicht"}, []string{"asking the creditor", "7 December 2026", "send no reminders", "no new costs"}, []string{"IBAN"}},
		// 4 information
		{
			"information information_assigned",
			[]string{"Ursprünglicher Gläubiger", "Gegenstand: ", "Vertrag vom", "Hauptforderung", "Zinsen aus", "Grund: Zahlungsverzug", "Kopien von Vertrag, Rechnung und Mahnungen", "bis zum 07.12.2026"},
			[]string{"Original creditor", "Subject: ", "Contract of", "principal", "interest on", "reason: default of payment", "copies of the contract, invoice and reminders", "by 7 December 2026"},
			[]string{"haben wir beim Gläubiger angefordert"},
		},
		{"information_assigned", []string{"Abgetreten an", "Abtretungsurkunde (§ 410 BGB)"}, []string{"Assigned to", "deed of assignment (section 410 BGB)"}, nil},
		{"information_lacking", []string{"was noch fehlt und wann es kommt"}, []string{"what is still missing and when it will come"}, []string{"alles bis", "everything by"}},
		// 5 data_request
		{"data_access", []string{"Artikel 15", "spätestens am 22.12.2026", "per Post", "Ausweis brauchen wir dafür nicht", "Kopie der Daten", "beschweren"}, []string{"Article 15", "by 22 December 2026", "by post", "do not need an identity document", "copy of the data", "complaint"}, []string{"€", "IBAN"}},
		{"data_erasure", []string{"löschen wir", "sperren wir", "§ 257 HGB", "bis wann", "beschweren"}, []string{"We delete", "We block", "section 257 HGB", "until when", "complaint"}, []string{"€", "IBAN"}},
		// 6 represented
		{"lawyer lawyer_unknown", []string{"Vier Wochen", "Vollmacht oder Bestellung", "Vorher dürfen wir zur Sache nichts sagen"}, []string{"four weeks", "power of attorney or certificate of appointment", "may not say anything about the matter"}, []string{"€", "Velura", "Jenny"}},
		{"adviser", []string{"acht Wochen", "Vollmacht oder eine Einwilligung", "Forderungsaufstellung", "Stichtag"}, []string{"eight weeks", "power of attorney or a consent", "statement of the claim", "the date for which"}, []string{"€", "Velura", "Jenny"}},
		{"lawyer_with_authority adviser_with_authority", []string{"in Ordnung, bekommen Sie"}, []string{"If it is in order, you will"}, []string{"€", "Velura", "Jenny"}},
		// 7 deceased, 8 acute, 9 strangers
		{"deceased", []string{"Beileid", "nichts tun", "acht Wochen", "Maren Beispiel"}, []string{"condolences", "do not need to do", "eight weeks", "Maren Beispiel"}, []string{"€", "Velura", "Erbe", "heir", "2026", "2027", "Software"}},
		{"despair danger despair_stranger", []string{"Ihre Nachricht hat uns erreicht. Die Forderung ist jetzt nicht wichtig.", "0800 111 0 111", "0800 111 0 222", "116 123", "112", "ruft Sie gern an"}, []string{"0800 111 0 111", "0800 111 0 222", "116 123", "112", "glad to call you"}, []string{"€", "Velura", "2026", "Jenny", "Software"}},
		{"stranger_instalments stranger_dispute", []string{"nicht sicher zuordnen", "Aktenzeichen, die Rechnungs- oder die Kundennummer", "Postanschrift oder Ihr Geburtsdatum"}, []string{"match this e-mail with certainty", "reference, invoice number or customer number", "postal address or your date of birth"}, []string{"€", "Velura", "Jenny"}},
		{"not_debtor", []string{"nehmen Ihre Adresse heraus", "löschen Sie unsere Nachricht"}, []string{"removing your address", "delete our message"}, []string{"€", "Velura", "Jenny"}},
		// 10 plan_reminder, and the end of a plan
		{"plan_reminder plan_reminder_one plan_reminder_part", []string{"02.11.2026", "reichen bis zum 20.11.2026", "kleinere Rate oder ein Monat Pause", "Ihr Plan bleibt bestehen"}, []string{"2 November 2026", "reach up to 20 November 2026", "smaller instalment or a month's pause", "Your plan stays in place"}, []string{"415,35", "415.35"}},
		{"plan_end", []string{"12.10.2026 haben wir Sie daran erinnert", "100,00 €", "§ 314 BGB", "bis zum 07.12.2026", "neuen Vorschlag", "mahnen wir nicht"}, []string{"reminded you of it on 12 October 2026", "€100.00", "section 314 BGB", "by 7 December 2026", "new proposal", "send no reminders"}, []string{"überweisen Sie", "transfer"}},
	}
}

// TestLettersCarryTheirPoints: every letter that matters says all that it has to,
// in both languages, and nothing that it may not.
func TestLettersCarryTheirPoints(t *testing.T) {
	s, _ := load(t)
	for _, p := range tenTexts() {
		for name := range strings.FieldsSeq(p.cases) {
			in := builtIn(t, name)
			for lang, want := range map[string][]string{"de": p.de, "en": p.en} {
				in.Lang = lang
				drafts, err := s.Drafts(t.Context(), in)
				if err != nil || len(drafts) == 0 {
					t.Errorf("%s (%s): %v", name, lang, err)
					continue
				}
				text := drafts[0].Text
				for _, w := range want {
					if !strings.Contains(text, w) {
						t.Errorf("%s (%s): %q is missing", name, lang, w)
					}
				}
				for _, w := range p.not {
					if strings.Contains(text, w) {
						t.Errorf("%s (%s): says %q", name, lang, w)
					}
				}
			}
		}
	}
}
