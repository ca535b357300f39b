package templates

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
)

//go:embed texts
var shipped embed.FS

// ErrNoText says that no letter fits: the mail is never answered, or the case
// does not allow the occasion.
var ErrNoText = cases.ErrNoText

// BlockedError says that the case forbids the letter that was asked for. Why is
// the code that Decide would refuse with (domain.md 1.7).
type BlockedError struct {
	Template string
	Why      string
}

func (e *BlockedError) Error() string {
	return fmt.Sprintf("template %s: the case forbids it: %s", e.Template, e.Why)
}

// BlockedBy returns the code of what forbids the text, as Decide's refusals name it.
func (e *BlockedError) BlockedBy() string { return e.Why }

// Set is all texts of the house. It is never changed after Load and safe for
// concurrent use.
type Set struct {
	texts     []*text              // by preference
	summaries map[string][]summary // by template id; the reviewed ones
	pending   []summary            // waiting for a reviewer
	unread    []string             // files of the agency's folder that are no texts
}

// Load reads the shipped texts and, where given, an agency's folder with the
// same layout (<lang>/<id>.txt, <lang>/parts.txt, summaries/<lang>/<id>.txt).
// A file of the agency replaces the shipped one with its id and language; a part
// the shipped part. What is wrong with its files are Faults: the first of each.
func Load(overrides fs.FS) (*Set, error) {
	own, err := fs.Sub(shipped, "texts")
	if err != nil {
		return nil, err
	}
	s := &Set{summaries: map[string][]summary{}}
	roots := []fs.FS{own}
	if overrides != nil {
		roots = append(roots, overrides)
		if s.unread, err = unread(overrides); err != nil {
			return nil, err
		}
	}
	var faults Faults
	for _, lang := range []string{"de", "en"} {
		faults = append(faults, s.loadLang(lang, roots)...)
	}
	faults = append(faults, s.loadSummaries(roots)...)
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	slices.SortFunc(s.texts, byPreference)
	for _, t := range s.texts {
		for _, id := range t.with {
			if s.find(id, t.info.Lang) == nil {
				faults = append(faults, fmt.Errorf("template %s (%s): with: no text %q", t.info.ID, t.info.Lang, id))
			}
		}
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Set) loadLang(lang string, roots []fs.FS) (faults Faults) {
	parts := map[string]string{}
	for _, root := range roots {
		src, err := readText(root, path.Join(lang, "parts.txt"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Faults{err}
		}
		more, err := parseParts(src)
		if err != nil {
			return Faults{fmt.Errorf("parts.txt (%s): %w", lang, err)}
		}
		maps.Copy(parts, more)
	}
	found := map[string]*text{}
	for _, root := range roots {
		names, err := textFiles(root, lang)
		if err != nil {
			return append(faults, err)
		}
		for _, name := range names {
			t, err := loadText(root, lang, name, parts)
			if err != nil {
				faults = append(faults, err)
				continue
			}
			found[t.info.ID] = t
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		s.texts = append(s.texts, found[id])
	}
	return faults
}

func loadText(root fs.FS, lang, name string, parts map[string]string) (*text, error) {
	src, err := readText(root, path.Join(lang, name))
	if err != nil {
		return nil, err
	}
	t, err := parseText(path.Join(lang, name), src, parts)
	if err != nil {
		return nil, err
	}
	if t.info.Lang != lang || t.info.ID+".txt" != name {
		return nil, fmt.Errorf("template %s/%s: its front matter says %s in %q", lang, name, t.info.ID, t.info.Lang)
	}
	return t, nil
}

func textFiles(root fs.FS, lang string) ([]string, error) {
	entries, err := fs.ReadDir(root, lang)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read templates (%s): %w", lang, err)
	}
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".txt") && e.Name() != "parts.txt" {
			out = append(out, e.Name())
		}
	}
	if len(out) > maxFiles {
		return nil, fmt.Errorf("read templates (%s): %d files, at most %d", lang, len(out), maxFiles)
	}
	slices.Sort(out)
	return out, nil
}

// readText reads one file of bounded size.
func readText(root fs.FS, name string) (string, error) {
	file, err := root.Open(name)
	if err != nil {
		return "", fmt.Errorf("read template %s: %w", name, err)
	}
	defer func() { _ = file.Close() }() // only read
	b, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return "", fmt.Errorf("read template %s: %w", name, err)
	}
	if len(b) > maxFile {
		return "", fmt.Errorf("read template %s: larger than %d bytes", name, maxFile)
	}
	return string(b), nil
}

// parseParts reads "== name" sections.
func parseParts(src string) (map[string]string, error) {
	out := map[string]string{}
	name := ""
	for line := range strings.Lines(strings.ReplaceAll(src, "\r\n", "\n")) {
		if n, ok := strings.CutPrefix(line, "== "); ok {
			if name = strings.TrimSpace(n); !idPattern().MatchString(name) {
				return nil, fmt.Errorf("part %q: want lower-case letters, digits and _", name)
			}
			out[name] = ""
			continue
		}
		if name == "" {
			if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
				return nil, fmt.Errorf("line %q stands before the first part", cutAt(strings.TrimSpace(line), 30))
			}
			continue
		}
		out[name] += line
	}
	for n, v := range out {
		out[n] = strings.Trim(v, "\n")
	}
	return out, nil
}

// List describes all texts, by id and language.
func (s *Set) List() []cases.TemplateInfo {
	out := make([]cases.TemplateInfo, len(s.texts))
	for i, t := range s.texts {
		out[i] = t.info
	}
	slices.SortFunc(out, func(a, b cases.TemplateInfo) int {
		return strings.Compare(a.ID+" "+a.Lang, b.ID+" "+b.Lang)
	})
	return out
}

func (s *Set) find(id, lang string) *text {
	for _, t := range s.texts {
		if t.info.ID == id && t.info.Lang == lang {
			return t
		}
	}
	return nil
}

// Drafts fills the letters that fit: first the one to whoever wrote or is
// written to, then those to others, as an inquiry to the creditor. Findings are
// left to the policy. It returns ErrNoText where nothing fits, a *BlockedError
// where the case forbids a demand, and a *MissingError where a letter asked for
// by its id wants what the case does not have.
func (s *Set) Drafts(ctx context.Context, in cases.DraftContext) ([]cases.Draft, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if in.Case == nil || in.Today == 0 || in.Now.IsZero() {
		return nil, fmt.Errorf("draft: want a case and a day")
	}
	f := newFacts(in, language(in))
	t, why, err := s.choose(f)
	if err != nil {
		return nil, err
	}
	first, err := s.draft(f, t, why)
	if err != nil {
		return nil, err
	}
	out := []cases.Draft{first}
	for _, id := range t.with {
		// The creditor is written to in German whatever the debtor writes.
		g := f
		if f.lang != "de" {
			g = newFacts(in, "de")
		}
		other := s.find(id, "de")
		if other == nil || !g.all(other.requires) {
			continue
		}
		d, err := s.draft(g, other, "with_"+t.info.ID)
		if _, missing := errors.AsType[*MissingError](err); missing {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// choose finds the text for a context and says why it is this one.
func (s *Set) choose(f *facts) (*text, string, error) {
	in := f.in
	if in.Template != "" {
		t := s.find(in.Template, f.lang)
		if t == nil {
			return nil, "", fmt.Errorf("draft: no template %q in %q: %w", in.Template, f.lang, ErrNoText)
		}
		return t, "chosen", nil
	}
	if f.msg == nil && in.Name == "" || f.msg != nil && !f.class.Intent.Answered() && !f.is("alert") {
		return nil, "", ErrNoText
	}
	tone := f.tone()
	var best *text
	for _, t := range s.texts {
		if t.info.Lang != f.lang || !f.fits(t) {
			continue
		}
		switch {
		case best == nil:
			best = t
		case t.priority < best.priority:
			return best, f.why(best), nil
		case best.tone != tone && t.tone == tone:
			best = t
		}
	}
	if best == nil {
		return nil, "", s.lacking(f)
	}
	return best, f.why(best), nil
}

// lacking says which conditions the letter for an occasion waits for: those of the
// text that comes nearest.
func (s *Set) lacking(f *facts) error {
	var nearest *text
	var why []string
	for _, t := range s.texts {
		if t.info.Lang != f.lang || f.in.Name == "" || !slices.Contains(t.info.Occasions, f.in.Name) {
			continue
		}
		var unmet []string
		for _, c := range t.requires {
			switch {
			case f.is(c.name) != c.not:
			case c.not:
				unmet = append(unmet, "not "+c.name)
			default:
				unmet = append(unmet, c.name)
			}
		}
		if len(unmet) == 0 && t.info.ClaimData && t.info.Audience != "creditor" && !f.mayKnow(t) {
			unmet = append(unmet, "confirmed") // claim data goes to nobody else
		}
		if nearest == nil || len(unmet) < len(why) {
			nearest, why = t, unmet
		}
	}
	if nearest == nil || len(why) == 0 {
		return ErrNoText
	}
	return fmt.Errorf("%s waits for: %s: %w", nearest.info.ID, strings.Join(why, ", "), ErrNoText)
}

func (f *facts) fits(t *text) bool {
	if f.in.Name != "" {
		if !slices.Contains(t.info.Occasions, f.in.Name) {
			return false
		}
	} else if f.is("alert") && len(t.info.Intents) > 0 {
		// Whatever the mail wants: somebody is in danger, and no other text fits.
		if !slices.Contains(t.requires, term{name: "alert"}) {
			return false
		}
	} else if !slices.Contains(t.info.Intents, f.class.Intent) {
		return false
	}
	// No arrangement where the law or the facts leave none to make.
	if t.info.Agreement && (f.is("deceased") || f.is("insolvent") || f.is("denied") || f.is("closed") || f.is("settled")) {
		return false
	}
	// On the matter itself one writes to who stands for the debtor.
	if t.info.ClaimData && f.rep != nil && f.is("from_debtor") && t.info.Audience != "creditor" {
		return false
	}
	return f.all(t.requires) && (!t.info.ClaimData || t.info.Audience == "creditor" || f.mayKnow(t))
}

// mayKnow reports whether claim data may go to the reader of t: a confirmed
// party, or a representative whose power of attorney was seen (domain.md 1.7).
func (f *facts) mayKnow(t *text) bool {
	if t.info.Audience == "administrator" {
		return f.adminProven
	}
	if t.info.Audience == "representative" || f.in.Name != "" && f.rep != nil {
		return f.rep != nil && f.repParty.Proof == cases.ProofSeen
	}
	return f.is("confirmed") && !f.is("denied")
}

func (f *facts) why(t *text) string {
	switch {
	case f.in.Name != "":
		return "occasion"
	case f.is("alert"):
		return "alert"
	case t.info.ID == "right_party_unknown":
		return "right_party"
	}
	return "intent_" + string(f.class.Intent)
}

// tone is plain for people in difficulty, for those who write in another
// language, and for those who write as one writes to friends.
func (f *facts) tone() string {
	if f.is("vulnerable") || f.class.Lang != "" && f.class.Lang != "de" && f.class.Lang != "en" {
		return "plain"
	}
	if f.msg != nil {
		own := f.msg.Mail.Own.String()
		for _, w := range []string{"hallo", "hi ", "hey", "moin", "lg", "hello", "servus"} {
			if strings.HasPrefix(own, w) || strings.Contains(own, "\n"+w) {
				return "plain"
			}
		}
	}
	return "formal"
}

// draft fills one text.
func (s *Set) draft(f *facts, t *text, why string) (cases.Draft, error) {
	d := cases.Draft{Template: t.info.TemplateRef, Why: why}
	if !f.recipient(t, &d) {
		return d, fmt.Errorf("draft %s: nobody to write to: %w", t.info.ID, ErrNoText)
	}
	if t.info.Demand {
		if why := f.demandBlocked(d.To); why != "" {
			return d, &BlockedError{t.info.ID, why}
		}
	}
	s.addSummary(f, t)
	f.address(t, d)
	var err error
	if d.Text, d.Values, _, err = fill(t.info.ID, f, t.body); err != nil {
		return d, err
	}
	subject, _, _, err := fill(t.info.ID, f, t.subject)
	if err != nil {
		return d, err
	}
	d.Subject = strings.TrimSpace(subject)
	d.Effects = f.effects(t)
	return d, nil
}

// recipient sets who is written to, and at which address. A mail is answered to
// where it came from; who has no entry of his own on the file is written to
// under the debtor's, at the address that the caseworker confirms.
func (f *facts) recipient(t *text, d *cases.Draft) bool {
	today := f.in.Today
	at := func(p *cases.Person) bool {
		if p == nil {
			return false
		}
		d.To, d.ToAddr = p.ID, p.Mail(today)
		return true
	}
	switch t.info.Audience {
	case "creditor":
		return at(f.creditor) && d.ToAddr != ""
	case "administrator":
		return at(f.administrator) && d.ToAddr != ""
	case "representative":
		if f.rep != nil && f.rep.Mail(today) != "" {
			return at(f.rep)
		}
	case "debtor":
		if f.msg == nil && f.rep != nil && t.info.ID != "closing_letter" {
			return at(f.rep)
		}
	}
	if f.msg == nil {
		return at(f.debtor)
	}
	who := f.sender
	if who == nil || f.role(who) == "" {
		who = f.debtor
	}
	if !at(who) {
		return false
	}
	if f.fromAddr != "" {
		d.ToAddr = f.fromAddr
	}
	return true
}

// address sets how the letter greets: a firm, an office or a law firm is not
// greeted by its name.
func (f *facts) address(t *text, d cases.Draft) {
	p := f.in.Persons[d.To]
	firm := p != nil && (p.Legal || p.Business || firmName(p.Name.String()))
	if f.msg != nil && f.sender == nil && d.ToAddr == f.fromAddr && t.info.Audience != "debtor" {
		// Whoever wrote has no entry of his own on the file.
		firm = firmName(f.msg.Mail.From.Name.String())
	}
	f.conds["to_firm"] = firm
	f.conds["for_other"] = f.debtor != nil && d.To != f.debtor.ID && f.standsFor(d.To)
	if p != nil && f.values["name"] != "" {
		f.values["name"] = p.Name.String() // a co-debtor who writes is no other debtor
	}
}

// standsFor reports whether a person acts for the debtor, by a paper that was
// seen: then the letter names whom it is about.
func (f *facts) standsFor(id cases.PersonID) bool {
	p, ok := f.in.Case.PartyOf(id, f.in.Today)
	if !ok || p.Proof != cases.ProofSeen {
		return false
	}
	switch p.Role {
	case cases.RoleRepresentative, cases.RoleGuardian, cases.RoleAdviser:
		return true
	case cases.RoleDebtor, cases.RoleCoDebtor, cases.RoleHeir, cases.RoleAdministrator, cases.RolePayer, cases.RoleCreditor, cases.RoleCourt:
	}
	return false
}

func (f *facts) demandBlocked(to cases.PersonID) string {
	sc := cases.NewScope(cases.Actor{})
	sc.Put(f.in.Case)
	for _, p := range f.in.Persons {
		if p != nil {
			sc.Put(p)
		}
	}
	env := cases.Env{Now: f.in.Now, Today: f.in.Today, Rules: f.in.Rules}
	if why := cases.DemandBlocked(sc, env, f.in.Case, to); why != "" {
		return why
	}
	switch {
	case f.is("barred"):
		return "limitation"
	case f.is("alert"):
		return "alert"
	}
	p := f.in.Persons[to]
	if p != nil && p.Natural() && p.LastDemand != 0 && int(f.in.Today-p.LastDemand) < f.in.Rules.DemandDays {
		return "too_soon"
	}
	return ""
}

func validDay(v string) error {
	_, err := calendar.Parse(v)
	return err
}
