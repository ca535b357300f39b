package text

// The words of the closed lists stand in several files, one for each part of
// the program; these put them together.

func allGermanWords() Words {
	w := germanWords()
	germanPayWords(&w)
	germanDealWords(&w)
	germanRecordWords(&w)
	return w
}

func allEnglishWords() Words {
	w := englishWords()
	englishPayWords(&w)
	englishDealWords(&w)
	englishRecordWords(&w)
	return w
}
