package text

import (
	"kontor/cases"
)

// Payments is the screen of payments to match.
type Payments struct {
	Open, All                                         string // the two lists
	Empty, EmptyAll, Nothing                          string
	Day, Sum, Payer, Text, Case, Debtor, Score, State string
	Detail, Booked, Value, IBAN, Purpose, EndToEnd    string
	ForWhom, Returned, Charges, Odd, Suggestion       string
	NoSuggest, BookedOn, Refused, Parts               string
	Points                                            string // number
	OpenSum                                           string // sum
	Covered                                           string // day
	Gap                                               string

	Book, Split, Other, ToCreditor, Refuse, Why, Import, Reopen Key

	NotOpen, NoCase, NotCredit, NotBooked, Foreign string // why a key does nothing now
	BookTitle, BookAsk                             string // sum, case
	BookCharge                                     string // sum
	BookPlain, BookFirst                           string
	ChooseCase                                     string
	OtherTitle, OtherHint                          string
	OtherWhy                                       string
	SplitTitle, SplitHint, SplitLine               string // line: number
	SplitRest                                      string // given out, all, rest
	SplitDone, SplitOver, SplitBad, SplitUnknown   string // bad: line; unknown: reference
	SplitTwo                                       string
	CreditorTitle, CreditorLead, CreditorFree      string
	Reference, Amount, PaidOn, Note, OwnWords      string
	AmountBad, ReferenceBad, DateFuture            string
	RefuseTitle                                    string
	WhyTitle, WhyNone                              string
	ImportTitle, ImportFile, ImportHint, Importing string
	Imported                                       string // entries, booked, suggested, unmatched, refused, known
	ImportProblems                                 Plural
	NoImport                                       string

	DoneBooked, DoneSplit, DoneRefused, DoneCreditor string // reference, …
	DoneReopened                                     string
	ReopenTitle, ReopenAsk                           string
}

// Oddity says what a person should know about a payment.
func (t *Text) Oddity(o cases.Oddity) string { return look(t.Words.Oddity, o) }

// OddSlim is Oddity for a narrow column.
func (t *Text) OddSlim(o cases.Oddity) string { return look(t.Words.OddSlim, o) }

// EntryIs names the state of a statement entry.
func (t *Text) EntryIs(s cases.EntryState) string { return look(t.Words.EntryIs, s) }

// Return gives the reason of a bank's return: its code, and what it means where
// that is known.
func (t *Text) Return(code string) string {
	if w, ok := t.Words.Return[code]; ok {
		return code + " (" + w + ")"
	}
	return look(t.Words.Return, code)
}
