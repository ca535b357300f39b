package text

// Deals are the boxes that make, change and end an arrangement.
type Deals struct {
	Title                                                 string
	Plan, Accept, Promise, PromiseLetter                  string // the choices
	Pause, Settle, End, EndLetter                         string
	PlanDetail, AcceptDetail, PromiseDetail               string
	LetterDetail, PauseDetail, SettleDetail               string
	EndDetail                                             string // state of the plan
	Monthly, First, FirstHint                             string
	PlanLead                                              string // sum, day
	PlanShape                                             string // number, sum, last sum
	PlanBinds, PlanOffers                                 string // first day
	PlanUnlike                                            string // why not as wished
	Sum, On, Until                                        string
	SumBad, DateLate                                      string
	PromiseLead, PauseLead, SettleLead                    string
	AcceptLead, AcceptHow, AcceptPhone                    string
	EndTitle, EndAsk                                      string
	NoBalance, NothingOpen                                string
	DraftMade, PromiseSet, Ended, OfferTaken              string
	Held                                                  string // what the draft was made of
	HandTitle, HandTo, HandHint, HandWhy, HandBad, HandOn string
	HandNote                                              string // user, reason
	DoneTitle, DoneWhat, DoneNext, DoneHint               string
	DoneSaid, NotHere                                     string
}

// Calls is the phone note.
type Calls struct {
	Title                                     string
	Who, Way, First, Second, Said, Sum, On    string // labels
	Back                                      string
	Ways                                      [3]string // called us, was called, not reached
	Firsts                                    [4]string // nothing, reference, invoice, customer number
	Seconds                                   [4]string // nothing, address, date of birth, account
	Other                                     string    // somebody else
	Compare                                   string    // what the file says
	Checked, NotChecked, NotReached, Stranger string
	SaidMissing, PromiseHalf                  string
	Saved                                     string
	// The words of the note.
	NoteHead       string // way, who
	NoteChecked    string // two identifiers
	NoteNotChecked string
	NotePromise    string // sum, day
	NoteBack       string // day
	Born, Account  string // value
}
