// Package paper makes what leaves the screen: the GiroCode with which a debtor
// pays, the letter that goes by post, the calendar of a plan and the sheet for
// the court. Everything is computed from what it is given: same input, same bytes.
package paper
