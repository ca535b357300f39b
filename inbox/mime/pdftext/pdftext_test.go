package pdftext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestMain lets the test binary be the child as well.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[len(os.Args)-1] == "pdf-text" {
		os.Exit(Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// onePage is a PDF file of one page with that content stream.
func onePage(content, trailer string) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	obj("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	obj(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	obj("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

func TestExtract(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	letter := onePage("BT /F1 12 Tf 72 720 Td (Ueberweisung 120,00 EUR) Tj 0 -20 Td (Aktenzeichen K-2026-000318) Tj ET", "")
	for _, c := range []struct {
		name string
		in   []byte
		want []string
		err  error
	}{
		{"letter", letter, []string{"Ueberweisung 120,00 EUR", "K-2026-000318"}, nil},
		{"no text", onePage("0 0 100 100 re f", ""), nil, ErrNoText},
		{"encrypted", onePage("BT ET", "/Encrypt << /Filter /Standard /V 1 /R 2 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 >> /ID [(0123456789abcdef) (0123456789abcdef)]"), nil, ErrEncrypted},
		{"no pdf", []byte("hello"), nil, ErrFailed},
		{"cut", letter[:len(letter)/2], nil, ErrFailed},
		{"empty", nil, nil, ErrFailed},
		{"too large", make([]byte, maxInput+1), nil, ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Extract(t.Context(), exe, []string{"pdf-text"}, c.in)
			if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("text %q lacks %q", got, w)
				}
			}
		})
	}
}

func TestExtractEndsWithContext(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Extract(ctx, exe, []string{"pdf-text"}, []byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(onePage("BT /F1 12 Tf (x) Tj ET", ""))
	f.Add([]byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		read(data, &out)
		if out.Len() > maxOutput {
			t.Errorf("%d bytes of text", out.Len())
		}
	})
}
