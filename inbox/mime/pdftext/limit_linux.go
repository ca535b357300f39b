package pdftext

import "golang.org/x/sys/unix"

// limitSpace bounds the process's address space and processor time. An error
// leaves the softer bounds in force.
func limitSpace() {
	_ = unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: maxSpace, Max: maxSpace})
	_ = unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: 10, Max: 12})
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // no mail in a core dump
}
