package bolt

import "golang.org/x/sys/windows"

const enospc = windows.ERROR_DISK_FULL
