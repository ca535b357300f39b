package main

import (
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/inbox/paper"
)

// payCodes draws the GiroCode that goes with a mail which asks for money, to the
// agency's account, with the case's RF reference.
type payCodes struct {
	name, iban, bic string
}

var _ desk.PayCodes = payCodes{}

// codeScale is pixels a module: some 4 cm on a phone's screen, about 2 KB.
const codeScale = 6

// PayCode returns the code as PNG.
func (p payCodes) PayCode(reference string, cents money.Cents) ([]byte, error) {
	rf, err := paper.RF(reference)
	if err != nil {
		return nil, err
	}
	code, err := paper.Giro(paper.Transfer{Name: p.name, IBAN: p.iban, BIC: p.bic, RF: rf, Amount: cents})
	if err != nil {
		return nil, err
	}
	return code.PNG(codeScale)
}

// codes is nil where the config does not want payment codes in mails.
func (a *app) codes() desk.PayCodes {
	if on := a.cfg.Send.GiroCode; on != nil && !*on {
		return nil
	}
	return payCodes{a.cfg.Agency.Name, a.cfg.Agency.IBAN, a.cfg.Agency.BIC}
}
