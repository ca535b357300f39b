package desk_test

import (
	"context"
	"testing"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// scans reads mails that consist of a picture.
type scans struct{ reader }

func (s scans) Read(ctx context.Context, raw []byte) (cases.Mail, error) {
	m, err := s.reader.Read(ctx, raw)
	m.Own, m.Attachments = plain.Clean("siehe Anhang"), []cases.Attachment{{Unread: "scan"}}
	return m, err
}

// Only what cannot be read elsewhere is in the attachment: few words that say
// what is wanted are the matter themselves.
func TestMatterAttached(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, own string
		intent    cases.Intent
		permille  int
		unread    string
		want      bool
	}{
		{"bare", "siehe Anhang", cases.Other, 970, "scan", true},
		{"nothing", "", cases.Other, 990, "scan", true},
		{"manners around it", "Sehr geehrte Damen und Herren,\n\nanbei erhalten Sie mein Schreiben zur Kenntnisnahme.\n\nMit freundlichen Grüßen\nPetra Lang\nLindenweg 4\n30159 Hannover", cases.Other, 900, "scan", true},
		{"Turkish", "Merhaba,\n\nekteki mektuba bakınız.\n\nSaygılarımla\nAyşe Demir", cases.InformationRequest, 500, "scan", true},
		{"a name only", "Hallo,\n\nGruß Lang", cases.Other, 900, "encrypted", true},
		{"subject decided", "im Anhang", cases.Dispute, 950, "scan", true},
		{"paid, with proof", "Hallo, das habe ich am 2.1. schon bezahlt, Beleg anbei.", cases.Paid, 960, "scan", false},
		{"paid, behind the greeting", "Hallo, ich habe bezahlt!", cases.Paid, 960, "scan", false},
		{"paid, in the greeting's breath", "Hallo schon bezahlt!", cases.Paid, 960, "scan", false},
		{"the same, shouted", "HALLO SCHON BEZAHLT!", cases.Paid, 960, "scan", false},
		{"no comma", "Guten Tag Frau Harms ich bestreite das", cases.Dispute, 960, "scan", false},
		{"a name and a title", "Sehr geehrter Herr Dr. Lang-Petersen,\n\nGruß", cases.Paid, 960, "scan", true},
		{"small letters", "hallo frau harms\n\nlg petra", cases.Paid, 960, "scan", true},
		{"a team", "Hallo liebes Inkasso-Team!\n\nmfg", cases.Paid, 960, "scan", true},
		{"English, nobody named", "Dear Sir or Madam,\n\nKind regards\nA. Bell", cases.Dispute, 960, "scan", true},
		{"Polish", "Szanowni Państwo,\n\nz poważaniem\nAgata Lis", cases.Paid, 960, "scan", true},
		{"Russian", "Уважаемые господа!\n\nС уважением\nГалина", cases.Paid, 960, "scan", true},
		{"Turkish, paid", "Merhaba ben ödedim!", cases.Paid, 960, "scan", false},
		{"thanks first", "Danke für Ihr Schreiben, aber ich habe nie etwas bei dieser Firma bestellt und widerspreche.", cases.Dispute, 960, "scan", false},
		{"thanks alone", "Guten Tag,\n\nvielen Dank im Voraus\nPetra Lang", cases.Other, 900, "scan", true},
		{"unsure words", "hier das was Sie wollten, bitte melden", cases.InformationRequest, 500, "scan", true},
		{"a letter with a picture", "Guten Tag,\n\nich kann die Rechnung nicht auf einmal bezahlen, weil mein Auto kaputt ist und ich erst im März wieder Geld habe. Ein Foto des Autos habe ich angehängt, damit Sie mir glauben. Geht es in drei Raten?\n\nLang", cases.InstallmentRequest, 700, "scan", false},
		{"read", "siehe Anhang", cases.Other, 970, "", false},
		{"a notice", "siehe Anhang", cases.Bounce, 990, "scan", false},
	} {
		m := cases.Mail{Own: plain.Clean(tc.own), Attachments: []cases.Attachment{{Unread: tc.unread}}}
		if got := desk.MatterAttached(m, cases.Classification{Intent: tc.intent, Permille: tc.permille}); got != tc.want {
			t.Errorf("%s: %t, want %t", tc.name, got, tc.want)
		}
	}
	// Such a mail is unsure and has no draft.
	b := setUp(t, func(o *desk.Options) { o.Reader = scans{} })
	b.take(t, question)
	for _, m := range b.Messages("", false) {
		r, err := b.Open(t.Context(), desk.ItemRef{Kind: priority.ItemMessage, ID: string(m.ID)}, desk.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if !m.Unsure || desk.NoDraft(r.DraftErr) != "attachment" {
			t.Errorf("unsure %t, no draft because %q", m.Unsure, desk.NoDraft(r.DraftErr))
		}
	}
}
