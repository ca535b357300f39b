package text

// Rooms are the rooms that show and decide nothing: conflicts, team, figures,
// record, settings.
type Rooms struct {
	// Conflicts.
	NoConflicts, ConflictLead, ConflictAlone string
	Side, Mine, Theirs, Merge, KeepNote      Key
	// Team.
	TeamTitle, TeamLead, TeamAlone, TeamMe, TeamNobody string
	TeamUser, TeamCases, TeamDue                       string
	// Figures.
	FigureTitle, FigureLead                             string // lead: day
	Cases, Open, Closed, Sum, NoBalance, Held, Disputed string
	Plans, Offers, Overdue                              string
	Mail, Mails, Unassigned, Unsure, Oldest             string
	OldestDays                                          Plural
	Payments, Waiting, Unknown, Covered, CoveredNone    string
	Days, Received, Sent                                string
	// Record.
	RecordTitle, RecordEmpty, RecordOlder         string
	RecordWhen, RecordWho, RecordWhat, RecordCase string
	RecordMachine                                 string
	Older, Newer                                  Key
	NoOlder, NoNewer                              string
	// Settings.
	SetTitle, SetLead, SetNone string
	SetLang                    Key
	LangIs                     string // language
	Groups                     map[string]string
	Names                      map[string]string
	Asked, AskedNot            string
}
