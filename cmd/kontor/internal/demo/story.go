// Package demo is a small world with nothing to install: an IMAP server, an
// SMTP sink, and an agency with cases whose debtors write. All people in it are
// invented.
package demo

import (
	"bufio"
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/inbox/table"
)

// Mail is a letter that a debtor's program sends.
type Mail struct {
	From      string `json:"from"` // name <address>
	ReplyTo   string `json:"reply_to,omitempty"`
	Subject   string `json:"subject"`
	Text      string `json:"text"`
	Minutes   int    `json:"minutes"`               // sent so many minutes before the demo starts; of a later mail, its turn
	Days      int    `json:"days,omitempty"`        // a later mail that had lain in another folder so long
	Auth      bool   `json:"auth"`                  // the demo's server vouches for the sender
	MessageID string `json:"message_id,omitempty"`  // else made
	InReplyTo string `json:"in_reply_to,omitempty"` // Message-ID of a letter of ours
	Style     string `json:"style,omitempty"`       // the program: plain, html, latin1, outlook, phone, auto, bounce
	HTML      string `json:"html,omitempty"`        // of style html, else made of Text
	Attach    string `json:"attach,omitempty"`      // name of an attached PDF with Attached as its text
	Attached  string `json:"attached,omitempty"`    // of a bounce: the address that failed
	Returned  string `json:"returned,omitempty"`    // of a bounce: subject of the letter that comes back
	// Repeat delivers the mail a second time in other bytes, as a second path does.
	Repeat bool `json:"repeat,omitempty"`
	// Want is what its writer is after and Alert whether somebody is in danger:
	// the tests' measure, which the program never sees.
	Want  cases.Intent `json:"want"`
	Alert bool         `json:"alert,omitempty"`
}

// Story is one case and what its people write: at the start, and later while
// somebody works.
type Story struct {
	Name  string     `json:"name"`
	Case  table.Case `json:"case"`
	Mails []Mail     `json:"mails,omitempty"`
	Later []Mail     `json:"later,omitempty"`
}

// people are all that the story's case names.
func (s Story) people() []table.Person {
	out := []table.Person{s.Case.Debtor, s.Case.Creditor}
	for _, p := range s.Case.Parties {
		out = append(out, p.Person)
	}
	return out
}

//go:embed stories.jsonl
var storyFile []byte

var (
	isoDay    = regexp.MustCompile(`@D([+-]\d+)`)
	germanDay = regexp.MustCompile(`\{D([+-]\d+)\}`)
	workDay   = regexp.MustCompile(`\{B([+-]\d+)\}`) // the German date of the next business day
	englDay   = regexp.MustCompile(`\{E([+-]\d+)\}`)
)

// stories reads the written stories with their days counted from today.
func stories(today calendar.Date) ([]Story, error) {
	day := func(re *regexp.Regexp, line []byte, f func(calendar.Date) string) []byte {
		return re.ReplaceAllFunc(line, func(m []byte) []byte {
			n, err := strconv.Atoi(string(re.FindSubmatch(m)[1]))
			if err != nil {
				return m
			}
			return []byte(f(today + calendar.Date(n)))
		})
	}
	var out []Story
	sc := bufio.NewScanner(bytes.NewReader(storyFile))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Bytes()
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		line = day(isoDay, line, calendar.Date.String)
		line = day(germanDay, line, func(d calendar.Date) string { return d.Long("de") })
		line = day(workDay, line, func(d calendar.Date) string { return calendar.NextBusinessDay(d, calendar.HH).Long("de") })
		line = day(englDay, line, func(d calendar.Date) string { return d.Long("en") })
		var s Story
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&s); err != nil {
			return nil, fmt.Errorf("stories, line %d: %w", n, err)
		}
		if s.Case.FollowUp > today { // nobody puts a case to a Sunday
			s.Case.FollowUp = calendar.NextBusinessDay(s.Case.FollowUp, s.Case.Land)
		}
		out = append(out, s)
	}
	return out, sc.Err()
}

// World is everything that the demo consists of.
type World struct {
	Cases []table.Case
	Mails []Dated // at the start, oldest first
	Later []Mail  // one after the other, while somebody works
	File  File
}

// Dated is a mail with the instant it arrived.
type Dated struct {
	Mail
	At time.Time
}

// arrivals are the deliveries that a story's mail makes.
func (m Mail) arrivals(start time.Time) []Dated {
	at := start.Add(-time.Duration(m.Minutes) * time.Minute).Truncate(time.Second)
	if !m.Repeat {
		return []Dated{{m, at}}
	}
	m.MessageID = cmp.Or(m.MessageID, m.newID(0))
	first := m
	first.Repeat = false
	return []Dated{{first, at}, {m, at}}
}

// Sent is when a later mail that comes at an instant had reached the server.
func (m Mail) Sent(at time.Time) time.Time { return at.AddDate(0, 0, -m.Days) }
