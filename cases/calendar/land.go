package calendar

import "slices"

// Land is a German Land by its ISO 3166-2 code without "DE-". Holidays, and so
// deadlines, differ between the Länder.
type Land string

// The Länder.
const (
	BW Land = "BW"
	BY Land = "BY"
	BE Land = "BE"
	BB Land = "BB"
	HB Land = "HB"
	HH Land = "HH"
	HE Land = "HE"
	MV Land = "MV"
	NI Land = "NI"
	NW Land = "NW"
	RP Land = "RP"
	SL Land = "SL"
	SN Land = "SN"
	ST Land = "ST"
	SH Land = "SH"
	TH Land = "TH"
)

// Laender lists all sixteen.
func Laender() []Land {
	return []Land{BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH}
}

// Valid reports whether l is one of the sixteen.
func (l Land) Valid() bool { return slices.Contains(Laender(), l) }
