package main

import (
	"path/filepath"
	"testing"

	"kontor/cases"
	"kontor/cmd/kontor/internal/demo"
)

// The demo starts calm: an everyday wish first, in the lane of new answers,
// nothing in a lane above, and only what nobody could assign without a case.
func TestDemoStartsCalm(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	line := kontor(t, 0, "demo", "--prepare", "--home", home)[0]
	if line["cases"].(float64) < 60 || line["mails"].(float64) < 46 || line["drafts"].(float64) < 45 {
		t.Errorf("a small world: %v", line)
	}
	queue := kontor(t, 0, "--home", home, "--json", "queue")
	if len(queue) < 50 {
		t.Fatalf("%d items in the queue", len(queue))
	}
	first := queue[0]
	if first["lane"] != "new" || first["intent"] != "installment_request" || first["unsure"] == true {
		t.Errorf("the day begins with %v", first)
	}
	lanes := map[any][]any{}
	for _, q := range queue {
		lanes[q["lane"]] = append(lanes[q["lane"]], q["reference"])
	}
	if len(lanes["overdue"]) != 1 || len(lanes["payment"]) < 1 {
		t.Errorf("overdue %v, to match %v, want one missed rate and a payment", lanes["overdue"], lanes["payment"])
	}
	open := 0
	for _, m := range kontor(t, 0, "--home", home, "--json", "messages") {
		if m["case"] == nil || m["case"] == "" {
			open++
		}
		if a, _ := m["alerts"].([]any); len(a) > 0 {
			t.Errorf("%v is an alert at the start", m["subject"])
		}
	}
	if open != 3 {
		t.Errorf("%d mails without a case, want 3: two cases of one person, one that matches nothing, spam", open)
	}
}

// The cases hold what a caseworker looks into: a plan, a title, papers, a
// complaint, days of a statement.
func TestDemoFile(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, demo.DefaultCases, demo.DefaultMails); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	pass, _, err := a.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.open(t.Context(), pass); err != nil {
		t.Fatal(err)
	}
	world, err := demo.Build(1, demo.DefaultCases, demo.DefaultMails, a.cfg.Demo.Start.In(a.loc))
	if err != nil {
		t.Fatal(err)
	}
	whole := func(ref string) caseLine {
		v, err := a.desk.CaseView(t.Context(), a.desk.CaseID(ref), 0)
		if err != nil {
			t.Fatal(err)
		}
		return wholeCase(v, v.Today)
	}
	if c := whole(world.File.Plan.Reference); len(c.Documents) != 2 || len(c.Arrangements) != 1 || c.Arrangements[0].State != cases.ArrRunning {
		t.Errorf("the case with a plan has %d papers and arrangements %+v", len(c.Documents), c.Arrangements)
	}
	if c := whole(world.File.Title.Reference); len(c.Titles) != 1 || len(c.Limitation) != 1 || c.Limitation[0].Title == "" || c.Limitation[0].InterestYear == 0 {
		t.Errorf("the titled case has %+v, %+v", c.Titles, c.Limitation)
	}
	if list, err := a.desk.Complaints(t.Context(), false); err != nil || len(list) != 1 || list[0].Message == "" {
		t.Errorf("complaints %+v, %v", list, err)
	}
	if day := a.desk.CoveredUntil(); day != a.desk.Today()-1 {
		t.Errorf("the account is known up to %s", day)
	}
	if list, err := a.desk.Idle(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("cases without a next step: %v, %v", list, err)
	}
}

// The servers of a demo home deliver the mails that it was prepared with, so
// that the next pull finds nothing new.
func TestDemoServesItsOwnMails(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	if line := kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "30", "--mails", "12")[0]; line["mails"] != 12.0 {
		t.Fatalf("prepared with %v", line)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }() // the servers are what counts
	world, srv, err := a.demoWorld(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close() }() // thrown away
	if len(world.Mails) != 12 || len(world.Cases) < 30 {
		t.Errorf("%d cases and %d mails, want 30 and 12", len(world.Cases), len(world.Mails))
	}
	if r := kontor(t, 0, "--home", home, "--json", "pull")[0]; r["fetched"] != 12.0 || r["new"] != 0.0 {
		t.Errorf("pulled %v, want the same 12 mails and none new", r)
	}
}
