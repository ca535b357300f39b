package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/plain"
)

// DocumentKind is what a document on a case is.
type DocumentKind string

// The kinds of document.
const (
	DocContract DocumentKind = "contract"
	DocInvoice  DocumentKind = "invoice"
	DocTitle    DocumentKind = "title"
	DocPower    DocumentKind = "power_of_attorney" // § 174 BGB
	DocOther    DocumentKind = "other"
)

// DocumentKinds lists the kinds.
func DocumentKinds() []DocumentKind {
	return []DocumentKind{DocContract, DocInvoice, DocTitle, DocPower, DocOther}
}

// Document is a paper on the case. Letters attach these and nothing else.
type Document struct {
	ID        string        `json:"id"`
	Kind      DocumentKind  `json:"kind"`
	Name      plain.Text    `json:"name"` // a base name, safe to show and to save under
	Date      calendar.Date `json:"date,omitzero"`
	Source    string        `json:"source"` // import, mail, person
	MediaType string        `json:"type"`
	Size      int64         `json:"size"`
	SHA256    string        `json:"sha256"`
	Blob      BlobID        `json:"blob"`
	Message   MessageID     `json:"message,omitempty"` // whose attachment it was
	Added     calendar.Date `json:"added"`
	User      UserID        `json:"user,omitempty"`
	// Removed says why it does not count any more; its bytes are kept as long as
	// the law wants.
	Removed string `json:"removed,omitempty"`
}

// ComplaintEntry is an entry of the complaint register.
type ComplaintEntry struct {
	ID       string        `json:"id"`
	Received calendar.Date `json:"received"`
	Channel  Channel       `json:"channel"`
	About    string        `json:"about"` // conduct, amount, privacy, contact, other
	Text     plain.Text    `json:"text,omitzero"`
	Message  MessageID     `json:"message,omitempty"`
	Due      calendar.Date `json:"due"` // by the agency's own rule: no statute sets it
	Clock    string        `json:"clock"`
	User     UserID        `json:"user,omitempty"`
	// Outcome is empty while it is open: justified, partly, unjustified,
	// withdrawn.
	Outcome  string        `json:"outcome,omitempty"`
	Measure  plain.Text    `json:"measure,omitzero"` // what was done about it
	Closed   calendar.Date `json:"closed,omitzero"`
	ClosedBy UserID        `json:"closed_by,omitempty"`
}

// ComplaintAbout and ComplaintOutcomes list the codes of the register.
func ComplaintAbout() []string { return []string{"conduct", "amount", "privacy", "contact", "other"} }

// ComplaintOutcomes lists how a complaint ends.
func ComplaintOutcomes() []string {
	return []string{"justified", "partly", "unjustified", "withdrawn"}
}

// ComplaintDays is how many days a complaint may wait for its answer where the
// agency's rules do not say; a rule of the house, not of law.
const ComplaintDays = 14

// Acknowledgement is a person's word on what starts the limitation of a claim
// anew (§ 212 BGB). What a machine proposed has none and never counts.
type Acknowledgement struct {
	// ID is that of the proposal, or of the booking that is judged, or a new one.
	ID       string            `json:"id"`
	Claim    string            `json:"claim,omitempty"` // empty: all claims
	Date     calendar.Date     `json:"date"`
	Kind     deadline.AckKind  `json:"kind"`
	State    deadline.AckState `json:"state"`              // confirmed or rejected
	Reserved bool              `json:"reserved,omitempty"` // declared under reserve
	Text     plain.Text        `json:"text,omitzero"`
	User     UserID            `json:"user"`
	On       calendar.Date     `json:"on"` // when it was judged
}

// The events of a person's life that are proposed on its other cases.
const (
	EventDeceased  = "deceased"
	EventInsolvent = "insolvency"
)

// PersonEvent is what a person decided about a death or insolvency on one case.
type PersonEvent struct {
	Person PersonID      `json:"person"`
	Kind   string        `json:"kind"` // deceased, insolvency
	Taken  bool          `json:"taken"`
	On     calendar.Date `json:"on"`
	User   UserID        `json:"user"`
}

// Document returns a document of the case that counts.
func (c *Case) Document(id string) (Document, bool) {
	i := slices.IndexFunc(c.Documents, func(d Document) bool { return d.ID == id && d.Removed == "" })
	if i < 0 {
		return Document{}, false
	}
	return c.Documents[i], true
}

// TitleOf returns the title that a claim is in, the latest first.
func (c *Case) TitleOf(claim string) (deadline.Title, bool) {
	for i := len(c.Titles) - 1; i >= 0; i-- {
		if t := c.Titles[i]; len(t.Claims) == 0 || slices.Contains(t.Claims, claim) {
			return t, true
		}
	}
	return deadline.Title{}, false
}

// Judged reports whether a person has decided what an event of a person's life
// means for this case: said so, or put a hold for it.
func (c *Case) Judged(p PersonID, kind string) bool {
	return slices.ContainsFunc(c.PersonEvents, func(e PersonEvent) bool { return e.Person == p && e.Kind == kind }) ||
		slices.ContainsFunc(c.Holds, func(h Hold) bool { return h.Reason == kind })
}

// Facts of the registers of a case (types 48–55), and of the team (130).
type (
	// TitleRecorded adds a title or replaces the one with its ID.
	TitleRecorded struct {
		Title deadline.Title `json:"title"`
	}
	// TitleRemoved takes a title out that was recorded in error or set aside.
	TitleRemoved struct {
		Title string `json:"title"`
		Why   string `json:"why"`
	}
	DocumentAdded struct {
		Document Document `json:"document"`
	}
	DocumentRemoved struct {
		Document string `json:"document"`
		Why      string `json:"why"`
	}
	ComplaintRecorded struct {
		Complaint ComplaintEntry `json:"complaint"`
	}
	ComplaintClosed struct {
		Complaint string        `json:"complaint"`
		Outcome   string        `json:"outcome"`
		Measure   plain.Text    `json:"measure,omitzero"`
		On        calendar.Date `json:"on"`
		User      UserID        `json:"user"`
	}
	// AcknowledgementJudged is a person's word; judged again it replaces the last.
	AcknowledgementJudged struct {
		Acknowledgement Acknowledgement `json:"acknowledgement"`
	}
	PersonEventJudged struct {
		Event PersonEvent `json:"event"`
	}
	// DataExported says that data left the house other than in a letter: an
	// export, attachments saved, a letter printed. It names no content; who and
	// when stand in the fact's header.
	DataExported struct {
		What   string `json:"what"`           // cases, ledger, activity, attachments, letter, …
		Format string `json:"format"`         // csv, json, pdf, …
		Cases  int    `json:"cases"`          // how many cases it was about
		Items  int    `json:"items"`          // lines, files or letters
		Case   CaseID `json:"case,omitempty"` // the one case, where it was one
	}
)

// The numbers of these event types.
const (
	TypeTitleRecorded         EventType = 48
	TypeTitleRemoved          EventType = 49
	TypeDocumentAdded         EventType = 50
	TypeDocumentRemoved       EventType = 51
	TypeComplaintRecorded     EventType = 52
	TypeComplaintClosed       EventType = 53
	TypeAcknowledgementJudged EventType = 54
	TypePersonEventJudged     EventType = 55
	TypeDataExported          EventType = 130
)

// Type returns the number of the event type.
func (TitleRecorded) Type() EventType { return TypeTitleRecorded }

// Retention returns the class of the fact.
func (TitleRecorded) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (TitleRemoved) Type() EventType { return TypeTitleRemoved }

// Retention returns the class of the fact.
func (TitleRemoved) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (DocumentAdded) Type() EventType { return TypeDocumentAdded }

// Retention returns the class of the fact: the papers are vouchers.
func (DocumentAdded) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (DocumentRemoved) Type() EventType { return TypeDocumentRemoved }

// Retention returns the class of the fact.
func (DocumentRemoved) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (ComplaintRecorded) Type() EventType { return TypeComplaintRecorded }

// Retention returns the class of the fact.
func (ComplaintRecorded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ComplaintClosed) Type() EventType { return TypeComplaintClosed }

// Retention returns the class of the fact.
func (ComplaintClosed) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (AcknowledgementJudged) Type() EventType { return TypeAcknowledgementJudged }

// Retention returns the class of the fact.
func (AcknowledgementJudged) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PersonEventJudged) Type() EventType { return TypePersonEventJudged }

// Retention returns the class of the fact.
func (PersonEventJudged) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (DataExported) Type() EventType { return TypeDataExported }

// Retention returns the class of the fact.
func (DataExported) Retention() Retention { return RetainBooks }

// applyRegisters folds the registers' facts.
func (c *Case) applyRegisters(b Body) {
	switch e := b.(type) {
	case TitleRecorded:
		if i := slices.IndexFunc(c.Titles, func(t deadline.Title) bool { return t.ID == e.Title.ID }); i >= 0 {
			c.Titles[i] = e.Title
		} else {
			c.Titles = append(c.Titles, e.Title)
		}
		c.touch("title")
	case TitleRemoved:
		c.Titles = slices.DeleteFunc(c.Titles, func(t deadline.Title) bool { return t.ID == e.Title })
		c.touch("title")
	case DocumentAdded:
		c.Documents = append(c.Documents, e.Document)
	case DocumentRemoved:
		edit(c.Documents, func(d *Document) bool { return d.ID == e.Document }, func(d *Document) { d.Removed = e.Why })
	case ComplaintRecorded:
		c.Complaints = append(c.Complaints, e.Complaint)
	case ComplaintClosed:
		edit(c.Complaints, func(x *ComplaintEntry) bool { return x.ID == e.Complaint }, func(x *ComplaintEntry) {
			x.Outcome, x.Measure, x.Closed, x.ClosedBy = e.Outcome, e.Measure, e.On, e.User
		})
	case AcknowledgementJudged:
		a := e.Acknowledgement
		if i := slices.IndexFunc(c.Acks, func(o Acknowledgement) bool { return o.ID == a.ID }); i >= 0 {
			c.Acks[i] = a
		} else {
			c.Acks = append(c.Acks, a)
		}
	case PersonEventJudged:
		c.PersonEvents = append(c.PersonEvents, e.Event)
	case CaseTakenBack:
		c.takeBack(e)
	}
}
