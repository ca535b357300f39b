package slots

// duration reads "in 14 Tagen", "zwei Wochen", "three months", "einen Monat",
// "ein halbes Jahr", "vor drei Tagen".
func (d *doc) duration(i int) (date, bool) {
	t := &d.tok[i]
	var n int64
	var j int
	switch {
	case t.kind == tokNumber:
		s := d.src[t.start:t.end]
		if len(s) > 3 || digits(s) != len(s) {
			return date{}, false
		}
		n, j = int64(atoi(s)), i+1
	case t.w.num > 0:
		n, j = d.numberWords(i)
	default:
		f := string(d.folded(i))
		switch f {
		case "einen", "einem", "einer", "eine", "ein", "eines", "nen", "ner", "a", "an", "un", "une", "una", "o", "bir", "один", "одну":
			n, j = 1, i+1
		case "jeden": // Polish "one"; German "each"
			if f := d.wordAt(i + 1); f != "tydzien" && f != "miesiac" && f != "rok" {
				return date{}, false
			}
			n, j = 1, i+1
		case "half", "pol", "yarim", "jumatate", "полгода", "halbjahr":
			return d.halfYear(i)
		case "on": // Turkish "ten"
			if i+1 < len(d.tok) {
				switch string(d.folded(i + 1)) {
				case "gun", "hafta", "ay", "gunluk":
					n, j = 10, i+1
				}
			}
		case "fortnight":
			return d.span(i, i+1, 14, false)
		case "vierteljahr":
			return d.span(i, i+1, 3, true)
		case "halbes", "halben":
			if i+1 < len(d.tok) && d.tok[i+1].w.set.has(clsYear) {
				return d.span(i, i+2, 6, true)
			}
			return date{}, false
		default:
			return date{}, false
		}
	}
	if j < len(d.tok) && string(d.folded(i)) == "o" && string(d.folded(j)) == "gun" {
		return date{}, false // Turkish "that day"
	}
	if n < 1 || n > 120 || j >= len(d.tok) || d.tok[j].pre&(gapSentence|gapComma|gapLine|gapSlash) != 0 {
		return date{}, false
	}
	switch string(d.folded(j)) { // "3 weitere Wochen", "zwei volle Monate", "three more weeks"
	case "weitere", "weiteren", "volle", "vollen", "ganze", "ganzen", "more", "full", "kalender", "another", "whole", "kurze", "kleine":
		j++
	}
	if f := string(d.folded(j - 1)); (f == "ein" || f == "einem") && string(d.folded(j)) == "halbes" {
		return date{}, false
	}
	if j >= len(d.tok) {
		return date{}, false
	}
	if d.tok[j].pre&gapHyphen != 0 && j+1 < len(d.tok) && d.tok[j+1].pre&gapHyphen != 0 {
		return date{}, false // "Sieben-Tage-Frist"
	}
	s := d.tok[j].w.set
	switch {
	case s.has(clsWeek):
		return d.ranged(d.span(i, j+1, int(n)*7, false))
	case s.has(clsDay):
		return d.ranged(d.span(i, j+1, int(n), false))
	case s.has(clsMonth) && !d.tok[j].w.set.has(clsCurrency):
		if string(d.folded(j)) == "ay" && d.tok[i].kind != tokNumber && d.tok[i].w.num == 0 {
			switch d.wordAt(j + 1) {
			case "sonra", "icinde", "daha", "sure", "ek", "sureyle":
			default:
				return date{}, false
			}
		}
		return d.ranged(d.span(i, j+1, int(n), true))
	case s.has(clsYear) && n == 1 && d.tok[i].kind == tokWord:
		if dt, ok := d.span(i, j+1, 12, true); ok && !dt.ago && !d.stretched(i-1) {
			return dt, true
		}
	}
	return date{}, false
}

// ranged marks "zwei bis drei Monate", "2-3 weeks", "ein, zwei Wochen".
func (d *doc) ranged(dt date, ok bool) (date, bool) {
	k := dt.ti - 1
	if !ok || k < 0 {
		return dt, ok
	}
	if d.tok[k].w.set.has(clsOr) && d.tok[dt.ti].pre&gapSentence == 0 {
		k--
	} else if d.tok[dt.ti].pre&(gapHyphen|gapSlash|gapComma) == 0 {
		return dt, ok
	}
	if k < 0 {
		return dt, ok
	}
	t := &d.tok[k]
	switch string(d.folded(k)) {
	case "ein", "eine", "einen", "einem", "one", "un", "une":
		dt.ranged = true
	default:
		dt.ranged = t.w.num > 0 || t.kind == tokNumber && !t.masked && !t.dot && t.end-t.start <= 2
	}
	if dt.ranged {
		dt.ti = k
	}
	return dt, ok
}

// unitAgo reads "tydzień temu", "неделю назад": one week or month ago without
// a number.
func (d *doc) unitAgo(i int) (date, bool) {
	s := d.tok[i].w.set
	if !s.has(clsWeek) && !s.has(clsMonth) || i+1 >= len(d.tok) || d.tok[i+1].pre != gapSpace {
		return date{}, false
	}
	switch string(d.folded(i + 1)) {
	case "temu", "назад", "once", "fa":
	default:
		return date{}, false
	}
	if i > 0 && (d.tok[i-1].kind == tokNumber || d.tok[i-1].w.num > 0) {
		return date{}, false
	}
	dt := date{kind: dayDuration, ti: i, tj: i + 2, n: 7, ago: true}
	if s.has(clsMonth) {
		dt.n, dt.months = 1, true
	}
	return dt, true
}

func (d *doc) span(i, j, n int, months bool) (date, bool) {
	dt := date{kind: dayDuration, ti: i, tj: j, n: n, months: months}
	if i > 0 {
		f := string(d.folded(i - 1))
		s := d.tok[i-1].w.set
		switch {
		case s.has(clsSince) || f == "alle" || f == "every" || f == "je" || f == "pro" || f == "jede" || f == "paar" || f == "mindestens" || f == "least":
			return dt, false
		case f == "vor" || f == "acum" || f == "назад":
			dt.ago = true
		case i > 2 && f == "a" && string(d.folded(i-2)) == "y":
			dt.ago = true
		}
	}
	if j < len(d.tok) && d.tok[j].pre&gapSentence == 0 {
		switch string(d.folded(j)) {
		case "ago", "temu", "once", "önce", "назад", "fa", "lang", "alt", "old", "alten", "alte", "spater", "later", "fruher", "danach":
			f := string(d.folded(j))
			if f == "lang" || f == "alt" || f == "old" || f == "alten" || f == "alte" || f == "spater" || f == "later" || f == "danach" || f == "fruher" {
				return dt, false
			}
			dt.ago = true
		}
	}
	return dt, true
}

// halfYear reads "half a year", "pół roku", "полгода".
func (d *doc) halfYear(i int) (date, bool) {
	j := i + 1
	switch string(d.folded(i)) {
	case "полгода", "halbjahr":
		if d.stretched(i - 1) {
			return date{}, false
		}
		return d.span(i, j, 6, true)
	}
	if f := d.wordAt(j); f == "a" || f == "de" {
		j++
	}
	if j >= len(d.tok) || d.tok[j].pre != gapSpace || !d.tok[j].w.set.has(clsYear) || d.stretched(i-1) {
		return date{}, false
	}
	return d.span(i, j+1, 6, true)
}

// stretched reports whether the word at token k spreads something over the time
// after it: "über ein Jahr verteilt".
func (d *doc) stretched(k int) bool {
	switch d.wordAt(k) {
	case "uber", "ueber", "auf", "over", "sur", "su", "across", "на":
		return true
	}
	return false
}

// unitAhead reads one week or month without a number: "za tydzień", "через
// месяц".
func (d *doc) unitAhead(i int) (date, bool) {
	if s := d.tok[i].w.set; !s.has(clsWeek) && !s.has(clsMonth) {
		return date{}, false
	}
	switch d.wordAt(i - 1) {
	case "za", "через":
	default:
		return date{}, false
	}
	switch s := d.tok[i].w.set; {
	case d.tok[i].pre != gapSpace:
	case s.has(clsWeek):
		return date{kind: dayDuration, ti: i, tj: i + 1, n: 7}, true
	case s.has(clsMonth):
		return date{kind: dayDuration, ti: i, tj: i + 1, n: 1, months: true}, true
	}
	return date{}, false
}
