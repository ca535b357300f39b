package cases

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// AccountSummary is what lists need of a bank account.
type AccountSummary struct {
	ID      AccountID
	IBAN    string
	Covered calendar.Date // known without a gap up to this day
	Gap     calendar.Date // first day that no statement covers, though later ones do
}

// EntrySummary is what the queue, the payments list and matching need of a
// statement entry.
type EntrySummary struct {
	ID       EntryID
	Account  AccountID
	State    EntryState
	Day      calendar.Date // value date
	Booked   calendar.Date
	Cents    money.Cents
	Currency string
	Amount   string // of a foreign currency
	Party    string
	Payer    string // IBAN of the other side
	Text     string // first words
	EndToEnd string
	Case     CaseID // booked on, or suggested first
	Original EntryID
	Cases    int // how many
	Score    int
	Oddities []Oddity
	ByPerson bool
	// Twin is equal for credits that say the same: a payment made twice.
	Twin uint64
}

// summaryText bounds the words of an entry in its summary, in bytes.
const summaryText = 80

func summariseAccount(a *Account) AccountSummary {
	return AccountSummary{ID: a.ID, IBAN: a.IBAN, Covered: a.CoveredUntil(), Gap: a.Gap()}
}

func summariseEntry(e *BankEntry) EntrySummary {
	s := EntrySummary{
		ID: e.ID, Account: e.Account, State: e.State, Day: e.Said.Day(), Booked: e.Said.Booked, Cents: e.Said.Cents, Currency: e.Said.Currency,
		Amount: e.Said.Amount, Party: e.Said.Party.String(), Payer: e.Said.PartyIBAN,
		EndToEnd: e.Said.EndToEnd, Oddities: e.Oddities, ByPerson: e.Decided(), Twin: e.Said.Twin(),
	}
	text, _ := e.Said.Text.Cut(summaryText)
	s.Text = text.String()
	switch {
	case len(e.Parts) > 0:
		seen := map[CaseID]bool{}
		for _, p := range e.Parts {
			seen[p.Case] = true
		}
		s.Case, s.Cases = e.Parts[0].Case, len(seen)
	case len(e.Matches) > 0:
		s.Case, s.Cases, s.Original = e.Matches[0].Case, len(e.Matches), e.Matches[0].Original
	}
	if len(e.Matches) > 0 {
		s.Score = e.Matches[0].Score
	}
	return s
}

// Twin hashes what makes two credits one payment made twice: payer, amount,
// words. It is 0 where the payer is not known.
func (e StatementEntry) Twin() uint64 {
	who := e.PartyIBAN
	if who == "" {
		who = strings.ToLower(e.Party.String())
	}
	if who == "" || e.Cents <= 0 {
		return 0
	}
	h := fnv.New64a()
	word := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, e.Text.String())
	for _, p := range []string{who, strconv.FormatInt(int64(e.Cents), 10), word, e.CreditorRef} {
		_, _ = h.Write([]byte(p)) // a hash never fails to write
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

func (s *AccountSummary) encode(w *sumWriter) {
	w.str(s.IBAN)
	w.num(int64(s.Covered))
	w.num(int64(s.Gap))
}

// ReadAccountSummary reads what Summarise wrote for an account.
func ReadAccountSummary(id AccountID, b []byte) (AccountSummary, error) {
	r := readSum(b, 1)
	s := AccountSummary{ID: id, IBAN: r.str(), Covered: calendar.Date(r.num()), Gap: calendar.Date(r.num())}
	return s, sumError("account", r)
}

func (s *EntrySummary) encode(w *sumWriter) {
	for _, v := range []string{
		string(s.Account), string(s.State), s.Currency, s.Amount, s.Party, s.Payer, s.Text, s.EndToEnd, string(s.Case), string(s.Original),
	} {
		w.str(v)
	}
	w.num(int64(s.Day))
	w.num(int64(s.Booked))
	w.num(int64(s.Cents))
	w.num(int64(s.Cases))
	w.num(int64(s.Score))
	w.num(int64(s.Twin))
	w.bool(s.ByPerson)
	w.strs(words(s.Oddities))
}

// ReadEntrySummary reads what Summarise wrote for a statement entry.
func ReadEntrySummary(id EntryID, b []byte) (EntrySummary, error) {
	r := readSum(b, 10)
	s := EntrySummary{ID: id, Account: AccountID(r.str()), State: EntryState(r.str())}
	s.Currency, s.Amount, s.Party, s.Payer, s.Text, s.EndToEnd = r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	s.Case, s.Original = CaseID(r.str()), EntryID(r.str())
	s.Day, s.Booked, s.Cents = calendar.Date(r.num()), calendar.Date(r.num()), money.Cents(r.num())
	s.Cases, s.Score, s.Twin = int(r.num()), int(r.num()), uint64(r.num())
	s.ByPerson = r.bool()
	for _, o := range r.strs() {
		s.Oddities = append(s.Oddities, Oddity(o))
	}
	return s, sumError("entry", r)
}
