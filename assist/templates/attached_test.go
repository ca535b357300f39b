package templates

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
)

func builtIn(t *testing.T, name string) cases.DraftContext {
	t.Helper()
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(x sample) bool { return x.name == name })
	if i < 0 {
		t.Fatalf("no built-in case %q", name)
	}
	return all[i].in
}

// TestWhatIsThereIsNotAskedFor: what came with the mail is told from a file's
// name, its heading, or the mail's own words; a promise is not a paper.
func TestWhatIsThereIsNotAskedFor(t *testing.T) {
	pdf := func(name, text string) cases.Attachment {
		return cases.Attachment{Name: plain.Line(name), MediaType: "application/pdf", Size: 30_000, Text: plain.Clean(text)}
	}
	picture := func(name string, size int64) cases.Attachment {
		return cases.Attachment{Name: plain.Line(name), MediaType: "image/jpeg", Size: size}
	}
	for name, c := range map[string]struct {
		own   string
		files []cases.Attachment
		want  string // names of conditions
	}{
		"name of the file":         {"Wir vertreten Frau M.", []cases.Attachment{pdf("Vollmacht_Mertins.pdf", "")}, "authority_attached papers_attached"},
		"heading":                  {"Wir vertreten Frau M.", []cases.Attachment{pdf("scan.pdf", "Kanzlei Beispiel\nVOLLMACHT\nHiermit bevollmächtige ich")}, "authority_attached papers_attached"},
		"a guardian's card":        {"Ich bin Betreuer.", []cases.Attachment{pdf("Betreuerausweis.pdf", "")}, "authority_attached papers_attached"},
		"scan that the mail names": {"Unsere Vollmacht liegt bei.", []cases.Attachment{pdf("0001.pdf", "")}, "authority_attached papers_attached"},
		"photo of a slip":          {"Hier der Beleg im Anhang.", []cases.Attachment{picture("IMG_2201.jpg", 800_000)}, "papers_attached proof_attached"},
		"slip by its heading":      {"siehe pdf", []cases.Attachment{pdf("dok.pdf", "Sparkasse Musterstadt Umsatzdetails Betrag 89,70")}, "papers_attached proof_attached"},
		"Turkish slip":             {"Ödedim, dekont ekte.", []cases.Attachment{pdf("a.pdf", "")}, "papers_attached proof_attached"},
		"promised, with a letter":  {"Die Vollmacht reichen wir nach, Schreiben anbei.", []cases.Attachment{pdf("brief.pdf", "Sehr geehrte Damen und Herren")}, "papers_attached"},
		"said, nothing there":      {"Die Vollmacht liegt bei.", nil, ""},
		"logo of a signature":      {"Beleg anbei.", []cases.Attachment{picture("image001.png", 60_000), picture("logo.png", 90_000)}, ""},
		"an order is no authority": {"Ich widerspreche.", []cases.Attachment{pdf("Bestellung.pdf", "Ihre Bestellung vom 3. Mai")}, "papers_attached"},
		"court in the mail":        {"Amtsgericht Hamburg, 67g IN 123/26.", nil, "court_named"},
		"court in the attachment":  {"Siehe Beschluss.", []cases.Attachment{pdf("b.pdf", "Beschluss 405 IK 77/26")}, "court_named papers_attached"},
	} {
		in := builtIn(t, "lawyer")
		m := *in.Messages[0]
		m.Mail.Own, m.Mail.Attachments = plain.Clean(c.own), c.files
		in.Messages = []*cases.Message{&m}
		f := newFacts(in, "de")
		var got []string
		for _, cond := range []string{"authority_attached", "court_named", "papers_attached", "proof_attached"} {
			if f.is(cond) {
				got = append(got, cond)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}

// TestNoLetterAsksForWhatCame looks at the letters themselves.
func TestNoLetterAsksForWhatCame(t *testing.T) {
	s, _ := load(t)
	for name, ask := range map[string]string{
		"lawyer_with_authority": "senden Sie uns Ihre Vollmacht|send us your power", "adviser_with_authority": "senden Sie uns Ihre Vollmacht|send us your power",
		"lawyer_proof_only": "senden Sie uns Ihre Vollmacht|send us your power", "paid_with_slip": "Foto oder PDF|photo or PDF",
		"paid_creditor_with_slip": "Foto oder PDF|photo or PDF", "dispute_with_papers": "Foto oder PDF|photo or PDF", "dispute_plain_with_papers": "Foto|photo",
	} {
		for _, lang := range []string{"de", "en"} {
			in := builtIn(t, name)
			in.Lang = lang
			drafts, err := s.Drafts(t.Context(), in)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if q := regexp.MustCompile(ask).FindString(drafts[0].Text); q != "" {
				t.Errorf("%s (%s): %s asks %q", name, lang, drafts[0].Template.ID, q)
			}
		}
	}
}

// TestOneFullStop: a name that ends in one closes its sentence.
func TestOneFullStop(t *testing.T) {
	each(t, func(t *testing.T, name string, _ cases.DraftContext, drafts []cases.Draft, _ error) {
		t.Helper()
		for _, d := range drafts {
			if i := strings.Index(d.Text, ".."); i >= 0 {
				t.Errorf("%s: %s has %q", name, d.Template.ID, d.Text[max(0, i-20):i+2])
			}
		}
	})
	in := builtIn(t, "balance_letter_firm")
	s, _ := load(t)
	drafts, err := s.Drafts(t.Context(), in)
	if err != nil || !strings.Contains(drafts[0].Text, "mit Muster Velo e. K. Zahlungen sind") {
		t.Errorf("%v\n%s", err, drafts[0].Text)
	}
}

func TestFirmsAreNotGreetedByName(t *testing.T) {
	s, _ := load(t)
	first := func(name, lang string) string {
		in := builtIn(t, name)
		in.Lang = lang
		drafts, err := s.Drafts(t.Context(), in)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		line, _, _ := strings.Cut(drafts[0].Text, "\n")
		return line
	}
	for name, want := range map[string]string{
		"balance_letter_firm": "Sehr geehrte Damen und Herren,", "balance_letter": "Guten Tag Jenny Muster,", "lawyer": "Sehr geehrte Damen und Herren,",
		"balance_letter_lawyer": "Sehr geehrte Damen und Herren,", "creditor_inquiry": "Sehr geehrte Damen und Herren,", "deceased": "Guten Tag,",
	} {
		if got := first(name, "de"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := first("balance_letter_firm", "en"); got != "Dear Sir or Madam," {
		t.Errorf("English: %q", got)
	}
	for name, want := range map[string]bool{
		"Velura Versand GmbH": true, "Radhaus e. K.": true, "Radhaus e.K.": true, "Rechtsanwältin Dr. Beispiel": true, "Kanzlei Muster": true, "Muster & Partner mbB": true,
		"Schuldnerberatung Musterau": true, "Amtsgericht Musterstadt": true, "Sportfreunde Beispiel e. V.": true, "Beispiel Ltd": true,
		"Betreuungsbüro Muster": true, "Sparkasse Musterstadt": true, "Finanzamt Musterstadt": true,
		"Jenny Muster": false, "Anna Bankmann": false, "Tamara Amtmann": false, "Agnes Seidel": false, "Ugur Beispiel": false, "": false,
	} {
		if got := firmName(name); got != want {
			t.Errorf("firmName(%q) = %v", name, got)
		}
	}
}

// TestAdviceStandsOnce: the paragraph on debt advice comes once, and always for
// people in difficulty.
func TestAdviceStandsOnce(t *testing.T) {
	each(t, func(t *testing.T, name string, _ cases.DraftContext, drafts []cases.Draft, _ error) {
		t.Helper()
		for _, d := range drafts {
			if n := strings.Count(d.Text, "Caritas"); n > 1 {
				t.Errorf("%s: %s names the advice %d times", name, d.Template.ID, n)
			}
		}
	})
	s, _ := load(t)
	for _, lang := range []string{"de", "en"} {
		in := builtIn(t, "balance_letter_vulnerable")
		in.Lang = lang
		drafts, err := s.Drafts(t.Context(), in)
		if err != nil || !strings.Contains(drafts[0].Text, "Caritas") {
			t.Errorf("%s: no advice; %v", lang, err)
		}
	}
}

// TestInsolvencyGoesToTheAdministrator: who is on file as administrator is
// written to, and who is not is asked for.
func TestInsolvencyGoesToTheAdministrator(t *testing.T) {
	s, _ := load(t)
	in := builtIn(t, "insolvency_administrator")
	drafts, err := s.Drafts(t.Context(), in)
	if err != nil || len(drafts) != 2 || drafts[0].To != "debtor" || drafts[1].To != "administrator" || drafts[1].Template.ID != "insolvency_administrator" {
		t.Fatalf("%v: %+v", err, drafts)
	}
	if !strings.Contains(drafts[0].Text, "Kanzlei Beispiel, Insolvenzverwaltung") || drafts[1].ToAddr != "verwaltung@beispiel.example.com" {
		t.Errorf("the administrator is not named or not written to: %+v", drafts)
	}
	in = builtIn(t, "insolvency_from_administrator")
	drafts, err = s.Drafts(t.Context(), in)
	if err != nil || len(drafts) != 1 || drafts[0].Template.ID != "insolvency_administrator" || strings.Contains(drafts[0].Text, "Geschäftszeichen") {
		t.Errorf("%v: %+v", err, drafts)
	}
	in = builtIn(t, "insolvency_unknown_administrator")
	drafts, err = s.Drafts(t.Context(), in)
	if err != nil || len(drafts) != 1 || drafts[0].Template.ID != "insolvency_received" || !strings.Contains(drafts[0].Text, "04.01.2027") || strings.Contains(drafts[0].Text, "Geschäftszeichen") {
		t.Errorf("%v: %+v", err, drafts)
	}
	in = builtIn(t, "insolvency")
	drafts, err = s.Drafts(t.Context(), in)
	if err != nil || len(drafts) != 1 || !strings.Contains(drafts[0].Text, "steht noch nicht in unserer Akte") {
		t.Errorf("%v: %+v", err, drafts)
	}
	in = builtIn(t, "insolvency_administrator")
	in.Confirmed, in.Case.RightParty = cases.PartyUnknown, cases.PartyUnknown
	drafts, err = s.Drafts(t.Context(), in)
	if err != nil || strings.Contains(drafts[0].Text, "Kanzlei Beispiel") || strings.Contains(drafts[0].Text, "noch nicht in unserer Akte") {
		t.Errorf("to a stranger: %v: %+v", err, drafts)
	}
}

// TestLanguageOfALetter: the language on file wins over a passage in another.
func TestLanguageOfALetter(t *testing.T) {
	const german = "Guten Tag, ich habe die Rechnung bekommen und kann sie nicht auf einmal zahlen. Bitte teilen Sie mir mit, ob das in Raten geht.\n"
	const english = "Hello, I am writing about the invoice. I can not pay it all at once and would like to have a plan for it. Please tell me if that is possible.\n"
	for name, c := range map[string]struct{ wanted, file, mail, own, want string }{
		"a passage in English":          {"", "de", "en", german + english, "de"},
		"a long one":                    {"", "de", "en", german + english + english, "de"},
		"English alone":                 {"", "de", "en", english, "en"},
		"a greeting alone":              {"", "de", "en", "Guten Tag, " + english, "en"},
		"English on file, German quote": {"", "en", "de", english + german, "en"},
		"as wanted":                     {"en", "de", "de", german, "en"},
		"no language on file":           {"", "", "en", german + english, "en"},
		"nothing known":                 {"", "", "", "", "de"},
		"Turkish mail":                  {"", "en", "tr", "Merhaba, taksitle ödemek istiyorum.", "de"},
		"on file, mail says nothing":    {"", "en", "", "ok", "en"},
	} {
		in := builtIn(t, "plan_no_day")
		p := *in.Persons["debtor"]
		p.Lang = c.file
		in.Persons["debtor"] = &p
		m := *in.Messages[0]
		m.Class.Lang, m.Mail.Own = c.mail, plain.Clean(c.own)
		in.Messages, in.Lang = []*cases.Message{&m}, c.wanted
		if got := language(in); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
