//go:build !kontorclock

package main

import "time"

// clock is the time that the program goes by.
func clock(map[string]string) func() time.Time { return time.Now }
