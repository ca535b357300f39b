// Package pdftext reads the text of a PDF file in a child process of our own
// binary: a PDF library meets whatever strangers send, so it runs where a
// crash, an endless loop or a memory bomb costs one attachment's text and
// nothing else.
//
// The parent calls [Extract] with its own executable and the hidden command
// that ends in [Child].
package pdftext

import "errors"

// Reasons why a PDF has no text. Code gives the word that cases.Attachment
// carries in Unread.
var (
	ErrEncrypted = errors.New("pdf is encrypted")
	ErrNoText    = errors.New("pdf holds no text, perhaps a scan")
	ErrTooLarge  = errors.New("pdf is larger than the limit")
	ErrFailed    = errors.New("pdf could not be read")
)

// Code returns "encrypted", "scan", "too_large" or, for any other error,
// "failed".
func Code(err error) string {
	switch {
	case errors.Is(err, ErrEncrypted):
		return "encrypted"
	case errors.Is(err, ErrNoText):
		return "scan"
	case errors.Is(err, ErrTooLarge):
		return "too_large"
	}
	return "failed"
}
