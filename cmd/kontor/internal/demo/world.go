package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"kontor/assist/data"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/inbox/table"
)

// Sizes of the world that kontor demo shows by itself.
const (
	DefaultCases = 84
	DefaultMails = 59 // all that the stories write
)

var refPattern = regexp.MustCompile(`K-\d{4}-\d{6}`)

// sample is one labelled mail of the training data, as far as the demo uses it.
type sample struct {
	Date    time.Time `json:"date"`
	From    string    `json:"from"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Labels  struct {
		Intent cases.Intent `json:"intent"`
		Flags  []cases.Flag `json:"flags"`
		Slots  struct {
			Reference string      `json:"reference"`
			Paid      money.Cents `json:"paid_cents"`
		} `json:"slots"`
		Lang string `json:"lang"`
	} `json:"labels"`
}

// Build makes the world of a seed: same seed, same day, same world. The written
// stories come first; the rest is drawn.
func Build(seed int64, nCases, nMails int, now time.Time) (World, error) {
	today := calendar.In(now, now.Location())
	list, err := stories(today)
	if err != nil {
		return World{}, err
	}
	var w World
	d := &drawer{rnd: rand.New(rand.NewPCG(uint64(seed), 1)), now: now, today: today, used: map[string]bool{}, addresses: map[string]bool{}, written: list} //nolint:gosec // a sample world, repeatable by seed
	for _, s := range list {
		if len(w.Cases) >= nCases {
			break
		}
		w.Cases = append(w.Cases, s.Case)
		d.used[s.Case.Reference] = true
		for _, m := range s.Mails {
			w.Mails = append(w.Mails, m.arrivals(now)...)
		}
		w.Later = append(w.Later, s.Later...)
		for _, p := range s.people() {
			d.addresses[strings.ToLower(p.Email)] = true
		}
	}
	w.Mails = w.Mails[:min(len(w.Mails), nMails)]
	samples, err := d.samples()
	if err != nil {
		return World{}, err
	}
	for i := 0; len(w.Mails) < nMails && len(w.Cases) < nCases; i++ {
		s := samples[i%len(samples)]
		c, m := d.writer(s, i)
		w.Cases = append(w.Cases, c)
		w.Mails = append(w.Mails, m)
	}
	for i := 0; len(w.Mails) < nMails; i++ { // more mails than cases: debtors write again
		c := w.Cases[d.rnd.IntN(len(w.Cases))]
		m := d.mail(samples[i%len(samples)], c, true)
		w.Mails = append(w.Mails, m)
	}
	quiet := len(w.Cases)
	for len(w.Cases) < nCases {
		w.Cases = append(w.Cases, d.silent())
	}
	w.File = d.file(w.Cases[quiet:], IBAN)
	slices.SortStableFunc(w.Mails, func(a, b Dated) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(w.Later, func(a, b Mail) int { return cmp.Compare(a.Minutes, b.Minutes) })
	return w, nil
}

// Raw returns mail n of the world as bytes.
func (m Dated) Raw(n int) []byte { return m.raw(m.At, n) }

// RawAt returns a later mail as bytes, sent at an instant.
func (m Mail) RawAt(at time.Time, n int) []byte { return m.raw(at, n) }

type drawer struct {
	rnd   *rand.Rand
	now   time.Time
	today calendar.Date
	used  map[string]bool // references
	// addresses are one person's each.
	addresses map[string]bool
	written   []Story // whose creditors the drawn cases share
	next      int
}

// samples reads the labelled mails, in an order of the seed. Alerts and what
// only makes sense on its own day stay out: the morning starts calm.
func (d *drawer) samples() ([]sample, error) {
	all, err := data.Labelled[sample]()
	if err != nil {
		return nil, fmt.Errorf("sample mails: %w", err)
	}
	var out []sample
	for _, s := range all {
		if slices.Contains(s.Labels.Flags, cases.Vulnerable) || s.Labels.Intent == cases.DataRequest || s.Labels.Intent == cases.Bounce {
			continue
		}
		if _, err := mail.ParseAddress(s.From); err != nil {
			continue // some samples have a broken header
		}
		out = append(out, s)
	}
	d.rnd.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

func (d *drawer) reference() string {
	for {
		d.next++
		r := fmt.Sprintf("K-2026-%06d", 100000+d.next)
		if !d.used[r] {
			d.used[r] = true
			return r
		}
	}
}

// writer makes a case for the person who wrote a sample.
func (d *drawer) writer(s sample, i int) (table.Case, Dated) {
	c := d.plain()
	if r := refPattern.FindString(s.Labels.Slots.Reference + " " + s.Subject + " " + s.Text); r != "" && !d.used[r] {
		c.Reference = r
		d.used[r] = true
	}
	if a, err := mail.ParseAddress(s.From); err == nil {
		c.Debtor.Name = cmp.Or(plain.Line(a.Name).String(), strings.SplitN(a.Address, "@", 2)[0])
		c.Debtor.Email = a.Address
		if key := strings.ToLower(a.Address); d.addresses[key] {
			c.Debtor.Email = strings.Replace(a.Address, "@", fmt.Sprintf(".%d@", i), 1)
		}
		d.addresses[strings.ToLower(c.Debtor.Email)] = true
	}
	c.Debtor.EmailConfirmed = true
	c.Debtor.Lang = s.Labels.Lang
	return c, d.mail(s, c, refPattern.MatchString(s.Subject+s.Text) || d.rnd.IntN(3) > 0)
}

func (d *drawer) mail(s sample, c table.Case, ref bool) Dated {
	m := Mail{From: fmt.Sprintf("%q <%s>", c.Debtor.Name, c.Debtor.Email), Subject: s.Subject, Text: s.Text, Auth: true}
	m.Text = refPattern.ReplaceAllString(m.Text, c.Reference)
	m.Subject = refPattern.ReplaceAllString(m.Subject, c.Reference)
	if ref && !strings.Contains(m.Subject+m.Text, c.Reference) {
		m.Subject = strings.TrimSpace(m.Subject + " " + c.Reference)
	}
	switch {
	case s.Labels.Intent == cases.AutoReply:
		m.Style = "auto"
	case d.rnd.IntN(3) == 0:
		m.Style = "html"
	case d.rnd.IntN(4) == 0:
		m.Style = "latin1"
	}
	return Dated{m, d.now.Add(-time.Duration(10+d.rnd.IntN(2800)) * time.Minute).Truncate(time.Second)}
}

// silent is a case whose debtor has not written.
func (d *drawer) silent() table.Case {
	c := d.plain()
	first := pick(d.rnd, "Anna", "Bernd", "Carla", "Deniz", "Elif", "Frank", "Greta", "Hakan", "Ines", "Jonas", "Katharina", "Lars", "Mona", "Nils", "Olga", "Pawel", "Rita", "Sven", "Tanja", "Uwe")
	last := pick(d.rnd, "Albers", "Brandt", "Clasen", "Demir", "Ehlers", "Fuchs", "Gerdes", "Hinrichs", "Iwanow", "Jansen", "Kowalski", "Lorenz", "Meinert", "Nowak", "Oltmann", "Petersen", "Quast", "Richter", "Sommer", "Thiessen")
	c.Debtor.Name = first + " " + last
	c.Debtor.Email = fmt.Sprintf("%s.%s.%d@example.org", strings.ToLower(first), strings.ToLower(last), d.next)
	c.Debtor.EmailConfirmed = d.rnd.IntN(4) > 0
	return c
}

// plain is a case without a name in it.
func (d *drawer) plain() table.Case {
	like := d.written[d.rnd.IntN(len(d.written))].Case
	principal := money.Cents(3900 + d.rnd.IntN(180000))
	due := d.today - calendar.Date(60+d.rnd.IntN(500))
	stage := cases.StageReminder
	switch n := d.rnd.IntN(10); {
	case n > 7:
		stage = cases.StageCollection
	case n > 2:
		stage = cases.StageDunning
	}
	ref := d.reference()
	c := table.Case{
		Reference: ref, Portfolio: "nord", Subject: like.Subject, Opened: due + 40, Stage: stage, Land: "HH",
		Creditor: like.Creditor,
		Debtor:   table.Person{PersonID: "D-" + ref},
		Claims: []ledger.Claim{{
			ID: ref + "-1", Kind: ledger.Ordinary, Invoice: fmt.Sprintf("RE-%d-%05d", 2025+d.rnd.IntN(2), d.rnd.IntN(100000)), Subject: like.Subject,
			Purpose: ledger.Private, Principal: principal, Contract: due - 30, InvoiceDate: due - 14, Due: due, Default: due + 31,
			Rate: ledger.RateRule{Kind: ledger.RateConsumer},
		}},
		FollowUp: calendar.NextBusinessDay(d.today+calendar.Date(1+d.rnd.IntN(45)), calendar.HH), FollowWhy: "next_step",
	}
	if d.rnd.IntN(4) == 0 {
		c.Entries = append(c.Entries, ledger.Entry{ID: ref + "-p1", Date: due + 45, Kind: ledger.Payment, Cents: principal / 5})
	}
	return c
}

func pick(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }
