package seal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Params are the costs of argon2id.
type Params struct {
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory"` // KiB
	Threads uint8  `json:"threads"`
}

// Bounds of what a stored header may ask for, so that a tampered one cannot
// take the machine's memory or an hour of time.
const (
	maxTime    = 64
	maxMemory  = 2 << 20 // KiB
	maxThreads = 64
	maxSlots   = 16
	maxHeader  = 64 << 10
)

// DefaultParams is what new passphrases get: 64 MiB and three passes take about
// 0.1 s.
func DefaultParams() Params { return Params{Time: 3, Memory: 64 << 10, Threads: 2} }

func (p Params) valid() bool {
	return p.Time > 0 && p.Time <= maxTime && p.Threads > 0 && p.Threads <= maxThreads &&
		p.Memory >= 8*uint32(p.Threads) && p.Memory <= maxMemory
}

// weaker reports whether p costs an attacker less than q in any respect.
func (p Params) weaker(q Params) bool { return p.Time < q.Time || p.Memory < q.Memory }

// Errors of the vault.
var (
	// ErrPassphrase says that no slot opens with the passphrase or recovery key.
	ErrPassphrase = errors.New("wrong passphrase")
	// ErrHeader says that the header with the wrapped keys is damaged.
	ErrHeader = errors.New("key header damaged")
)

type slotKind string

const (
	slotPassphrase slotKind = "passphrase"
	slotRecovery   slotKind = "recovery"
)

// slot is one way to the data key.
type slot struct {
	Kind    slotKind `json:"kind"`
	Salt    []byte   `json:"salt"`
	Params  Params   `json:"params"`
	Wrapped []byte   `json:"wrapped"`
}

// Vault is the clear header of a store: its id, the data key in wrapped form,
// and, sealed under the data key, the keys that outlive it.
type Vault struct {
	Format  int     `json:"format"`
	Store   StoreID `json:"store"`
	Slots   []slot  `json:"slots"`
	Secrets []byte  `json:"secrets"`
}

// Keys are an opened vault. Data wraps the keys of streams and seals what
// belongs to no stream; Identity makes the ids of messages and persons, the
// same on every device of a team; Index makes bucket keys.
type Keys struct {
	Store                 StoreID
	Data, Identity, Index Key
}

// Wipe overwrites all keys.
func (k *Keys) Wipe() {
	k.Data.Wipe()
	k.Identity.Wipe()
	k.Index.Wipe()
}

// New makes a vault with fresh keys, its opened form, and the recovery key to
// print once.
func New(passphrase []byte, p Params) (*Vault, *Keys, string, error) {
	k := &Keys{Store: NewStoreID(), Data: NewKey(), Identity: NewKey(), Index: NewKey()}
	v := &Vault{Format: Format, Store: k.Store}
	box, err := NewBox(k.Data, v.Store, new(Random))
	if err != nil {
		return nil, nil, "", err
	}
	secrets := append(bytes.Clone(k.Identity.Bytes()), k.Index.Bytes()...)
	defer clear(secrets)
	v.Secrets = box.Seal(nil, "vault", []byte("secrets"), secrets)
	if err := v.SetPassphrase(k, passphrase, p); err != nil {
		return nil, nil, "", err
	}
	recovery, err := v.SetRecovery(k)
	if err != nil {
		return nil, nil, "", err
	}
	return v, k, recovery, nil
}

// Open derives the keys from a passphrase. It returns ErrPassphrase if it is
// not the one, ErrHeader if it is but the header was tampered with. The second
// result says that the passphrase should be set again, to raise the costs to p.
func (v *Vault) Open(passphrase []byte, p Params) (*Keys, bool, error) {
	for _, s := range v.Slots {
		if s.Kind != slotPassphrase {
			continue
		}
		if data, err := v.unwrap(s, stretch(passphrase, s.Salt, s.Params)); err == nil {
			k, err := v.open(data)
			return k, s.Params.weaker(p), err
		}
	}
	return nil, false, ErrPassphrase
}

// OpenRecovery derives the keys from a recovery key as it was typed. It returns
// ErrRecoveryKey for a typing error and ErrPassphrase for another store's key.
func (v *Vault) OpenRecovery(typed string) (*Keys, error) {
	raw, err := parseRecovery(typed)
	if err != nil {
		return nil, err
	}
	defer clear(raw)
	for _, s := range v.Slots {
		if s.Kind != slotRecovery {
			continue
		}
		wrap, err := expand(raw, s.Salt)
		if err != nil {
			return nil, err
		}
		if data, err := v.unwrap(s, wrap); err == nil {
			return v.open(data)
		}
	}
	return nil, ErrPassphrase
}

// SetPassphrase replaces the passphrase; the data key stays.
func (v *Vault) SetPassphrase(k *Keys, passphrase []byte, p Params) error {
	if len(bytes.TrimSpace(passphrase)) == 0 {
		return errors.New("empty passphrase")
	}
	if !p.valid() {
		return errors.New("argon2id costs out of bounds")
	}
	s := slot{Kind: slotPassphrase, Salt: make([]byte, 16), Params: p}
	fill(s.Salt)
	return v.set(k, s, stretch(passphrase, s.Salt, p))
}

// SetRecovery draws a new recovery key, which replaces the old one.
func (v *Vault) SetRecovery(k *Keys) (string, error) {
	printed := NewRecovery()
	raw, err := parseRecovery(printed)
	if err != nil {
		return "", err
	}
	defer clear(raw)
	s := slot{Kind: slotRecovery, Salt: make([]byte, 16)}
	fill(s.Salt)
	wrap, err := expand(raw, s.Salt)
	if err != nil {
		return "", err
	}
	return printed, v.set(k, s, wrap)
}

func (v *Vault) set(k *Keys, s slot, wrap Key) error {
	defer wrap.Wipe()
	box, err := NewBox(wrap, v.Store, new(Random))
	if err != nil {
		return err
	}
	s.Wrapped = box.Seal(nil, "vault", s.place(), k.Data.Bytes())
	slots := []slot{s}
	for _, o := range v.Slots {
		if o.Kind != s.Kind {
			slots = append(slots, o)
		}
	}
	v.Slots = slots
	return nil
}

// place binds a wrapped key to its slot's kind and costs.
func (s slot) place() []byte {
	return fmt.Appendf(nil, "%s %d %d %d", s.Kind, s.Params.Time, s.Params.Memory, s.Params.Threads)
}

func (v *Vault) unwrap(s slot, wrap Key) (Key, error) {
	defer wrap.Wipe()
	box, err := NewBox(wrap, v.Store, new(Random))
	if err != nil {
		return Key{}, err
	}
	raw, err := box.Open(nil, "vault", s.place(), s.Wrapped)
	if err != nil {
		return Key{}, err
	}
	defer clear(raw)
	return KeyFrom(raw)
}

func (v *Vault) open(data Key) (*Keys, error) {
	box, err := NewBox(data, v.Store, new(Random))
	if err != nil {
		return nil, err
	}
	raw, err := box.Open(nil, "vault", []byte("secrets"), v.Secrets)
	if err != nil || len(raw) != 2*KeySize {
		return nil, ErrHeader
	}
	defer clear(raw)
	k := &Keys{Store: v.Store, Data: data}
	if k.Identity, err = KeyFrom(raw[:KeySize]); err != nil {
		return nil, err
	}
	if k.Index, err = KeyFrom(raw[KeySize:]); err != nil {
		return nil, err
	}
	return k, nil
}

// stretch is argon2id over the passphrase in NFC, so that a keyboard that
// composes umlauts otherwise opens the store too.
func stretch(passphrase, salt []byte, p Params) Key {
	pass := norm.NFC.Bytes(passphrase)
	raw := argon2.IDKey(pass, salt, p.Time, p.Memory, p.Threads, KeySize)
	k := Key{new([KeySize]byte)}
	copy(k.b[:], raw)
	clear(raw)
	return k
}

// expand turns a recovery key, which is random, into a wrapping key.
func expand(raw, salt []byte) (Key, error) {
	out, err := hkdf.Key(sha256.New, raw, salt, "kontor recovery", KeySize)
	if err != nil {
		return Key{}, fmt.Errorf("recovery key: %w", err)
	}
	defer clear(out)
	return KeyFrom(out)
}

// Encode writes the header: a checksum, which tells damage from a wrong
// passphrase, and JSON.
func (v *Vault) Encode() ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode key header: %w", err)
	}
	sum := sha256.Sum256(b)
	return append(sum[:], b...), nil
}

// Decode reads a header. It returns ErrHeader for anything damaged.
func Decode(b []byte) (*Vault, error) {
	if len(b) < sha256.Size || len(b) > maxHeader {
		return nil, ErrHeader
	}
	sum := sha256.Sum256(b[sha256.Size:])
	if !bytes.Equal(sum[:], b[:sha256.Size]) {
		return nil, ErrHeader
	}
	v := new(Vault)
	if err := json.Unmarshal(b[sha256.Size:], v); err != nil || v.Format != Format || len(v.Slots) > maxSlots {
		return nil, ErrHeader
	}
	for _, s := range v.Slots {
		if s.Kind == slotPassphrase && !s.Params.valid() {
			return nil, ErrHeader
		}
	}
	return v, nil
}
