package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

var cheap = Params{Time: 1, Memory: 64, Threads: 1}

func TestBox(t *testing.T) {
	k, id := NewKey(), NewStoreID()
	rnd := new(Random)
	box, err := NewBox(k, id, rnd)
	if err != nil {
		t.Fatal(err)
	}
	sealed := box.Seal(nil, "f", []byte{1, 2}, []byte("Muster"))
	if len(sealed) != len("Muster")+Overhead {
		t.Errorf("overhead: got %d", len(sealed)-len("Muster"))
	}
	got, err := box.Open(nil, "f", []byte{1, 2}, sealed)
	if err != nil || string(got) != "Muster" {
		t.Fatalf("open: %q, %v", got, err)
	}
	other, err := NewBox(k, NewStoreID(), rnd)
	if err != nil {
		t.Fatal(err)
	}
	strange, err := NewBox(NewKey(), id, rnd)
	if err != nil {
		t.Fatal(err)
	}
	for what, open := range map[string]func() ([]byte, error){
		"other key of the bucket": func() ([]byte, error) { return box.Open(nil, "f", []byte{1, 3}, sealed) },
		"other bucket":            func() ([]byte, error) { return box.Open(nil, "g", []byte{1, 2}, sealed) },
		"bucket and key shifted":  func() ([]byte, error) { return box.Open(nil, "f\x01", []byte{2}, sealed) },
		"other store":             func() ([]byte, error) { return other.Open(nil, "f", []byte{1, 2}, sealed) },
		"other data key":          func() ([]byte, error) { return strange.Open(nil, "f", []byte{1, 2}, sealed) },
		"other format":            func() ([]byte, error) { return box.Open(nil, "f", []byte{1, 2}, append([]byte{2}, sealed[1:]...)) },
		"cut off":                 func() ([]byte, error) { return box.Open(nil, "f", []byte{1, 2}, sealed[:len(sealed)-1]) },
		"empty":                   func() ([]byte, error) { return box.Open(nil, "f", []byte{1, 2}, nil) },
	} {
		if _, err := open(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := box.Open(nil, "f", []byte{1, 2}, bad); !errors.Is(err, ErrDamaged) {
			t.Errorf("bit in byte %d: %v", i, err)
		}
	}
}

func TestNonces(t *testing.T) {
	r := new(Random)
	seen := map[string]bool{}
	for range 10_000 {
		var b [24]byte
		r.Read(b[:])
		if seen[string(b[:])] || b == [24]byte{} {
			t.Fatal("a nonce came twice")
		}
		seen[string(b[:])] = true
	}
}

func TestHashSeparatesParts(t *testing.T) {
	h := NewHasher(NewKey())
	if h.Hash([]byte("ab"), []byte("c")) == h.Hash([]byte("a"), []byte("bc")) {
		t.Error("parts run together")
	}
	first := h.Hash([]byte("a"))
	if first == NewHasher(NewKey()).Hash([]byte("a")) {
		t.Error("the key does not matter")
	}
	h.Wipe()
	for range 3 {
		if h.Hash([]byte("a")) != first {
			t.Error("a hash depends on those before it")
		}
	}
	mac := hmac.New(sha256.New, h.key.Bytes()) // what stores on disk were made with
	mac.Write(append([]byte{0, 0, 0, 0, 0, 0, 0, 1}, 'a'))
	if !hmac.Equal(mac.Sum(nil), first[:]) {
		t.Error("not the hash that stores were written with")
	}
}

func TestVault(t *testing.T) {
	v, k, recovery, err := New([]byte("geheim"), cheap)
	if err != nil {
		t.Fatal(err)
	}
	b, err := v.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if v, err = Decode(b); err != nil {
		t.Fatal(err)
	}
	got, weak, err := v.Open([]byte("geheim"), cheap)
	if err != nil || weak || *got.Data.b != *k.Data.b || *got.Identity.b != *k.Identity.b || *got.Index.b != *k.Index.b {
		t.Errorf("open: weak %v, %v", weak, err)
	}
	typed := strings.ToLower(strings.ReplaceAll(recovery, "-", "  "))
	if got, err = v.OpenRecovery(typed); err != nil || *got.Data.b != *k.Data.b {
		t.Errorf("recovery key as typed: %v", err)
	}
	if _, err := v.OpenRecovery(NewRecovery()); !errors.Is(err, ErrPassphrase) {
		t.Errorf("another store's recovery key: %v", err)
	}
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		if _, err := Decode(bad); !errors.Is(err, ErrHeader) {
			t.Errorf("bit in byte %d of the header: %v", i, err)
		}
	}
	// Cheaper costs written into a header do not open: they are bound.
	v.Slots[1].Params.Memory *= 2
	v.Slots[0].Params.Memory *= 2
	if _, _, err := v.Open([]byte("geheim"), cheap); !errors.Is(err, ErrPassphrase) {
		t.Errorf("changed costs: %v", err)
	}
	if _, _, _, err := New([]byte(" "), cheap); err == nil {
		t.Error("an empty passphrase was taken")
	}
}

func TestRecoveryTypos(t *testing.T) {
	missed := 0
	for range 200 {
		r := NewRecovery()
		for i := range r {
			if r[i] == '-' {
				continue
			}
			c := byte('A')
			if r[i] == c {
				c = 'B'
			}
			if _, err := parseRecovery(r[:i] + string(c) + r[i+1:]); err == nil {
				missed++
			}
		}
	}
	if missed > 5 { // two bytes of checksum: one in 65,536
		t.Errorf("%d of 6,400 typing errors were not noticed", missed)
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	k := NewKey()
	keys := Keys{Data: k, Identity: k, Index: k}
	hex := fmt.Sprintf("%x", k.Bytes()[:4])
	decimal := fmt.Sprintf("%d %d %d", k.b[0], k.b[1], k.b[2])
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("keys", "key", k, "keys", keys)
	j, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		fmt.Sprint(k), fmt.Sprintf("%v %+v %#v %x %s %d %q", k, k, k, k, k, k, k), fmt.Sprintf("%+v %x", keys, &keys), log.String(), string(j),
	} {
		if !strings.Contains(s, "redacted") || strings.Contains(s, hex) || strings.Contains(s, decimal) {
			t.Errorf("a key prints: %s", s)
		}
	}
	k.Wipe()
	if !bytes.Equal(k.Bytes(), make([]byte, KeySize)) {
		t.Error("a wiped key is still there")
	}
}

// FuzzDecode reads any bytes as a header: an error, or one that encodes again.
func FuzzDecode(f *testing.F) {
	v, _, _, err := New([]byte("geheim"), cheap)
	if err != nil {
		f.Fatal(err)
	}
	b, err := v.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := Decode(b)
		if err != nil {
			if v != nil {
				t.Error("a header beside an error")
			}
			return
		}
		if _, err := v.Encode(); err != nil {
			t.Error(err)
		}
	})
}
