package ledger_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

var write = flag.Bool("golden.write", false, "write the steps and results of the reference calculator into testdata")

const goldenFile = "ledgers.txt"

// goldenCase is one block of testdata/ledgers.txt. Its lines are:
//
//	== name
//	source WHERE THE FIGURES WERE PUBLISHED
//	claim ID KIND CENTS [invoice D] [due D] [default D] [rate KIND [PERCENT]] [until D] [secured]
//	KIND DATE AMOUNT [claim ID] [by debtor|agreed] [order part,part] [part PART] [of ENTRY]
//	count CONVENTION [from D]
//	at D
//	# steps
//	= principal interest costs credit
type goldenCase struct {
	name, source string
	ref          refLedger
	at           string
	input        []string
	want         [4]int64
	hasWant      bool
}

func parseEuro(t *testing.T, s string) int64 {
	t.Helper()
	neg := strings.HasPrefix(s, "-")
	whole, frac, ok := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	var n int64
	if _, err := fmt.Sscanf(whole+frac, "%d", &n); err != nil || !ok || len(frac) != 2 {
		t.Fatalf("amount %q", s)
	}
	if neg {
		n = -n
	}
	return n
}

func readGolden(t *testing.T) []goldenCase {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", goldenFile))
	if err != nil {
		t.Fatal(err)
	}
	var out []goldenCase
	for n, line := range strings.Split(string(b), "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if f[0] == "==" {
			out = append(out, goldenCase{name: strings.TrimPrefix(line, "== ")})
			continue
		}
		if len(out) == 0 {
			t.Fatalf("line %d before any case", n+1)
		}
		c := &out[len(out)-1]
		if f[0] != "=" {
			c.input = append(c.input, line)
		}
		switch f[0] {
		case "source":
			c.source = strings.TrimPrefix(line, "source ")
		case "=":
			for i, s := range f[1:] {
				c.want[i] = parseEuro(t, s)
			}
			c.hasWant = true
		case "at":
			c.at = f[1]
		case "count":
			from := ""
			if len(f) == 4 {
				from = f[3]
			}
			c.ref.count = append(c.ref.count, [2]string{from, f[1]})
		case "claim":
			c.ref.claims = append(c.ref.claims, parseClaim(t, f))
		default:
			e := parseEntry(t, f)
			e.id = fmt.Sprintf("e%d", len(c.ref.entries)+1)
			c.ref.entries = append(c.ref.entries, e)
		}
	}
	return out
}

func parseClaim(t *testing.T, f []string) refClaim {
	t.Helper()
	c := refClaim{id: f[1], kind: f[2], principal: parseEuro(t, f[3])}
	for i := 4; i < len(f); i++ {
		switch f[i] {
		case "invoice":
			i++
			c.invoice = f[i]
		case "due":
			i++
			c.due = f[i]
		case "default":
			i++
			c.defaultD = f[i]
		case "until":
			i++
			c.until = f[i]
		case "rate":
			i++
			if c.rate = f[i]; c.rate == "fixed" || c.rate == "over_base" {
				i++
				c.percent = f[i]
			}
		case "secured":
			c.secured = true
		default:
			t.Fatalf("claim: %q", f[i])
		}
	}
	return c
}

func parseEntry(t *testing.T, f []string) refEntry {
	t.Helper()
	e := refEntry{kind: f[0], date: f[1], cents: parseEuro(t, f[2])}
	for i := 3; i+1 < len(f); i += 2 {
		switch f[i] {
		case "claim":
			e.claim = f[i+1]
		case "by":
			e.by = f[i+1]
		case "order":
			e.order = strings.Split(f[i+1], ",")
		case "part":
			e.part = f[i+1]
		case "of":
			e.reverses = f[i+1]
		default:
			t.Fatalf("entry: %q", f[i])
		}
	}
	return e
}

func date(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// translate puts a ledger of the tests into the types of the package.
func translate(r refLedger) (ledger.Ledger, ledger.Rules) {
	rates, err := ledger.ShippedRates()
	if err != nil {
		panic(err)
	}
	var l ledger.Ledger
	rules := ledger.Rules{Rates: rates}
	for _, c := range r.claims {
		bp := 0
		if c.percent != "" {
			bp = int(rat(c.percent + "e2").Num().Int64())
		}
		l.Claims = append(l.Claims, ledger.Claim{
			ID: c.id, Kind: ledger.ClaimKind(c.kind), Principal: money.Cents(c.principal),
			InvoiceDate: date(c.invoice), Due: date(c.due), Default: date(c.defaultD), InterestUntil: date(c.until),
			Rate: ledger.RateRule{Kind: ledger.RateKind(c.rate), BasisPoints: bp}, Secured: c.secured,
		})
	}
	for _, e := range r.entries {
		var order []ledger.Part
		for _, p := range e.order {
			order = append(order, ledger.Part(p))
		}
		l.Entries = append(l.Entries, ledger.Entry{
			ID: e.id, Date: date(e.date), Kind: ledger.EntryKind(e.kind), Cents: money.Cents(e.cents), ClaimID: e.claim,
			Determination: ledger.Determination(e.by), Order: order, Part: ledger.Part(e.part), Reverses: e.reverses,
		})
	}
	for _, c := range r.count {
		rules.DayCounts = append(rules.DayCounts, ledger.DayCountFrom{From: date(c[0]), DayCount: ledger.DayCount(c[1])})
	}
	return l, rules
}

func sums(b ledger.Balance) [4]int64 {
	return [4]int64{int64(b.Principal), int64(b.Interest), int64(b.Costs), int64(b.Credit)}
}

// TestGolden holds the account against the golden table and the table against
// the reference calculator.
func TestGolden(t *testing.T) {
	t.Parallel()
	cs := readGolden(t)
	published := 0
	for _, c := range cs {
		if c.source != "" {
			published++
		}
	}
	if len(cs) < 40 || published < 10 {
		t.Errorf("only %d ledgers, %d of them published", len(cs), published)
	}
	if *write {
		writeGolden(t, cs)
	}
	for _, c := range cs {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ref := reckon(c.ref, c.at)
			if !c.hasWant || ref.sums() != c.want {
				t.Errorf("reference gives %v, file %v\n%s", ref.sums(), c.want, strings.Join(ref.steps, "\n"))
			}
			l, rules := translate(c.ref)
			if err := ledger.Validate(l); err != nil {
				t.Fatalf("validate: %v", err)
			}
			b, err := ledger.BalanceAt(l, date(c.at), rules)
			if err != nil {
				t.Fatal(err)
			}
			if got := sums(b); got != c.want {
				t.Errorf("principal, interest, costs, credit = %v, want %v\n%s", got, c.want, strings.Join(ref.steps, "\n"))
			}
			for i, s := range ref.claims {
				for _, cb := range b.Claims {
					if cb.ID == s.id && (int64(cb.Principal) != s.principalLeft.Int64() || int64(cb.Interest) != s.interestOpen().Int64() || int64(cb.Costs) != s.costs.Int64()) {
						t.Errorf("claim %d: %+v, want %v %v %v", i, cb, s.principalLeft, s.interestOpen(), s.costs)
					}
				}
			}
			checkStatement(t, l, rules, date(c.at))
			checkDaily(t, l, rules, date(c.at))
		})
	}
}

func writeGolden(t *testing.T, cs []goldenCase) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Accounts with their steps, as reckoned by the calculator in reference_test.go.\n# The form is told in golden_test.go; -golden.write fills in steps and results anew.\n")
	for i := range cs {
		c := &cs[i]
		fmt.Fprintf(&b, "\n== %s\n%s\n", c.name, strings.Join(c.input, "\n"))
		ref := reckon(c.ref, c.at)
		for _, s := range ref.steps {
			fmt.Fprintf(&b, "# %s\n", s)
		}
		c.want, c.hasWant = ref.sums(), true
		b.WriteString("=")
		for _, n := range c.want {
			fmt.Fprintf(&b, " %s%d.%02d", sign(n), abs(n)/100, abs(n)%100)
		}
		b.WriteString("\n")
	}
	if err := os.WriteFile(filepath.Join("testdata", goldenFile), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func abs(n int64) int64 { return max(n, -n) }

func sign(n int64) string {
	if n < 0 {
		return "-"
	}
	return ""
}

// checkStatement proves that a statement adds up: its lines, bookings and shares
// give the balance, claim by claim.
func checkStatement(t errorer, l ledger.Ledger, rules ledger.Rules, at calendar.Date) {
	t.Helper()
	st, err := ledger.StatementAt(l, at, rules)
	if err != nil {
		t.Errorf("statement: %v", err)
		return
	}
	b, err := ledger.BalanceAt(l, at, rules)
	if err != nil {
		t.Errorf("balance: %v", err)
		return
	}
	type key struct {
		claim string
		part  ledger.Part
	}
	sum := map[key]money.Cents{}
	for _, cb := range b.Claims {
		for i := range l.Claims {
			if l.Claims[i].ID == cb.ID {
				sum[key{cb.ID, ledger.PartPrincipal}] = l.Claims[i].Principal
			}
		}
	}
	for _, ln := range st.Lines {
		sum[key{ln.Claim, ledger.PartInterest}] += ln.Cents
		if ln.From > ln.To || ln.Days < 0 || ln.Base <= 0 {
			t.Errorf("line %+v", ln)
		}
	}
	var credit money.Cents
	for _, bk := range st.Bookings {
		for _, s := range bk.Shares {
			if bk.Kind == ledger.Cost || bk.Kind == ledger.Interest {
				sum[key{s.Claim, s.Part}] += s.Cents
			} else {
				sum[key{s.Claim, s.Part}] -= s.Cents
			}
		}
		credit += bk.Credit
		switch bk.Kind {
		case ledger.FromCredit:
			credit -= bk.Cents
		case ledger.Refund:
			credit -= bk.Cents - bk.Reversed
		default:
		}
	}
	for _, cb := range b.Claims {
		got := [3]money.Cents{sum[key{cb.ID, ledger.PartPrincipal}], sum[key{cb.ID, ledger.PartInterest}], sum[key{cb.ID, ledger.PartCosts}]}
		if want := [3]money.Cents{cb.Principal, cb.Interest, cb.Costs}; got != want {
			t.Errorf("claim %s: statement adds up to %v, balance %v", cb.ID, got, want)
		}
	}
	if got := sum[key{"", ledger.PartCosts}]; got != b.CaseCosts {
		t.Errorf("case costs: statement %v, balance %v", got, b.CaseCosts)
	}
	if credit != b.Credit {
		t.Errorf("credit: statement %v, balance %v", credit, b.Credit)
	}
}

type errorer interface {
	Helper()
	Errorf(format string, args ...any)
}

// checkDaily compares the dated parts with the account folded anew on each day.
func checkDaily(t errorer, l ledger.Ledger, rules ledger.Rules, at calendar.Date) {
	t.Helper()
	d, err := ledger.Daily(l, at, rules)
	if err != nil {
		t.Errorf("daily: %v", err)
		return
	}
	for k := calendar.Date(0); k < 500; k += 1 + k/7 {
		b, err := ledger.BalanceAt(l, at+k, rules)
		got, ok := d.Total(at + k)
		if miss := (*ledger.MissingRateError)(nil); errors.As(err, &miss) {
			if ok {
				t.Errorf("daily reaches %s, for which no rate is known", at+k)
			}
			return
		}
		if err != nil {
			t.Errorf("balance: %v", err)
			return
		}
		if ok && got != b.Total {
			t.Errorf("daily on %s: %v, want %v", at+k, got, b.Total)
		}
		if !ok && k == 0 {
			t.Errorf("daily does not even reach its first day")
		}
	}
}
