package demo

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/priority"
	"kontor/inbox/mime"
)

// morning is a start of the demo; the other starts show that nothing rests on it.
var (
	berlin  = time.FixedZone("CET", 3600)
	morning = time.Date(2026, time.November, 25, 9, 0, 0, 0, berlin)
	starts  = []time.Time{
		morning,
		time.Date(2026, time.December, 24, 0, 5, 0, 0, berlin),
		time.Date(2026, time.November, 29, 23, 59, 0, 0, berlin),
	}
)

func build(t *testing.T, start time.Time) World {
	t.Helper()
	w, err := Build(1, DefaultCases, DefaultMails, start)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWorldIsRepeatable(t *testing.T) {
	a, b := build(t, morning), build(t, morning)
	if !reflect.DeepEqual(a, b) {
		t.Error("one seed and one start make two worlds")
	}
	for i := range a.Mails {
		if string(a.Mails[i].Raw(i)) != string(b.Mails[i].Raw(i)) {
			t.Errorf("mail %d comes in other bytes the second time", i)
		}
	}
}

func TestWorldSize(t *testing.T) {
	w := build(t, morning)
	if len(w.Cases) < 72 || len(w.Mails) < 46 || len(w.Later) < 12 {
		t.Errorf("%d cases, %d mails, %d later", len(w.Cases), len(w.Mails), len(w.Later))
	}
	list, err := stories(calendar.In(morning, berlin))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range list {
		for _, m := range s.Mails {
			n += len(m.arrivals(morning))
		}
	}
	if n != DefaultMails || len(list) > DefaultCases {
		t.Errorf("%d stories with %d mails do not fit %d cases, %d mails", len(list), n, DefaultCases, DefaultMails)
	}
	big, err := Build(3, 300, 400, morning)
	if err != nil {
		t.Fatal(err)
	}
	if len(big.Cases) != 300 || len(big.Mails) != 400 {
		t.Errorf("want 300 cases and 400 mails, got %d and %d", len(big.Cases), len(big.Mails))
	}
	tellApart(t, big)
}

// tellApart checks that references are one case's and addresses one person's.
func tellApart(t *testing.T, w World) {
	t.Helper()
	refs, owner := map[string]bool{}, map[string]string{}
	for _, c := range w.Cases {
		if refs[c.Reference] {
			t.Errorf("%s is there twice", c.Reference)
		}
		refs[c.Reference] = true
		for _, p := range (Story{Case: c}).people() {
			key, addr := p.PersonID, strings.ToLower(p.Email)
			if key == "" {
				key = p.Name
			}
			if addr == "" {
				continue
			}
			if o, ok := owner[addr]; ok && o != key {
				t.Errorf("%s is the address of %s and %s", addr, o, key)
			}
			owner[addr] = key
			_, domain, _ := strings.Cut(addr, "@")
			if !strings.Contains("."+domain, ".example.") {
				t.Errorf("%s might be somebody's real address", addr)
			}
		}
	}
}

func TestWorldTellsApart(t *testing.T) { tellApart(t, build(t, morning)) }

func TestStoriesCoverTheWork(t *testing.T) {
	w := build(t, morning)
	seen, styles, langs := map[cases.Intent]int{}, map[string]int{}, map[string]int{}
	for _, m := range w.Mails {
		seen[m.Want]++
		styles[m.Style]++
		if m.Alert || m.Days > 0 {
			t.Errorf("%q: the morning starts calm", m.Subject)
		}
	}
	for _, i := range cases.Intents() {
		if seen[i] == 0 {
			t.Errorf("nobody writes with intent %s", i)
		}
	}
	for _, s := range []string{"", "html", "latin1", "outlook", "phone", "auto", "bounce"} {
		if styles[s] == 0 {
			t.Errorf("no mail of style %q", s)
		}
	}
	for _, c := range w.Cases {
		langs[c.Debtor.Lang]++
	}
	for _, l := range []string{"de", "en", "tr", "pl", "ru", "ro", "fr", "it", "ar"} {
		if langs[l] == 0 {
			t.Errorf("nobody writes %s", l)
		}
	}
	alerts, old := 0, 0
	for _, m := range w.Later {
		if !slices.Contains(cases.Intents(), m.Want) {
			t.Errorf("%q wants %q", m.Subject, m.Want)
		}
		if m.Alert {
			alerts++
		}
		if m.Days > 0 {
			old++
		}
	}
	if alerts < 2 || old < 2 || w.Later[0].Alert || w.Later[0].Days > 0 {
		t.Errorf("later: %d alerts, %d overdue, first %q", alerts, old, w.Later[0].Subject)
	}
}

// Every mail is read by the program's reader as what its story says.
func TestMailsParse(t *testing.T) {
	r := mime.New(mime.Options{AuthServIDs: []string{AuthServID}})
	for _, start := range starts {
		w := build(t, start)
		check := func(m Mail, raw []byte) {
			t.Helper()
			got, err := r.Read(t.Context(), raw)
			if err != nil {
				t.Errorf("%q: %v", m.Subject, err)
				return
			}
			if len(got.Warnings) > 0 && m.HTML == "" {
				t.Errorf("%q: %v", m.Subject, got.Warnings)
			}
			if got.From.Addr == "" || got.Subject.String() != m.Subject || got.RFCMessageID == "" || got.Own.IsZero() {
				t.Errorf("%q comes as %q of %q with %d bytes of text", m.Subject, got.Subject, got.From.Addr, len(got.Own.String()))
			}
			if strings.Contains(got.Own.String(), "SYSTEM:") || strings.Contains(got.Own.String(), "{D") || strings.Contains(got.Own.String(), "{B") || strings.Contains(got.Own.String(), "{E") {
				t.Errorf("%q holds what nobody is meant to see", m.Subject)
			}
			if (got.Kind == cases.KindBounce) != (m.Style == "bounce") || (got.Kind == cases.KindAuto) != (m.Style == "auto") {
				t.Errorf("%q is of kind %s", m.Subject, got.Kind)
			}
			if m.Style == "bounce" && (got.Bounce == nil || got.Bounce.Recipient != m.Attached) {
				t.Errorf("%q: delivery report %+v", m.Subject, got.Bounce)
			}
			if m.Attach != "" && (len(got.Attachments) != 1 || got.Attachments[0].Name.String() != m.Attach) {
				t.Errorf("%q: attachments %v", m.Subject, got.Attachments)
			}
		}
		for i, m := range w.Mails {
			if m.At.After(start) {
				t.Errorf("%q arrives after the start", m.Subject)
			}
			check(m.Mail, m.Raw(i))
		}
		for i, m := range w.Later {
			check(m, m.RawAt(m.Sent(start), i))
		}
	}
}

// A mail on two ways keeps what makes it one mail.
func TestRepeatedMail(t *testing.T) {
	w := build(t, morning)
	r := mime.New(mime.Options{AuthServIDs: []string{AuthServID}})
	byID := map[string][]int{}
	for i, m := range w.Mails {
		got, err := r.Read(t.Context(), m.Raw(i))
		if err != nil {
			t.Fatal(err)
		}
		byID[got.RFCMessageID] = append(byID[got.RFCMessageID], i)
	}
	twins := 0
	for id, at := range byID {
		if len(at) == 1 {
			continue
		}
		twins++
		a, b := w.Mails[at[0]], w.Mails[at[1]]
		if len(at) != 2 || a.Text != b.Text || !a.At.Equal(b.At) || string(a.Raw(at[0])) == string(b.Raw(at[1])) {
			t.Errorf("%s is no mail in two forms", id)
		}
	}
	if twins != 1 {
		t.Errorf("%d mails came twice, want 1", twins)
	}
}

// Sums and days of the cases can be true: costs below the cap of § 13e RDG, no
// follow-up missed, accounts that can be reckoned.
func TestCasesAreSound(t *testing.T) {
	tables, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	for _, start := range starts {
		today := calendar.In(start, berlin)
		for _, c := range build(t, start).Cases {
			if c.FollowUp < today {
				t.Errorf("%s comes back on %s, before the start", c.Reference, c.FollowUp)
			}
			k := c.Claims[0]
			if !(k.Contract <= k.InvoiceDate && k.InvoiceDate <= k.Due && k.Due < k.Default && k.Default <= c.Opened && c.Opened <= today) {
				t.Errorf("%s: days out of order", c.Reference)
			}
			for _, e := range c.Entries {
				if e.Date > today {
					t.Errorf("%s: entry of %s lies ahead", c.Reference, e.Date)
				}
				if e.CostKind == ledger.CollectionFee {
					if _, err := tables.Check(costs.Normal, k.Principal, e.Cents, c.Opened); err != nil {
						t.Errorf("%s: %v", c.Reference, err)
					}
				}
			}
			if _, err := ledger.BalanceAt(ledger.Ledger{Claims: c.Claims, Entries: c.Entries}, today, ledger.Rules{Rates: rates}); err != nil {
				t.Errorf("%s: %v", c.Reference, err)
			}
		}
	}
}

// The order of the day needs a calm start whatever the day: nothing due today.
func TestNothingIsDueAtTheStart(t *testing.T) {
	for _, start := range starts {
		today := calendar.In(start, berlin)
		for _, m := range build(t, start).Mails {
			got := calendar.In(m.At, berlin)
			in := priority.Input{Kind: priority.ItemMessage, Today: today, Received: got, Intent: m.Want, Assigned: true}
			switch m.Want { //nolint:exhaustive // only these have a clock
			case cases.DataRequest:
				in.Due = got.AddMonths(1)
			case cases.InformationRequest:
				in.Due = calendar.AddBusinessDays(got, 7, "HH")
			}
			if v := priority.Judge(in, priority.Default()); v.Lane.Rank() < priority.LaneNew.Rank() {
				t.Errorf("%s: %q stands in lane %s", today, m.Subject, v.Lane)
			}
		}
	}
}

// The file that the cases have beside claims and mails: whatever the day, one
// rate is missed and a statement shows it.
func TestFile(t *testing.T) {
	for _, start := range starts {
		today := calendar.In(start, berlin)
		w := build(t, start)
		f := w.File
		refs := map[string]bool{}
		for _, c := range w.Cases {
			refs[c.Reference] = true
		}
		if !refs[f.Plan.Reference] || !refs[f.Title.Reference] || len(f.Papers) != 2 || len(f.Entries) != 3 {
			t.Fatalf("%s: %+v", today, f)
		}
		a := f.Plan.Arrangement
		var sum money.Cents
		for _, r := range a.Rates {
			sum += r.Cents
		}
		missed := a.Rates[1].Due
		if sum != a.Total || a.Rates[0].Due >= missed || missed < f.Statement.From || calendar.AddBankDays(missed, 2) > f.Statement.Until || a.Rates[2].Due <= today {
			t.Errorf("%s: the second rate of %+v is not missed for sure", today, a)
		}
		total := f.Statement.Opening
		for _, e := range f.Entries {
			total += e.Cents
			if e.Booked < f.Statement.From || e.Booked > f.Statement.Until || e.Account != IBAN {
				t.Errorf("%s: entry %s of %s is not in the statement", today, e.Key, e.Booked)
			}
		}
		if total != f.Statement.Closing {
			t.Errorf("%s: the statement does not add up", today)
		}
		if tt := f.Title.Title; tt.Date > today || tt.Final < tt.Date {
			t.Errorf("%s: title of %s, final %s", today, tt.Date, tt.Final)
		}
	}
}
