package priority_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/priority"
)

var today = calendar.Of(2026, 11, 24)

func mail(change func(*priority.Input)) priority.Input {
	in := priority.Input{Kind: priority.ItemMessage, ID: "m1", Today: today, Received: today, Intent: cases.InstallmentRequest, Assigned: true}
	change(&in)
	return in
}

func TestLanes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		in   priority.Input
		want priority.Lane
	}{
		{"sure mail", mail(func(*priority.Input) {}), priority.LaneNew},
		{"alert above all", mail(func(in *priority.Input) { in.Alerts, in.Unsure = []cases.Alert{cases.SelfHarm}, true }), priority.LaneAlert},
		{"deadline today", mail(func(in *priority.Input) { in.Due = today }), priority.LaneDueToday},
		{"deadline passed", mail(func(in *priority.Input) { in.Due = today - 3 }), priority.LaneDueToday},
		{"deadline tomorrow", mail(func(in *priority.Input) { in.Due = today + 1 }), priority.LaneNew},
		{"unsure", mail(func(in *priority.Input) { in.Unsure = true }), priority.LaneUnsure},
		{"unassigned", mail(func(in *priority.Input) { in.Assigned = false }), priority.LaneUnsure},
		{"unreadable", mail(func(in *priority.Input) { in.Unread = true }), priority.LaneUnsure},
		{"data request", mail(func(in *priority.Input) { in.Intent = cases.DataRequest }), priority.LanePrivacy},
		{"complaint", mail(func(in *priority.Input) { in.Intent = cases.Complaint }), priority.LaneComplaint},
		{"bounce", mail(func(in *priority.Input) { in.Intent, in.Auto = cases.Bounce, true }), priority.LaneDelivery},
		{"follow-up", priority.Input{Kind: priority.ItemFollowUp, Today: today, FollowUp: today}, priority.LaneFollowUp},
		{"broken promise", priority.Input{Kind: priority.ItemPlan, Today: today, Broken: true}, priority.LaneOverdue},
		{"unknown reply", priority.Input{Kind: priority.ItemReply, Today: today, ReplyGone: true}, priority.LaneDelivery},
		{"limitation", priority.Input{Kind: priority.ItemDeadline, Today: today, Limitation: today + 20}, priority.LaneLimitation},
	} {
		if got := priority.Judge(tc.in, priority.Default()).Lane; got != tc.want {
			t.Errorf("%s: lane %s, want %s", tc.name, got, tc.want)
		}
	}
}

// From the third day on an answer's age weighs more than any amount.
func TestAgeOutweighsAmount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		small := money.Cents(rapid.Int64Range(0, 100).Draw(rt, "small"))
		huge := money.Cents(rapid.Int64Range(0, int64(money.Max)).Draw(rt, "huge"))
		days := rapid.IntRange(3, 400).Draw(rt, "days")
		old := mail(func(in *priority.Input) { in.Received, in.Balance = today-calendar.Date(days), small })
		fresh := mail(func(in *priority.Input) { in.ID, in.Balance = "m2", huge })
		a, b := priority.Judge(old, priority.Default()), priority.Judge(fresh, priority.Default())
		if priority.Less(old, fresh, a, b) >= 0 {
			rt.Fatalf("%d days and %s score %d, today and %s score %d", days, small, a.Score, huge, b.Score)
		}
	})
}

// An item about limitation names its day, the nearer the heavier.
func TestLimitationSaysItsDay(t *testing.T) {
	t.Parallel()
	for left, want := range map[int]int{-2: 250, 30: 250, 60: 125, 300: 25} {
		in := priority.Input{Kind: priority.ItemDeadline, ID: "d", Today: today, Limitation: today + calendar.Date(left), Balance: 10_000}
		v := priority.Judge(in, priority.Default())
		if v.Lane != priority.LaneLimitation || len(v.Reasons) == 0 || v.Reasons[0].Factor != priority.FactorLimitation || v.Reasons[0].Points != want || v.Reasons[0].Date != in.Limitation {
			t.Errorf("%d days left: %+v, want %d points for %s", left, v, want, in.Limitation)
		}
	}
	if v := priority.Judge(mail(func(in *priority.Input) { in.Limitation = today + 31 }), priority.Default()); len(v.Reasons) > 1 {
		t.Errorf("a mail of a case that lapses in 31 days: %+v", v.Reasons)
	}
}

// Config may change every weight, as long as people come before money.
func TestWeights(t *testing.T) {
	t.Parallel()
	w := priority.Default()
	if err := w.Check(); err != nil {
		t.Fatal(err)
	}
	for i, n := range w.List() {
		if err := w.Set(n.Name, i+1); err != nil {
			t.Fatal(err)
		}
	}
	for i, n := range w.List() {
		if n.Points != i+1 {
			t.Errorf("%s is %d, want %d", n.Name, n.Points, i+1)
		}
	}
	if got, want := len(w.List()), reflect.TypeFor[priority.Weights]().NumField(); got != want {
		t.Errorf("%d weights have a name, want %d", got, want)
	}
	for _, bad := range []struct {
		name   string
		points int
		want   string
	}{
		{"sympathy", 3, "no such weight"},
		{"alert", -1, "want 0 to"},
		{"vulnerable", priority.MaxWeight + 1, "want 0 to"},
		{"amount_most", 45, "must outweigh"},
		{"reply_age_per_day", 13, "must outweigh"},
		{"reply_age_most", 40, "must outweigh"},
		{"complaint", 10_000, "below alert"},
	} {
		w := priority.Default()
		err := w.Set(bad.name, bad.points)
		if err == nil {
			err = w.Check()
		}
		if err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%s = %d: got %v, want %q", bad.name, bad.points, err, bad.want)
		}
	}
	calm := priority.Default()
	if err := calm.Set("vulnerable", 500); err != nil {
		t.Fatal(err)
	}
	in := mail(func(in *priority.Input) { in.Vulnerable = true })
	if a, b := priority.Judge(in, priority.Default()).Score, priority.Judge(in, calm).Score; b-a != 380 {
		t.Errorf("380 points more made %d more", b-a)
	}
}

// The score is the sum of its reasons: nothing hidden weighs.
func TestEveryPointIsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		in := mail(func(in *priority.Input) {
			in.Intent = rapid.SampledFrom(cases.Intents()).Draw(rt, "intent")
			in.Flags = rapid.SliceOfDistinct(rapid.SampledFrom(cases.Flags()), func(f cases.Flag) cases.Flag { return f }).Draw(rt, "flags")
			in.Received = today - calendar.Date(rapid.IntRange(0, 90).Draw(rt, "age"))
			in.Balance = money.Cents(rapid.Int64Range(-1000, 10_000_000).Draw(rt, "balance"))
			in.DunningRuns, in.Broken = rapid.Bool().Draw(rt, "dunning"), rapid.Bool().Draw(rt, "broken")
			in.Due = today + calendar.Date(rapid.IntRange(-40, 40).Draw(rt, "due"))
			in.Limitation = today + calendar.Date(rapid.IntRange(-5, 60).Draw(rt, "limitation"))
		})
		v := priority.Judge(in, priority.Default())
		sum := 0
		for _, r := range v.Reasons {
			sum += r.Points
		}
		if sum != v.Score {
			rt.Fatalf("score %d, reasons sum to %d", v.Score, sum)
		}
		if again := priority.Judge(in, priority.Default()); !reflect.DeepEqual(v, again) {
			rt.Fatal("judged twice differs")
		}
	})
}

// A work order, never a credit score: the input has no field for who somebody
// is or where he lives, nor for whether he can or will pay.
func TestNothingPersonalEnters(t *testing.T) {
	t.Parallel()
	banned := []string{"name", "sex", "gender", "nation", "address", "postal", "street", "town", "born", "age_of", "income", "solven", "ability", "will", "paid_before", "creditor", "debtor", "iban", "mail_addr"}
	ty := reflect.TypeFor[priority.Input]()
	for i := range ty.NumField() {
		f := ty.Field(i)
		for _, b := range banned {
			if strings.Contains(strings.ToLower(f.Name), b) {
				t.Errorf("the score may look at %s", f.Name)
			}
		}
		if f.Type.Kind() == reflect.String && !slices.Contains([]string{"Kind", "ID", "Intent", "DueKind"}, f.Name) {
			t.Errorf("the score may look at free text %s", f.Name)
		}
	}
	// ID breaks ties and DueKind names a clock: neither changes a score.
	a := mail(func(in *priority.Input) { in.ID, in.Due, in.DueKind = "a", today+5, "x" })
	b := mail(func(in *priority.Input) { in.ID, in.Due, in.DueKind = "b", today+5, "y" })
	if priority.Judge(a, priority.Default()).Score != priority.Judge(b, priority.Default()).Score {
		t.Error("an id or a clock's name changes the score")
	}
}

func TestOrderIsTotal(t *testing.T) {
	t.Parallel()
	var list []priority.Input
	for i := range 50 {
		list = append(list, mail(func(in *priority.Input) { in.ID, in.Minute = string(rune('a'+i%26))+string(rune('a'+i/26)), int64(i%3) }))
	}
	less := func(a, b priority.Input) int {
		return priority.Less(a, b, priority.Judge(a, priority.Default()), priority.Judge(b, priority.Default()))
	}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, less)
	slices.Reverse(list)
	slices.SortFunc(list, less)
	if !reflect.DeepEqual(list, sorted) {
		t.Error("the order depends on where items stood before")
	}
}
