package slots

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"sync"

	"kontor/cases/calendar"
)

// Which amount and which day fills which slot is decided by small linear models,
// one weight for each slot and observation. The observations are meanings of
// words at a distance, never a mail's wording as a whole; weights are whole
// numbers, so that every machine answers alike.

// The observations of a candidate, in blocks of feature numbers.
const (
	ftContext = 0                                  // class at a distance, left and right
	ftNext    = ftContext + 2*4*int(classCount)    // class in the sentence after
	ftShape   = ftNext + int(classCount)           // the form of the candidate itself
	ftIntent  = ftShape + shapeCount               // the intent
	ftJoint   = ftIntent + intentCount             // the intent and a class nearby
	ftWord    = ftJoint + intentCount*int(jointed) // the words next to it
	ftPair    = ftWord + 2*wordBuckets             // two classes nearby
	ftForm    = ftPair + paired*paired             // the intent and the form of a day
	ftCount   = ftForm + intentCount*formCount
)

const (
	shapeCount  = 96
	intentCount = 18
	jointed     = 16
	wordBuckets = 1024
	wordReach   = 4
	paired      = 14
	formCount   = 16
)

// jointClasses are those whose meaning depends on what the mail wants.
var jointClasses = [jointed]class{
	clsMonthly, clsPaid, clsPay, clsOffer, clsPause, clsClaim, clsTotal, clsFirst, clsUntil, clsFrom, clsOnce, clsDown, clsI, clsYou, clsCurrency, clsRate,
}

// pairClasses are those that turn each other's meaning round.
var pairClasses = [paired]class{
	clsNot, clsYou, clsPaid, clsPay, clsI, clsClaim, clsTotal, clsRest, clsOffer, clsMonthly, clsOnce, clsFee, clsCan, clsUntil,
}

// slotCount is how many slots one model fills.
const slotCount = 4

// model holds the weights of four slots for each observation, and the lowest
// sum that fills each.
type model struct {
	w    [][slotCount]int16
	bias [slotCount]int32
}

//go:embed weights.bin
var weightsData []byte

// models are the weights for amounts and for days.
type models struct{ money, day *model }

var errWeights = errors.New("slots: embedded weights do not fit the observations")

// loadModels reads what encodeModels wrote.
func loadModels(b []byte) (*models, error) {
	m := &models{}
	for _, dst := range []**model{&m.money, &m.day} {
		if len(b) < 4+4*slotCount || binary.LittleEndian.Uint32(b) != uint32(ftCount) {
			return nil, errWeights
		}
		b = b[4:]
		v := &model{w: make([][slotCount]int16, ftCount)}
		for k := range v.bias {
			v.bias[k] = int32(binary.LittleEndian.Uint32(b))
			b = b[4:]
		}
		if len(b) < 2*slotCount*ftCount {
			return nil, errWeights
		}
		for i := range v.w {
			for k := range v.w[i] {
				v.w[i][k] = int16(binary.LittleEndian.Uint16(b))
				b = b[2:]
			}
		}
		*dst = v
	}
	if len(b) != 0 {
		return nil, errWeights
	}
	return m, nil
}

var embedded = sync.OnceValue(func() *models {
	m, err := loadModels(weightsData)
	if err != nil {
		panic(err.Error())
	}
	return m
})

// score sums the weights of the observations f for each slot.
func (m *model) score(f []uint16) [slotCount]int32 {
	s := m.bias
	for _, i := range f {
		w := &m.w[i]
		for k := range s {
			s[k] += int32(w[k])
		}
	}
	return s
}

// sentences are the classes of each sentence of a text.
type sentences struct {
	of   []int16 // sentence of each token
	sets []classSet
	all  classSet
}

func (d *doc) split() {
	s := &d.sent
	s.of = make([]int16, len(d.tok))
	s.sets = make([]classSet, 1, 16)
	for i := range d.tok {
		if i > 0 && d.step(i) > reach && len(s.sets) < 4096 {
			s.sets = append(s.sets, classSet{})
		}
		n := len(s.sets) - 1
		s.of[i] = int16(n)
		s.sets[n].or(d.tok[i].w.set)
		s.all.or(d.tok[i].w.set)
	}
}

// around notes the classes around tokens ti..tj-1 and the words next to them.
func (p *pass) around(f []uint16, d *doc, ti, tj int, ctx *context) []uint16 {
	put := func(i int) { f = append(f, uint16(i)) }
	in := p.intentIndex()
	put(ftIntent + in)
	for side, dist := range [...]*[classCount]int8{&ctx.left, &ctx.right} {
		for c, n := range dist {
			if n > 0 {
				put(ftContext + (side*4+distance(n))*int(classCount) + c)
			}
		}
	}
	for k, c := range jointClasses {
		if ctx.near(c, 8, 8) {
			put(ftJoint + in*jointed + k)
		}
	}
	for k, c := range pairClasses {
		if !ctx.near(c, 7, 7) {
			continue
		}
		for j := k + 1; j < paired; j++ {
			if ctx.near(pairClasses[j], 7, 7) {
				put(ftPair + k*paired + j)
			}
		}
	}
	n := int(d.sent.of[ti])
	if n+1 < len(d.sent.sets) {
		f = eachClass(f, ftNext, d.sent.sets[n+1])
	}
	for k, dist := ti-1, 0; k >= 0; k-- {
		if dist += d.step(k + 1); dist > wordReach {
			break
		}
		if d.tok[k].kind == tokWord {
			put(ftWord + wordHash(d.folded(k)))
		}
	}
	for k, dist := tj, 0; k < len(d.tok); k++ {
		if dist += d.step(k); dist > wordReach {
			break
		}
		if d.tok[k].kind == tokWord {
			put(ftWord + wordBuckets + wordHash(d.folded(k)))
		}
	}
	return f
}

// wordHash maps the beginning of a word to a bucket.
func wordHash(f []byte) int {
	h := uint32(2166136261)
	for _, c := range f[:min(len(f), 7)] {
		h = (h ^ uint32(c)) * 16777619
	}
	return int((h ^ h>>15) % wordBuckets)
}

func eachClass(f []uint16, block int, s classSet) []uint16 {
	for h, set := range s {
		for set != 0 {
			b := bits.TrailingZeros64(set)
			set &= set - 1
			f = append(f, uint16(block+h<<6+b))
		}
	}
	return f
}

func distance(n int8) int {
	switch {
	case n <= 1:
		return 0
	case n <= 3:
		return 1
	case n <= 7:
		return 2
	}
	return 3
}

func (p *pass) intentIndex() int {
	if i := slices.Index(p.r.intents, p.intent); i >= 0 && i < intentCount-1 {
		return i
	}
	return intentCount - 1
}

// moneyFeatures notes what speaks about amount i of d.
func (p *pass) moneyFeatures(f []uint16, d *doc, i int) []uint16 {
	a := &d.amounts[i]
	f = p.around(f[:0], d, a.ti, a.tj, &a.ctx)
	on := func(k int, v bool) {
		if v {
			f = append(f, uint16(ftShape+k))
		}
	}
	same, larger, smaller, before := false, 0, 0, 0
	largest := a.value
	for k := range d.amounts {
		b := &d.amounts[k]
		switch {
		case k == i:
		case b.value == a.value:
			same = true
		case b.value > a.value:
			larger++
			largest = max(largest, b.value)
		default:
			smaller++
		}
		if k < i && b.value != a.value {
			before++
		}
	}
	on(0, a.bare)
	on(1, a.cents)
	on(2, a.ranged)
	on(3, same)
	on(4, d.partOf(a.ti))
	on(5, larger == 0 && smaller == 0)
	on(6, larger == 0 && smaller > 0)
	on(7, larger > 0 && smaller == 0)
	on(8, larger > 0 && smaller > 0)
	on(9, before == 0)
	on(10, i == len(d.amounts)-1)
	on(11, a.value*5 < largest)
	on(12, a.value*2 < largest && a.value*5 >= largest)
	on(13, a.value >= 300_00)
	on(14, a.value >= 1000_00)
	on(15, a.value <= 100_00)
	on(16, a.value%10_00 == 0)
	on(17, d.field == "subject")
	on(18, d.quarter(a.ti))
	// The days in the same sentence: a payment by a day, or one each month.
	for k := range d.dates {
		dt := &d.dates[k]
		if d.sent.of[dt.ti] != d.sent.of[a.ti] {
			continue
		}
		side := 0
		if dt.ti > a.ti {
			side = 1
		}
		on(20+2*dt.form()+side, true)
		on(40, dt.recurring)
		if v := dt.resolve(p.today, false); !p.today.IsZero() {
			on(41, v < p.today)
			on(42, v > p.today)
		}
		on(43, dt.prep == clsUntil)
		on(44, dt.prep == clsFrom)
		on(45, dt.prep == clsLetter)
	}
	return f
}

// quarter says that the token is among the first of its text.
func (d *doc) quarter(i int) bool { return i*4 < len(d.tok) }

// dateFeatures notes what speaks about date i of d, after the money.
func (p *pass) dateFeatures(f []uint16, d *doc, i int) []uint16 {
	dt := &d.dates[i]
	f = p.around(f[:0], d, dt.ti, dt.tj, &dt.ctx)
	on := func(k int, v bool) {
		if v {
			f = append(f, uint16(ftShape+k))
		}
	}
	on(dt.form(), true)
	on(6, dt.ago)
	on(7, dt.last)
	on(8, dt.vague)
	on(9, dt.ranged)
	on(10, dt.recurring)
	on(11, dt.absence)
	on(12, p.then)
	on(13, dt.day == endOfMonth)
	on(14, dt.year != 0)
	form := p.intentIndex() * formCount
	prep := prepForm(dt.prep)
	on(15+prep, true)
	f = append(f, uint16(ftForm+form+prep), uint16(ftForm+form+8+dt.form()))
	v := dt.resolve(p.today, false)
	switch n := v - p.today; {
	case n < -31:
		on(23, true)
	case n < 0:
		on(24, true)
	case n == 0:
		on(25, true)
	case n <= 7:
		on(26, true)
	case n <= 31:
		on(27, true)
	case n <= 100:
		on(28, true)
	default:
		on(29, true)
	}
	first, last, fewest, later, earlier, ahead := true, true, true, false, false, v >= p.today
	for k := range d.dates {
		u := d.dates[k].resolve(p.today, false)
		if k == i || u == v {
			continue
		}
		first = first && k > i
		last = last && k < i
		fewest = false
		ahead = ahead && u < p.today
		later = later || u > v && v >= p.today
		earlier = earlier || u < v && u >= p.today
	}
	on(30, first)
	on(31, last)
	on(32, fewest)
	on(33, later)
	on(34, earlier)
	if ahead { // the only day to come
		f = append(f, uint16(ftForm+form+15))
	}
	on(35, d.field == "subject")
	on(36, d.tok[dt.ti].pre&gapLine != 0)
	// The amounts around, by the slot that each of them filled.
	n := d.sent.of[dt.ti]
	for k := range d.amounts {
		a := &d.amounts[k]
		m := d.sent.of[a.ti]
		var at int
		switch {
		case m == n && a.ti < dt.ti:
			at = 40
		case m == n:
			at = 46
		case m == n-1 || m == n+1:
			at = 52
		default:
			continue
		}
		on(at+int(a.role), true)
	}
	for k, x := range p.filled {
		on(60+k, x)
	}
	return f
}

// form numbers the kinds of days for the observations; the edges of quarters and
// weeks look like those of months.
func (dt *date) form() int {
	switch dt.kind {
	case dayQuarter, dayWeek:
		return int(monthPart)
	case dayNth, dayFollowing:
		return int(dayAbs)
	default:
		return int(dt.kind)
	}
}

// prepForm numbers the prepositions before a day, below 8.
func prepForm(c class) int {
	return 7 - max(0, slices.Index([]class{clsNone, clsOn, clsAfter, clsBefore, clsFrom, clsUntil, clsSince, clsLetter}, c))
}

// valid says whether a day can stand in a slot at all.
func (p *pass) valid(slot string, dt *date, v calendar.Date) bool {
	past := slot == PaidDate
	if v.IsZero() || past && v > p.today || !past && v < p.today || v > p.today+3*366 || v < p.today-5*366 {
		return false
	}
	return slot != PauseUntil || dt.kind != dayRelative // "heute" and "morgen" end no pause
}

var (
	moneySlots = [slotCount]string{Monthly, Offer, Promise, PaidCents}
	daySlots   = [slotCount]string{FirstPayment, PauseUntil, PromiseDate, PaidDate}
)
