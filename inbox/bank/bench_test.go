package bank

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"kontor/cases"
	"kontor/cases/match"
	"kontor/cases/money"
)

// house is an index of many cases.
type house struct {
	refs   map[string]cases.CaseID
	cases  map[cases.CaseID]match.PayCase
	payers map[string][]cases.CaseID
	names  map[string][]cases.PersonID
	open   map[cases.PersonID][]cases.CaseID
}

func (h *house) CaseByReference(key string) (cases.CaseID, bool) {
	c, ok := h.refs[key]
	return c, ok
}
func (h *house) PayersByIBAN(iban string) []cases.CaseID                  { return h.payers[iban] }
func (h *house) PersonsByName(folded string) []cases.PersonID             { return h.names[folded] }
func (h *house) OpenCases(p cases.PersonID) []cases.CaseID                { return h.open[p] }
func (h *house) CreditsByEndToEnd(string) []match.BookedCredit            { return nil }
func (h *house) CreditsOn(cases.CaseID, money.Cents) []match.BookedCredit { return nil }
func (h *house) Twin(cases.StatementEntry) bool                           { return false }
func (h *house) PayCase(c cases.CaseID) (match.PayCase, bool) {
	k, ok := h.cases[c]
	return k, ok
}

var given = []string{"Anna", "Bernd", "Cem", "Dilan", "Emil", "Fatma", "Georg", "Hanna", "Ivan", "Jana"}

func debtor(i int) string { return fmt.Sprintf("%s Muster%s", given[i%10], suffix(i/10)) }

// suffix writes a number in letters.
func suffix(i int) string {
	s := []byte{byte('a' + i%26)}
	for i /= 26; i > 0; i /= 26 {
		s = append(s, byte('a'+i%26))
	}
	return string(s)
}

func payer(i int) string {
	bban := fmt.Sprintf("20050550%010d", i)
	return fmt.Sprintf("DE%02d%s", 98-money.Mod97(bban+"DE00"), bban)
}

func manyCases(n int) *house {
	h := &house{
		refs: map[string]cases.CaseID{}, cases: map[cases.CaseID]match.PayCase{}, payers: map[string][]cases.CaseID{},
		names: map[string][]cases.PersonID{}, open: map[cases.PersonID][]cases.CaseID{},
	}
	for i := range n {
		c, p := cases.CaseID(fmt.Sprintf("c%06d", i)), cases.PersonID(fmt.Sprintf("p%06d", i))
		h.refs[fmt.Sprintf("K2026%06d", i)] = c
		h.cases[c] = match.PayCase{Debtor: debtor(i), Balance: 40000, Known: true, Instalment: 5000}
		h.payers[payer(i)] = []cases.CaseID{c}
		f := match.FoldName(debtor(i))
		h.names[f], h.open[p] = append(h.names[f], p), []cases.CaseID{c}
	}
	return h
}

// manyEntries writes a camt.053 file as banks do, two thirds of the entries with
// a reference that is right, the others with one that is not, or none.
func manyEntries(tb testing.TB, n int) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "many.xml")
	f, err := os.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>S1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%d.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
`, 50*n)
	for i := range n {
		text := fmt.Sprintf("<Ustrd>Rate November</Ustrd><Ustrd>Aktenzeichen K-2026-%06d vielen Dank</Ustrd>", i)
		switch i % 6 {
		case 1:
			text = fmt.Sprintf("<Ustrd>Az: k 2O26 %06d</Ustrd>", i)
		case 2:
			text = "<Ustrd>Rate</Ustrd>"
		case 3:
			text = "<Ustrd>Ueberweisung Kundennummer 4711 0815 vom 23.11.2026</Ustrd>"
		}
		fmt.Fprintf(w, `    <Ntry>
      <Amt Ccy="EUR">50.00</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd>
      <Sts><Cd>BOOK</Cd></Sts>
      <BookgDt><Dt>2026-11-23</Dt></BookgDt>
      <ValDt><Dt>2026-11-23</Dt></ValDt>
      <AcctSvcrRef>20261123%08d</AcctSvcrRef>
      <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>NTRF+166+9310</Cd><Issr>DK</Issr></Prtry></BkTxCd>
      <NtryDtls>
        <TxDtls>
          <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
          <Amt Ccy="EUR">50.00</Amt>
          <RltdPties>
            <Dbtr><Pty><Nm>%s</Nm></Pty></Dbtr>
            <DbtrAcct><Id><IBAN>%s</IBAN></Id></DbtrAcct>
            <Cdtr><Pty><Nm>Forderungsservice Nordlicht GmbH</Nm></Pty></Cdtr>
          </RltdPties>
          <RltdAgts><DbtrAgt><FinInstnId><BICFI>HASPDEHHXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>
          <RmtInf>%s</RmtInf>
        </TxDtls>
      </NtryDtls>
      <AddtlNtryInf>GUTSCHR. UEBERWEISUNG</AddtlNtryInf>
    </Ntry>
`, i, debtor(i), payer(i), text)
	}
	fmt.Fprint(w, "</Stmt></BkToCstmrStmt></Document>\n")
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return name
}

// BenchmarkImport reads a camt.053 file of 100,000 entries and matches each with
// 100,000 cases. The floor: under 10 s, heap under 300 MB.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	name, h := manyEntries(b, n), manyCases(n)
	p, err := match.Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		b.Fatal(err)
	}
	var peak uint64
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		st, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		entries, auto, matched := 0, 0, 0
		err = Read(f, st.Size(), func(i Item) error {
			if i.Problem != nil {
				b.Fatal(i.Problem)
			}
			if i.Entry == nil {
				return nil
			}
			k := match.Payment(*i.Entry, p, h)
			entries++
			if len(k.Matches) > 0 {
				matched++
			}
			if k.Auto {
				auto++
			}
			if entries%10_000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
			return nil
		})
		if err != nil || f.Close() != nil {
			b.Fatal(err)
		}
		if entries != n || auto < n/2 || matched != n {
			b.Fatalf("%d entries, %d matched, %d booked", entries, matched, auto)
		}
	}
	b.ReportMetric(float64(peak)/(1<<20), "heap-MB")
}
