package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
)

// The recovery key: 18 random bytes and 2 bytes of checksum, written as eight
// groups of four letters and digits. The alphabet (Crockford) has no I, L, O, U,
// and reading takes I and L for 1 and O for 0.
const (
	recoveryRandom = 18
	recoverySum    = 2
)

// ErrRecoveryKey says that a typed recovery key has a typing error: its
// checksum does not fit.
var ErrRecoveryKey = errors.New("recovery key mistyped")

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewRecovery draws a recovery key and returns its printed form.
func NewRecovery() string {
	b := make([]byte, recoveryRandom, recoveryRandom+recoverySum)
	fill(b)
	defer clear(b)
	s := crockford.EncodeToString(append(b, checksum(b)...))
	var out strings.Builder
	for i := range len(s) {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// parseRecovery reads a typed recovery key, whatever its case, spaces and
// dashes.
func parseRecovery(s string) ([]byte, error) {
	if len(s) > 256 {
		return nil, ErrRecoveryKey
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\n', '\r':
			return -1
		case 'O', 'o':
			return '0'
		case 'I', 'i', 'L', 'l':
			return '1'
		}
		return r
	}, s)
	b, err := crockford.DecodeString(strings.ToUpper(s))
	if err != nil || len(b) != recoveryRandom+recoverySum || !bytes.Equal(checksum(b[:recoveryRandom]), b[recoveryRandom:]) {
		return nil, ErrRecoveryKey
	}
	return b[:recoveryRandom], nil
}

func checksum(b []byte) []byte {
	h := sha256.Sum256(append([]byte("kontor recovery"), b...))
	return h[:recoverySum]
}
