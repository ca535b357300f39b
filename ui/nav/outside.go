package nav

import (
	"context"

	"kontor/cases"
	"kontor/cases/desk"
)

// Outside is what screens may ask of the machine around the program. A nil
// function is not set up here, and the key for it says so.
type Outside struct {
	// SaveDir is the folder that is proposed for what is saved.
	SaveDir string
	// Save writes a new file that only its owner reads: the name loses its path,
	// nothing is overwritten. It returns where the file lies.
	Save func(dir, name string, data []byte) (string, error)
	// Statement opens a bank statement; done is called when all was read.
	Statement func(path string) (read desk.StatementFile, done func() error, err error)
	// Paper makes what leaves the house on paper.
	Paper Paper
	// Settings lists what the program runs with, to read.
	Settings func() []Setting
}

// Paper makes payment codes, calendars and letters of a case. Nothing of it
// sends anything.
type Paper interface {
	// Code is the GiroCode of what is open, or of an instalment (from 1): lines
	// for the terminal, and what it says.
	Code(v *desk.CaseView, instalment int) (lines []string, pay Transfer, err error)
	// CodePNG is the same as a picture.
	CodePNG(v *desk.CaseView, instalment int) ([]byte, error)
	// Calendar is the plan as an ICS file.
	Calendar(v *desk.CaseView) ([]byte, error)
	// Letter prints a draft for a window envelope. A final one is the
	// caseworker's word that it is posted: it carries no draft's mark and the case
	// notes it; save is called before the note and its file removed if that fails.
	Letter(ctx context.Context, r *desk.Review, d cases.Draft, final bool, save func(pdf []byte) (string, error)) (string, error)
}

// Transfer is what a payment code says.
type Transfer struct {
	To, IBAN, Reference string
	Sum                 string // written for people
}

// Setting is one line of the settings.
type Setting struct {
	Group string // a key of text.Settings.Groups
	Name  string // a key of text.Settings.Names
	Value string
	Warn  bool // something to look at
}
