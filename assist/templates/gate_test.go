package templates

import (
	"testing"

	"kontor/assist/policy"
)

func TestCheckFindsNothing(t *testing.T) {
	s, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	findings := s.Check(gate)
	if len(findings) < 80 {
		t.Errorf("got %d findings, want one a text", len(findings))
	}
	for _, f := range findings {
		if !f.OK {
			t.Errorf("%s: %s", f.Check, f.Detail)
		}
	}
}
