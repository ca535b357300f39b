package ui

import (
	"errors"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/ui/internal/fake"
)

// V shows attachments and writes nothing; s saves one, where and only when told,
// and that is on record.
func TestAttachmentIsSavedOnlyWhenTold(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	items[0].Review.Message.Mail.Attachments = []cases.Attachment{
		{Index: 0, Name: plain.Line("Vertrag.pdf"), MediaType: "application/pdf", Size: 1200, Text: plain.Clean("Kaufvertrag")},
		{Index: 1, Name: plain.Line("Foto.jpg"), MediaType: "image/jpeg", Size: 90_000, Unread: "scan"},
	}
	d := start(t, 80, 24, "de", items...)
	type file struct{ dir, name, data string }
	var saved []file
	d.app.opts.Outside.SaveDir = "/home/anna/Downloads"
	fail := errors.New("no such folder")
	d.app.opts.Outside.Save = func(dir, name string, data []byte) (string, error) {
		if dir != "/home/anna/Downloads" {
			return "", fail
		}
		saved = append(saved, file{dir, name, string(data)})
		return dir + "/" + name, nil
	}
	d.keys("enter", "V")
	d.wants("Vertrag.pdf", "Kaufvertrag", "Foto.jpg", "s speichern")
	d.keys("esc", "V", "s")
	d.wants("Anhang speichern", "Vertrag.pdf", "/home/anna/Downloads")
	if len(saved) != 0 {
		t.Fatal("saved before the word")
	}
	d.keys("tab")
	d.typeText("/nein")
	d.keys("enter")
	d.wants("no such folder")
	for range len("/nein") {
		d.keys("backspace")
	}
	d.keys("enter")
	d.wants("Gespeichert: /home/anna/Downloads/Vertrag.pdf")
	if len(saved) != 1 || saved[0].data != "Kaufvertrag" {
		t.Errorf("saved %+v", saved)
	}
	if len(d.desk.Exports) != 1 || d.desk.Exports[0].What != "attachments" || d.desk.Exports[0].Case != "case-318" {
		t.Errorf("on record: %+v", d.desk.Exports)
	}
}
