package text

// Bar is the head and the status line.
type Bar struct {
	Rooms                           [10]string
	Demo, Masked                    string
	Mail, SMTP, Server, AI          string
	OffSince                        string // what, since when
	NextTry                         string // when
	Working                         string
	Progress                        string // done, total
	Waiting                         Plural
	Unknown                         Plural
	Undo                            string // whom, seconds
	UndoDone                        string
	Undone                          string
	UndoneMail                      string
	UndoHand                        string // seconds
	UndoneHand, UndoWhy, UndoFixed  string
	NothingToUndo                   string
	StatementTo                     string // day
	NoStatement                     string
	More                            string // help
	QuitWaits, QuitAsk, QuitUnknown string
	Copied, NothingToCopy           string
	Pulling                         string
	Pulled                          Plural // new mails
	ThemeIs                         string
	MaskOn, MaskOff                 string
	NoEditor, NoLock                string
	NoCase, NoKey                   string
	TooSmall                        string
	Loading                         string
	NoNext                          string
	NewDay                          string
	PasteIgnored                    string
}

// Keys are the words of every action.
type Keys struct {
	Help, Palette, Search, Back, Quit, Undo, Pull, Redraw, Lock, Mask, Copy, Theme, Suspend, Settings Key
	Rooms                                                                                             [10]Key
	Approve, Write, Edit, Editor, Template, Language, Correct, Finish, Assign, Recipient, FollowUp    Key
	Note, Phone, Arrange, Hold, Inquire, HandOver, Later, Whole, Attachments, WhyHere, Toggle         Key
	Next, Prev, Tab, TabBack, Discard, OtherDraft, Effect                                             Key
	Down, Up, PageDown, PageUp, First, Last, LaneNext, LanePrev, Open, Filter, Order, Mark            Key
	TakeBack, Settle, Choose, SaveEdit, Folder                                                        Key
	Groups                                                                                            [4]string
}

// Queue is the queue's screen.
type Queue struct {
	All, Empty, EmptyLane, NoHit, Filter, FilterHint             string
	Ref, Debtor, Intent, Sure, Balance, Age, Stage, Subject, Due string
	Lane, State                                                  string
	NewItems                                                     Plural
	Months                                                       Plural
	Gone                                                         string
	AgeDays                                                      string
	Today                                                        string
	Unassigned                                                   string
	Suggest, NoSuggest                                           string
	From, Received, NoMail                                       string
	Total                                                        string
	Marked                                                       Plural
	Hits                                                         string // hits, all
	PutLater                                                     string
	NoSelection                                                  string
	Loading                                                      string
	Ordered, Take, ShowAll, AllCases                             string
	AllLater                                                     Plural
}

// Review is the screen on which a reply is approved.
type Review struct {
	Tabs                                                                      [3]string
	Mail, Draft, Facts, Effects, Others, Findings                             string
	To, Subject, From, Date                                                   string
	Edited, Saved, Saving, Unsaved, Restored                                  string
	AsOf                                                                      string
	StatementTo, NoStatement                                                  string
	Unassigned                                                                string
	SendTo                                                                    string // address
	NoDraftAuto, NoDraftBounce, NoDraftDone, NoDraftCase, NoDraft, NoDraftFor string
	SeeRest, SeeMore, SeeEffects, TurnedToDraft, Approving, Deaf, Repeated    string
	ConfirmFirst, MaskedOff, Blocking                                         string
	NoRecipient                                                               string
	Approved                                                                  string // to
	Finished, Assigned, Corrected, NoteSaved, HoldSet                         string
	SavesItself                                                               string
	HoldLifted, FollowSet, InquirySet                                         string
	NoCaseYet                                                                 string
	NoMail, NoAttachments, NoTemplates, NoEffects                             string
	NoSuggest                                                                 string
	NotOnScreen                                                               string
	Whole, Own                                                                string
	NoText                                                                    string
	InNoMailbox                                                               string
	More                                                                      Plural // lines below
	Principal, Interest, Costs, Credit, Balance                               string
	Claims, Parties, Arrangements, Holds, FollowUps, Clocks                   string
	Said                                                                      string // what the mail states
	Siblings                                                                  string
	Warnings                                                                  string
	AnswersToo                                                                string
	OthersMore                                                                string // how many
	NotFile                                                                   string
	Quote, Mend                                                               string
	AlsoAnswers                                                               Plural
	Engine                                                                    string
	ByPerson                                                                  string
	OtherLang                                                                 string
	LangIs                                                                    string
	Vanished                                                                  string
	NoTextFits                                                                string
	File                                                                      string // name, size
	WriteHint                                                                 string
	Value                                                                     string
	Unsure                                                                    string // first, second
	Disagree, Steering                                                        string
	Occasion                                                                  string
	AlertBanner                                                               string
	Discarded, Unchosen, ChosenBefore, NothingTyped                           string
	SaveFailed                                                                string
	Reloaded, WouldLose                                                       string
	ReadBy, ReadLocal, ReadNowhere, AidFailed                                 string
	NoEffectHere, EffectFixed, Reason, PaidOn, PastBad, Schedule, ScheduleKey string
	// Letters to others that go with an answer: which.
	Beside, BesideOf, BesideOpen, BesideSent, BesideDropped    string
	TurnedWithBeside, BesideFirst, BesideGone, BesideBack      string // which
	BesideLeave, BesideTake, BesideNext, BesideFixed, OneDraft string
}

// Outbox is the outbox's screen.
type Outbox struct {
	Title, Empty                                         string
	Read                                                 Key
	To, Subject, State, When, Debtor, Case               string
	TryAgain, UndoLeft, Attempts, Server, Approved, Sent string
	Held, NotHeld, Searching                             string
	SettleTitle, SettleUnknown, SettleRefused            string
	Settled, TooLate, Nothing                            string
	Detail, MessageID, Hash, ApprovedBy, WaitsFor        string
}

// Case is the whole case.
type Case struct {
	Parties, Claims, Ledger, Holds, FollowUps, Arrangements string
	Clocks, Messages, Replies, Notes, Objections, Timeline  string
	Siblings, Inquiries                                     string
	None, Opened, Stage, Creditor, NoBalance                string
	NoRate                                                  string // half-year, end of the table
	Invoice, Due, Default, Rate, Principal                  string
	Total, Of, Until, Lifted, Done, Since                   string
	Failing                                                 string
	Ends                                                    string
	InterestLine                                            string
	Facts                                                   Plural
	Private, Business                                       string
	Died, Insolvent                                         string
	OpenUntil                                               string
}

// Dialogs are the small boxes.
type Dialogs struct {
	Reason, ReasonHint, ReasonShort                                 string
	FollowUp, FollowWhen, FollowWhy, FollowBad, FollowPast          string
	FollowHint                                                      string
	Note, NoteHint                                                  string
	HoldNone                                                        string
	Assign, AssignHint                                              string
	Template, TemplateLoses                                         string
	Correct, CorrectHint, CorrectFlags                              string
	Recipient, RecipientAsk, RecipientOn, RecipientFrom, Confirmed  string
	Keep, KeepHint                                                  string
	Save, SaveLead, SaveWhat, SaveDir, SaveDirBad, SaveKey, SavedTo string
	Why, Attach, AttachUnread                                       string
	Quit, QuitHint                                                  string
	Inquire, InquireAsk                                             string
	ConfirmKeys, ChooseKeys, TextKeys, CloseKeys, TabKeys, PickKeys string
	Working, NoMatch                                                string
	Score                                                           string
}

// Unlock is the first screen.
type Unlock struct {
	Title, Ask, Working, Wrong, Empty, Hint, Quit string
}

// Help is the help.
type Help struct {
	Title, Signs, SignText, Off, Palette, PaletteHint string
}

// Morning is the overview of the day.
type Morning struct {
	Title, Nothing, Hint, Outbox string
	Lanes, Open                  string
	Lane                         Key
}

// Errors are the troubles.
type Errors struct {
	Refusal  map[string]Trouble // by reason, or reason and detail
	Slow     Trouble
	Missing  Trouble
	ReadOnly Trouble
	Unknown  Trouble // Means gets the cleaned error
	NoCase   Trouble
}

// Reasons are the points of a score in words.
type Reasons struct {
	Alert, DueIn, DueToday, DueOver, Limitation, Lapsed, Vulnerable, Privacy, Dispute, Broken string
	Age                                                                                       Plural
	AgeToday                                                                                  string
	FollowUpToday                                                                             string
	FollowUpLate                                                                              Plural
	Amount, LegalThreat, Undelivered, Complaint                                               string
	Deceased, Insolvent, NoNextStep                                                           string
	Payment                                                                                   string // sum
	InDays                                                                                    Plural
	LateDays                                                                                  Plural
}

// Effects are the sentences of effects; the comment names what is filled in.
type Effects struct {
	OfferPlan, AgreePlan, AmendPlan string // schedule
	Schedule                        string // number, rate, first day
	ScheduleOdd                     string // number, rate, first day, last rate
	ValidDays                       Plural
	Costs                           string // sum
	EndPlan                         string
	GrantPause                      string // day
	RecordPromise                   string // sum, day
	OfferSettlement                 string // sum, day
	RecordObjection                 string // reason
	ObjectionPart                   string // sum
	RecordPaidClaim                 string // sum, day
	InquireCreditor, InquirePayment string
	Hold                            string // kind, reason
	Until                           string // day
	LiftHold                        string
	AddParty                        string // name, role
	ChangeContact                   string // channel, value
	ChangeConfirmed                 string
	AddressFailing                  string
	RightParty                      string // state
	MarkDeceased, MarkInsolvent     string
	MarkRepresented                 string // name
	StartClock                      string // kind, day
	StopClock                       string
	ProposeAcknowledgement          string
	WaiveCosts, WriteOffRest        string // sum
	CancelOutbox                    string
	FollowUp                        string // day, reason
	HandOver                        string // user
	Note                            string // text
	Somebody                        string
}
