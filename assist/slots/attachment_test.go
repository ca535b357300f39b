package slots

import (
	"testing"

	"kontor/cases"
)

func TestAttachmentsFillWhatTheTextLeavesEmpty(t *testing.T) {
	receipt := "Überweisungsbeleg\nAuftraggeber: Max Muster\nBetrag: 134,90 EUR\nAusgeführt am 03.02.2026\nVerwendungszweck: K-2026-000318"
	in := cases.ClassifyInput{Text: "Guten Tag, ich habe längst bezahlt, siehe Anhang.", Attachments: []string{"", receipt}, Date: today}
	res := Read(in, cases.Paid)
	s := &res.Slots
	if s.PaidCents == nil || *s.PaidCents != 13490 || s.PaidDate.String() != "2026-02-03" || s.Reference != "K-2026-000318" {
		t.Errorf("from the receipt: %v %v %q", s.PaidCents, s.PaidDate, s.Reference)
	}
	if len(res.Evidence) < 3 {
		t.Fatalf("evidence %v", res.Evidence)
	}
	for _, ev := range res.Evidence {
		if ev.Field != "attachment:1" || receipt[ev.Start:ev.End] != ev.Quote {
			t.Errorf("evidence %+v is not in the receipt", ev)
		}
	}
}

func TestTheTextWinsOverAttachments(t *testing.T) {
	in := cases.ClassifyInput{
		Text:        "Am 5. Februar habe ich 80 Euro überwiesen, Beleg anbei.",
		Attachments: []string{"Betrag 99,00 EUR, gebucht am 01.02.2026"}, Date: today,
	}
	s := Read(in, cases.Paid).Slots
	if s.PaidCents == nil || *s.PaidCents != 8000 || s.PaidDate.String() != "2026-02-05" {
		t.Errorf("got %v %v", s.PaidCents, s.PaidDate)
	}
	other := Read(cases.ClassifyInput{Text: "Bitte melden Sie sich.", Attachments: in.Attachments, Date: today}, cases.InformationRequest)
	if other.Slots.PaidCents != nil || len(other.Evidence) != 0 {
		t.Errorf("an attachment filled slots beside the intent: %v", other)
	}
}
