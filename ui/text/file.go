package text

import "kontor/cases"

// File is what the case's file shows beside the account.
type File struct {
	Plan, Limitation, Titles, Documents, Complaints, Stops, Acks string // headings
	Rate                                                         string // number
	Paid                                                         string // sum
	PaidOn                                                       string // day
	PlanSum                                                      string // paid, of
	PlanMissing                                                  string // sum
	RateState                                                    map[string]string
	Ends                                                         string // day
	Without, With                                                string // day
	Act                                                          string // day
	InCourt, Lapsed                                              string
	InterestYear                                                 string // year, day
	Final, NotFinal                                              string // day
	Document                                                     map[cases.DocumentKind]string
	Source                                                       map[string]string
	Removed                                                      string // why
	Title                                                        map[string]string
	About, Outcome                                               map[string]string
	Due                                                          string // day
	Stop                                                         map[string]string
	AckProposed                                                  string // day
}
