package main

import (
	"os/exec"
	"strings"
	"testing"
)

// The rooms and their arrows (docs/guide.md), over what is really imported.
func TestArrows(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.ImportPath}}: {{join .Imports \" \"}}", "kontor/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		pkg, imports, _ := strings.Cut(strings.TrimSpace(line), ": ")
		seen++
		for _, imp := range strings.Fields(imports) {
			if !strings.HasPrefix(imp, "kontor/") {
				if forbidden(pkg, imp) {
					t.Errorf("%s imports %s: the domain does no I/O", pkg, imp)
				}
				if readsMail(pkg) && (imp == "net" || imp == "net/http" || imp == "crypto/tls") {
					t.Errorf("%s imports %s: nothing is fetched because a mail says so", pkg, imp)
				}
				continue
			}
			if !mayImport(pkg, imp) {
				t.Errorf("%s imports %s", pkg, imp)
			}
		}
	}
	if seen < 20 {
		t.Fatalf("only %d packages seen", seen)
	}
}

func room(pkg string) string {
	r, _, _ := strings.Cut(strings.TrimPrefix(pkg, "kontor/"), "/")
	return r
}

func mayImport(pkg, imp string) bool {
	from, to := room(pkg), room(imp)
	switch from {
	case "cmd":
		return true
	case "cases":
		return to == "cases" && (imp != "kontor/cases/desk" || pkg == "kontor/cases/desk")
	case "inbox", "assist", "store":
		return to == from || to == "cases" && imp != "kontor/cases/desk"
	case "ui":
		return to == "ui" || to == "cases" || to == "themes"
	case "themes":
		return to == "themes"
	}
	return false
}

// readsMail says that a package sees what strangers wrote, and has no business
// with the network.
func readsMail(pkg string) bool {
	return strings.HasPrefix(pkg, "kontor/inbox/mime") || room(pkg) == "ui" || strings.HasPrefix(pkg, "kontor/assist/local") || strings.HasPrefix(pkg, "kontor/assist/slots")
}

// forbidden names the standard library's ways to the outside, for the domain.
func forbidden(pkg, imp string) bool {
	if room(pkg) != "cases" || strings.HasPrefix(pkg, "kontor/cases/casestest") {
		return false
	}
	switch imp {
	case "os", "net", "net/http", "os/exec", "syscall", "math/rand", "math/rand/v2", "crypto/rand":
		return true
	}
	return false
}
