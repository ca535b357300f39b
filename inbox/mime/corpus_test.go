package mime

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
)

// want is what corpus/expect.json says of a mail; nil leaves it open.
type want struct {
	Own      *string             `json:"own"`
	Kind     *string             `json:"kind"`
	Subject  *string             `json:"subject"`
	Warnings *[]string           `json:"warnings"`
	From     string              `json:"frm"`
	Att      []string            `json:"att"`
	Bounce   *cases.BounceReport `json:"bounce"`
}

func corpus(t testing.TB) map[string]want {
	t.Helper()
	b, err := os.ReadFile("testdata/corpus/expect.json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]want
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func corpusMail(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata/corpus", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	r := New(Options{})
	all := corpus(t)
	if len(all) < 150 {
		t.Errorf("%d mails, want 150 and more", len(all))
	}
	for name, w := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := corpusMail(t, name)
			m, err := r.Read(t.Context(), raw)
			if err != nil {
				t.Fatal(err)
			}
			checkClean(t, m)
			if w.Own != nil && m.Own.String() != *w.Own {
				t.Errorf("own text\ngot  %q\nwant %q", m.Own, *w.Own)
			}
			if w.Kind != nil && string(m.Kind) != *w.Kind {
				t.Errorf("kind %q (%s), want %q", m.Kind, m.KindReason, *w.Kind)
			}
			if w.Subject != nil && m.Subject.String() != *w.Subject {
				t.Errorf("subject %q, want %q", m.Subject, *w.Subject)
			}
			if w.From != "" && m.From.Name.String() != w.From {
				t.Errorf("from %q, want %q", m.From.Name, w.From)
			}
			codes := []string{}
			for _, x := range m.Warnings {
				codes = append(codes, x.Code)
			}
			if w.Warnings != nil {
				sort.Strings(codes)
				sort.Strings(*w.Warnings)
				if !slices.Equal(codes, *w.Warnings) {
					t.Errorf("warnings %v, want %v", m.Warnings, *w.Warnings)
				}
			}
			checkAttachments(t, r, raw, m, w.Att)
			if w.Bounce != nil {
				checkBounce(t, m.Bounce, w.Bounce)
			}
		})
	}
}

func checkAttachments(t *testing.T, r *Reader, raw []byte, m cases.Mail, want []string) {
	t.Helper()
	if want == nil {
		return
	}
	var names []string
	for _, a := range m.Attachments {
		names = append(names, a.Name.String())
		name, _, data, err := r.Attachment(raw, a.Index)
		if err != nil || name != a.Name.String() || int64(len(data)) != a.Size {
			t.Errorf("attachment %d: %q, %d bytes, %v; listed as %q, %d bytes", a.Index, name, len(data), err, a.Name, a.Size)
		}
	}
	if !slices.Equal(names, want) {
		t.Errorf("attachments %q, want %q", names, want)
	}
}

func checkBounce(t *testing.T, got, want *cases.BounceReport) {
	t.Helper()
	if got == nil {
		t.Error("no bounce report")
		return
	}
	if got.Recipient != want.Recipient || got.MessageID != want.MessageID || got.Delayed != want.Delayed || want.Status != "" && got.Status != want.Status {
		t.Errorf("bounce %+v, want %+v", *got, *want)
	}
}

// checkClean asserts that all text of a mail is display text and within bounds.
func checkClean(t *testing.T, m cases.Mail) {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.ToValidUTF8(b, nil); !bytes.Equal(got, b) {
		t.Error("invalid UTF-8")
	}
	texts := map[string]string{"text": m.Text.String(), "own": m.Own.String(), "subject": m.Subject.String(), "from": m.From.Name.String(), "addr": m.From.Addr, "id": m.RFCMessageID}
	for _, a := range m.Attachments {
		texts["attachment "+a.Name.String()] = a.Text.String()
		texts["name "+a.Name.String()] = a.Name.String()
	}
	for k, s := range texts {
		if c := plain.Clean(s).String(); c != s {
			t.Errorf("%s is not clean: %q", k, s)
		}
	}
	if len(m.Text.String()) > maxText || len(m.Own.String()) > maxText || len(m.References) > maxIDs || len(m.Attachments) > maxAttachments {
		t.Error("beyond a bound")
	}
}

// TestReadersAgree compares the scanner with enmime: where both find parts in
// a mail that is not broken, they find the same.
func TestReadersAgree(t *testing.T) {
	t.Parallel()
	compared := 0
	for name := range corpus(t) {
		raw := corpusMail(t, name)
		own := scan(t.Context(), raw)
		if own.broken || own.cut || len(own.header.fields) == 0 || !modest(raw) {
			continue
		}
		theirs := enmimeParts(t.Context(), raw)
		if len(theirs) == 0 {
			continue
		}
		compared++
		if len(theirs) != len(own.parts) {
			t.Errorf("%s: %d parts, enmime %d", name, len(own.parts), len(theirs))
			continue
		}
		for i := range theirs {
			a, b := &own.parts[i], &theirs[i]
			x, _, _ := a.bytes(maxText)
			y, _, _ := b.bytes(maxText)
			if a.typ.value != b.typ.value || !bytes.Equal(bytes.TrimSpace(newlineBytes(x)), bytes.TrimSpace(newlineBytes(y))) {
				t.Errorf("%s part %d: %s %.80q, enmime %s %.80q", name, i, a.typ.value, x, b.typ.value, y)
			}
		}
	}
	if compared < 120 {
		t.Errorf("%d mails compared", compared)
	}
}

func newlineBytes(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }
