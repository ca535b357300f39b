package bank

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ours and theirs write the elements and texts of a file down, as this package
// and as the standard library reads them.
func ours(data []byte) (string, error) {
	s, err := newScanner(bufio.NewReaderSize(bytes.NewReader(data), sniffBytes))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for {
		t, err := s.token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch t.kind {
		case startTag:
			b.WriteString("\n<" + t.name + " " + t.ccy + ">")
		case endTag:
			b.WriteString("\n</>")
		case charData:
			b.Write(bytes.ReplaceAll(bytes.ReplaceAll(t.text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n")))
		}
	}
}

func theirs(data []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not here") }
	var b strings.Builder
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			ccy := ""
			for _, a := range t.Attr {
				if a.Name.Space == "" && a.Name.Local == "Ccy" {
					ccy = a.Value
				}
			}
			b.WriteString("\n<" + t.Name.Local + " " + ccy + ">")
		case xml.EndElement:
			depth--
			b.WriteString("\n</>")
		case xml.CharData:
			if depth > 0 {
				b.Write(t)
			}
		}
	}
}

func compare(t *testing.T, data []byte) {
	t.Helper()
	a, err := ours(data)
	b, err2 := theirs(data)
	if err == nil && err2 == nil && a != b {
		t.Errorf("read as %q, want %q", a, b)
	}
}

func TestXMLAsTheStandardLibrary(t *testing.T) {
	files, err := filepath.Glob("testdata/files/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, data)
	}
	for in, want := range map[string]string{
		`<a>x</a>`:                       "\n<a >x\n</>",
		`<n:a Ccy="EUR" n:b='>'>1</n:a>`: "\n<a EUR>1\n</>",
		`<a/>`:                           "\n<a >\n</>",
		`<a ><!-- <b> --></a >`:          "\n<a >\n</>",
		`<a><![CDATA[<&]]>]]&gt;</a>`:    "\n<a ><&]]>\n</>",

		`<a>&lt;&#65;&#x42;&amp;&quot;&apos;</a>`: "\n<a ><AB&\"'\n</>",
		"<?xml version='1.0'?><a\tb=\"\">\n</a>":  "\n<a >\n\n</>",
	} {
		got, err := ours([]byte(in))
		if err != nil || got != want {
			t.Errorf("%s is read as %q, %v, want %q", in, got, err, want)
		}
		compare(t, []byte(in))
	}
	for _, in := range []string{
		"<a>", "<a></b>", "</a>", "<a b></a>", "<a b=1></a>", `<a b="1></a>`, "<a>&x;</a>", "<a>& </a>", "<a>&#0;</a>", "<a>&#x110000;</a>", "<1/>", "< a/>", "<a",
		"<a><!-- </a>", "<a><![CDATA[</a>", "<!DOCTYPE a><a/>", "<a/>text", "<a>&#65</a>", `<?xml version="1.0" encoding="utf-7"?><a/>`,
	} {
		if got, err := ours([]byte(in)); err == nil {
			t.Errorf("%s is read as %q, want an error", in, got)
		}
	}
}

// FuzzXML compares with the standard library wherever both can read.
func FuzzXML(f *testing.F) {
	f.Add([]byte(`<n:a Ccy="EUR" n:b='>'>1<![CDATA[<&]]><!-- c --><b/>&#x41;</n:a>`))
	f.Add([]byte("<?xml version='1.0'?>\r\n<a>\r\n<b c='d'/></a>"))
	f.Fuzz(compare)
}
