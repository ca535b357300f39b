package paper

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
)

// Places of DIN 5008 form B, in millimetres from the top left corner.
const (
	fieldX   = 20.0 // address field, 85 x 45; text begins 5 mm further in
	fieldY   = 45.0
	fieldW   = 85.0
	addressY = fieldY + 17.7 // address zone, 27.3 high, six lines
	infoX    = 125.0         // information block, 75 wide
	infoY    = 50.0
	infoW    = 75.0
	textY    = 98.46 // subject and text begin below
	foldTop  = 105.0
	foldLow  = 210.0
	punch    = 148.5
	bottomY  = 262.0 // text ends above
	footY    = 270.0
)

// maxAddress is how many lines the window shows.
const maxAddress = 6

// Letter is a draft on its way to the post: the very text that a person saw.
type Letter struct {
	Agency    cases.Agency
	To        []string // name, street, code and town: 2 to 6 lines, no empty ones
	Reference string
	Date      calendar.Date
	Subject   string
	Text      string // plain text; an empty line parts paragraphs
	Lang      string
	Made      time.Time // for the file's properties
	Pay       *Transfer // printed as a GiroCode below the text; nil: none
	Draft     bool      // bears a mark that nobody has approved it
}

// words of the frame around the text.
type frameWords struct{ ref, contact, phone, mail, date, page, of, pay, payRef, payTo, draft string }

func wordsOf(lang string) frameWords {
	if lang == "en" {
		return frameWords{"Our reference", "Contact", "Telephone", "E-mail", "Date", "Page", "of", "Pay by banking app: scan the code", "Reference", "Payee", "DRAFT, not approved"}
	}
	return frameWords{"Unser Zeichen", "Es schreibt Ihnen", "Telefon", "E-Mail", "Datum", "Seite", "von", "Mit der Banking-App zahlen: Code scannen", "Verwendungszweck", "Empfänger", "ENTWURF, nicht freigegeben"}
}

// PDF prints the letter for a window envelope (DIN 5008 form B): address field
// and return line, information block, subject, text, fold and punch marks, the
// company block on every page. Fonts are embedded; equal letters give equal
// bytes. A character that the fonts cannot print is a *[GlyphError].
func (l Letter) PDF() ([]byte, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	s := newSheet(l.Subject, l.Lang, l.Made)
	w := wordsOf(l.Lang)
	s.AddPage()
	l.head(s, w)
	y := l.body(s)
	if l.Pay != nil {
		if err := l.pay(s, w, y); err != nil {
			return nil, err
		}
	}
	for p := 1; p <= s.PageCount(); p++ {
		s.SetPage(p)
		l.frame(s, w, p)
	}
	return s.bytes()
}

func (l Letter) check() error {
	if len(l.To) < 2 || len(l.To) > maxAddress {
		return fmt.Errorf("letter: the window shows 2 to %d lines, the address has %d", maxAddress, len(l.To))
	}
	for _, line := range l.To {
		if plain.Line(line).IsZero() {
			return fmt.Errorf("letter: the address has an empty line")
		}
	}
	if l.Date <= 0 || plain.Line(l.Subject).IsZero() || plain.Clean(l.Text).IsZero() {
		return fmt.Errorf("letter: date, subject or text is missing")
	}
	return nil
}

func (l Letter) head(s *sheet, w frameWords) {
	a := l.Agency
	s.font("B", 14)
	s.put(left, 22, width, a.Name)
	s.SetDrawColor(120, 120, 120)
	s.SetLineWidth(0.2)
	s.Line(left, 26, pageW-right, 26)
	s.font("", 6.5)
	back := strings.Join(nonEmpty(a.Name, a.Street, a.Town), " · ")
	s.put(fieldX+5, fieldY+4, fieldW-5, back)
	s.SetLineWidth(0.1)
	s.Line(fieldX+5, fieldY+5, fieldX+fieldW, fieldY+5)
	s.font("", 10.5)
	for i, line := range l.To {
		s.put(fieldX+5, addressY+4+float64(i)*4.4, fieldW-5, plain.Line(line).String())
	}
	y := infoY + 3
	for _, f := range [][2]string{{w.ref, l.Reference}, {w.contact, a.Contact}, {w.phone, a.Phone}, {"", a.Hours}, {w.mail, a.Mail}, {w.date, l.Date.Long(orDe(l.Lang))}} {
		if f[1] == "" {
			continue
		}
		s.font("", 7.5)
		s.put(infoX, y, 26, f[0])
		s.font("", 9)
		s.put(infoX+27, y, infoW-27, f[1])
		y += 4.8
	}
}

func orDe(lang string) string {
	if lang == "en" {
		return "en"
	}
	return "de"
}

// body prints subject and text, over as many pages as it takes, and returns
// where it ended.
func (l Letter) body(s *sheet) float64 {
	y := textY + 4
	s.font("B", 11)
	for _, line := range s.wrap(plain.Line(l.Subject).String(), width) {
		s.put(left, y, width, line)
		y += 5
	}
	y += 4
	for _, para := range strings.Split(strings.Trim(l.Text, "\n"), "\n\n") {
		size, step := 10.0, 4.7
		if l.Agency.Name != "" && strings.HasPrefix(para, l.Agency.Name+" · ") {
			size, step = 7.5, 3.4 // the company block that mails carry
		}
		s.font("", size)
		lines := s.wrap(para, width)
		// A paragraph's first two lines stay together.
		if y+step*float64(min(2, len(lines))-1) > bottomY {
			y = l.turn(s)
			s.font("", size)
		}
		for _, line := range lines {
			if y > bottomY {
				y = l.turn(s)
				s.font("", size)
			}
			s.put(left, y, width+1, line)
			y += step
		}
		y += step * 0.8
	}
	return y
}

// turn begins a page and returns where its text begins.
func (l Letter) turn(s *sheet) float64 {
	if s.PageCount() >= maxPages && s.err == nil {
		s.err = fmt.Errorf("letter: longer than %d pages", maxPages)
	}
	if s.err != nil {
		return 40
	}
	s.AddPage()
	s.font("", 8)
	s.put(left, 22, width, l.Agency.Name+" · "+l.Reference+" · "+l.Date.Long(orDe(l.Lang)))
	return 34
}

// pay prints the GiroCode with its words; codes smaller than 30 mm are hard to
// read for older phones.
func (l Letter) pay(s *sheet, w frameWords, y float64) error {
	code, err := Giro(*l.Pay)
	if err != nil {
		return err
	}
	img, err := code.PNG(8)
	if err != nil {
		return err
	}
	const side = 36.0
	if y+side > bottomY+3 {
		y = l.turn(s)
	}
	o := fpdf.ImageOptions{ImageType: "PNG"}
	s.RegisterImageOptionsReader("giro", o, bytes.NewReader(img))
	s.ImageOptions("giro", left-2, y, side, side, false, o, 0, "")
	x := left + side + 2
	s.font("B", 9.5)
	s.put(x, y+8, width-side, w.pay)
	s.font("", 9)
	for i, f := range []string{
		w.payTo + ": " + l.Pay.Name, "IBAN: " + groups(strings.ReplaceAll(l.Pay.IBAN, " ", "")), w.payRef + ": " + SpacedRF(l.Pay.RF), l.Pay.Amount.Format(orDe(l.Lang)),
	} {
		s.put(x, y+14+float64(i)*4.6, width-side, f)
	}
	return nil
}

// frame prints what stands on every page: marks, page number, company block.
func (l Letter) frame(s *sheet, w frameWords, page int) {
	s.SetDrawColor(120, 120, 120)
	s.SetLineWidth(0.15)
	if l.Draft {
		s.font("B", 10)
		s.put(pageW-right-s.GetStringWidth(w.draft), 15, width, w.draft)
	}
	if page == 1 {
		s.Line(4, foldTop, 8, foldTop)
		s.Line(4, foldLow, 8, foldLow)
	}
	s.Line(4, punch, 10, punch)
	s.font("", 8)
	no := fmt.Sprintf("%s %d %s %d", w.page, page, w.of, s.PageCount())
	s.put(pageW-right-s.GetStringWidth(no), footY-4, width, no)
	s.Line(left, footY-2, pageW-right, footY-2)
	a := l.Agency
	columns := [][]string{
		nonEmpty(a.Name, a.Street, a.Town),
		nonEmpty(a.Phone, a.Mail, a.Web),
		nonEmpty(a.Bank, "IBAN "+groups(strings.ReplaceAll(a.IBAN, " ", "")), prefixed("BIC ", a.BIC), a.Owner),
		nonEmpty(a.Register, a.Authority),
	}
	s.font("", 6.5)
	const col = width / 4
	for i, lines := range columns {
		y := footY + 1.5
		for _, text := range lines {
			for _, line := range s.wrap(text, col-3) {
				s.put(left+float64(i)*col, y, col-1, line)
				y += 2.7
			}
		}
	}
}

func prefixed(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s = plain.Line(s).String(); s != "" && s != "IBAN" {
			out = append(out, s)
		}
	}
	return out
}

// Window turns a postal address of one line ("street, code town") and a name
// into the lines of the address field.
func Window(name, postal string) []string {
	out := nonEmpty(name)
	for part := range strings.SplitSeq(postal, ",") {
		out = append(out, nonEmpty(part)...)
	}
	return out
}
