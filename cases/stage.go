package cases

// Stage is how far the collection of a case has come.
type Stage string

// The stages, in order.
const (
	StageReminder         Stage = "reminder"
	StageDunning          Stage = "dunning"
	StageCollection       Stage = "collection"
	StageCourtOrder       Stage = "court_order"
	StageEnforcementOrder Stage = "enforcement_order"
	StageEnforcement      Stage = "enforcement"
	StageClosed           Stage = "closed"
)

// Stages lists the stages in order.
func Stages() []Stage {
	return []Stage{StageReminder, StageDunning, StageCollection, StageCourtOrder, StageEnforcementOrder, StageEnforcement, StageClosed}
}
