package templates

// slotKind says whether a slot holds a value within a sentence or lines of its
// own, which do not count as words.
type slotKind uint8

const (
	value slotKind = iota + 1
	block
)

// slots is the closed list of what a letter can say of a case. It is never
// written to.
var slots = map[string]slotKind{
	// the house
	"agency": value, "phone": value, "hours": value, "mail": value, "privacy": value, "iban": value, "bic": value,
	"contact": value, "signer": value, "authority": value, "company": block, "imprint": block, "payment": block, "ai_notice": value,
	// the people
	"name": value, "creditor": value, "creditor_address": value, "debtor": value, "representative": value,
	"sender": value, "administrator": value,
	// the case
	"reference": value, "today": value, "subject_matter": value, "invoice": value, "balance": value, "principal": value,
	"interest": value, "costs": value, "credit": value, "covered": value, "claim_list": block, "statement": block,
	"cost_lines": block, "interest_lines": block, "circumstances": block, "rate_notice": value,
	// arrangements
	"cost_notice": block, "pause_notice": block, "plan_table": block, "plan_monthly": value, "plan_first": value,
	"plan_last": value, "plan_count": value, "plan_total": value, "wish_monthly": value, "wish_first": value,
	"min_monthly": value, "max_months": value, "offer_until": value, "pause_until": value, "pause_wish": value,
	"pause_limit": value, "rate_due": value, "rate_cents": value, "promise_date": value, "promise_cents": value,
	"offer_cents": value, "settlement_sum": value, "settlement_by": value, "pay_by": value, "plan_since": value, "overdue": value, "reminded_on": value, "answer_by": value, "clock_due": value, "plan_sum": value,
	// what the mail says
	"paid_cents": value, "paid_date": value, "their_deadline": value, "found_cents": value, "found_date": value, "objection": value,
	"creditor_question": value, "also": block, "summary": block,
}

// conditions is the closed list of what a letter can depend on, beside the
// presence of a slot.
func conditions() []string {
	return []string{
		"confirmed", "denied", "alert", "minor", "vulnerable", "hostile", "legal_threat", "private",
		"represented", "adviser", "from_debtor", "from_representative", "rep_proven", "deceased", "insolvent", "closed", "titled", "settled",
		"disputed", "held", "court_held", "fraud", "in_court", "for_other", "time_barred", "barred",
		"plan", "plan_exact", "plan_outside", "below_min", "too_long", "too_late", "no_figure", "plan_running", "plan_single", "rates_missing", "rate_part",
		"pause", "pause_fits", "pause_outside", "pause_unsaid",
		"promise", "promise_late", "promise_full", "found", "found_creditor", "paid_creditor", "paid_stated",
		"access", "erasure", "rectify", "objects", "creditor_mail", "statement_ready", "barred_claim",
		"intent_dispute", "intent_settlement_offer", "intent_paid", "intent_information_request", "vat_deducted",
		"address_found", "covers_due", "to_firm", "papers_attached", "authority_attached", "proof_attached", "court_named",
		"administrator_mail", "from_administrator", "says_administrator", "settlement_fits", "settlement_counter", "settlement_late", "offer_covers", "assigned", "asks_account", "asks_identity",
	}
}

func knownCondition(name string) bool {
	if _, ok := slots[name]; ok {
		return true
	}
	for _, c := range conditions() {
		if c == name {
			return true
		}
	}
	return false
}
