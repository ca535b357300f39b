package train

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
)

// slips are what people who write German by ear write for what is right.
func slips() [][2]string {
	return [][2]string{
		{"ah", "a"},
		{"eh", "e"},
		{"oh", "o"},
		{"üh", "u"},
		{"ih", "i"},
		{"ie", "i"},
		{"v", "f"},
		{"tz", "z"},
		{"ck", "k"},
		{"ä", "e"},
		{"ü", "u"},
		{"ö", "o"},
		{"ei", "ai"},
		{"ß", "s"},
		{"ss", "s"},
		{"tt", "t"},
		{"ll", "l"},
		{"nn", "n"},
		{"mm", "m"},
		{"chs", "ks"},
		{"sch", "sh"},
		{"z", "s"},
		{"eu", "oi"},
		{"qu", "kw"},
		{"en ", "n "},
		{"d ", "t "},
		{"g ", "k "},
	}
}

// misspell writes everything small, slips in about two words of five and leaves
// every other article out.
func misspell(s string, rng *rand.Rand) string {
	var out []string
	rules := slips()
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		switch w {
		case "der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem":
			if rng.IntN(2) == 0 {
				continue
			}
		}
		if rng.IntN(100) < 45 {
			for range 6 {
				if r := rules[rng.IntN(len(rules))]; strings.Contains(w+" ", r[0]) {
					w = strings.TrimSpace(strings.Replace(w+" ", r[0], r[1], 1))
					break
				}
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// misspeltShares measures an engine on the German ones of the mails, as they
// are and misspelt: the shares right, and of those that keep their intent, in
// thousandths.
func misspeltShares(ctx context.Context, t *testing.T, e Engine, mails []Mail) (right, still, same, n int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 5)) //nolint:gosec // the same mistakes each time
	for _, m := range mails {
		if m.Labels.Lang != "de" {
			continue
		}
		good, err := e.Classify(ctx, m.Input())
		if err != nil {
			t.Fatal(err)
		}
		m.Subject, m.Text = misspell(m.Subject, rng), misspell(m.Text, rng)
		bad, err := e.Classify(ctx, m.Input())
		if err != nil {
			t.Fatal(err)
		}
		n++
		right += int(b2f(good.Intent == m.Labels.Intent))
		still += int(b2f(bad.Intent == m.Labels.Intent))
		same += int(b2f(bad.Intent == good.Intent))
	}
	return share(right, n), share(still, n), share(same, n), n
}

func TestMisspell(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5)) //nolint:gosec // the same mistakes each time
	const good = "Ich möchte die Rechnung in Raten zahlen, aber das Geld reicht nicht für den ganzen Betrag."
	bad := misspell(good, rng)
	if bad == strings.ToLower(good) || len(bad) < len(good)/2 {
		t.Errorf("misspelt %q: want mistakes in what can still be read", bad)
	}
}
