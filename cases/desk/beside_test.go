package desk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
)

// withInquiry are texts with a question to the creditor beside the answer.
type withInquiry struct{ texts }

func (x withInquiry) Drafts(ctx context.Context, in cases.DraftContext) ([]cases.Draft, error) {
	list, err := x.texts.Drafts(ctx, in)
	ask := cases.DraftEffect{Effect: cases.Effect{Kind: cases.InquireCreditor}, Ticked: true, Why: "template"}
	wait := cases.DraftEffect{Effect: cases.Effect{Kind: cases.SetFollowUp, Date: in.Today + 14, Code: "creditor_answer"}, Ticked: true, Why: "template"}
	letter := cases.Draft{
		Template: cases.TemplateRef{ID: "creditor_inquiry", Version: 1, Lang: "de", ClaimData: true}, To: casestest.Creditor, ToAddr: "mandat@velura.example.com",
		Subject: in.Case.Reference + ": Rückfrage", Text: "Guten Tag,\nbitte den Vertrag.", Effects: []cases.DraftEffect{ask, wait},
	}
	if in.Template == "creditor_inquiry" {
		return []cases.Draft{letter}, err
	}
	list[0].Effects = append(list[0].Effects, ask, wait)
	return append(list, letter), err
}

func (b *bench) openFirst(t *testing.T, o desk.OpenOptions) *desk.Review {
	t.Helper()
	r := b.first(t)
	r, err := b.Open(t.Context(), r.Item, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bench) say(t *testing.T, r *desk.Review, draft int) desk.Approved {
	t.Helper()
	d := r.Drafts[draft]
	a, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Draft: draft, Subject: d.Subject, Text: d.Text, Effects: d.Effects})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A question to the creditor leaves the debtor's mail open, is not offered twice,
// and what it records is not recorded again by the answer. Taken back, it is
// offered again. Both leave the house.
func TestLetterBeside(t *testing.T) {
	b := setUp(t, func(o *desk.Options) { o.Texts = withInquiry{} })
	b.take(t, question)
	r := b.openFirst(t, desk.OpenOptions{})
	if len(r.Drafts) != 2 {
		t.Fatalf("%d drafts", len(r.Drafts))
	}
	id := r.Message.ID
	typed := desk.Typed{Template: "information", Lang: "de", Subject: "x", Text: "y", Beside: []desk.TypedBeside{{Template: "creditor_inquiry", Text: "z"}}}
	if err := b.SaveTyped(t.Context(), r.Item, typed); err != nil {
		t.Fatal(err)
	}
	a := b.say(t, r, 1)
	if !a.Stays || b.w.State.Messages[id].State != cases.MessageOpen {
		t.Fatalf("stays %t, the mail is %s", a.Stays, b.w.State.Messages[id].State)
	}
	r = b.openFirst(t, desk.OpenOptions{})
	if len(r.Drafts) != 1 || len(r.Beside) != 1 || r.Beside[0].Reply != a.Reply || r.Typed == nil || r.Typed.Text != "y" || len(r.Typed.Beside) != 0 {
		t.Fatalf("%d drafts, beside %+v, typed %+v", len(r.Drafts), r.Beside, r.Typed)
	}
	for _, e := range r.Drafts[0].Effects {
		if e.Kind == cases.InquireCreditor && e.Ticked || e.Code == "creditor_answer" && e.Ticked || e.Code == "answer" && !e.Ticked {
			t.Errorf("effect %s %s ticked %t", e.Kind, e.Code, e.Ticked)
		}
	}
	if err := b.Undo(t.Context(), a.Reply); err != nil {
		t.Fatal(err)
	}
	r = b.openFirst(t, desk.OpenOptions{})
	if len(r.Drafts) != 2 || len(r.Beside) != 0 || !r.Drafts[0].Effects[1].Ticked {
		t.Fatalf("taken back: %d drafts, beside %+v", len(r.Drafts), r.Beside)
	}
	b.say(t, r, 1)
	r = b.openFirst(t, desk.OpenOptions{})
	if a = b.say(t, r, 0); a.Stays || b.w.State.Messages[id].State != cases.MessageAnswered {
		t.Fatalf("stays %t, the mail is %s", a.Stays, b.w.State.Messages[id].State)
	}
	c := b.w.State.Cases[casestest.CaseID]
	due := slices.DeleteFunc(slices.Clone(c.FollowUps), func(f cases.FollowUp) bool { return f.Reason != "creditor_answer" })
	if len(c.Inquiries) != 1 || len(due) != 1 {
		t.Errorf("%d inquiries, %d follow-ups for the creditor's answer", len(c.Inquiries), len(due))
	}
	b.w.Now = b.w.Now.Add(20 * time.Second)
	if s, err := b.Send(t.Context()); err != nil || s.Sent != 2 {
		t.Errorf("sent %+v, %v", s, err)
	}
}

// Chosen in place of the answer it does not answer either.
func TestLetterToTheCreditorAnswersNobody(t *testing.T) {
	b := setUp(t, func(o *desk.Options) { o.Texts = withInquiry{} })
	b.take(t, question)
	r := b.openFirst(t, desk.OpenOptions{Template: "creditor_inquiry"})
	id := r.Message.ID
	if a := b.say(t, r, 0); !a.Stays || b.w.State.Messages[id].State != cases.MessageOpen {
		t.Fatalf("stays %t, the mail is %s", a.Stays, b.w.State.Messages[id].State)
	}
	if r = b.openFirst(t, desk.OpenOptions{}); len(r.Drafts) != 1 || r.Drafts[0].Template.ID != "information" {
		t.Errorf("%d drafts", len(r.Drafts))
	}
}
