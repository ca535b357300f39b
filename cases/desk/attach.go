package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// attachable lists what may go with a draft: the payment code where it asks for
// money, ticked; the documents of the case, for a person to tick. A letter that
// may hold no data of the claim carries neither.
func (d *Desk) attachable(r *Review, k cases.Draft) []cases.DraftFile {
	if !k.Template.ClaimData {
		return nil
	}
	var out []cases.DraftFile
	if code, ok := d.payCode(r, k); ok {
		out = append(out, code)
	}
	for _, doc := range r.Case.Documents {
		if doc.Removed == "" {
			out = append(out, cases.DraftFile{
				Kind: cases.FileDocument, Name: doc.Name, MediaType: doc.MediaType, Size: doc.Size, SHA256: doc.SHA256, Document: doc.ID, Why: "on_request",
			})
		}
	}
	return out
}

// payCode draws the code of what a draft asks for; false where it asks for
// nothing, or where none can be drawn: the text says all.
func (d *Desk) payCode(r *Review, k cases.Draft) (cases.DraftFile, bool) {
	cents := payable(r, k, d.o.Rules, d.CoveredUntil())
	if d.o.PayCodes == nil || cents <= 0 {
		return cases.DraftFile{}, false
	}
	if p, ok := r.Case.PartyOf(k.To, r.Today); !ok || p.Role == cases.RoleCreditor || p.Role == cases.RoleCourt {
		return cases.DraftFile{}, false
	}
	png, err := d.o.PayCodes.PayCode(r.Case.Reference, cents)
	if err != nil {
		d.o.Log.Info("no payment code for a letter", "err", err)
		return cases.DraftFile{}, false
	}
	sum := sha256.Sum256(png)
	return cases.DraftFile{
		Kind: cases.FileGiroCode, Name: plain.Line("GiroCode-" + r.Case.Reference + ".png"), MediaType: "image/png", Size: int64(len(png)),
		SHA256: hex.EncodeToString(sum[:]), Ticked: true, Why: "asks_payment", Data: png,
	}, true
}

// payable is the sum that a draft asks to be paid next: the first instalment of a
// plan, what is missing of a running one, the sum of a settlement or promise, what
// a demand says is open; 0 for none.
func payable(r *Review, k cases.Draft, rules cases.Rules, covered calendar.Date) money.Cents {
	for _, e := range k.Effects {
		switch e.Kind { //nolint:exhaustive // the others ask for no sum
		case cases.OfferPlan, cases.AgreePlan, cases.AmendPlan:
			if len(e.Rates) > 0 {
				return e.Rates[0].Cents
			}
		case cases.OfferSettlement:
			return e.Cents
		}
	}
	switch {
	case !k.Template.Demand || r.BalanceErr != nil:
		return 0
	case k.Template.ID == cases.PlanReminder:
		if a, ok := r.Case.Binding(cases.ArrangePlan); ok { // nobody is asked for all while a plan runs
			return plan.SumUp(r.Case.Instalments(a, rules.Plan, rules.Land, r.Today, covered)).Overdue
		}
	case k.Template.ID == "promise_reminder":
		if a, ok := r.Case.Current(cases.ArrangePromise); ok && a.Total > 0 {
			return min(a.Total, r.Balance.Total)
		}
	}
	return r.Balance.Total
}

// files reads the ticked files of a draft: what goes into the exact bytes, and
// what the approval says of it.
func (d *Desk) files(ctx context.Context, r *Review, k cases.Draft) ([]cases.LetterFile, []cases.SentFile, error) {
	var files []cases.LetterFile
	var sent []cases.SentFile
	for _, f := range k.Attach {
		if !f.Ticked {
			continue
		}
		data := f.Data
		if f.Kind == cases.FileDocument {
			doc, b, err := d.documentOf(ctx, r.Case, f.Document)
			if err != nil {
				return nil, nil, err
			}
			if doc.SHA256 != f.SHA256 {
				return nil, nil, &cases.Refusal{Reason: cases.Stale, Thing: r.Case.Of().String(), Detail: "document"}
			}
			data = b
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
			return nil, nil, fmt.Errorf("attach %s: its bytes are not those that the screen showed", f.Kind)
		}
		files = append(files, cases.LetterFile{Name: f.Name.String(), MediaType: f.MediaType, Data: data})
		sent = append(sent, cases.SentFile{Kind: f.Kind, Name: f.Name, Document: f.Document, SHA256: f.SHA256, Size: int64(len(data))})
	}
	return files, sent, nil
}
