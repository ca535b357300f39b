package main

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"kontor/store/bolt"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	full := &fs.PathError{Op: "write", Path: "/data/kontor.db", Err: syscall.ENOSPC}
	for _, x := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("open store: %w", bolt.ErrPassphrase), "open store: wrong passphrase; try again, or set a new one with kontor passwd --recovery-key-file FILE"},
		{fmt.Errorf("record: %w", full), "record: write /data/kontor.db: no space left on device; free space there, then try again"},
		{fmt.Errorf("b.kbk: %w; it has words of its own", bolt.ErrPassphrase), "b.kbk: wrong passphrase; it has words of its own"},
		{errors.New("anything else"), "anything else"},
	} {
		if got := explain(x.err); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}
