//go:build unix

package bolt

import "syscall"

const enospc = syscall.ENOSPC
