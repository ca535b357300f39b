package bolt

import (
	"fmt"
	"path/filepath"
	"strings"
)

// FolderError says that a folder is no place for a store: another program or
// machine writes there too, or the network stands between us and the disk.
type FolderError struct{ Dir, Why string }

func (e *FolderError) Error() string {
	return fmt.Sprintf("%s is %s; a store there will be damaged, choose a local folder", e.Dir, e.Why)
}

// synced are names of folders that a program copies behind our back.
var synced = []string{"onedrive", "dropbox", "google drive", "googledrive", "nextcloud", "owncloud", "icloud drive", "icloud~", "mobile documents", "seafile", "syncthing", "pcloud"}

func checkFolder(dir string, opts Options) error {
	if opts.AnyFolder {
		return nil
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("store folder: %w", err)
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	for part := range strings.SplitSeq(filepath.ToSlash(strings.ToLower(abs)), "/") {
		for _, name := range synced {
			if part == name || strings.HasPrefix(part, name+" ") || strings.HasPrefix(part, name+"-") || (name == "icloud~" && strings.HasPrefix(part, name)) {
				return &FolderError{Dir: dir, Why: "synchronised by another program"}
			}
		}
	}
	if name := networkMount(abs); name != "" {
		return &FolderError{Dir: dir, Why: "on a network drive (" + name + ")"}
	}
	return nil
}
