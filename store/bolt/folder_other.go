//go:build !linux

package bolt

import "strings"

// networkMount knows UNC paths; other network drives are not told apart here.
func networkMount(path string) string {
	if strings.HasPrefix(path, `\\`) && !strings.HasPrefix(path, `\\?\`) && !strings.HasPrefix(path, `\\.\`) {
		return "UNC"
	}
	return ""
}
