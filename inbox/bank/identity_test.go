package bank

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases/money"
)

func keys(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/files/" + file)
	if err != nil {
		t.Fatal(err)
	}
	_, items, err := say(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range items {
		if i.Entry != nil {
			out = append(out, i.Entry.Key)
		}
	}
	return out
}

// TestOneMovementOneKey reads the same movements in other formats.
func TestOneMovementOneKey(t *testing.T) {
	v8 := keys(t, "01_sparkasse_v08.xml")
	for _, other := range []string{"02_sparkasse_v02.xml", "40_mt940_sparkasse.sta"} {
		if got := keys(t, other); fmt.Sprint(got) != fmt.Sprint(v8) {
			t.Errorf("%s: keys %v, want %v", other, got, v8)
		}
	}
	if a, b := keys(t, "03_vrbank_batch.xml"), keys(t, "05_vrbank_batch_camt054.xml"); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("parts of a batch: %v and %v", a, b)
	}
	if a, b := keys(t, "41_mt940_latin1.sta"), keys(t, "42_mt940_utf8.sta"); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("character sets make movements differ: %v and %v", a, b)
	}
}

func TestAmounts(t *testing.T) {
	for in, want := range map[string]money.Cents{
		"0.01": 1, "1": 100, "1.5": 150, "12.50": 1250, "12.50000": 1250, ".5": 50, "7.": 700, "000012.10": 1210, "1000000000.00": money.Max,
	} {
		if got, err := parseAmount(in, '.'); err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", ".", "-1", "+1", "1,00", "1.005", "1e3", "1.0a", " 1", "1000000000.01", "99999999999999999999"} {
		if got, err := parseAmount(in, '.'); err == nil {
			t.Errorf("%q is read as %d", in, got)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		c := money.Cents(rapid.Int64Range(0, int64(money.Max)).Draw(rt, "cents"))
		if got, err := parseAmount(c.Plain(), '.'); err != nil || got != c {
			rt.Fatalf("%s is read as %d, %v", c.Plain(), got, err)
		}
	})
}

// TestShortAmounts reads amounts of MT940; what could be read in two ways is none.
func TestShortAmounts(t *testing.T) {
	for in, want := range map[string]string{
		"12,50": "12.50", "12,": "12.00", "12": "12.00", "12.50": "12.50", "1.234,50": "1234.50", "1.234.567,89": "1234567.89", "000000000025,00": "25.00", "0,5": "0.50",
		"1.234": "", "1.2345,00": "", "1,234,50": "", "1.234,5": "", "12,50.": "", ",50": "", "12,5000": "",
	} {
		m := &mt940{account: "DE02120300000000202051", currency: money.Currency}
		got := ""
		if e, err := m.parse("2611241124C" + in + "NTRFNONREF//A"); err == nil && e.BankRef == "A" {
			got = e.Cents.Plain()
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

func TestAccountNames(t *testing.T) {
	for in, want := range map[string]string{
		"DE02 1203 0000 0000 2020 51": "DE02120300000000202051", "12030000/202051": "DE02120300000000202051",
		"12030000/0000202051EUR": "DE02120300000000202051", "BYLADEM1001/DE02120300000000202051": "DE02120300000000202051",
		"de02120300000000202051": "DE02120300000000202051", "DE03120300000000202051": "DE03120300000000202051", "": "",
	} {
		if got := account(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// zeros is an endless file with a beginning.
type zeros struct {
	head string
	n    int64
	fill byte
}

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		at := off + int64(i)
		switch {
		case at >= z.n:
			return i, io.EOF
		case at < int64(len(z.head)):
			p[i] = z.head[at]
		default:
			p[i] = z.fill
		}
	}
	return len(p), nil
}

func TestBounds(t *testing.T) {
	deep := `<Document><BkToCstmrStmt><Stmt><Ntry>` + strings.Repeat("<a>", 100)
	wide := `<Document><BkToCstmrStmt><Stmt><Ntry>` + strings.Repeat("<a/>", maxNodes+1)
	long := `<Document><BkToCstmrStmt><Stmt><Ntry>` + strings.Repeat("<a>"+strings.Repeat("x", 60_000)+"</a>", 10)
	for name, z := range map[string]zeros{
		"deep": {head: deep, n: int64(len(deep))}, "wide": {head: wide, n: int64(len(wide))}, "long": {head: long, n: int64(len(long))},
		"one text":   {head: `<Document><BkToCstmrStmt><Stmt><Id>`, n: 1 << 24, fill: 'x'},
		"attribute":  {head: `<Document a="`, n: 1 << 24, fill: 'x'},
		"tag":        {head: `<Document><`, n: 1 << 24, fill: 'x'},
		"comment":    {head: `<Document><!--`, n: 1 << 24, fill: 'x'},
		"one line":   {head: ":20:1\n:25:1\n:86:", n: 1 << 24, fill: 'x'},
		"many lines": {head: ":20:1\n:25:1\n:86:" + strings.Repeat("xxxxxxxxxxxxxxx\n", 2000), n: 1 << 15, fill: '\n'},
		"huge":       {head: `<Document>`, n: maxFile + 1, fill: ' '},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := Read(z, z.n, func(Item) error { return nil })
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrBounds) {
			t.Errorf("%s: %v, want ErrBounds", name, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 16<<20 {
			t.Errorf("%s: took %d bytes", name, got)
		}
	}
}

// TestZIPBomb packs much into little, in pieces that the reader takes.
func TestZIPBomb(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, err := z.Create("a.xml")
	if err != nil {
		t.Fatal(err)
	}
	piece := []byte("<x/>" + strings.Repeat(" ", 60_000))
	for n := 0; n < bombSize+1<<20 && err == nil; n += len(piece) {
		if n == 0 {
			_, err = w.Write([]byte("<Document><BkToCstmrStmt><Stmt>"))
		}
		if err == nil {
			_, err = w.Write(piece)
		}
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	var said []string
	if err := Read(bytes.NewReader(packed.Bytes()), int64(packed.Len()), func(i Item) error {
		said = append(said, i.Problem.String())
		return nil
	}); err != nil || len(said) != 1 || !strings.Contains(said[0], "packed more than") {
		t.Errorf("%d packed bytes: %q, %v, want a problem of the packing", packed.Len(), said, err)
	}
}

func TestSinkEndsReading(t *testing.T) {
	stop := errors.New("stop")
	for _, f := range []string{"01_sparkasse_v08.xml", "40_mt940_sparkasse.sta", "70_day.zip", "20_broken_entries.xml"} {
		data, err := os.ReadFile("testdata/files/" + f)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = Read(bytes.NewReader(data), int64(len(data)), func(Item) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%s: %v after %d things, want the sink's error after one", f, err, n)
		}
	}
}
