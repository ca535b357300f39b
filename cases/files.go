package cases

// MaxFiles bounds what goes with one letter.
const MaxFiles = 20

// checkFiles holds what may go with a letter: documents of the case, with the
// bytes that were put there, and one payment code where money is asked for.
func checkFiles(k *Case, a Approval, st Stream) error {
	if len(a.Files) > MaxFiles {
		return refuse(LimitExceeded, st, "files")
	}
	codes := 0
	for _, f := range a.Files {
		switch f.Kind {
		case FileDocument:
			d, ok := k.Document(f.Document)
			switch {
			case !ok:
				return refuse(NotFound, st, "document")
			case d.SHA256 != f.SHA256 || d.Size != f.Size:
				return refuse(Invalid, st, "document: bytes")
			}
		case FileGiroCode:
			codes++
			if codes > 1 || !a.Template.Demand && !a.Template.Agreement && !settles(a.Effects) || f.SHA256 == "" || f.Size <= 0 {
				return refuse(Invalid, st, "girocode")
			}
		default:
			return refuse(Invalid, st, "file")
		}
	}
	return nil
}
