package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/inbox/table"
)

var write = flag.Bool("golden.write", false, "write testdata/*.golden anew")

const schemaFile = "../../docs/case.schema.json"

func tables(t testing.TB) *costs.Tables {
	t.Helper()
	c, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// read returns the good cases and one line for each thing that is wrong.
func read(t testing.TB, in string, o table.Options) (good []table.Case, bad []string, err error) {
	t.Helper()
	err = table.Read(strings.NewReader(in), o, func(r table.Row) error {
		if len(r.Bad) == 0 {
			good = append(good, r.Case)
		}
		for _, e := range r.Bad {
			bad = append(bad, e.Error())
		}
		return nil
	})
	return good, bad, err
}

func mapping(t testing.TB, file string) *table.Mapping {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // read only
	m, err := table.ReadMapping(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestERP reads a German file as an ERP writes it: windows-1252, a mapping,
// German numbers and dates, two claims of one case, broken rows between good ones.
func TestERP(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("testdata/erp.csv")
	if err != nil {
		t.Fatal(err)
	}
	good, bad, err := read(t, string(b), table.Options{Format: table.CSV, Mapping: mapping(t, "testdata/erp.toml"), Costs: tables(t)})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, c := range good {
		j, err := json.MarshalIndent(c, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s\n", j)
	}
	out.WriteString(strings.Join(bad, "\n") + "\n")
	golden(t, "testdata/erp.golden", out.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *write {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func sample() table.Case {
	return table.Case{
		Reference: "K-2026-000001", Opened: calendar.Of(2026, 9, 1), Stage: cases.StageCollection,
		Creditor: table.Person{Name: "Velura Mode GmbH", Legal: true}, Debtor: table.Person{Name: "Anna Petersen"},
		Claims: []ledger.Claim{{ID: "1", Kind: ledger.Ordinary, Principal: 40000}},
	}
}

func TestCosts(t *testing.T) {
	t.Parallel()
	cost := func(k ledger.CostKind, c money.Cents) ledger.Entry {
		return ledger.Entry{ID: string(k), Date: calendar.Of(2026, 9, 2), Kind: ledger.Cost, CostKind: k, Cents: c}
	}
	for name, tc := range map[string]struct {
		change func(*table.Case)
		want   string // "" goes in
	}{
		"at the cap": {func(c *table.Case) {
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 4635), cost(ledger.CollectionExp, 927)}
		}, ""},
		"a cent above": {func(c *table.Case) {
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 4635), cost(ledger.CollectionExp, 928)}
		}, "51,50 x 0.9 = 46,35, expenses 9,27, together 55,62"},
		"a firm is not capped": {func(c *table.Case) {
			c.Debtor.Legal = true
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 9900)}
		}, ""},
		"a trader is not capped": {func(c *table.Case) {
			c.Debtor.Business = true
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 9900)}
		}, ""},
		"taken back": {func(c *table.Case) {
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 9900), {ID: "r", Date: calendar.Of(2026, 9, 3), Kind: ledger.Reversal, Reverses: "collection_fee", Cents: 9900}}
		}, ""},
		"plan fee":           {func(c *table.Case) { c.Entries = []ledger.Entry{cost(ledger.PlanFee, 4327)} }, "plan_fee of 43,27 is above the cap of 43,26"},
		"dunning, both fees": {func(c *table.Case) { c.Entries = []ledger.Entry{cost(ledger.CourtDunning, 6180+3090)} }, ""},
		"dunning, above":     {func(c *table.Case) { c.Entries = []ledger.Entry{cost(ledger.CourtDunning, 6180+3091)} }, "is above the cap of 61,80"},
		"enforcement":        {func(c *table.Case) { c.Entries = []ledger.Entry{cost(ledger.EnforcementFee, 1855)} }, "above the cap of 18,54"},
		"outlays":            {func(c *table.Case) { c.Entries = []ledger.Entry{cost(ledger.BailiffCost, 99000)} }, ""},
		"missing row": {func(c *table.Case) {
			c.Claims[0].Principal = 1000001
			c.Entries = []ledger.Entry{cost(ledger.CollectionFee, 1)}
		}, "no row for a value of 10.000,01"},
		"lump sum from a consumer": {func(c *table.Case) {
			c.Claims[0].Purpose = ledger.Private
			c.Entries = []ledger.Entry{cost(ledger.LumpSum, 4000)}
		}, "§ 288 Abs. 5 BGB"},
		"twice": {func(c *table.Case) { c.Claims = append(c.Claims, c.Claims[0]) }, "claim 1 is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := sample()
			tc.change(&c)
			b, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			_, bad, err := read(t, string(b), table.Options{Costs: tables(t)})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(bad, "\n"); (tc.want == "") != (got == "") || !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	ok, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	type bad = []string
	for name, tc := range map[string]struct {
		format table.Format
		in     string
		good   int
		bad    []string
		err    string
	}{
		"array":            {table.JSON, "\ufeff[\n" + string(ok) + ",\n{\"reference\":\n  7}\n,{}]", 1, bad{`line 4, column 3 (reference): want a string`, `line 5: field reference: missing or longer than 64 bytes`}, ""},
		"array cut":        {table.JSON, "[" + string(ok) + ",", 1, nil, "line 1: no JSON"},
		"array not ended":  {table.JSON, "[" + string(ok) + "\n", 1, nil, "the array does not end"},
		"no array":         {table.JSON, "7", 0, bad{"line 1, column 1: want an object"}, ""},
		"objects":          {table.JSON, strings.ReplaceAll(string(ok), ",", ",\n") + "\n" + string(ok), 2, nil, ""},
		"broken in array":  {table.JSON, "[" + string(ok) + ",\n\n  {\"a\"}]", 1, nil, "line 3: no JSON"},
		"endless in array": {table.JSON, "[\"" + strings.Repeat("a", 3<<20), 0, nil, "longer than"},
		"ndjson": {table.NDJSON, "\n" + string(ok) + "\nx\n{\"referenze\":\"\"}\n{} {}\n" + strings.Repeat(" ", 2<<20) + "\n" + string(ok), 2, bad{
			`line 3, column 1: no JSON: invalid character 'x' looking for beginning of value`, `line 4: json: unknown field "referenze"`,
			`line 5, column 4: more than one value on the line`, `line 6: longer than 1048576 bytes`,
		}, ""},
		"csv empty":        {table.CSV, "", 0, nil, "line 1: the file is empty"},
		"csv unknown":      {table.CSV, "reference,shoe size\n", 0, nil, `line 1, column 2: "shoe size" is no field`},
		"csv twice":        {table.CSV, "reference,reference\n", 0, nil, `line 1, column 2: "reference" is there twice`},
		"csv quote":        {table.CSV, "reference,opened\nA\"B,2026-01-01\nC,2026-13-01\n", 0, bad{`line 2: no CSV: bare " in non-quoted-field`, `line 3, column 2 (opened): not a date of YYYY-MM-DD, D.M.YYYY`}, ""},
		"csv endless cell": {table.CSV, "reference,opened\n\"" + strings.Repeat("a\n", 3<<20), 0, nil, "longer than"},
		"csv apart": {
			table.CSV, "reference\topened\tstage\tcreditor.name\tdebtor.name\tclaim.principal\nA\t2026-01-01\tdunning\tX\tY\t1,50\nB\t2026-01-01\tdunning\tX\tY\t1.50\nA\t2026-01-01\tdunning\tX\tY\t2\nB\t2026-01-02\n", 2,
			bad{"line 4: rows of one case must follow each other; it began on line 2", "line 5: 2 cells under 6 headings", "line 5: rows of one case must follow each other; it began on line 3"},
			"",
		},
		"csv disagrees": {table.CSV, "reference,opened,stage,creditor.name,debtor.name,claim.principal\nA,2026-01-01,dunning,X,Y,1\nA,2026-01-02,dunning,X,Y,2\n", 0, bad{"line 3: says something else about the case than line 2"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good, bad, err := read(t, tc.in, table.Options{Format: tc.format})
			if (tc.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tc.err) {
				t.Fatalf("error %v, want %q", err, tc.err)
			}
			if len(good) != tc.good || !slices.Equal(bad, tc.bad) {
				t.Errorf("%d good, want %d; bad\n%s\nwant\n%s", len(good), tc.good, strings.Join(bad, "\n"), strings.Join(tc.bad, "\n"))
			}
		})
	}
}

func TestStopsWhenAsked(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	b, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	for f, in := range map[table.Format]string{table.NDJSON: string(b), table.JSON: "[" + string(b) + "]", table.CSV: "reference\nA\n"} {
		if err := table.Read(strings.NewReader(in), table.Options{Format: f}, func(table.Row) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, head string
		want       table.Format
	}{
		{"a.csv", "[", table.CSV},
		{"a.json", " \n[", table.JSON},
		{"a.json", "{", table.NDJSON},
		{"a", "\ufeff[", table.JSON},
		{"a.json", "{\r\n  \"reference\"", table.JSON},
		{"-", "Aktenzeichen;Betrag", table.CSV},
		{"a.ndjson", "", table.NDJSON},
	} {
		if got := table.Detect(tc.name, []byte(tc.head)); got != tc.want {
			t.Errorf("%s %q: %s, want %s", tc.name, tc.head, got, tc.want)
		}
	}
}

func TestAmountsAndDates(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		decimal, cell string
		want          money.Cents // 0: refused
	}{
		{"", "1.234,56", 123456},
		{"", "1234.5 €", 123450},
		{"comma", "1.234", 123400},
		{"comma", "1,234", 0},
		{"comma", "1.23", 0},
		{"point", "1,234", 123400},
		{"point", "1.234", 0},
		{"point", "1,234.5", 123450},
		{"point", "12.34", 1234},
		{"comma", "12,3", 1230},
		{"comma", "1.2.3,0", 0},
		{"cents", "123456", 123456},
		{"cents", "1,5", 0},
		{"cents", "-9223372036854775808", 0},
	} {
		in := "reference;opened;stage;creditor.name;debtor.name;claim.principal\nA;31.1.2026;dunning;X;Y;" + tc.cell + "\n"
		m := &table.Mapping{Decimal: tc.decimal}
		good, bad, err := read(t, in, table.Options{Format: table.CSV, Mapping: m})
		if err != nil {
			t.Fatal(err)
		}
		if tc.want == 0 && len(bad) == 0 || tc.want != 0 && (len(good) != 1 || good[0].Claims[0].Principal != tc.want || good[0].Opened != calendar.Of(2026, 1, 31)) {
			t.Errorf("%s %q: %v %v, want %s", tc.decimal, tc.cell, good, bad, tc.want)
		}
	}
}

func TestMappingRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "mapping_version", "mapping_version = 1": "[columns] is missing", "mapping_version = 1\nshoe = 1": `line 2: unknown key "shoe"`,
		"mapping_version = 1\n[columns]\na = \"nose\"":                                `"nose": there is no such field`,
		"mapping_version = 1\n[columns]\na = \"stage\"\nb = \"stage\"":                "one field, stage",
		"mapping_version = 1\ndate = \"mdy\"\n[columns]\na = \"stage\"":               "date",
		"mapping_version = 1\n[columns]\na = \"stage\"\n[values.shoe]\nb = \"c\"":     "[values] shoe",
		"mapping_version = 1\n[columns]\na = \"stage\"\n[defaults]\n\"shoe\" = \"c\"": "[defaults] shoe",
		"= 1": "line 1",
	} {
		if _, err := table.ReadMapping(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}

// TestSchema keeps the published schema true: every field of the record is in
// it and no other, its words are the domain's, and what it takes goes in.
func TestSchema(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	root := doc.(map[string]any)
	defs := root["$defs"].(map[string]any)
	for _, tc := range []struct {
		node any
		typ  any
	}{
		{root, table.Case{}},
		{defs["person"], table.Person{}},
		{defs["party"], table.Party{}},
		{defs["claim"], ledger.Claim{}},
		{defs["claim"].(map[string]any)["properties"].(map[string]any)["rate"], ledger.RateRule{}},
		{defs["entry"], ledger.Entry{}},
	} {
		node := tc.node.(map[string]any)
		typ := reflect.TypeOf(tc.typ)
		props := node["properties"].(map[string]any)
		if node["additionalProperties"] != false {
			t.Errorf("%s takes unknown properties", typ)
		}
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if _, ok := props[name]; !ok {
				t.Errorf("%s: field %s is not in the schema", typ, name)
			}
			delete(props, name)
		}
		for name := range props {
			t.Errorf("%s: the schema knows %s, the record does not", typ, name)
		}
	}
	stages := fmt.Sprint(cases.Stages())
	for _, want := range []string{stages, fmt.Sprint(append(append([]calendar.Land{""}, calendar.Laender()...), calendar.BYCatholic, calendar.BYAugsburg, calendar.SNCatholic, calendar.THCatholic))} {
		found := false
		for _, m := range enums(string(b)) {
			found = found || m == want
		}
		if !found {
			t.Errorf("no enum of the schema is %s", want)
		}
	}
}

// enums lists the enums of a schema as fmt prints slices of their words.
func enums(s string) []string {
	var out []string
	for _, part := range strings.Split(s, `"enum": [`)[1:] {
		body, _, _ := strings.Cut(part, "]")
		words := strings.Fields(strings.NewReplacer(`"`, "", ",", " ").Replace(body))
		prefix := ""
		if strings.HasPrefix(strings.TrimSpace(body), `""`) {
			prefix = " "
		}
		out = append(out, "["+prefix+strings.Join(words, " ")+"]")
	}
	return out
}

// TestSchemaTakesWhatGoesIn: what the reader takes, the schema takes.
func TestSchemaTakesWhatGoesIn(t *testing.T) {
	t.Parallel()
	sch := compile(t)
	rapid.Check(t, func(rt *rapid.T) {
		b, err := json.Marshal(drawCase(rt))
		if err != nil {
			rt.Fatal(err)
		}
		if _, bad, err := read(t, string(b), table.Options{}); err != nil || len(bad) > 0 {
			rt.Fatalf("%v %v", bad, err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			rt.Fatal(err)
		}
		if err := sch.Validate(v); err != nil {
			rt.Fatalf("%v\n%s", err, b)
		}
	})
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	sch, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

// TestSchemaRefuses: the schema refuses what is plainly wrong, as the reader does.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	sch := compile(t)
	b, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	for _, swap := range [][2]string{
		{`"reference":"K-2026-000001"`, `"reference":""`},
		{`"opened":"2026-09-01"`, `"opened":"1.9.2026"`},
		{`"stage":"collection"`, `"stage":"sleep"`},
		{`"principal_cents":40000`, `"principal_cents":0`},
		{`"kind":"ordinary"`, `"kind":"odd"`},
		{`"name":"Anna Petersen"`, `"name":""`},
		{`"name":"Anna Petersen"`, `"name":"A","shoe":1`},
	} {
		in := strings.Replace(string(b), swap[0], swap[1], 1)
		if in == string(b) {
			t.Fatalf("%s is not there", swap[0])
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if sch.Validate(v) == nil {
			t.Errorf("the schema takes %s", swap[1])
		}
		if _, bad, _ := read(t, in, table.Options{}); len(bad) == 0 {
			t.Errorf("the reader takes %s", swap[1])
		}
	}
}

// drawCase draws a case that may go in, with words that try to break cells.
func drawCase(t *rapid.T) table.Case {
	hard := rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("aZ9 ;,\"'=+-@\n\täß€|\\")), 0, 12, -1).Draw(t, "s")
		return strings.TrimSpace(s)
	})
	name := rapid.Map(hard, func(s string) string { return strings.TrimSpace("N" + s) })
	date := rapid.Custom(func(t *rapid.T) calendar.Date {
		return calendar.Of(2022, 1, 1) + calendar.Date(rapid.IntRange(0, 1700).Draw(t, "day"))
	})
	maybe := rapid.Custom(func(t *rapid.T) calendar.Date {
		if rapid.Bool().Draw(t, "none") {
			return 0
		}
		return date.Draw(t, "day")
	})
	person := func(label string) table.Person {
		p := table.Person{
			PersonID: hard.Draw(t, label+" id"), Name: name.Draw(t, label+" name"), Legal: rapid.Bool().Draw(t, "legal"), Business: rapid.Bool().Draw(t, "business"),
			Postal: hard.Draw(t, "postal"), Phone: hard.Draw(t, "phone"), Born: maybe.Draw(t, "born"), Lang: rapid.SampledFrom([]string{"", "de", "tr"}).Draw(t, "lang"),
		}
		if rapid.Bool().Draw(t, "mail") {
			p.Email, p.EmailConfirmed = "a.b+c@example.org", rapid.Bool().Draw(t, "proven")
		}
		if rapid.Bool().Draw(t, "iban") {
			p.IBANs = []string{"DE02120300000000202051", "DE02500105170137075030"}
		}
		return p
	}
	c := table.Case{
		Reference: name.Draw(t, "reference"), Portfolio: hard.Draw(t, "portfolio"), Subject: hard.Draw(t, "subject"), Opened: date.Draw(t, "opened"),
		Stage: rapid.SampledFrom(cases.Stages()).Draw(t, "stage"), Land: rapid.SampledFrom(append(calendar.Laender(), calendar.BYAugsburg, "")).Draw(t, "land"),
		Currency: rapid.SampledFrom([]string{"", "EUR"}).Draw(t, "currency"), Creditor: person("creditor"), Debtor: person("debtor"),
		FollowUp: maybe.Draw(t, "follow"), FollowWhy: hard.Draw(t, "why"),
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "claims") {
		due := maybe.Draw(t, "due")
		k := ledger.Claim{
			ID: fmt.Sprintf("=%d", i), Kind: ledger.Ordinary, Invoice: hard.Draw(t, "invoice"), Principal: money.Cents(rapid.Int64Range(1, int64(money.Max)).Draw(t, "principal")),
			Due: due, Rate: ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: rapid.IntRange(1, ledger.MaxBasisPoints).Draw(t, "bp")}, Secured: rapid.Bool().Draw(t, "secured"),
		}
		if due != 0 {
			k.Default = due + 31
		}
		c.Claims = append(c.Claims, k)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "entries") {
		e := ledger.Entry{ID: fmt.Sprint(i), Date: date.Draw(t, "date"), Kind: ledger.Payment, Cents: money.Cents(rapid.Int64Range(1, 1_000_000).Draw(t, "cents")), Text: hard.Draw(t, "text")}
		if rapid.Bool().Draw(t, "determined") {
			e.Determination, e.ClaimID, e.Order = ledger.ByDebtor, "=0", []ledger.Part{ledger.PartPrincipal, ledger.PartCosts}
		}
		c.Entries = append(c.Entries, e)
	}
	for range rapid.IntRange(0, 2).Draw(t, "parties") {
		c.Parties = append(c.Parties, table.Party{Role: cases.RoleCoDebtor, Proof: cases.ProofClaimed, Person: person("party")})
	}
	return c
}

// TestRoundTrip: what is written is read again, in both formats, and no cell
// begins as a formula does.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		want := drawCase(rt)
		var buf bytes.Buffer
		w, err := table.NewCSVWriter(&buf)
		if err != nil {
			rt.Fatal(err)
		}
		if err := errors.Join(w.Write(want), w.Flush()); err != nil {
			rt.Fatal(err)
		}
		cr := csv.NewReader(bytes.NewReader(buf.Bytes()))
		cr.Comma = ';'
		rows, err := cr.ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		for _, cell := range slices.Concat(rows...) {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
				rt.Fatalf("cell %q of\n%s", cell, buf.String())
			}
		}
		good, bad, err := read(t, buf.String(), table.Options{Format: table.CSV})
		if err != nil || len(bad) > 0 || len(good) != 1 {
			rt.Fatalf("%v %v\n%s", bad, err, buf.String())
		}
		if !reflect.DeepEqual(good[0], want) {
			rt.Fatalf("got\n%+v\nwant\n%+v", good[0], want)
		}
	})
}

// FuzzCSV: no bytes make the reader panic; what is read can be written and read
// again; what is refused has a place.
func FuzzCSV(f *testing.F) {
	b, err := os.ReadFile("testdata/erp.csv")
	if err != nil {
		f.Fatal(err)
	}
	m := mapping(f, "testdata/erp.toml")
	f.Add(b, true)
	f.Add([]byte("reference,opened,stage,creditor.name,debtor.name,claim.principal\nA,2026-01-01,dunning,X,Y,1\n"), false)
	f.Add([]byte("\xff\xfer\x00e\x00f\x00"), false)
	f.Add([]byte("reference\n\"\n\"\"\n"), false)
	f.Fuzz(func(t *testing.T, in []byte, mapped bool) {
		o := table.Options{Format: table.CSV}
		if mapped {
			o.Mapping = m
		}
		_ = table.Read(bytes.NewReader(in), o, func(r table.Row) error {
			for _, e := range r.Bad {
				if e.Line < 1 || e.Column < 0 {
					t.Fatalf("%v has no place", e)
				}
			}
			if len(r.Bad) > 0 {
				return nil
			}
			b, err := json.Marshal(r.Case)
			if err != nil {
				t.Fatal(err)
			}
			good, bad, err := read(t, string(b), table.Options{})
			if err != nil || len(good) != 1 {
				t.Fatalf("%v %v", bad, err)
			}
			return nil
		})
	})
}

// BenchmarkCSV reads a file of 10,000 rows, checks of costs included.
func BenchmarkCSV(b *testing.B) {
	var buf bytes.Buffer
	w, err := table.NewCSVWriter(&buf)
	if err != nil {
		b.Fatal(err)
	}
	for i := range 10_000 {
		c := sample()
		c.Reference = fmt.Sprintf("K-2026-%06d", i)
		c.Entries = []ledger.Entry{{ID: "k", Date: c.Opened, Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 4000}}
		if err := w.Write(c); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	o := table.Options{Format: table.CSV, Costs: tables(b)}
	b.SetBytes(int64(buf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if err := table.Read(bytes.NewReader(buf.Bytes()), o, func(r table.Row) error {
			if len(r.Bad) == 0 {
				n++
			}
			return nil
		}); err != nil || n != 10_000 {
			b.Fatal(n, err)
		}
	}
}

// FuzzJSON: no bytes make the readers panic or read without end, and what they
// take they take again as the writer writes it.
func FuzzJSON(f *testing.F) {
	b, err := json.Marshal(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, false)
	f.Add([]byte("["+string(b)+",\n{}]"), true)
	f.Fuzz(func(t *testing.T, in []byte, array bool) {
		o := table.Options{Format: table.NDJSON}
		if array {
			o.Format = table.JSON
		}
		_ = table.Read(bytes.NewReader(in), o, func(r table.Row) error {
			if len(r.Bad) > 0 {
				if r.Bad[0].Line < 1 || r.Bad[0].Column < 0 {
					t.Fatalf("%v has no place", r.Bad[0])
				}
				return nil
			}
			var buf bytes.Buffer
			if err := table.NewJSONWriter(&buf).Write(r.Case); err != nil {
				t.Fatal(err)
			}
			if good, bad, err := read(t, buf.String(), table.Options{}); err != nil || len(good) != 1 {
				t.Fatalf("%v %v\n%s", bad, err, buf.String())
			}
			return nil
		})
	})
}
