// Package feature turns a mail into what the local engine reasons about: folded
// tokens, sentences, concepts found by hand-written patterns, and hashed
// features over all of them. Training and inference use the same code, so that
// they cannot drift apart. Nothing here uses floating point.
package feature
