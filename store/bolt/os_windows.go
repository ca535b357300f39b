package bolt

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// Windows says a full disk in words of its own.
func isQuota(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) || errors.Is(err, syscall.Errno(1295))
}

// tryLock locks a byte far behind the content, which others may go on reading.
func tryLock(f *os.File) (bool, error) {
	ol := &windows.Overlapped{Offset: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, ol)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}

// syncDir has nothing to do: NTFS journals names.
func syncDir(string) error { return nil }

// mapFile does not map here: the check reads page by page.
func mapFile(*os.File, int64) (data []byte, unmap func()) { return nil, func() {} }
