// Package policy is the send gate over every text that is about to leave,
// written by hand or not. It looks at words: what Decide knows from facts (who
// may, limits, stale) it leaves to Decide, but a text that asks for money in a
// blocked state, names a sum that is not the case's, or threatens, is found here
// whatever template it came from.
//
// A finding blocks (no caseworker can override it) or warns (a reason is kept).
// Severity, source, first day and advice of every rule, and the patterns of
// forbidden wording, stand in dated data files, which an agency may tighten or
// extend in a folder of its own; see rules/*.toml.
package policy
