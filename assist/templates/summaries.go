package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"kontor/cases/calendar"
)

// summary is a short translation that stands below a German letter. It says
// itself that the German text binds. Without the name of somebody who reviewed
// it beside this very version of the German text, it is never used.
type summary struct {
	id, lang string
	reviewer string
	reviewed calendar.Date
	version  int // of the German text that the reviewer had before them
	text     string
}

// summaryLangs are the languages of translated summaries.
func summaryLangs() []string { return []string{"tr", "pl", "ru", "ro", "fr", "ar"} }

func (s *Set) loadSummaries(roots []fs.FS) (faults Faults) {
	found := map[string]summary{}
	for _, root := range roots {
		for _, lang := range summaryLangs() {
			dir := path.Join("summaries", lang)
			names, err := textFiles(root, dir)
			if err != nil {
				return append(faults, err)
			}
			for _, name := range names {
				src, err := readText(root, path.Join(dir, name))
				if err != nil {
					faults = append(faults, err)
					continue
				}
				one, err := parseSummary(lang, src)
				switch {
				case err != nil:
					faults = append(faults, fmt.Errorf("summary %s/%s: %w", lang, name, err))
				case one.id+".txt" != name:
					faults = append(faults, fmt.Errorf("summary %s/%s: its front matter says %s", lang, name, one.id))
				default:
					found[lang+"/"+name] = one
				}
			}
		}
	}
	for _, one := range found {
		german := s.find(one.id, "de")
		if german == nil {
			faults = append(faults, fmt.Errorf("summary %s: no German text %q, which would bind", one.lang, one.id))
			continue
		}
		if one.reviewer == "" || one.version != german.info.Version {
			s.pending = append(s.pending, one)
			continue
		}
		s.summaries[one.id] = append(s.summaries[one.id], one)
	}
	slices.SortFunc(s.pending, func(a, b summary) int { return compareStrings(a.id+a.lang, b.id+b.lang) })
	return faults
}

// waits says what a summary that is off waits for.
func (s summary) waits() string {
	if s.reviewer == "" {
		return "off until a named person has reviewed it"
	}
	return fmt.Sprintf("off: %s reviewed it for version %d of the German text, which has changed since", s.reviewer, s.version)
}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func parseSummary(lang, src string) (summary, error) {
	head, body, err := splitFront(src)
	if err != nil {
		return summary{}, err
	}
	one := summary{id: head["id"], lang: lang, reviewer: head["reviewer"], text: joinLines(body)}
	for key := range head {
		if !slices.Contains([]string{"id", "language", "reviewer", "reviewed", "text_version"}, key) {
			return summary{}, fmt.Errorf("%s: no such key", key)
		}
	}
	if head["language"] != lang {
		return summary{}, fmt.Errorf("language: %q, want %q", head["language"], lang)
	}
	if one.reviewed, err = calendar.Parse(head["reviewed"]); err != nil {
		return summary{}, err
	}
	if (one.reviewer == "") != (one.reviewed == 0) {
		return summary{}, errors.New("reviewer and reviewed: want both or neither")
	}
	if v := head["text_version"]; v != "" {
		if one.version, err = number(v, 1, 9999); err != nil {
			return summary{}, fmt.Errorf("text_version: %w", err)
		}
	}
	if (one.reviewer == "") != (one.version == 0) {
		return summary{}, errors.New("reviewer and text_version: want both or neither")
	}
	if one.text == "" || len(one.text) > 2000 {
		return summary{}, errors.New("text: want 1 to 2000 bytes")
	}
	// A translation carries no figure: those stand in the German text alone.
	for _, r := range one.text {
		if r >= '0' && r <= '9' || r == '{' {
			return summary{}, errors.New("text: a summary carries no figures and no slots")
		}
	}
	return one, nil
}

// addSummary gives the letter a reviewed summary in the language of the mail.
func (s *Set) addSummary(f *facts, t *text) {
	delete(f.values, "summary")
	if f.lang != "de" || f.is("in_court") {
		return // a summary has no words for what only the court takes
	}
	lang := f.class.Lang
	if lang == "" && f.debtor != nil {
		lang = f.debtor.Lang
	}
	for _, one := range s.summaries[t.info.ID] {
		if one.lang == lang {
			f.put("summary", one.text)
		}
	}
}
