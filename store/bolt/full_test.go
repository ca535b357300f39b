package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

// On a full disk nobody is told to put a backup in the place of a sound store.
func TestFullDiskIsNotDamage(t *testing.T) {
	t.Parallel()
	full := fmt.Errorf("copy the store: %w", &fs.PathError{Op: "write", Path: "kontor.db.check.part", Err: syscall.ENOSPC})
	if f := judge("store_pages", full, AdviceRestore, "whole"); f.OK || f.Advice != AdviceSpace {
		t.Errorf("%+v", f)
	}
	if f := judge("store_pages", errors.New("page 7 is reachable twice"), AdviceRestore, "whole"); f.OK || f.Advice != AdviceRestore {
		t.Errorf("%+v", f)
	}
	if f := judge("store_pages", nil, AdviceRestore, "whole"); !f.OK || f.Advice != "" || f.Detail.String() != "whole" {
		t.Errorf("%+v", f)
	}
}
