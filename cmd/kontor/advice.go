package main

import (
	"errors"
	"strings"
	"syscall"

	"kontor/cases"
	"kontor/store/bolt"
)

// explain is an error's line for people: what failed, on which thing, and, where
// the text itself leaves them without one, what to do.
func explain(err error) string {
	text := err.Error()
	if strings.Contains(text, "; ") {
		return text // it says so already
	}
	for _, a := range []struct {
		is     error
		advice string
	}{
		{bolt.ErrRecoveryKey, "compare it with the paper, sign by sign"},
		{bolt.ErrPassphrase, "try again, or set a new one with kontor passwd --recovery-key-file FILE"},
		{bolt.ErrBackup, "take another backup"},
		{bolt.ErrStoreExists, "take a home without one (--home DIR), or keep this one"},
		{syscall.ENOSPC, "free space there, then try again"},
		{cases.ErrNoText, "kontor case shows what is missing, often a bank statement that reaches far enough (kontor import payments)"},
	} {
		if errors.Is(err, a.is) {
			return text + "; " + a.advice
		}
	}
	return text
}
