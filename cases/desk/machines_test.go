package desk_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
)

// pushed is a journal that remembers what was submitted, as a machine that will
// push it to another.
type pushed struct {
	desk.Journal
	batches []cases.Batch
}

func (p *pushed) Submit(ctx context.Context, b cases.Batch) ([]cases.Verdict, error) {
	p.batches = append(p.batches, b)
	return p.Journal.Submit(ctx, b)
}

// machine is a desk of its own on a mailbox.
func machine(t *testing.T, s *shelf) (*bench, *pushed) {
	p := &pushed{}
	b := setUp(t, func(o *desk.Options) {
		p.Journal = o.Journal
		o.Journal, o.Mailboxes = p, []desk.Mailbox{s}
	})
	return b, p
}

// merge has the authority decide what another machine reported, in its order.
func merge(t rapid.TB, to *bench, from *pushed) {
	for _, b := range from.batches {
		if _, err := to.j.Submit(context.Background(), cases.Batch{Envelopes: b.Envelopes, Blobs: b.Blobs}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoMachinesMergeToOneMessage has two machines that do not know one another
// pull one account at whatever moments, while mails arrive, some of them again
// in other bytes. Whichever hears of the other later: each place is of exactly
// one message, a mail's bytes are one message, and both orders give the same.
//
// Other bytes of one mail are one message where any machine saw both, in one
// folder always. Seen by two machines in two folders they stay two messages
// after the merge, with the same case and text: nothing is lost, and the second
// is a repeat for the caseworker to finish.
func TestTwoMachinesMergeToOneMessage(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shared := newShelf("INBOX")
		in := shared.folders["INBOX"]
		in.batch = rapid.IntRange(1, 4).Draw(rt, "batch")
		a, outA := machine(t, shared)
		b, outB := machine(t, shared)
		n := 0
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 4).Draw(rt, "step") {
			case 0, 1:
				in.deliver(letterOf(n))
				n++
			case 2:
				if n > 0 { // once more, through a list or a gateway
					k := rapid.IntRange(0, n-1).Draw(rt, "again")
					in.deliver(fmt.Sprintf("%s|m%d@mail.example.org|K-2026-000318 [%d]|Frage %d", casestest.DebtorMail, k, in.next, k))
				}
			case 3:
				pull(t, a)
			case 4:
				pull(t, b)
			}
		}
		pull(t, a)
		pull(t, b)
		alone := len(a.w.State.Messages)
		merge(rt, a, outB)
		merge(rt, b, outA)
		for name, x := range map[string]*bench{"a": a, "b": b} {
			if got := len(x.w.State.Messages); got != n || alone != n {
				rt.Fatalf("%s: %d messages, %d before the merge, of %d mails", name, got, alone, n)
			}
			holds := map[cases.Place]int{}
			for _, m := range x.w.State.Messages {
				if m.Match.Case == "" || len(m.Class.Intent) == 0 {
					rt.Fatalf("%s: message %s has no case or no reading", name, m.ID)
				}
				for _, p := range m.Lies() {
					holds[p]++
				}
			}
			for uid := range in.mails {
				if k := holds[cases.Place{Account: "inkasso", Mailbox: "INBOX", UIDValidity: 1, UID: uid}]; k != 1 {
					rt.Fatalf("%s: UID %d is of %d messages", name, uid, k)
				}
			}
			if links := x.w.State.Cases[casestest.CaseID].Messages; len(links) != n {
				rt.Fatalf("%s: the case has %d messages, want %d", name, len(links), n)
			}
		}
		for id, m := range a.w.State.Messages {
			if o := b.w.State.Messages[id]; o == nil || !slices.Equal(sorted(o.Lies()), sorted(m.Lies())) {
				rt.Fatalf("message %s lies in other places by the other order", id)
			}
		}
	})
}

// TestTwinsOfTwoMachines: other bytes of one mail that two machines pulled from
// folders of their own are two messages after the merge, and none is lost.
func TestTwinsOfTwoMachines(t *testing.T) {
	left, right := newShelf("INBOX"), newShelf("Zweitpost")
	left.folders["INBOX"].deliver(letterOf(1))
	right.folders["Zweitpost"].deliver(fmt.Sprintf("%s|m1@mail.example.org|K-2026-000318 [Verteiler]|Frage 1", casestest.DebtorMail))
	a, _ := machine(t, left)
	b, outB := machine(t, right)
	pull(t, a)
	pull(t, b)
	merge(t, a, outB)
	if len(a.w.State.Messages) != 2 || len(a.w.State.Cases[casestest.CaseID].Messages) != 2 {
		t.Fatalf("%d messages, %d of the case, want both", len(a.w.State.Messages), len(a.w.State.Cases[casestest.CaseID].Messages))
	}
}
