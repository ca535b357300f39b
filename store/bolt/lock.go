package bolt

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// LockedError says who has the store open.
type LockedError struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return "store is in use by another process"
	}
	return fmt.Sprintf("store is in use by process %d on %s since %s", e.PID, e.Host, e.Since.Format("2006-01-02 15:04"))
}

const lockName = "kontor.lock"

// lock takes the store for this process; a *LockedError names who has it.
func lock(dir string, now time.Time) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock store: %w", err)
	}
	ok, err := tryLock(f)
	if err != nil {
		return nil, fmt.Errorf("lock store: %w", errors.Join(err, f.Close()))
	}
	if !ok {
		held := new(LockedError)
		// A holder that is just writing its name is reported without it.
		if b, err := io.ReadAll(io.LimitReader(f, 4096)); err == nil {
			_ = json.Unmarshal(b, held)
		}
		return nil, errors.Join(held, f.Close())
	}
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	b, err := json.Marshal(LockedError{PID: os.Getpid(), Host: host, Since: now.UTC().Truncate(time.Second)})
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(b, 0)
	}
	if err != nil && !errors.Is(err, syscall.ENOSPC) { // a lock without a name holds too: a full disk can be read
		return nil, fmt.Errorf("lock store: %w", errors.Join(err, f.Close()))
	}
	return f, nil
}
