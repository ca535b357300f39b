//go:build !linux

package bolt

import "kontor/cases"

// kernel has nothing to note here.
func kernel() []cases.Finding { return nil }
