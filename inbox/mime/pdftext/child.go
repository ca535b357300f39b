package pdftext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"
)

// The bounds of one PDF file.
const (
	maxInput  = 20 << 20         // bytes of the file
	maxOutput = 64 << 10         // bytes of text printed
	maxPages  = 50               // pages looked at
	maxMemory = 256 << 20        // soft limit of the child's heap
	maxSpace  = 2 << 30          // hard limit of its address space, where the system has one
	childTime = 8 * time.Second  // of the child's own watch
	maxWait   = 10 * time.Second // until the parent ends it
)

// Exit codes of Child.
const (
	exitOK = iota
	exitFailed
	exitEncrypted
	exitNoText
	exitTooLarge
)

// Child reads a PDF file from stdin, writes its text to stdout and returns the
// exit code that Extract understands. It is meant to be all that a process
// does: it limits the memory of the whole process.
func Child(stdin io.Reader, stdout io.Writer) int {
	debug.SetMemoryLimit(maxMemory)
	debug.SetMaxStack(16 << 20)
	limitSpace()
	data, err := io.ReadAll(io.LimitReader(stdin, maxInput+1))
	if err != nil {
		return exitFailed
	}
	if len(data) > maxInput {
		return exitTooLarge
	}
	done := make(chan int, 1)
	var out bytes.Buffer
	// The reader cannot be told to stop; the process ends with it.
	go func() { done <- read(data, &out) }()
	select {
	case code := <-done:
		if _, err := stdout.Write(out.Bytes()); err != nil {
			return exitFailed
		}
		return code
	case <-time.After(childTime):
		return exitFailed
	}
}

// read writes the text of data to out and returns an exit code.
func read(data []byte, out *bytes.Buffer) (code int) {
	defer func() {
		if recover() != nil && out.Len() == 0 {
			code = exitFailed // the library panics on many broken files
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword), err != nil && strings.Contains(err.Error(), "encrypt"):
		return exitEncrypted
	case err != nil:
		return exitFailed
	}
	images := false
	for n := 1; n <= min(r.NumPage(), maxPages) && out.Len() < maxOutput; n++ {
		text, err := pageText(r, n)
		if err != nil {
			images = true
			continue
		}
		out.WriteString(text)
	}
	if out.Len() > maxOutput {
		out.Truncate(maxOutput)
	}
	if len(bytes.TrimSpace(out.Bytes())) == 0 {
		if images {
			return exitFailed
		}
		return exitNoText
	}
	return exitOK
}

// pageText is one page's text by rows; a page that panics the library costs
// that page.
func pageText(r *pdf.Reader, n int) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read page %d: %w", n, ErrFailed)
		}
	}()
	page := r.Page(n)
	if page.V.IsNull() {
		return "", nil
	}
	rows, err := page.GetTextByRow()
	if err != nil {
		return "", fmt.Errorf("read page %d: %w", n, err)
	}
	var b strings.Builder
	for _, row := range rows {
		end := 0.0
		for i, t := range row.Content {
			// A gap wider than a third of the letters is a blank.
			if i > 0 && t.X-end > t.FontSize/3 && !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
			b.WriteString(t.S)
			end = t.X + t.W
			if b.Len() > maxOutput {
				return b.String(), nil
			}
		}
		b.WriteByte('\n')
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD") + "\n", nil
}
