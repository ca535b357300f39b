//go:build kontorclock

package main

import "time"

// clock starts at the instant in KONTOR_NOW (RFC 3339) and goes on from there.
// Only a build with the tag kontorclock has it: it is for stories that play
// over a month, and no released program can be told another time.
func clock(env map[string]string) func() time.Time {
	at, err := time.Parse(time.RFC3339, env["KONTOR_NOW"])
	if err != nil {
		return time.Now
	}
	began := time.Now()
	return func() time.Time { return at.Add(time.Since(began)) }
}
