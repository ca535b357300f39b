package desk_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
	"kontor/cases/plain"
)

// shelf is a mail server's account with folders, as far as a pull sees it.
type shelf struct {
	box
	folders  map[string]*shelfFolder
	compared int
}

type shelfFolder struct {
	validity, next uint32
	mails          map[uint32]string
	hidden         map[uint32]string // not shown yet
	ghosts         int               // counted, never listed
	batch          int
}

func newShelf(names ...string) *shelf {
	s := &shelf{folders: map[string]*shelfFolder{}}
	for _, n := range names {
		s.folders[n] = &shelfFolder{validity: 1, next: 1, mails: map[uint32]string{}, hidden: map[uint32]string{}, batch: 2}
	}
	return s
}

func (s *shelf) Folders() []string { return slices.Sorted(maps.Keys(s.folders)) }

func (f *shelfFolder) deliver(raw string) uint32 {
	uid := f.next
	f.mails[uid] = raw
	f.next++
	return uid
}

func (s *shelf) Pull(ctx context.Context, cur cases.Cursor, sink func(context.Context, []cases.Fetched, cases.Cursor) error) (cases.Cursor, error) {
	f := s.folders[cur.Mailbox]
	if cur.UIDValidity != f.validity || f.next <= cur.LastUID {
		cur.UIDValidity, cur.LastUID = f.validity, 0
	}
	var batch []cases.Fetched
	for _, uid := range slices.Sorted(maps.Keys(f.mails)) {
		if uid <= cur.LastUID {
			continue
		}
		raw := f.mails[uid]
		batch = append(batch, cases.Fetched{
			Place: cases.Place{Account: cur.Account, Mailbox: cur.Mailbox, UIDValidity: f.validity, UID: uid}, Raw: []byte(raw), Size: int64(len(raw)),
		})
		if len(batch) == f.batch {
			cur.LastUID = uid
			if err := sink(ctx, batch, cur); err != nil {
				return cur, err
			}
			batch = nil
		}
	}
	if len(batch) > 0 {
		cur.LastUID = batch[len(batch)-1].Place.UID
		if err := sink(ctx, batch, cur); err != nil {
			return cur, err
		}
	}
	cur.Held = uint32(len(f.mails) + f.ghosts)
	return cur, nil
}

func (s *shelf) Compare(_ context.Context, cur cases.Cursor, known []uint32) (gone, missed []uint32, err error) {
	s.compared++
	f := s.folders[cur.Mailbox]
	for _, uid := range known {
		if f.mails[uid] == "" {
			gone = append(gone, uid)
		}
	}
	for _, uid := range slices.Sorted(maps.Keys(f.mails)) {
		if !slices.Contains(known, uid) && uid <= cur.LastUID {
			missed = append(missed, uid)
		}
	}
	return gone, missed, nil
}

func letterOf(n int) string {
	return fmt.Sprintf("%s|m%d@mail.example.org|K-2026-000318|Frage %d", casestest.DebtorMail, n, n)
}

func pull(t testing.TB, b *bench) desk.PullResult {
	t.Helper()
	r, err := b.Pull(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// where lists the places of all messages, by Message-ID.
func where(b *bench) map[string][]cases.Place {
	out := map[string][]cases.Place{}
	for _, m := range b.w.State.Messages {
		out[m.Mail.RFCMessageID] = m.Lies()
	}
	return out
}

func sorted(list []cases.Place) []string {
	var out []string
	for _, p := range list {
		out = append(out, fmt.Sprint(p))
	}
	slices.Sort(out)
	return out
}

func TestMovedMailIsStruckAtItsOldPlace(t *testing.T) {
	s := newShelf("Erledigt", "INBOX")
	b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
	in, done := s.folders["INBOX"], s.folders["Erledigt"]
	for n := range 5 {
		in.deliver(letterOf(n))
	}
	if r := pull(t, b); r.New != 5 || r.Gone != 0 {
		t.Fatalf("first round: %+v", r)
	}
	if r := pull(t, b); r != (desk.PullResult{}) || s.compared != 0 {
		t.Fatalf("a round without news: %+v, %d comparisons", r, s.compared)
	}
	done.deliver(in.mails[2])
	delete(in.mails, 2)
	delete(in.mails, 4)
	in.deliver(letterOf(5))
	if r := pull(t, b); r.New != 1 || r.Gone != 2 || s.compared != 1 {
		t.Fatalf("after a move: %+v, %d comparisons", r, s.compared)
	}
	got := where(b)
	if p := got["m1@mail.example.org"]; len(p) != 1 || p[0].Mailbox != "Erledigt" {
		t.Errorf("the moved mail lies at %v", p)
	}
	if p := got["m3@mail.example.org"]; len(p) != 0 {
		t.Errorf("the expunged mail lies at %v", p)
	}
	if m := b.Messages("", false); len(m) != 6 {
		t.Errorf("%d messages, want 6: what vanished on the server stays here", len(m))
	}
	pull(t, b)
	if s.compared != 1 {
		t.Errorf("compared again without need")
	}
}

// An answer goes out from the mailbox that the debtor wrote to, also when the
// mail was filed elsewhere or deleted there.
func TestAnswerComesFromTheMailboxThatWasWrittenTo(t *testing.T) {
	s := newShelf("INBOX")
	own := &server{}
	b := setUp(t, func(o *desk.Options) {
		o.Mailboxes = []desk.Mailbox{s}
		o.Senders["inkasso"] = own
		o.Froms["inkasso"] = desk.From{From: cases.Address{Addr: "eigen@kontor.example.org"}}
	})
	in := s.folders["INBOX"]
	in.deliver(question)
	pull(t, b)
	delete(in.mails, 1)
	if r := pull(t, b); r.Gone != 1 {
		t.Fatalf("%+v", r)
	}
	r := b.first(t)
	if _, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: r.Drafts[0].Subject, Text: r.Drafts[0].Text, Effects: r.Drafts[0].Effects}); err != nil {
		t.Fatal(err)
	}
	b.w.Now = b.w.Now.Add(b.w.Rules.Undo + 1)
	if sent, err := b.Send(t.Context()); err != nil || sent.Sent != 1 || len(own.accepted) != 1 || len(b.srv.accepted) != 0 {
		t.Errorf("sent %+v, %v; by its own server %d", sent, err, len(own.accepted))
	}
}

// A mail without a byte stays one message when it is moved; one that the server
// does not hand over is known by its place, and seen.
func TestEmptyAndUnreadableMails(t *testing.T) {
	b := setUp(t, nil)
	at := func(folder string, uid uint32) cases.Place {
		return cases.Place{Account: "inkasso", Mailbox: folder, UIDValidity: 1, UID: uid}
	}
	hour := b.w.Now.Add(-time.Hour)
	for i, step := range []struct {
		mail cases.Fetched
		have int
	}{
		{cases.Fetched{Place: at("INBOX", 1), Received: hour}, 1},
		{cases.Fetched{Place: at("Erledigt", 1), Received: hour}, 1},
		{cases.Fetched{Place: at("INBOX", 2), Received: b.w.Now}, 2},
		{cases.Fetched{Place: at("INBOX", 3), Unreadable: plain.Line("NO")}, 3},
		{cases.Fetched{Place: at("INBOX", 4), Unreadable: plain.Line("NO")}, 4},
		{cases.Fetched{Place: at("INBOX", 4), Unreadable: plain.Line("NO")}, 4},
	} {
		r, err := b.Take(t.Context(), []cases.Fetched{step.mail})
		if err != nil {
			t.Fatal(err)
		}
		if have := len(b.Messages("", true)); have != step.have {
			t.Errorf("step %d: %d messages, want %d (%+v)", i, have, step.have, r)
		}
	}
}

// A server that shows a mail late, below the cursor, is read again from there.
func TestMailShownLateIsNotMissed(t *testing.T) {
	s := newShelf("INBOX")
	b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
	in := s.folders["INBOX"]
	for n := range 3 {
		in.deliver(letterOf(n))
	}
	in.hidden[2] = in.mails[2]
	delete(in.mails, 2)
	pull(t, b)
	in.mails[2] = in.hidden[2]
	if r := pull(t, b); r.New != 1 || r.Gone != 0 {
		t.Errorf("%+v, want the late mail", r)
	}
	if got := len(where(b)); got != 3 {
		t.Errorf("%d messages, want 3", got)
	}
}

// What a server counts and never lists costs one look, not one a round.
func TestOddCountIsLookedIntoOnce(t *testing.T) {
	s := newShelf("INBOX")
	b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
	in := s.folders["INBOX"]
	in.ghosts = 3
	for n := range 4 {
		in.deliver(letterOf(n))
	}
	for range 5 {
		pull(t, b)
	}
	if s.compared != 1 {
		t.Errorf("compared %d times, want once", s.compared)
	}
	delete(in.mails, 3)
	if r := pull(t, b); r.Gone != 1 || s.compared != 2 {
		t.Errorf("%+v after %d comparisons, want one mail gone", r, s.compared)
	}
}

// A mail that makes no message (an erased one is to stay away) is read again
// once, not every round.
func TestMailThatMakesNoMessageIsKeptAside(t *testing.T) {
	s := newShelf("INBOX")
	b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
	in := s.folders["INBOX"]
	for n := range 6 {
		in.deliver(letterOf(n))
	}
	in.hidden[2], in.hidden[3] = in.mails[2], in.mails[3]
	delete(in.mails, 2)
	delete(in.mails, 3)
	pull(t, b)
	in.mails[2], in.mails[3] = "", "" // listed, and nothing comes of them
	dead := &silentShelf{shelf: s, deaf: map[uint32]bool{2: true, 3: true}}
	c := setUpOver(t, b, dead)
	for range 3 {
		pull(t, c)
	}
	if dead.compared != 2 || dead.fetched > 5 {
		t.Errorf("%d comparisons and %d mails read, want two and one reading from the second on", dead.compared, dead.fetched)
	}
	delete(in.mails, 6)
	if r := pull(t, c); r.Gone != 1 || r.Fetched != 0 || dead.compared != 3 {
		t.Errorf("%+v after %d comparisons, want one gone and nothing read", r, dead.compared)
	}
}

// silentShelf lists mails that it does not hand over.
type silentShelf struct {
	*shelf
	deaf    map[uint32]bool
	fetched int
}

func (s *silentShelf) Pull(ctx context.Context, cur cases.Cursor, sink func(context.Context, []cases.Fetched, cases.Cursor) error) (cases.Cursor, error) {
	return s.shelf.Pull(ctx, cur, func(ctx context.Context, batch []cases.Fetched, next cases.Cursor) error {
		batch = slices.DeleteFunc(batch, func(f cases.Fetched) bool { return s.deaf[f.Place.UID] })
		s.fetched += len(batch)
		return sink(ctx, batch, next)
	})
}

func (s *silentShelf) Compare(_ context.Context, cur cases.Cursor, known []uint32) (gone, missed []uint32, err error) {
	s.compared++
	f := s.folders[cur.Mailbox]
	for _, uid := range known {
		if _, ok := f.mails[uid]; !ok {
			gone = append(gone, uid)
		}
	}
	for _, uid := range slices.Sorted(maps.Keys(f.mails)) {
		if !slices.Contains(known, uid) && uid <= cur.LastUID {
			missed = append(missed, uid)
		}
	}
	return gone, missed, nil
}

// setUpOver opens another desk over the journal of b, with one mailbox.
func setUpOver(t *testing.T, b *bench, m desk.Mailbox) *bench {
	t.Helper()
	c := setUp(t, func(o *desk.Options) { o.Journal, o.Mailboxes = b.j, []desk.Mailbox{m} })
	c.j, c.w = b.j, b.w
	b.j.Changed = c.Changed
	return c
}

// Whatever happens on a server, with rounds in between: each mail is one message
// that knows where it lies, none is missed, and none is lost here.
func TestPlacesFollowTheServer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf("Erledigt", "INBOX")
		b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
		defer b.Close()
		for _, f := range s.folders {
			f.ghosts = rapid.IntRange(0, 2).Draw(rt, "ghosts")
		}
		// A mail shown late while another vanishes is found within a day; until
		// then it may be gone again.
		n, ever, late := 0, map[string]bool{}, map[string]bool{}
		round := func() {
			for _, f := range s.folders {
				for _, raw := range f.mails {
					ever[raw] = true
				}
			}
			if _, err := b.Pull(t.Context()); err != nil {
				rt.Fatal(err)
			}
		}
		some := func(f *shelfFolder) (uint32, bool) {
			if len(f.mails) == 0 {
				return 0, false
			}
			return rapid.SampledFrom(slices.Sorted(maps.Keys(f.mails))).Draw(rt, "uid"), true
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			name := rapid.SampledFrom([]string{"INBOX", "Erledigt"}).Draw(rt, "folder")
			f, other := s.folders[name], s.folders["INBOX"]
			if name == "INBOX" {
				other = s.folders["Erledigt"]
			}
			switch rapid.SampledFrom([]string{"deliver", "deliver", "expunge", "move", "again", "life", "hide", "show", "restore", "round", "round"}).Draw(rt, "step") {
			case "deliver":
				f.deliver(letterOf(n))
				n++
			case "expunge":
				if uid, ok := some(f); ok {
					delete(f.mails, uid)
				}
			case "move":
				if uid, ok := some(f); ok {
					other.deliver(f.mails[uid])
					delete(f.mails, uid)
				}
			case "again":
				if uid, ok := some(f); ok {
					f.deliver(f.mails[uid])
				}
			case "life":
				f.validity++
				old := f.mails
				f.mails, f.hidden, f.next = map[uint32]string{}, map[uint32]string{}, 1
				for _, uid := range slices.Sorted(maps.Keys(old)) {
					f.deliver(old[uid])
				}
			case "hide": // a UID is given, its mail is shown later
				f.hidden[f.next] = letterOf(n)
				late[letterOf(n)] = true
				f.next++
				n++
			case "show":
				maps.Copy(f.mails, f.hidden)
				f.hidden = map[uint32]string{}
			case "restore": // from a backup, without the protocol's care: UIDs are given anew
				// Where as many UIDs are given anew as there were, nobody can tell.
				if uid, ok := some(f); ok && uid < slices.Max(slices.Collect(maps.Keys(f.mails))) {
					round()
					for later := range f.mails {
						if later > uid {
							delete(f.mails, later)
						}
					}
					f.hidden = map[uint32]string{}
					f.next = uid
					delete(f.mails, uid)
					f.deliver(letterOf(n))
					n++
					f.next = uid + 1
					round()
				}
			case "round":
				b.w.Now = b.w.Now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 25}).Draw(rt, "hours")) * time.Hour)
				round()
			}
		}
		b.w.Now = b.w.Now.Add(25 * time.Hour)
		round()
		round()
		want, passed := map[string][]cases.Place{}, map[string]bool{}
		for raw := range ever {
			m, err := reader{}.Read(t.Context(), []byte(raw))
			if err != nil {
				rt.Fatal(err)
			}
			want[m.RFCMessageID], passed[m.RFCMessageID] = nil, late[raw]
			for name, f := range s.folders {
				for uid, r := range f.mails {
					if r == raw {
						want[m.RFCMessageID] = append(want[m.RFCMessageID], cases.Place{Account: "inkasso", Mailbox: name, UIDValidity: f.validity, UID: uid})
					}
				}
			}
		}
		got := where(b)
		if len(b.w.State.Messages) != len(got) {
			rt.Fatalf("%d messages of %d mails", len(b.w.State.Messages), len(got))
		}
		for id, w := range want {
			if _, there := got[id]; !there && len(w) == 0 && passed[id] {
				continue
			}
			if !slices.Equal(sorted(got[id]), sorted(w)) {
				rt.Fatalf("mail %s lies at %v, want %v", id, got[id], w)
			}
		}
		before := s.compared
		round()
		if s.compared != before {
			rt.Fatalf("compared again although nothing happened")
		}
	})
}
