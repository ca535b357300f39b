package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"
)

// The full counts of the kill test; others run a share of them.
const (
	killedEntries = 30_000
	killedImports = 30
)

// manyPayments is a day with n credits of one cent more each, that go round the
// references, and nine that nobody knows to each of them.
func manyPayments(refs []string, n int) []byte {
	var b strings.Builder
	b.WriteString(":20:STARTUMS\n:25:12030000/202051\n:28C:00225/001\n:60F:C261120EUR0,00\n")
	sum := money.Cents(0)
	for i := range n {
		text := "Spende"
		if i%10 != 9 {
			text = refs[i%len(refs)] + " Rate"
		}
		cents := money.Cents(100 + i)
		sum += cents
		fmt.Fprintf(&b, ":61:2611231123CR%d,%02dNTRFNONREF//B%d\n:86:166?00GUTSCHRIFT?20SVWZ+%s?32Zahler %d\n", cents/100, cents%100, i, text, i)
	}
	fmt.Fprintf(&b, ":62F:C261123EUR%d,%02d\n-\n", sum/100, sum%100)
	return []byte(b.String())
}

// TestImportPaymentsKilledOften kills kontor import payments with SIGKILL, again
// and again, and then lets it end: each entry of the file is in the store once,
// what is booked is on its case once and nowhere else, and the record verifies.
func TestImportPaymentsKilledOften(t *testing.T) {
	t.Parallel()
	n, kills := max(3000, int(killedEntries**simFactor)), max(4, int(killedImports**simFactor))
	world, err := demo.Build(1, 300, 1, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	home := realHome(t, world, func(*config.Config) {})
	var refs []string
	for _, c := range world.Cases {
		refs = append(refs, c.Reference)
	}
	file := filepath.Join(t.TempDir(), "day.sta")
	if err := os.WriteFile(file, manyPayments(refs, n), 0o600); err != nil {
		t.Fatal(err)
	}
	seed := *simSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("%d entries, %d kills, seed %d", n, kills, seed)
	r := rand.New(rand.NewPCG(seed, 5))
	bin, killed, most := binary(t), 0, 0
	one := filepath.Join(t.TempDir(), "one.sta")
	if err := os.WriteFile(one, manyPayments(refs, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if out, err := exec.CommandContext(t.Context(), bin, "--home", home, "import", "payments", one).CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	// What opening and closing take on this machine now; a few thousand entries
	// take about as long.
	pace := time.Since(start)
	pristine := filepath.Join(t.TempDir(), "pristine")
	if err := os.CopyFS(pristine, os.DirFS(home)); err != nil {
		t.Fatal(err)
	}
	for tries := 0; killed < kills && tries < 5*kills; tries++ {
		cmd := exec.CommandContext(t.Context(), bin, "--home", home, "import", "payments", file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(pace*2/3+time.Duration(r.Int64N(int64(pace)*int64(2+n/4000))), func() { _ = cmd.Process.Kill() }) // it may have ended
		err := cmd.Wait()
		timer.Stop()
		switch {
		case err == nil: // all was there before the kill: once more from the start
			pace = pace * 3 / 4
			if err := errors.Join(os.RemoveAll(home), os.CopyFS(home, os.DirFS(pristine))); err != nil {
				t.Fatal(err)
			}
			continue
		case cmd.ProcessState.ExitCode() != -1:
			t.Fatalf("the import ended by itself: %v", err)
		}
		killed++
		opened(t, home, func(a *app) {
			rows, err := a.desk.Payments(t.Context(), true)
			if err != nil {
				t.Fatal(err)
			}
			most = max(most, len(rows))
		})
	}
	out, err := exec.CommandContext(t.Context(), bin, "--home", home, "--json", "import", "payments", file).Output()
	if err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	var last desk.PaymentsImport
	if err := json.Unmarshal(out, &last); err != nil || last.Entries != n {
		t.Fatalf("the last import says %s, %v", out, err)
	}
	t.Logf("killed %d times; %d entries were there after one of the kills, %d before the last import", killed, most, last.Duplicates)
	opened(t, home, func(a *app) { everyEntryOnce(t, a, n, refs) })
}

// everyEntryOnce checks that the n payments are in the store, and those that
// were booked on their case, once.
func everyEntryOnce(t *testing.T, a *app, n int, refs []string) {
	t.Helper()
	rows, err := a.desk.Payments(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	byCents, booked := map[money.Cents]int{}, map[string]money.Cents{}
	for _, r := range rows {
		byCents[r.Cents]++
		if r.State == cases.EntryBooked {
			booked[string(r.Entry)] = r.Cents
		}
	}
	for i := range n {
		if c := byCents[money.Cents(100+i)]; c != 1 {
			t.Fatalf("entry %d is in the store %d times", i, c)
		}
	}
	if len(rows) != n || len(booked) < n/10 {
		t.Errorf("%d entries, %d of them booked", len(rows), len(booked))
	}
	for _, ref := range refs {
		v, err := a.desk.CaseView(t.Context(), a.desk.CaseID(ref), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range v.Case.Ledger.Entries {
			if e.Kind != ledger.Payment || e.Source == "" {
				continue
			}
			if want, ok := booked[e.Source]; !ok || want != e.Cents {
				t.Errorf("case %s: %s booked of entry %q, which has %s (%v): twice, or of nothing", ref, e.Cents, e.Source, want, ok)
			}
			delete(booked, e.Source)
		}
	}
	if len(booked) != 0 {
		t.Errorf("%d booked entries are on no case", len(booked))
	}
	if _, err := a.store.Verify(t.Context(), nil); err != nil {
		t.Errorf("the record does not verify: %v", err)
	}
}
