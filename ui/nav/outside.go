package nav

import (
	"context"

	"kontor/cases/desk"
	"kontor/cases/dunning"
	"kontor/cases/money"
)

// PayCode is a GiroCode, and what it says.
type PayCode struct {
	To, IBAN, RF string
	Amount       money.Cents
	Size         int                 // modules a side
	Dark         func(x, y int) bool // false beyond the code
	PNG          []byte
}

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
	// Document reads a file that the caseworker names, at most desk.MaxDocument.
	Document func(path string) (name string, data []byte, err error)
	// Print prints the letter of a request as PDF into a folder; final says that
	// the caseworker has read it and posts it, which the case notes. What policy
	// forbids to send it does not print.
	Print func(ctx context.Context, req desk.ApproveRequest, final bool, dir string) (path string, err error)
	// Code makes the GiroCode of what is open, or of an instalment of the plan.
	Code func(v *desk.CaseView, instalment int) (PayCode, error)
	// Calendar makes the calendar of the case's plan.
	Calendar func(v *desk.CaseView) (ics []byte, err error)
	// CourtSheet prepares an application to the dunning court, as text and as PDF;
	// nothing is filed.
	CourtSheet func(v *desk.CaseView, a dunning.Answers) (text string, pdf []byte, err error)
	// Settings lists what the program runs with, to read.
	Settings func() []Setting
}

// Setting is one line of the settings.
type Setting struct {
	Group string // a key of text.Settings.Groups
	Name  string // a key of text.Settings.Names
	Value string
	Warn  bool // something to look at
}
