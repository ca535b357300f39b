package calendar

import "slices"

// Land is a German Land by its ISO 3166-2 code without "DE-", or a part of one
// with holidays of its own. Holidays, and so deadlines, differ between them. An
// unknown or empty Land has the holidays that all share.
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

// Parts of Länder where a day is a holiday in some municipalities only.
const (
	BYCatholic Land = "BY-K" // Bavaria, mostly Catholic municipalities: 15 August
	BYAugsburg Land = "BY-A" // Augsburg: 8 and 15 August
	SNCatholic Land = "SN-K" // Saxony, Sorbian Catholic municipalities: Corpus Christi
	THCatholic Land = "TH-K" // Thuringia, Eichsfeld: Corpus Christi
)

// Laender lists all sixteen.
func Laender() []Land {
	return []Land{BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH}
}

// Valid reports whether l is one of the sixteen or a part named here.
func (l Land) Valid() bool {
	return slices.Contains(Laender(), l) ||
		slices.Contains([]Land{BYCatholic, BYAugsburg, SNCatholic, THCatholic}, l)
}

// State returns the Land that l is, or is a part of.
func (l Land) State() Land {
	if len(l) > 2 && l[2] == '-' {
		return l[:2]
	}
	return l
}
