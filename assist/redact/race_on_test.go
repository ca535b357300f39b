//go:build race

package redact

// raced says that the race detector is on: everything takes twenty times as
// long, and a tenth of the long counts is run.
const raced = true
