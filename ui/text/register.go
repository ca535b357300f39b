package text

// Registers is what one records and judges on a case, from its file.
type Registers struct {
	Key                                       Key
	Menu, Judge, New, Kept, NoneOpen          string // the list and its captions
	Whole                                     string // the whole case, as a choice beside its claims
	Claim, Words, Why, WhyMissing             string
	Optional, DayBad, DayFuture, DayMissing   string
	NoChange                                  string
	TitleNew, TitleFinal, TitleMend           Key // Short: in lists, Long: in the help
	TitleRemove, TitleLead                    string
	Kind, Court, FileNo, Date, FinalOn        string
	TitleSaved, TitleGone                     string
	FinalEarly                                string
	Complaint                                 Key
	ComplaintLead                             string // days
	ComplaintEnd                              string // about
	ComplaintMail                             string // when
	EventHint                                 string
	Received, Channel, About, Said            string
	Channels                                  [3]string // mail, letter, phone
	FromMail                                  string    // choice: none, or the mail
	NoMailOf                                  string
	ComplaintSaved, ComplaintDone             string // second: outcome
	Outcome, Measure                          string
	SaidMissing, MeasureMissing               string
	Document                                  Key
	DocumentLead                              string
	Path, PathMissing, NoFiles                string
	DocumentSaved, DocumentGone, DocumentHere string // name
	DocumentSave, DocumentRemove              string
	Attachment                                Key
	AttachmentWhich, NoAttachments            string
	Act                                       Key
	ActLead                                   string
	ActKinds                                  [2]string // enforcement, statement
	Ack                                       string    // day
	AckPaid                                   string    // day, sum
	AckAgain                                  string    // day
	AckLead                                   string
	AckEffect                                 string // without, with
	AckNow                                    string // ends
	AckIs                                     string
	Acks                                      [4]string // yes, under reserve: no, yes in spite of a reserve, no
	AckSaved                                  string    // verdict
	ActSaved                                  string
	Judged                                    map[string]string
	Objection                                 string // reason
	ObjectionLead                             string
	ObjectionHow, ObjectionSaved              string
	Event                                     map[string]string // by kind: reference
	EventLead                                 map[string]string
	EventTake, EventLeave                     string
	EventTaken, EventLeft                     string // reference
	EventHere                                 string
	HoldTitle, HoldNew, HoldWhat, HoldWhy     string
	HoldSaved, HoldGone                       string
	HoldUntil, HoldEnd, HoldStays, HoldAsk    string
}
