package journal

import (
	"reflect"
	"testing"
	"time"

	"kontor/cases"
	"kontor/store/internal/seal"
)

// TestBlobsOf finds each blob id that any event can hold, so that no blob of a
// new event type is taken for an orphan.
func TestBlobsOf(t *testing.T) {
	id := reflect.TypeFor[cases.BlobID]()
	for number, body := range cases.Bodies() {
		v := reflect.New(reflect.TypeOf(body)).Elem()
		want := 0
		var set func(v reflect.Value)
		set = func(v reflect.Value) {
			switch {
			case v.Type() == id:
				want++
				v.SetString("0123456789abcdef0123456789abcdef")
			case v.Kind() == reflect.Struct:
				for i := range v.NumField() {
					if v.Field(i).CanSet() {
						set(v.Field(i))
					}
				}
			case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
				v.Set(reflect.MakeSlice(v.Type(), 1, 1))
				set(v.Index(0))
			}
		}
		set(v)
		b, ok := v.Interface().(cases.Body)
		if !ok {
			t.Fatalf("event type %d is no body", number)
		}
		if got := len(blobsOf(b)); got != want {
			t.Errorf("event type %d (%T): %d blobs found, want %d", number, b, got, want)
		}
	}
}

func TestStreamRecord(t *testing.T) {
	r := &streamRec{stream: cases.CaseID("ab").Stream(), positions: []uint64{1, 2, 90, 1 << 40}}
	r.keys[cases.RetainBooks], r.keys[cases.RetainRest] = seal.NewKey(), seal.NewKey()
	got, err := decodeStream(r.encode())
	if err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("got %+v, %v, want %+v", got, err, r)
	}
}

// FuzzRecords reads any bytes as every kind of record: an error, never a panic,
// and what decodes encodes to what decodes alike.
func FuzzRecords(f *testing.F) {
	fact := cases.Fact{
		Stream: cases.CaseID("ab").Stream(), Version: 3, At: time.Unix(1, 2), Actor: cases.Actor{User: "u", Device: "d", Machine: true},
		Body: cases.StageSet{Stage: "dunning"},
	}
	f.Add(appendPayload(nil, &fact, []byte("\x01{\"stage\":\"dunning\"}")))
	f.Add((&streamRec{stream: fact.Stream, positions: []uint64{1, 5}}).encode())
	f.Add((&header{class: 1, command: "c"}).append(nil))
	f.Add((&blobMeta{size: 5, chunks: 1, file: "ab"}).encode())
	v, err := verdict{first: 3, count: 2, refusal: &cases.Refusal{Reason: cases.Stale}}.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(v)
	f.Add(append([]byte{1}, make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := decodeStream(b); err == nil {
			if again, err := decodeStream(r.encode()); err != nil || !reflect.DeepEqual(again, r) {
				t.Errorf("stream: got %+v, %v, want %+v", again, err, r)
			}
		}
		if h, err := decodeHeader(b); err == nil {
			if again, err := decodeHeader(h.append(nil)); err != nil || again != h {
				t.Errorf("header: got %+v, %v, want %+v", again, err, h)
			}
		}
		if m, err := decodeBlobMeta(b); err == nil {
			if again, err := decodeBlobMeta(m.encode()); err != nil || !reflect.DeepEqual(again, m) {
				t.Errorf("blob: got %+v, %v, want %+v", again, err, m)
			}
		}
		if v, err := decodeVerdict(b); err == nil {
			if _, err := v.encode(); err != nil {
				t.Error(err)
			}
		}
		var fact cases.Fact
		if err := decodePayload(b, cases.RetainRest, &fact); err == nil && fact.Body == nil {
			t.Error("a fact without a body")
		}
		if raw, err := splitFact(b); err == nil && len(raw.hashes) == 0 {
			t.Error("a fact without a leaf")
		}
	})
}
