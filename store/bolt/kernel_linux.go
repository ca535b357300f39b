package bolt

import (
	"bytes"
	"fmt"

	"kontor/cases"

	"golang.org/x/sys/unix"
)

// kernel notes kernels whose ext4 loses synced data with fast_commit: before
// 5.10.94, 5.15.17, and in 5.16 before its fix (bbolt's README, known issues).
func kernel() []cases.Finding {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return nil
	}
	release := string(u.Release[:max(0, bytes.IndexByte(u.Release[:], 0))])
	return []cases.Finding{finding("store_kernel", !fastCommitBug(release), AdviceKernel, "Linux %s", release)}
}

func fastCommitBug(release string) bool {
	var a, b, c int
	if n, _ := fmt.Sscanf(release, "%d.%d.%d", &a, &b, &c); n < 2 || a != 5 {
		return false
	}
	switch {
	case b < 10:
		return false // no fast_commit yet
	case b == 10:
		return c < 94
	case b == 15:
		return c < 27
	}
	return b < 17
}
