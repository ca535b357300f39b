package casefile

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/text"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

// askComplaint enters a complaint in the register: its clock starts on the day
// on which it came.
func (s *Screen) askComplaint() tea.Cmd { return s.complain(nil) }

// complain is askComplaint for a mail that is one, or for none.
func (s *Screen) complain(from *cases.Message) tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	r := t.Reg
	about := named(t.File.About, cases.ComplaintAbout())
	channels := []cases.Channel{cases.Email, cases.Postal, cases.Phone}
	mails, ids := []string{r.NoMailOf}, []cases.MessageID{""}
	for i := len(s.view.Messages) - 1; i >= 0; i-- {
		m := s.view.Messages[i]
		mails = append(mails, s.look.When(m.Received)+" "+t.IntentSlim(m.Class.Intent))
		ids = append(ids, m.ID)
	}
	received, mail := s.view.Today.Long(t.Lang), ""
	if from != nil {
		received = calendar.In(from.Received, s.look.Loc).Long(t.Lang)
		mail = mails[max(0, slices.Index(ids, from.ID))]
	}
	return push(s.form(r.Complaint.Short, []string{sprintf(r.ComplaintLead, s.days())}, []dialog.Field{
		{Label: r.Received, Value: received, Read: s.past(false)},
		{Label: r.Channel, Choices: r.Channels[:]},
		{Label: r.About, Choices: about},
		{Label: r.FromMail, Choices: mails, Value: mail},
		{Label: r.Said, Read: wanted(r.SaidMissing)},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[0])
		if err != nil {
			return "", err
		}
		x := cases.ComplaintEntry{
			Received: on, Channel: of(r.Channels[:], channels, v[1]), About: of(about, cases.ComplaintAbout(), v[2]), Message: of(mails, ids, v[3]), Text: plain.Line(v[4]),
		}
		return r.ComplaintSaved, d.RecordComplaint(ctx, id, x)
	}).At(2))
}

// days is the house's own time for an answer to a complaint.
func (s *Screen) days() int {
	if n := s.desk.Rules().ComplaintDays; n > 0 {
		return n
	}
	return cases.ComplaintDays
}

func (s *Screen) askComplaintEnd(x cases.ComplaintEntry) tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	r := t.Reg
	words := named(t.File.Outcome, cases.ComplaintOutcomes())
	var lead []string
	if !x.Text.IsZero() && !s.look.Masked {
		lead = append(lead, "„"+cells.Line(x.Text.String())+"“")
	}
	return push(s.form(sprintf(r.ComplaintEnd, text.Code(t.File.About, x.About)), lead, []dialog.Field{
		{Label: r.Outcome, Choices: words},
		{Label: r.Measure, Read: wanted(r.MeasureMissing)},
	}, func(ctx context.Context, v []string) (string, error) {
		return sprintf(r.ComplaintDone, v[0]), d.CloseComplaint(ctx, id, x.ID, of(words, cases.ComplaintOutcomes(), v[0]), v[1])
	}))
}

func (s *Screen) noFiles() string {
	if s.out == nil || s.out.Document == nil {
		return s.look.Text.Reg.NoFiles
	}
	return s.unread()
}

// kindsOfDocument lists the kinds with their words.
func (s *Screen) kindsOfDocument() (words []string, kinds []cases.DocumentKind) {
	kinds = cases.DocumentKinds()
	for _, k := range kinds {
		words = append(words, s.look.Text.File.Document[k])
	}
	return words, kinds
}

// askDocument puts a file on the case.
func (s *Screen) askDocument() tea.Cmd {
	t, d, id, read := s.look.Text, s.desk, s.id, s.out.Document
	r := t.Reg
	words, kinds := s.kindsOfDocument()
	return push(s.form(r.Document.Short, []string{r.DocumentLead}, []dialog.Field{
		{Label: r.Path, Read: wanted(r.PathMissing)},
		{Label: r.Kind, Choices: words},
		{Label: r.Date, Hint: r.Optional, Read: s.past(true)},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[2])
		if err != nil {
			return "", err
		}
		name, data, err := read(v[0])
		if err != nil {
			return "", err
		}
		doc, err := d.AddDocument(ctx, id, desk.NewDocument{Kind: of(words, kinds, v[1]), Name: name, Date: on, Source: "person", Data: data})
		return sprintf(r.DocumentSaved, cells.Line(doc.Name.String())), err
	}))
}

func (s *Screen) noAttachment() string {
	if why := s.unread(); why != "" {
		return why
	}
	for _, m := range s.view.Messages {
		if len(m.Mail.Attachments) > 0 {
			return ""
		}
	}
	return s.look.Text.Reg.NoAttachments
}

// askAttachment keeps an attachment of one of the case's mails as a document.
func (s *Screen) askAttachment() tea.Cmd {
	t, d := s.look.Text, s.desk
	r := t.Reg
	type place struct {
		mail  cases.MessageID
		index int
	}
	var names []string
	var at []place
	for i := len(s.view.Messages) - 1; i >= 0; i-- {
		m := s.view.Messages[i]
		for _, a := range m.Mail.Attachments {
			names = append(names, sprintf("%d  %s (%s, %s)", len(names)+1, cells.Line(a.Name.String()), sizeOf(a.Size), s.look.When(m.Received)))
			at = append(at, place{m.ID, a.Index})
		}
	}
	words, kinds := s.kindsOfDocument()
	return push(s.form(r.Attachment.Short, []string{r.DocumentLead}, []dialog.Field{
		{Label: r.AttachmentWhich, Choices: names},
		{Label: r.Kind, Choices: words},
		{Label: r.Date, Hint: r.Optional, Read: s.past(true)},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[2])
		if err != nil {
			return "", err
		}
		x := of(names, at, v[0])
		doc, err := d.KeepAttachment(ctx, x.mail, x.index, of(words, kinds, v[1]), on)
		return sprintf(r.DocumentSaved, cells.Line(doc.Name.String())), err
	}))
}

// chooseDocument says what can be done with a document that is there.
func (s *Screen) chooseDocument(x cases.Document) tea.Cmd {
	r := s.look.Text.Reg
	var opts []dialog.Option
	if s.out != nil && s.out.Save != nil {
		opts = append(opts, option(r.DocumentSave, sizeOf(x.Size), func() tea.Cmd { return s.askDocumentSave(x) }))
	}
	return push(s.list(sprintf(r.DocumentHere, cells.Line(x.Name.String())), append(opts, option(r.DocumentRemove, "", func() tea.Cmd { return s.askDocumentGone(x) }))))
}

func (s *Screen) askDocumentGone(x cases.Document) tea.Cmd {
	r, d, id := s.look.Text.Reg, s.desk, s.id
	name := cells.Line(x.Name.String())
	return push(s.form(sprintf(r.DocumentHere, name), []string{r.DocumentRemove}, []dialog.Field{{Label: r.Why, Read: wanted(r.WhyMissing)}}, func(ctx context.Context, v []string) (string, error) {
		return sprintf(r.DocumentGone, name), d.RemoveDocument(ctx, id, x.ID, v[0])
	}))
}

// askDocumentSave writes a document into a folder, for its owner alone, over
// nothing; that it left the store is on record.
func (s *Screen) askDocumentSave(x cases.Document) tea.Cmd {
	d, id := s.desk, s.id
	return push(s.saveBox(sprintf(s.look.Text.Reg.DocumentHere, cells.Line(x.Name.String())), nil, func(ctx context.Context, _ []string) (string, []byte, error) {
		doc, data, err := d.DocumentBytes(ctx, id, x.ID)
		return doc.Name.String(), data, err
	}, cases.DataExported{What: "document", Format: "file", Cases: 1, Items: 1, Case: id}))
}

// saveBox asks for a folder, after further fields, and saves there what make
// gives; the export is on record before anybody is told where the file lies.
func (s *Screen) saveBox(title string, fields []dialog.Field, make func(ctx context.Context, v []string) (name string, data []byte, err error), e cases.DataExported) *dialog.Form {
	t, d, save := s.look.Text, s.desk, s.out.Save
	fields = append(fields, dialog.Field{Label: t.Dialog.SaveDir, Value: s.out.SaveDir, Read: wanted(t.Dialog.SaveDirBad)})
	return s.form(title, []string{t.Dialog.SaveLead}, fields, func(ctx context.Context, v []string) (string, error) {
		name, data, err := make(ctx, v)
		if err != nil {
			return "", err
		}
		path, err := save(v[len(v)-1], name, data)
		if err != nil {
			return "", err
		}
		return sprintf(t.Dialog.SavedTo, cells.Line(path)), d.Exported(ctx, e)
	})
}
