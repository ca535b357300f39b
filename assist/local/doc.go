// Package local is the embedded engine: it reads what a debtor wants from the
// words of a mail, offline, with integer arithmetic only, so that the same
// mail gets the same answer on every machine.
//
// A mail becomes hashed features (package feature: words, letters, concepts
// from a hand-written lexicon); a linear model with weights of eight bits
// scores intents, flags, secondary intents and languages; a curve measured on
// mails that the weights had not seen turns the best score into a confidence.
// Alerts come from a detector of their own, which errs on the side of alarm.
package local
