package slots

import (
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

var today = calendar.Of(2026, time.February, 10) // a Tuesday

func TestAmounts(t *testing.T) {
	r := New("")
	for quote, want := range map[string]money.Cents{
		"50€ im monat": 5000, "fünfzig Euro": 5000, "80,-": 8000, "1.250,00 EUR": 125000, "€150": 15000, "60 ocken": 6000,
		"4 Raten à 612,50": 61250, "sixty euros": 6000, "EUR 1'200.00": 120000, "1 800 €": 180000, "54 Euro und 10 Cent": 5410,
		"€ 5 120,75": 512075, "siebenundneunzig Euro und achtzig Cent": 9780, "two hundred and seventy-five euros": 27500, "fuffzich euro": 5000, "ein Fuffi": 5000, "a tenner": 1000,
		"ayda elli euro": 5000, "po 50 zł euro": 5000, "тридцать евро": 3000, "șaizeci de euro": 6000, "cinquanta euro": 5000, "soixante euros": 6000, "50 يورو": 5000,
	} {
		if got, ok := r.Amount(quote, today); !ok || got != want {
			t.Errorf("%q: got %v %v, want %v", quote, got, ok, want)
		}
	}
	for _, quote := range []string{"50-60 euro", "zwischen 20 und 30 Euro", "um 10 Uhr", "§ 397 BGB", "K-2026-000318", "20 %", "am 15.03.2026", "12 Raten"} {
		if got, ok := r.Amount(quote, today); ok {
			t.Errorf("%q: invented %v", quote, got)
		}
	}
}

func TestDays(t *testing.T) {
	r := New("")
	for quote, want := range map[string]string{
		"am 15.03.": "2026-03-15", "zum Monatsletzten": "2026-02-28", "Mitte März": "2026-03-15", "in 14 Tagen": "2026-02-24", "am Freitag": "2026-02-13",
		"bis Ende April": "2026-04-30", "am 5. Januar": "2026-01-05", "zum 1.": "2026-03-01", "on 15 May": "2026-05-15", "by June 12": "2026-06-12", "1 Nisan'da": "2026-04-01",
		"do 15 sierpnia": "2026-08-15", "le 5 mai": "2026-05-05", "до 10 июля": "2026-07-10", "pe 10 martie": "2026-03-10", "entro il 30 aprile": "2026-04-30", "حتى 1 فبراير 2027": "2027-02-01",
		"zu Ostern": "2026-04-05", "bis Pfingsten": "2026-05-24", "Do früh": "2026-02-12", "22 Mayıs Cuma": "2026-05-22", "1 Hazirandan": "2026-06-01",
		"übermorgen": "2026-02-12", "am Freitag nächster Woche": "2026-02-20", "end of the month": "2026-02-28", "три недели": "2026-03-03",
	} {
		got, ok := r.Day(quote, today, false)
		if !ok || got.String() != want {
			t.Errorf("%q: got %v %v, want %s", quote, got, ok, want)
		}
	}
	if got, ok := r.Day("am Montag", today, true); !ok || got.String() != "2026-02-09" {
		t.Errorf("a weekday in the past: %v %v", got, ok)
	}
}

func TestReferencesAsTyped(t *testing.T) {
	for _, typed := range []string{"K-2026-000318", "K 2026 000318", "k2026-000318", "K-2O26-OOO318", "K–2026–000318"} {
		got := Read(cases.ClassifyInput{Text: "Betrifft " + typed + " bitte", Date: today}, cases.Other).Slots.Reference
		if got != typed || Normal(got) != "K2026000318" {
			t.Errorf("%q: got %q, normal %q", typed, got, Normal(got))
		}
	}
	own := New("AB/99-999")
	if got := own.Read(cases.ClassifyInput{Text: "zu AB/12-345", Date: today}, cases.Other).Slots.Reference; got != "AB/12-345" {
		t.Errorf("own shape: %q", got)
	}
}

func TestRangesAndWeeklyRatesGiveNothing(t *testing.T) {
	for _, text := range []string{"ich kann 50 bis 60 Euro im Monat zahlen", "ich zahle 20 Euro pro Woche"} {
		r := Read(cases.ClassifyInput{Text: text, Date: today}, cases.InstallmentRequest)
		if r.Slots.MonthlyCents != nil || len(r.Notes) == 0 {
			t.Errorf("%q: %v %v", text, r.Slots.MonthlyCents, r.Notes)
		}
	}
}

// TestEvidenceIsLiteral holds every quote of the labelled mails against its place.
func TestEvidenceIsLiteral(t *testing.T) {
	for _, e := range loadExamples(t) {
		in := e.input()
		for _, ev := range Read(in, e.Labels.Intent).Evidence {
			src := in.Text
			if ev.Field == "subject" {
				src = in.Subject
			}
			if ev.Start < 0 || ev.End > len(src) || src[ev.Start:ev.End] != ev.Quote || strings.TrimSpace(ev.Quote) == "" {
				t.Errorf("%s: quote %q for %s is not at %d..%d", e.ID, ev.Quote, ev.For, ev.Start, ev.End)
			}
		}
	}
}

func TestFirstPaymentOfDayAndMonth(t *testing.T) {
	for text, want := range map[string]string{
		"Ich kann 50 Euro im Monat zahlen, jeweils zum 15., beginnend im April.":            "2026-04-15",
		"Möglich sind 75 € pro Monat, immer zur Monatsmitte, ab Mai.":                       "2026-05-15",
		"I would like to pay 30 euros on the 20th of each month, starting in March, please": "2026-03-20",
	} {
		got := Read(cases.ClassifyInput{Text: text, Date: today}, cases.InstallmentRequest).Slots.FirstPaymentDate
		if got.String() != want {
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
}

func TestCodesByTheirForm(t *testing.T) {
	for text, want := range map[string]string{
		"TX-40911 numaralı fatura": "TX-40911", "Zu 2026/0588 ist alles gesagt.": "2026/0588", "RE 7120 bestreite ich": "RE 7120",
		"Wir fliegen mit LH-22.": "", "am 05/06 im Amt": "", "K-2026-000318": "",
	} {
		if got := Read(cases.ClassifyInput{Text: text, Date: today}, cases.Dispute).Slots.Invoice; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("K-2026-000318", "50 € im Monat ab 1. März, > zitat\nDE00 1234 5678")
	f.Add("", "fünfundfünfzig — zwei Hunnis, 31.02. 99/99 \xff ١٢")
	f.Fuzz(func(t *testing.T, subject, text string) {
		in := cases.ClassifyInput{Subject: subject, Text: text, Date: today}
		for _, intent := range cases.Intents() {
			for _, ev := range Read(in, intent).Evidence {
				src := text
				if ev.Field == "subject" {
					src = subject
				}
				if src[ev.Start:ev.End] != ev.Quote {
					t.Fatalf("quote %q is not in its place", ev.Quote)
				}
			}
		}
	})
}
