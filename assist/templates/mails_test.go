package templates

import (
	"errors"
	"flag"
	"strings"
	"testing"
	"time"

	"kontor/assist/data"
	"kontor/assist/policy"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

var simFactor = flag.Float64("sim.factor", 0.1, "share of the labelled mails that is answered")

// labelled is one mail of the training data with what people said of it.
type labelled struct {
	ID      string    `json:"id"`
	Date    time.Time `json:"date"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Labels  struct {
		Intent    cases.Intent   `json:"intent"`
		Secondary []cases.Intent `json:"secondary"`
		Flags     []cases.Flag   `json:"flags"`
		Slots     cases.Slots    `json:"slots"`
		Lang      string         `json:"lang"`
	} `json:"labels"`
}

func labelledMails(t *testing.T) []labelled {
	t.Helper()
	list, err := data.Labelled[labelled]()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestLabelledMailsGetALetter answers every labelled mail: whatever people
// write, the draft passes the gate and Decide takes it as it stands.
func TestLabelledMailsGetALetter(t *testing.T) {
	s, _ := load(t)
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	mails := labelledMails(t)
	step := max(1, int(1 / *simFactor))
	for i := 0; i < len(mails); i += step {
		m := mails[i]
		in := answering(m)
		in.Balance, in.BalanceErr = ledger.BalanceAt(in.Case.Ledger, in.Today, ledger.Rules{Rates: rates})
		if in.BalanceErr == nil {
			in.Statement, in.BalanceErr = ledger.StatementAt(in.Case.Ledger, in.Today, ledger.Rules{Rates: rates})
		}
		drafts, err := s.Drafts(t.Context(), in)
		if !m.Labels.Intent.Answered() {
			if !errors.Is(err, ErrNoText) {
				t.Errorf("%s: automatic mail: %d drafts, %v", m.ID, len(drafts), err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s (%s): %v", m.ID, m.Labels.Intent, err)
			continue
		}
		for j, d := range drafts {
			count[d.Template.ID]++
			out := outgoing(in, d)
			for _, f := range gate.Check(filledIn(in, d)) {
				t.Errorf("%s (%s): %s: %s %s %q", m.ID, m.Labels.Intent, d.Template.ID, f.Severity, f.Rule, f.Quote.String())
			}
			sc := cases.NewScope(cases.Actor{User: "u1", Device: "d1"})
			sc.Put(in.Case)
			for _, p := range in.Persons {
				sc.Put(p)
			}
			sc.Put(in.Messages[0])
			a := cases.Approval{
				Case: in.Case.ID, To: d.To, ToAddr: d.ToAddr, Subject: plain.Line(d.Subject), RFCID: "x@kontor.example",
				SHA256: strings.Repeat("ab", 32), Size: 1, Bytes: "b1", Template: d.Template, OtherAddress: true, Effects: out.Effects,
				Seen: []cases.Seen{{Stream: in.Case.ID.Stream()}},
			}
			if j == 0 {
				a.Messages = []cases.MessageID{"m1"}
			}
			env := cases.Env{Now: in.Now, Today: in.Today, ID: "c1", Rules: in.Rules}
			if _, err := cases.Decide(sc, env, cases.ApproveReply{Reply: "r1", Approval: a}); err != nil {
				t.Errorf("%s (%s): %s: %v", m.ID, m.Labels.Intent, d.Template.ID, err)
			}
		}
	}
	if len(count) < 25 && step == 1 {
		t.Errorf("%d different letters for %d mails: %v", len(count), len(mails), count)
	}
	t.Log(count)
}

// answering is the everyday case on the day after a mail.
func answering(m labelled) cases.DraftContext {
	in := everyday()
	in.Now = m.Date.Add(20 * time.Hour).UTC()
	in.Today = calendar.In(in.Now, time.UTC)
	in.CoveredUntil = calendar.PrevBusinessDay(in.Today-1, calendar.NW)
	c := &in.Case.Ledger.Claims[0]
	c.Contract, c.InvoiceDate, c.Due, c.Default = calendar.Of(2025, 5, 4), calendar.Of(2025, 5, 6), calendar.Of(2025, 5, 20), calendar.Of(2025, 6, 21)
	for i := range in.Case.Ledger.Entries {
		in.Case.Ledger.Entries[i].Date = calendar.Of(2025, 9, 1)
	}
	mail(m.Labels.Intent, m.Text)(&in)
	msg := in.Messages[0]
	msg.Received = m.Date
	msg.Mail.Subject = plain.Line(m.Subject)
	msg.Class.Secondary, msg.Class.Flags, msg.Class.Slots, msg.Class.Lang = m.Labels.Secondary, m.Labels.Flags, m.Labels.Slots, m.Labels.Lang
	return in
}
