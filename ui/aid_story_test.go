package ui

import (
	"testing"
	"time"

	"kontor/cases"
	"kontor/ui/internal/fake"
)

// What left the machine stands with the mail: to whom, how much, what came of it.
func TestTransmissionsCanBeSeen(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	items := fake.Sample()
	d.keys("enter", "i")
	d.wants("Gelesen", "Nichts davon wurde übermittelt.")
	d.keys("esc", "esc")
	m := *items[0].Review.Message
	m.Class.Engine = "local"
	m.Transmissions = []cases.Transmission{{
		At: fake.Start().Add(-time.Minute), Provider: "llm.example.com", Model: "klein-7", Prompt: "classify-1", LatencyMS: 1240, BytesOut: 4012, Redactions: 3, Outcome: "failed:server",
	}}
	items[0].Review.Message = &m
	*d.desk.Item(items[0].Row.Item) = *items[0]
	d.keys("enter")
	d.wants("Lesehilfe ohne Ergebnis, Fehler beim Anbieter")
	d.keys("i")
	d.wants("klein-7 bei llm.example.com", "1,2 s", "4012", "3 Stellen unkenntlich")
}
