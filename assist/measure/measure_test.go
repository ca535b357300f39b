package measure

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"kontor/assist/learn"
	"kontor/assist/train"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// fixed answers by a word of the text.
type fixed map[string]cases.Classification

func (f fixed) Classify(_ context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	for w, c := range f {
		if strings.Contains(in.Text, w) {
			return c, nil
		}
	}
	return cases.Classification{}, errors.New("no such mail")
}

func TestRun(t *testing.T) {
	cents := func(c money.Cents) *money.Cents { return &c }
	day := calendar.Of(2026, 12, 1)
	alert := cases.Classification{Intent: cases.Other, Alerts: []cases.Alert{cases.SelfHarm}}
	calm := cases.Classification{Intent: cases.Other, Permille: 900}
	e := fixed{
		"eins":  {Intent: cases.InstallmentRequest, Permille: 1000, Lang: "de", Slots: cases.Slots{MonthlyCents: cents(4000), FirstPaymentDate: day}},
		"zwei":  {Intent: cases.InstallmentRequest, Permille: 800, Lang: "de", Slots: cases.Slots{MonthlyCents: cents(9900)}},
		"drei":  {Intent: cases.Paid, Permille: 400, Lang: "de", Slots: cases.Slots{PaidCents: cents(100)}, Alerts: []cases.Alert{cases.Minor}},
		"alarm": alert, "stumm": calm, "ruhig": calm, "laut": alert, "Muster": {Intent: cases.PaymentPause},
	}
	mails := []train.Mail{
		{ID: "1", Text: "eins", Labels: train.Labels{Intent: cases.InstallmentRequest, Lang: "de", Slots: json.RawMessage(`{"monthly_cents":4000,"first_payment_date":"2026-12-01"}`)}},
		{ID: "2", Text: "zwei", Labels: train.Labels{Intent: cases.InstallmentRequest, Lang: "de", Slots: json.RawMessage(`{"monthly_cents":5000,"first_payment_date":"2026-12-01"}`)}},
		{ID: "3", Text: "drei", Labels: train.Labels{Intent: cases.Dispute, Lang: "de"}},
	}
	data := fstest.MapFS{
		"alerts.jsonl": {Data: []byte(`{"id":"a1","text":"alarm","alerts":["self_harm"]}` + "\n" + `{"id":"a2","text":"stumm","alerts":["minor"]}` + "\n")},
		"near.jsonl":   {Data: []byte(`{"id":"n1","text":"ruhig","alerts":[]}` + "\n" + `{"id":"n2","text":"laut","alerts":[]}` + "\n")},
	}
	examples := []learn.Example{
		{ID: "c/1", Kind: learn.Correction, Lang: "de", Text: "⟦NAME_1⟧ bittet", Machine: &learn.Reading{Intent: cases.Other}, Person: &learn.Reading{Intent: cases.PaymentPause}},
		{ID: "e/1", Kind: learn.Edit, Template: cases.TemplateRef{ID: "rests", Lang: "de"}, Distance: 1, Words: 10},
	}
	r, err := Run(t.Context(), e, mails, data, examples)
	if err != nil {
		t.Fatal(err)
	}
	if r.Accuracy != 667 || r.Mails != 3 {
		t.Errorf("accuracy %d of %d mails", r.Accuracy, r.Mails)
	}
	// (0 + |800-1000| + |400-0|) / 3
	if r.Calibration != 200 {
		t.Errorf("calibration error %d", r.Calibration)
	}
	if want := (Slot{"money", 2, 500, 1, 1, 1}); r.Money != want {
		t.Errorf("money %+v", r.Money)
	}
	if want := (Slot{"dates", 2, 500, 0, 0, 1}); r.Dates != want {
		t.Errorf("dates %+v", r.Dates)
	}
	if want := (Alerts{2, 500, []string{"a2"}, 2, 500, []string{"n2"}, 333}); !reflect.DeepEqual(r.Alerts, want) {
		t.Errorf("alerts %+v", r.Alerts)
	}
	if r.Corrections != 1 || r.CorrectionsRight != 1000 || len(r.Templates) != 1 || r.Templates[0].Distance != 100 {
		t.Errorf("%d corrections, %d right, templates %+v", r.Corrections, r.CorrectionsRight, r.Templates)
	}
	for _, want := range []string{"accuracy 0.667", "confusion", "calibration error 0.200", "money", "recall 0.500 [a2]", "rests", "corrected mails 1"} {
		if !strings.Contains(r.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, r)
		}
	}
}

func TestRunSaysWhatIsBroken(t *testing.T) {
	mails := []train.Mail{{ID: "1", Text: "x", Labels: train.Labels{Intent: cases.Other, Lang: "de", Slots: json.RawMessage(`[]`)}}}
	if _, err := Run(t.Context(), fixed{"x": {Intent: cases.Other}}, mails, fstest.MapFS{}, nil); err == nil {
		t.Error("slots of another shape: want an error")
	}
	mails[0].Labels.Slots = nil
	if _, err := Run(t.Context(), fixed{"x": {Intent: cases.Other}}, mails, fstest.MapFS{}, nil); err == nil {
		t.Error("no sentences: want an error")
	}
}
