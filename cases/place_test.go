package cases_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

func inbox(validity, uid uint32) cases.Place {
	return cases.Place{Account: "inkasso", Mailbox: "INBOX", UIDValidity: validity, UID: uid}
}

// A mail that is moved, expunged, put back and read again in another life of its
// folder stays one message, which knows where it lies and to whom it was written.
func TestPlacesComeAndGo(t *testing.T) {
	w := world(t)
	mail := cases.Mail{RFCMessageID: "x@example.org", Own: plain.Clean("hallo"), Kind: cases.KindReply}
	done := cases.Place{Account: "inkasso", Mailbox: "Erledigt", UIDValidity: 4, UID: 1}
	receive := func(p cases.Place) cases.Command {
		return cases.ReceiveMessage{Message: "m1", Received: w.Now, Mail: mail, Place: p}
	}
	twin := func(p cases.Place) cases.Command {
		return cases.ReceiveMessage{Message: "m2", Received: w.Now, Mail: mail, Twin: "m1", Place: p}
	}
	gone := func(p cases.Place) cases.Command { return cases.ReportGone{Message: "m1", Place: p} }
	for i, step := range []struct {
		cmd    cases.Command
		events int
		lies   []cases.Place
	}{
		{gone(inbox(1, 7)), 0, nil}, // of a message that nobody knows
		{receive(inbox(1, 7)), 1, []cases.Place{inbox(1, 7)}},
		{gone(inbox(1, 8)), 0, []cases.Place{inbox(1, 7)}}, // where it never lay
		{receive(done), 1, []cases.Place{inbox(1, 7), done}},
		{gone(inbox(1, 7)), 1, []cases.Place{done}},
		{gone(inbox(1, 7)), 0, []cases.Place{done}},
		{receive(inbox(1, 7)), 1, []cases.Place{inbox(1, 7), done}}, // a restored backup
		{receive(inbox(2, 1)), 1, []cases.Place{done, inbox(2, 1)}}, // the folder's next life
		{twin(inbox(2, 2)), 1, []cases.Place{done, inbox(2, 1), inbox(2, 2)}},
		{twin(inbox(3, 2)), 1, []cases.Place{done, inbox(3, 2)}},
		{twin(inbox(3, 2)), 0, []cases.Place{done, inbox(3, 2)}},
		{gone(done), 1, []cases.Place{inbox(3, 2)}},
		{gone(inbox(3, 2)), 1, nil},
	} {
		ev, err := w.Do(casestest.Machine(), step.cmd)
		if err != nil || len(ev) != step.events {
			t.Fatalf("step %d: %d events, %v; want %d", i, len(ev), err, step.events)
		}
		m := w.State.Messages["m1"]
		if m == nil {
			continue
		}
		if got := m.Lies(); !slices.Equal(got, step.lies) {
			t.Fatalf("step %d: lies at %v, want %v", i, got, step.lies)
		}
		s, err := cases.ReadMessageSummary("m1", cases.Summarise(m, w.Today(), ledger.Rules{}))
		if err != nil || len(s.Lies) != len(step.lies) {
			t.Fatalf("step %d: summary has places %v, %v", i, s.Lies, err)
		}
		for k, p := range step.lies {
			if want := (cases.Spot{Folder: cases.FolderKey(p.Account, p.Mailbox), Validity: p.UIDValidity, UID: p.UID}); s.Lies[k] != want {
				t.Errorf("step %d: place %d is %+v in the summary, want %+v", i, k, s.Lies[k], want)
			}
		}
	}
	m := w.State.Messages["m1"]
	if len(w.State.Messages) != 1 || m.Places[0] != inbox(1, 7) || len(m.AlsoAs) != 1 {
		t.Errorf("%d messages, first place %v, also as %v", len(w.State.Messages), m.Places[0], m.AlsoAs)
	}
}

// Whatever is reported, a message lies where it was seen last in a folder's
// present life and not struck since, and a folder that Kontor never saw is none.
func TestPlacesFollowTheReports(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := casestest.NewWorld()
		lies := map[cases.Place]bool{}
		for range rapid.IntRange(1, 40).Draw(rt, "reports") {
			p := inbox(uint32(rapid.IntRange(1, 3).Draw(rt, "validity")), uint32(rapid.IntRange(1, 4).Draw(rt, "uid")))
			p.Mailbox = rapid.SampledFrom([]string{"INBOX", "Erledigt"}).Draw(rt, "folder")
			var cmd cases.Command = cases.ReceiveMessage{Message: "m1", Received: w.Now, Place: p}
			if rapid.Bool().Draw(rt, "gone") {
				cmd = cases.ReportGone{Message: "m1", Place: p}
				delete(lies, p)
			} else {
				for o := range lies {
					if o.Mailbox == p.Mailbox && o.UIDValidity != p.UIDValidity {
						delete(lies, o)
					}
				}
				lies[p] = true
			}
			if _, err := w.Do(casestest.Machine(), cmd); err != nil {
				rt.Fatal(err)
			}
		}
		got := map[cases.Place]bool{}
		if m := w.State.Messages["m1"]; m != nil {
			for _, p := range m.Lies() {
				got[p] = true
			}
			if len(got) != len(m.Lies()) {
				rt.Fatalf("a place twice: %v", m.Lies())
			}
			for _, p := range m.Gone {
				if !slices.Contains(m.Places, p) {
					rt.Fatalf("gone from %v, where it never lay", p)
				}
			}
		}
		if !reflect.DeepEqual(got, lies) {
			rt.Fatalf("lies at %v, want %v", got, lies)
		}
	})
}
