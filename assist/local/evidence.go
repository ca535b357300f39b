package local

import (
	"kontor/cases"
)

// evidence names the clauses that speak most for the answer.
func (e *Engine) evidence(_ *scratch, _ cases.ClassifyInput, _ *cases.Classification) []cases.Evidence {
	return nil
}
