package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// reader reads the tests' own form of mail: "FROM|MSGID|SUBJECT|TEXT".
type reader struct{}

func (reader) Read(_ context.Context, raw []byte) (cases.Mail, error) {
	f := strings.SplitN(string(raw), "|", 4)
	if len(f) < 4 {
		return cases.Mail{Kind: cases.KindOther, Warnings: []cases.Warning{{Code: "unreadable"}}}, nil
	}
	m := cases.Mail{
		From: cases.Address{Addr: f[0]}, RFCMessageID: f[1], Subject: plain.Line(f[2]), Own: plain.Clean(f[3]), Text: plain.Clean(f[3] + "\n> alt"), Kind: cases.KindReply,
		Auth: []cases.AuthResult{{Method: "dmarc", Result: "pass", Domain: "example.org"}},
	}
	if strings.HasPrefix(f[2], "Abwesend") {
		m.Kind = cases.KindAuto
	}
	return m, nil
}

func (reader) Attachment([]byte, int) (string, string, []byte, error) {
	return "", "", nil, errors.New("none")
}

type engine struct{}

func (engine) Classify(_ context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	c := cases.Classification{Intent: cases.InformationRequest, Permille: 930, Engine: "local"}
	if in.Kind == cases.KindAuto {
		c.Intent = cases.AutoReply
	}
	return c, nil
}

type texts struct{ demand bool }

func (texts) List() []cases.TemplateInfo { return nil }

func (x texts) Drafts(_ context.Context, in cases.DraftContext) ([]cases.Draft, error) {
	return []cases.Draft{{
		Template: cases.TemplateRef{ID: "information", Version: 1, Lang: "de", ClaimData: true, Demand: x.demand}, To: casestest.Debtor, ToAddr: casestest.DebtorMail,
		Subject: in.Case.Reference, Text: "Guten Tag,\nfür 412,90 €.",
		Effects: []cases.DraftEffect{{Effect: cases.Effect{Kind: cases.SetFollowUp, Date: in.Today + 14, Code: "answer"}, Ticked: true}},
	}}, nil
}

type policy struct{}

func (policy) Check(o cases.Outgoing) []cases.TextFinding {
	if strings.Contains(o.Text, "Polizei") {
		return []cases.TextFinding{{Rule: "threat.police", Severity: "block"}}
	}
	return nil
}

// composer writes a letter so that a test can read it.
type composer struct{ lie bool }

func (composer) Build(l cases.Letter) ([]byte, error) {
	return fmt.Appendf(nil, "To: %s\nMessage-ID: <%s>\nIn-Reply-To: <%s>\nSubject: %s\n\n%s", l.To.Addr, l.MessageID, l.InReplyTo, l.Subject, l.Text), nil
}

func (c composer) Verify(raw []byte, l cases.Letter) error {
	if c.lie || !strings.HasSuffix(string(raw), l.Text) {
		return errors.New("differs")
	}
	return nil
}

func (composer) ValidID(id string) bool { return id != "" && !strings.ContainsAny(id, " <>\r\n") }

// server takes mails by a script: what goes wrong, by number of the attempt.
type server struct {
	script   []error // nil: accepted; consumed one a transaction
	accepted []string
	dials    int
	dialErr  error
	// lost answers are accepted by the server and never reach us.
	lost bool
}

func (s *server) Dial(context.Context) (desk.Dialogue, error) {
	s.dials++
	return s, s.dialErr
}

func (s *server) Close() error { return nil }

func (s *server) Send(ctx context.Context, _ string, raw []byte, beforeDot func(context.Context) error) (cases.SendResult, error) {
	var fail error
	if len(s.script) > 0 {
		fail, s.script = s.script[0], s.script[1:]
	}
	var se *cases.SendError
	if errors.As(fail, &se) && se.Phase != cases.PhaseDot {
		return cases.SendResult{}, fail
	}
	if err := beforeDot(ctx); err != nil {
		return cases.SendResult{}, &cases.SendError{Phase: cases.PhaseData, Temp: true, Err: err}
	}
	if fail != nil {
		if s.lost {
			s.accepted = append(s.accepted, string(raw))
		}
		return cases.SendResult{}, fail
	}
	s.accepted = append(s.accepted, string(raw))
	return cases.SendResult{Code: 250, Response: "queued"}, nil
}

// box is a mailbox that keeps our copies.
type box struct {
	copies []string
	err    error
	bad    string // the one that err is about; empty: all
}

func (*box) Name() string      { return "inkasso" }
func (*box) Folders() []string { return nil }
func (*box) Pull(_ context.Context, c cases.Cursor, _ func(context.Context, []cases.Fetched, cases.Cursor) error) (cases.Cursor, error) {
	return c, nil
}

func (*box) Compare(context.Context, cases.Cursor, []uint32) (gone, missed []uint32, err error) {
	return nil, nil, nil
}
func (*box) Watch(context.Context, string, func()) error        { return nil }
func (*box) After(context.Context, []cases.Place) error         { return nil }
func (b *box) Holds(_ context.Context, id string) (bool, error) { return len(b.copies) > 0, nil }
func (b *box) SaveSent(_ context.Context, _ []byte, id string, _ time.Time) (string, error) {
	if b.err != nil && (b.bad == "" || b.bad == id) {
		return "", b.err
	}
	b.copies = append(b.copies, id)
	return "Sent", nil
}

type bench struct {
	*desk.Desk
	w   *casestest.World
	j   *casestest.Journal
	srv *server
	box *box
}

func setUp(t *testing.T, change func(*desk.Options)) *bench {
	t.Helper()
	w := casestest.NewWorld()
	if err := w.Open(); err != nil {
		t.Fatal(err)
	}
	b := &bench{w: w, j: casestest.NewJournal(w), srv: &server{}, box: &box{}}
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	pattern, err := match.Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		t.Fatal(err)
	}
	o := desk.Options{
		Journal: b.j, Reader: reader{}, Engine: engine{}, Texts: texts{}, Policy: policy{}, Composer: composer{}, Pattern: pattern,
		Mailboxes: []desk.Mailbox{b.box}, Senders: map[string]desk.Sender{"": b.srv},
		Froms: map[string]desk.From{"": {From: cases.Address{Addr: "inkasso@kontor.example.org"}}},
		Actor: casestest.Caseworker(), Rules: w.Rules, Ledger: ledger.Rules{Rates: rates}, Weights: priority.Default(),
		Now: func() time.Time { return w.Now }, Loc: casestest.Berlin(),
	}
	if change != nil {
		change(&o)
	}
	w.Rules = o.Rules
	if b.Desk, err = desk.New(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	b.j.Changed = b.Changed
	t.Cleanup(b.Close)
	return b
}

func (b *bench) take(t *testing.T, raws ...string) desk.PullResult {
	t.Helper()
	var list []cases.Fetched
	for i, r := range raws {
		list = append(list, cases.Fetched{
			Place: cases.Place{Account: "inkasso", Mailbox: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}, Received: b.w.Now, Raw: []byte(r), Size: int64(len(r)),
		})
	}
	res, err := b.Take(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func (b *bench) first(t *testing.T) *desk.Review {
	t.Helper()
	q, err := b.Queue(t.Context(), desk.Query{})
	if err != nil || q.Len() == 0 {
		t.Fatalf("queue of %d, %v", q.Len(), err)
	}
	r, err := b.Open(t.Context(), q.Ref(0), desk.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bench) approve(t *testing.T) desk.Approved {
	t.Helper()
	r := b.first(t)
	if len(r.Drafts) != 1 {
		t.Fatalf("no draft: %v", r.DraftErr)
	}
	d := r.Drafts[0]
	a, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: d.Subject, Text: d.Text, Effects: d.Effects})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (b *bench) state(t *testing.T, id cases.ReplyID) cases.ReplyState {
	t.Helper()
	return b.w.State.Replies[id].State
}

const question = casestest.DebtorMail + "|q1@mail.example.org|K-2026-000318|Wofür ist das?"

func TestFromMailToSent(t *testing.T) {
	b := setUp(t, nil)
	if got := b.take(t, question); got != (desk.PullResult{Fetched: 1, New: 1, Matched: 1}) {
		t.Fatalf("taken: %+v", got)
	}
	a := b.approve(t)
	if r, err := b.Send(t.Context()); err != nil || r.Waiting != 1 || len(b.srv.accepted) != 0 {
		t.Fatalf("sent inside the undo window: %+v, %v", r, err)
	}
	b.w.Now = b.w.Now.Add(20 * time.Second)
	if r, err := b.Send(t.Context()); err != nil || r.Sent != 1 {
		t.Fatalf("send: %+v, %v", r, err)
	}
	if b.state(t, a.Reply) != cases.ReplySent || len(b.box.copies) != 1 {
		t.Fatalf("reply %s, copies %v", b.state(t, a.Reply), b.box.copies)
	}
	if !strings.Contains(b.srv.accepted[0], "In-Reply-To: <q1@mail.example.org>") {
		t.Errorf("no answer to the mail:\n%s", b.srv.accepted[0])
	}
	if _, err := b.Send(t.Context()); err != nil || len(b.srv.accepted) != 1 || len(b.box.copies) != 1 {
		t.Error("sent or copied twice")
	}
}

// What may go wrong in a transaction, and what comes of it. Never two copies.
func TestSendMatrix(t *testing.T) {
	fail := func(p cases.Phase, code int, temp bool) *cases.SendError {
		return &cases.SendError{Phase: p, Code: code, Temp: temp, Err: errors.New("x")}
	}
	for _, tc := range []struct {
		name   string
		script []error
		lost   bool
		want   cases.ReplyState
		copies int
	}{
		{"cut before anything, then well", []error{fail(cases.PhaseMail, 0, true)}, false, cases.ReplySent, 1},
		{"greylisted, then well", []error{fail(cases.PhaseRcpt, 451, true), fail(cases.PhaseRcpt, 451, true)}, false, cases.ReplySent, 1},
		{"cut inside the data, then well", []error{fail(cases.PhaseData, 0, true)}, false, cases.ReplySent, 1},
		{"refused recipient", []error{fail(cases.PhaseRcpt, 550, false)}, false, cases.ReplyRefused, 0},
		{"refused at the dot", []error{fail(cases.PhaseDot, 554, false)}, false, cases.ReplyRefused, 0},
		{"later at the dot, then well", []error{fail(cases.PhaseDot, 451, true)}, false, cases.ReplySent, 1},
		{"answer lost, not accepted", []error{fail(cases.PhaseDot, 0, false)}, false, cases.ReplyUnknown, 0},
		{"answer lost, accepted", []error{fail(cases.PhaseDot, 0, false)}, true, cases.ReplyUnknown, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := setUp(t, nil)
			b.take(t, question)
			a := b.approve(t)
			b.srv.script, b.srv.lost = tc.script, tc.lost
			for range 10 {
				b.w.Now = b.w.Now.Add(10 * time.Minute)
				if _, err := b.Send(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if got := b.state(t, a.Reply); got != tc.want || len(b.srv.accepted) != tc.copies {
				t.Fatalf("reply %s with %d copies, want %s with %d", got, len(b.srv.accepted), tc.want, tc.copies)
			}
			for _, raw := range b.srv.accepted {
				if !strings.Contains(raw, string(a.Reply)+"@kontor.example.org") {
					t.Error("the Message-ID changed")
				}
			}
		})
	}
}

func TestUnknownIsSettledByAPerson(t *testing.T) {
	for choice, want := range map[string]cases.ReplyState{"sent": cases.ReplySent, "again": cases.ReplySent, "give_up": cases.ReplyStale} {
		b := setUp(t, nil)
		b.take(t, question)
		a := b.approve(t)
		b.srv.script = []error{&cases.SendError{Phase: cases.PhaseDot, Err: errors.New("cut")}}
		b.w.Now = b.w.Now.Add(time.Minute)
		if _, err := b.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.Settle(t.Context(), a.Reply, choice); err != nil {
			t.Fatal(err)
		}
		b.w.Now = b.w.Now.Add(time.Minute)
		if _, err := b.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := b.state(t, a.Reply); got != want {
			t.Errorf("%s: reply %s, want %s", choice, got, want)
		}
	}
}

func TestUndo(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	a := b.approve(t)
	if s := b.Status(); s.Undo != a.Reply || s.Waiting != 1 {
		t.Fatalf("status %+v", s)
	}
	if err := b.Undo(t.Context(), a.Reply); err != nil {
		t.Fatal(err)
	}
	c := b.w.State.Cases[casestest.CaseID]
	if len(c.FollowUps) != 1 || b.w.State.Messages[b.first(t).Message.ID].State != cases.MessageOpen {
		t.Fatalf("the effects stayed: %+v", c.FollowUps)
	}
	b.w.Now = b.w.Now.Add(time.Minute)
	if r, err := b.Send(t.Context()); err != nil || r.Sent != 0 || len(b.srv.accepted) != 0 {
		t.Fatalf("sent after undo: %+v, %v", r, err)
	}
	b.approve(t) // and again, anew
}

func TestCrashInTheMiddle(t *testing.T) {
	for _, tc := range []struct {
		cmds []cases.Command
		want cases.ReplyState
	}{
		{nil, cases.ReplyApproved},
		{[]cases.Command{cases.ReportDot{Attempt: 1}}, cases.ReplyUnknown},
	} {
		b := setUp(t, nil)
		b.take(t, question)
		a := b.approve(t)
		b.w.Now = b.w.Now.Add(time.Minute)
		m := b.w.State.Replies[a.Reply].Approval.Messages
		do := append([]cases.Command{cases.ClaimReply{Reply: a.Reply, Case: casestest.CaseID, Messages: m, Persons: casestest.Persons()}}, tc.cmds...)
		for _, c := range do {
			if d, ok := c.(cases.ReportDot); ok {
				d.Reply = a.Reply
				c = d
			}
			if _, err := b.j.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{{ID: desk.NewCommandID(), Actor: casestest.Machine(), Command: c}}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := b.state(t, a.Reply); got != tc.want {
			t.Errorf("after a crash the reply is %s, want %s", got, tc.want)
		}
	}
}

// The dot is never written when its record is not durable.
func TestNoRecordNoDot(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	a := b.approve(t)
	b.w.Now = b.w.Now.Add(time.Minute)
	b.j.Fail = func(x cases.Batch) error {
		if _, ok := x.Envelopes[0].Command.(cases.ReportDot); ok {
			return errors.New("disk full")
		}
		return nil
	}
	if _, err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(b.srv.accepted) != 0 {
		t.Fatal("a mail left without a record")
	}
	b.j.Fail = nil
	b.w.Now = b.w.Now.Add(time.Hour)
	if _, err := b.Send(t.Context()); err != nil || b.state(t, a.Reply) != cases.ReplySent {
		t.Fatalf("reply %s, %v", b.state(t, a.Reply), err)
	}
}

func TestBytesAreTheApprovedOnes(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	a := b.approve(t)
	b.j.Damage(b.w.State.Replies[a.Reply].Approval.Bytes)
	b.w.Now = b.w.Now.Add(time.Minute)
	if _, err := b.Send(t.Context()); err == nil || len(b.srv.accepted) != 0 {
		t.Fatalf("changed bytes were sent: %v", err)
	}
	if b.state(t, a.Reply) != cases.ReplyRefused {
		t.Errorf("a reply whose bytes are gone is %s, want it shown as refused", b.state(t, a.Reply))
	}
	c := setUp(t, func(o *desk.Options) { o.Composer = composer{lie: true} })
	c.take(t, question)
	r := c.first(t)
	if _, err := c.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: "x", Text: r.Drafts[0].Text}); err == nil {
		t.Fatal("a letter that says something else was approved")
	}
}

// twoReplies approves answers to mails of two cases.
func twoReplies(t *testing.T, b *bench) (first, second desk.Approved) {
	t.Helper()
	another(t, b, "319", nil)
	b.take(t, question)
	first = b.approve(t)
	b.take(t, question, casestest.DebtorMail+"|q2@mail.example.org|K-2026-000319|Wofür ist das andere?")
	second = b.approve(t)
	if b.w.State.Replies[first.Reply].Approval.Case == b.w.State.Replies[second.Reply].Approval.Case {
		t.Fatal("the test answers one case twice")
	}
	return first, second
}

// A copy that the Sent folder does not take holds no other, and is tried again.
func TestOneBadCopyHoldsNoOther(t *testing.T) {
	b := setUp(t, nil)
	first, second := twoReplies(t, b)
	id := func(r cases.ReplyID) string { return b.w.State.Replies[r].Approval.RFCID }
	b.box.err, b.box.bad = errors.New("NO message too large"), id(first.Reply)
	b.w.Now = b.w.Now.Add(time.Minute)
	if r, err := b.Send(t.Context()); err != nil || r.Sent != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if len(b.box.copies) != 1 || b.box.copies[0] != id(second.Reply) {
		t.Errorf("copies %v, want that of the second reply", b.box.copies)
	}
	b.box.err = nil
	if _, err := b.Send(t.Context()); err != nil || len(b.box.copies) != 2 {
		t.Errorf("copies %v, %v, want both", b.box.copies, err)
	}
}

// A reply whose bytes were damaged on disk is shown as refused; the ones behind
// it leave.
func TestOneBadReplyHoldsNoOther(t *testing.T) {
	b := setUp(t, nil)
	first, second := twoReplies(t, b)
	b.j.Damage(b.w.State.Replies[first.Reply].Approval.Bytes)
	b.w.Now = b.w.Now.Add(time.Minute)
	r, err := b.Send(t.Context())
	if err == nil || r.Sent != 1 || r.Refused != 1 || len(b.srv.accepted) != 1 {
		t.Fatalf("%+v, %v; the server took %d", r, err, len(b.srv.accepted))
	}
	if st := b.w.State.Replies[first.Reply]; st.State != cases.ReplyRefused || !strings.Contains(st.Attempts[0].Response.String(), "approved") {
		t.Errorf("the damaged reply is %s: %+v", st.State, st.Attempts)
	}
	if b.state(t, second.Reply) != cases.ReplySent || b.Status().SMTP.State != desk.LinkOK {
		t.Errorf("the other reply is %s, the link %s", b.state(t, second.Reply), b.Status().SMTP.State)
	}
	if r, err := b.Send(t.Context()); err != nil || r.Sent+r.Refused != 0 {
		t.Errorf("the next round: %+v, %v", r, err)
	}
}

func TestRefusals(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	r := b.first(t)
	_, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: "x", Text: "Dann kommt die Polizei."})
	if !errors.Is(err, &cases.Refusal{Reason: cases.TextFindings}) {
		t.Errorf("a forbidden text: %v", err)
	}
	b.take(t, casestest.DebtorMail+"|q2@mail.example.org|K-2026-000318|Noch etwas")
	_, err = b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: "x", Text: "Guten Tag"})
	if !errors.Is(err, &cases.Refusal{Reason: cases.Stale, Detail: "message"}) {
		t.Errorf("a mail came in between: %v", err)
	}
	if err := b.Finish(t.Context(), r.Message.ID, "erledigt"); !errors.Is(err, &cases.Refusal{Reason: cases.NeedsAnswer}) {
		t.Errorf("an information request without an answer: %v", err)
	}
}

func TestOneReplyAnswersTwoMails(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question, casestest.DebtorMail+"|q2@mail.example.org|K-2026-000318|Noch etwas")
	r := b.first(t)
	if len(r.Others) != 1 {
		t.Fatalf("others: %+v", r.Others)
	}
	r, err := b.Open(t.Context(), r.Item, desk.OpenOptions{Also: []cases.MessageID{r.Others[0].ID}})
	if err != nil {
		t.Fatal(err)
	}
	d := r.Drafts[0]
	if _, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: d.Subject, Text: d.Text}); err != nil {
		t.Fatal(err)
	}
	for id, m := range b.w.State.Messages {
		if m.State != cases.MessageAnswered {
			t.Errorf("message %s is %s", id, m.State)
		}
	}
}

func TestIntake(t *testing.T) {
	b := setUp(t, nil)
	res := b.take(t, question, question, "not a mail", "fremd@example.net|f1@x.example.net|Angebot|Kaufen Sie!", casestest.DebtorMail+"|a1@x|Abwesend: K-2026-000318|bin weg")
	if res != (desk.PullResult{Fetched: 5, New: 4, Matched: 2, Unassigned: 2, Failed: 1}) {
		t.Fatalf("taken: %+v", res)
	}
	if res := b.take(t, question); res.New != 0 {
		t.Errorf("the same bytes made a second message: %+v", res)
	}
	for _, m := range b.Messages("", false) {
		r, err := b.Open(t.Context(), desk.ItemRef{Kind: priority.ItemMessage, ID: string(m.ID)}, desk.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		switch {
		case m.Case == "":
			want = "no_case"
		case m.Kind == cases.KindAuto:
			want = "automatic"
		}
		if got := desk.NoDraft(r.DraftErr); got != want {
			t.Errorf("%s: no draft because %q, want %q", m.Subject, got, want)
		}
	}
}

func TestSendWindow(t *testing.T) {
	b := setUp(t, func(o *desk.Options) {
		w, err := calendar.ParseWindow("Mo-Sa 08:00-20:00")
		if err != nil {
			t.Fatal(err)
		}
		o.Rules.Window = w
	})
	b.w.Now = time.Date(2026, 11, 24, 21, 0, 0, 0, casestest.Berlin())
	b.take(t, question)
	b.approve(t)
	b.w.Now = b.w.Now.Add(time.Minute)
	if r, err := b.Send(t.Context()); err != nil || r.Sent != 0 || r.Waiting != 1 {
		t.Fatalf("outside the window: %+v, %v", r, err)
	}
	if due, ok := b.NextDue(t.Context()); !ok || !due.Equal(time.Date(2026, 11, 25, 8, 0, 0, 0, casestest.Berlin())) {
		t.Errorf("next due %s", due)
	}
	b.w.Now = time.Date(2026, 11, 25, 8, 1, 0, 0, casestest.Berlin())
	if r, err := b.Send(t.Context()); err != nil || r.Sent != 1 {
		t.Fatalf("inside the window: %+v, %v", r, err)
	}
}

func TestServerAway(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	a := b.approve(t)
	b.w.Now = b.w.Now.Add(time.Minute)
	b.srv.dialErr = errors.New("connection refused")
	if _, err := b.Send(t.Context()); err == nil {
		t.Fatal("no error")
	}
	rows, err := b.Outbox(t.Context())
	if err != nil || len(rows) != 1 || rows[0].Waiting != "offline" || b.Status().SMTP.State != desk.LinkOff {
		t.Fatalf("outbox %+v, %v, status %+v", rows, err, b.Status())
	}
	b.srv.dialErr = nil
	if _, err := b.Send(t.Context()); err != nil || b.state(t, a.Reply) != cases.ReplySent {
		t.Fatalf("back again: %s, %v", b.state(t, a.Reply), err)
	}
}

func TestLeavingAfterTheDeskClosed(t *testing.T) {
	b := setUp(t, nil)
	cancel := b.Subscribe(func(desk.News) {})
	b.Close()
	cancel()
	cancel()
}

func TestNews(t *testing.T) {
	b := setUp(t, nil)
	got := make(chan desk.News, 10)
	cancel := b.Subscribe(func(n desk.News) { got <- n })
	defer cancel()
	b.take(t, question)
	for {
		select {
		case n := <-got:
			if n.Queue {
				return
			}
		case <-time.After(10 * time.Second):
			t.Fatal("no news of a new mail")
		}
	}
}
