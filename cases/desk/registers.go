package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/plain"
)

// MaxDocument bounds a document on a case, in bytes.
const MaxDocument = 25 << 20

// NewDocument is a paper on its way to a case.
type NewDocument struct {
	Kind   cases.DocumentKind
	Name   string        // its base name; a path is cut down to it
	Date   calendar.Date // of the document; zero: not known
	Source string        // import or person
	Data   []byte        // at most MaxDocument
}

// AddDocument puts a paper on a case: its bytes as a sealed blob, with the fact
// that names it, in one transaction. The same bytes under the same kind change
// nothing; the document that is there is returned.
func (d *Desk) AddDocument(ctx context.Context, id cases.CaseID, n NewDocument) (cases.Document, error) {
	return d.addDocument(ctx, id, n, "")
}

// KeepAttachment puts an attachment of a mail on the case that the mail is on.
// cases.ErrNotFound if the mail has no bytes any more.
func (d *Desk) KeepAttachment(ctx context.Context, m cases.MessageID, index int, kind cases.DocumentKind, date calendar.Date) (cases.Document, error) {
	msg, err := d.message(ctx, m)
	if err != nil {
		return cases.Document{}, err
	}
	if msg.Match.Case == "" {
		return cases.Document{}, &cases.Refusal{Reason: cases.NotFound, Detail: "case"}
	}
	name, data, err := d.Attachment(ctx, m, index)
	if err != nil {
		return cases.Document{}, err
	}
	return d.addDocument(ctx, msg.Match.Case, NewDocument{Kind: kind, Name: name, Date: date, Source: "mail", Data: data}, m)
}

func (d *Desk) addDocument(ctx context.Context, id cases.CaseID, n NewDocument, m cases.MessageID) (cases.Document, error) {
	name := plain.Line(path.Base(strings.ReplaceAll(n.Name, `\`, "/")))
	switch {
	case len(n.Data) == 0 || len(n.Data) > MaxDocument:
		return cases.Document{}, fmt.Errorf("document of %d bytes: want 1 to %d", len(n.Data), MaxDocument)
	case name.IsZero() || strings.Trim(name.String(), "./ ") == "":
		return cases.Document{}, &cases.Refusal{Reason: cases.Invalid, Thing: id.Stream().String(), Detail: "document: name"}
	}
	sum := sha256.Sum256(n.Data)
	doc := cases.Document{
		Kind: n.Kind, Name: name, Date: n.Date, Source: n.Source, MediaType: mediaType(n.Data), Size: int64(len(n.Data)),
		SHA256: hex.EncodeToString(sum[:]), Blob: d.o.Journal.NewBlobID(), Message: m,
	}
	c, err := d.caseState(ctx, id)
	if err != nil {
		return cases.Document{}, err
	}
	for _, o := range c.Documents {
		if o.SHA256 == doc.SHA256 && o.Kind == doc.Kind && o.Removed == "" {
			return o, nil
		}
	}
	blob := cases.NewBlob{ID: doc.Blob, Stream: id.Stream(), Retention: cases.RetainBooks, Data: n.Data}
	v, err := d.submit(ctx, d.o.Actor, cases.AddDocument{Case: id, Document: doc}, blob)
	if err != nil {
		return cases.Document{}, err
	}
	for _, f := range v.Facts {
		if b, ok := f.Body.(cases.DocumentAdded); ok {
			return b.Document, nil
		}
	}
	return doc, nil
}

// mediaType tells what a document is by its first bytes, never by its name.
func mediaType(data []byte) string {
	for _, k := range []struct{ head, kind string }{
		{"%PDF-", "application/pdf"}, {"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"II*\x00", "image/tiff"}, {"MM\x00*", "image/tiff"},
	} {
		if bytes.HasPrefix(data, []byte(k.head)) {
			return k.kind
		}
	}
	if utf8.Valid(data) && bytes.IndexFunc(data, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) < 0 {
		return "text/plain"
	}
	return "application/octet-stream"
}

// DocumentBytes returns a document of a case with its bytes; they are those that
// were put there, or an error.
func (d *Desk) DocumentBytes(ctx context.Context, id cases.CaseID, document string) (cases.Document, []byte, error) {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return cases.Document{}, nil, err
	}
	return d.documentOf(ctx, c, document)
}

func (d *Desk) documentOf(ctx context.Context, c *cases.Case, document string) (cases.Document, []byte, error) {
	doc, ok := c.Document(document)
	if !ok {
		return cases.Document{}, nil, fmt.Errorf("document of a case: %w", cases.ErrNotFound)
	}
	data, err := d.blob(ctx, doc.Blob, MaxDocument)
	if err != nil {
		return doc, nil, fmt.Errorf("read a document: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != doc.SHA256 {
		return doc, nil, fmt.Errorf("document %s: its bytes are not those that were put on the case", doc.ID)
	}
	return doc, data, nil
}

// RemoveDocument says that a document does not count any more; why is a code or
// words. Its bytes are kept as long as the law wants.
func (d *Desk) RemoveDocument(ctx context.Context, id cases.CaseID, document, why string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RemoveDocument{Case: id, Document: document, Why: why})
	return err
}

// RecordTitle adds a title to the register, or corrects the one with its ID (its
// finality comes later). Kinds: deadline.TitleKinds. No Claims: all of them.
func (d *Desk) RecordTitle(ctx context.Context, id cases.CaseID, t deadline.Title) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RecordTitle{Case: id, Title: t})
	return err
}

// RemoveTitle takes a title out of the register.
func (d *Desk) RemoveTitle(ctx context.Context, id cases.CaseID, title, why string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RemoveTitle{Case: id, Title: title, Why: why})
	return err
}

// Limitations says when each claim of a case becomes time-barred, with the steps
// of the reckoning, as known on a day (zero: today).
func (d *Desk) Limitations(ctx context.Context, id cases.CaseID, at calendar.Date) ([]cases.ClaimLimitation, error) {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return nil, err
	}
	if at == 0 {
		at = d.Today()
	}
	return c.Limitations(at), nil
}

// RecordComplaint enters a complaint in the register and starts its clock.
// Wanted are Received, About (cases.ComplaintAbout), Channel, Text; Message where
// it came by mail.
func (d *Desk) RecordComplaint(ctx context.Context, id cases.CaseID, x cases.ComplaintEntry) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RecordComplaint{Case: id, Complaint: x})
	return err
}

// CloseComplaint ends a complaint with its outcome (cases.ComplaintOutcomes) and
// what was done about it.
func (d *Desk) CloseComplaint(ctx context.Context, id cases.CaseID, complaint, outcome, measure string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.CloseComplaint{Case: id, Complaint: complaint, Outcome: outcome, Measure: plain.Clean(measure)})
	return err
}

// AckDecision is a person's word on what may start limitation anew.
type AckDecision struct {
	// ID is that of a proposal (Case.AckProposed), of a payment on the account, or
	// of an earlier decision (Case.Acks). Empty: an act of enforcement or an
	// acknowledgement of Kind and Date that is recorded now.
	ID       string
	Confirm  bool
	Reserved bool   // declared under reserve ("ohne Anerkennung einer Rechtspflicht")
	Claim    string // empty: all claims, or the one proposed
	Date     calendar.Date
	Kind     deadline.AckKind // statement or enforcement, without ID
	Text     string
}

// JudgeAcknowledgement confirms or rejects what would start the limitation of a
// claim anew (§ 212 BGB). Nothing but this counts: machines only propose.
func (d *Desk) JudgeAcknowledgement(ctx context.Context, id cases.CaseID, a AckDecision) error {
	_, err := d.submit(ctx, d.o.Actor, cases.JudgeAcknowledgement{
		Case: id, ID: a.ID, Confirm: a.Confirm, Reserved: a.Reserved, Claim: a.Claim, Date: a.Date, Kind: a.Kind, Text: plain.Clean(a.Text),
	})
	return err
}

// AcceptOffer is a person's word that the debtor accepted an offered plan or
// settlement; text says how (phone, mail) and is kept as a note.
func (d *Desk) AcceptOffer(ctx context.Context, id cases.CaseID, arrangement, text string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.AcceptOffer{Case: id, Arrangement: arrangement, Text: plain.Clean(text)})
	return err
}

// SettleObjection ends an objection of a case; text is kept as a note.
func (d *Desk) SettleObjection(ctx context.Context, id cases.CaseID, objection, text string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.SettleObjection{Case: id, Objection: objection, Text: plain.Clean(text)})
	return err
}

// EndHold ends one hold of a case; refused while its ground stands.
func (d *Desk) EndHold(ctx context.Context, id cases.CaseID, hold string) error {
	return d.Change(ctx, id, []cases.Effect{{Kind: cases.LiftHold, Target: hold}}, nil)
}

// Stops says what may not go on with a case or one of its claims today, what
// stops it, and by which paragraph.
func (d *Desk) Stops(ctx context.Context, id cases.CaseID) ([]cases.Stop, error) {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return nil, err
	}
	people, err := d.persons(ctx, c)
	if err != nil {
		return nil, err
	}
	return c.Stops(d.Today(), people), nil
}

// Exported puts on record that data left the house other than in a letter.
func (d *Desk) Exported(ctx context.Context, e cases.DataExported) error {
	_, err := d.submit(ctx, d.o.Actor, cases.ReportExport{Export: e})
	return err
}

// Exports returns what was put on record with Exported, oldest first.
func (d *Desk) Exports(ctx context.Context) ([]cases.Fact, error) {
	all, err := d.o.Journal.Facts(ctx, cases.Team())
	if err != nil {
		return nil, fmt.Errorf("read the exports on record: %w", err)
	}
	var out []cases.Fact
	for _, f := range all {
		if _, ok := f.Body.(cases.DataExported); ok {
			out = append(out, f)
		}
	}
	return out, nil
}
