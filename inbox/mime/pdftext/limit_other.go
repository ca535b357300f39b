//go:build !linux

package pdftext

// limitSpace has nothing to call here; the heap's soft limit and the parent's
// deadline remain.
func limitSpace() {}
