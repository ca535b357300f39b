package text

import (
	"kontor/cases"
	"kontor/cases/ledger"
	"kontor/cases/priority"
)

func englishWords() Words {
	return Words{
		Intent: map[cases.Intent]string{
			cases.InstallmentRequest: "Instalment request", cases.Dispute: "Dispute", cases.PaymentPause: "Asks for a pause",
			cases.Paid: "Says it is paid", cases.PaymentPromise: "Promise to pay", cases.SettlementOffer: "Settlement offer",
			cases.InformationRequest: "Asks for information", cases.DataRequest: "Data protection request", cases.ContactChange: "New contact details",
			cases.Representation: "Representation", cases.Insolvency: "Insolvency", cases.Deceased: "Bereavement", cases.NotDebtor: "Wrong person",
			cases.Complaint: "Complaint", cases.AutoReply: "Automatic reply", cases.Bounce: "Undeliverable", cases.Other: "Other",
		},
		IntentSlim: map[cases.Intent]string{
			cases.InstallmentRequest: "Instalments", cases.Dispute: "Dispute", cases.PaymentPause: "Pause", cases.Paid: "Paid?",
			cases.PaymentPromise: "Promise", cases.SettlementOffer: "Settlement", cases.InformationRequest: "Information", cases.DataRequest: "Data request",
			cases.ContactChange: "Contact", cases.Representation: "Represented", cases.Insolvency: "Insolvency", cases.Deceased: "Bereavement",
			cases.NotDebtor: "Wrong person", cases.Complaint: "Complaint", cases.AutoReply: "Automatic", cases.Bounce: "Undeliverable", cases.Other: "Other",
		},
		Flag: map[cases.Flag]string{cases.Vulnerable: "vulnerable", cases.Hostile: "hostile", cases.LegalThreat: "threatens legal action"},
		Alert: map[cases.Alert]string{
			cases.SelfHarm: "Sign of self-harm", cases.DangerToOthers: "Sign of danger to others", cases.Minor: "A minor", cases.MedicalEmergency: "Medical emergency",
		},
		Stage: map[cases.Stage]string{
			cases.StageReminder: "Reminder", cases.StageDunning: "Dunning", cases.StageCollection: "Collection", cases.StageCourtOrder: "Court order",
			cases.StageEnforcementOrder: "Enforcement order", cases.StageEnforcement: "Enforcement", cases.StageClosed: "Closed",
		},
		Lane: map[priority.Lane]string{
			priority.LaneAlert: "Alert", priority.LaneDueToday: "Due today", priority.LaneConflict: "Conflicts", priority.LaneNew: "New replies",
			priority.LaneUnsure: "Unsure", priority.LaneApprove: "Approve again", priority.LaneFollowUp: "Follow-ups", priority.LaneOverdue: "Instalments overdue",
			priority.LanePayment: "Payments", priority.LanePrivacy: "Data protection", priority.LaneComplaint: "Complaints", priority.LaneWaiting: "Waiting",
			priority.LaneHeld: "On hold", priority.LaneDelivery: "Delivery", priority.LaneLimitation: "Limitation", priority.LaneSent: "Sent",
		},
		LaneSlim: map[priority.Lane]string{
			priority.LaneAlert: "ALERT", priority.LaneDueToday: "Due", priority.LaneConflict: "Conflict", priority.LaneNew: "New",
			priority.LaneUnsure: "Unsure", priority.LaneApprove: "Again", priority.LaneFollowUp: "Follow-up", priority.LaneOverdue: "Overdue",
			priority.LanePayment: "Payment", priority.LanePrivacy: "GDPR", priority.LaneComplaint: "Complaint", priority.LaneWaiting: "Waiting",
			priority.LaneHeld: "On hold", priority.LaneDelivery: "Delivery", priority.LaneLimitation: "Limitation", priority.LaneSent: "Sent",
		},
		Item: map[priority.ItemKind]string{
			priority.ItemMessage: "Message", priority.ItemFollowUp: "Follow-up", priority.ItemPlan: "Plan", priority.ItemPayment: "Payment",
			priority.ItemDeadline: "Deadline", priority.ItemClock: "Legal clock", priority.ItemConflict: "Conflict", priority.ItemAlert: "Alert", priority.ItemReply: "Reply",
		},
		Role: map[cases.Role]string{
			cases.RoleDebtor: "Debtor", cases.RoleCoDebtor: "Co-debtor", cases.RoleRepresentative: "Representative", cases.RoleGuardian: "Guardian",
			cases.RoleHeir: "Heir", cases.RoleAdministrator: "Insolvency administrator", cases.RoleAdviser: "Debt adviser", cases.RolePayer: "Payer",
			cases.RoleCreditor: "Creditor", cases.RoleCourt: "Court",
		},
		Proof: map[cases.Proof]string{cases.ProofNone: "no proof", cases.ProofClaimed: "claimed", cases.ProofSeen: "proven"},
		Reply: map[cases.ReplyState]string{
			cases.ReplyApproved: "approved", cases.ReplyClaimed: "being delivered", cases.ReplyDotSent: "being handed over", cases.ReplySent: "sent",
			cases.ReplyRefused: "refused", cases.ReplyUnknown: "delivery unclear", cases.ReplyWithdrawn: "taken back", cases.ReplyStale: "overtaken",
		},
		Right: map[cases.RightPartyState]string{
			cases.PartyUnknown: "sender not confirmed", cases.PartyConfirmed: "sender confirmed", cases.PartyDenied: "not the person meant",
		},
		RightSlim: map[string]string{"unknown": "unconfirmed", "confirmed": "confirmed", "denied": "wrong person", "": "unconfirmed"},
		RightWhy: map[string]string{
			"no_party": "the sender is no party of the case", "denied": "the person denies being meant",
			"authenticated":     "confirmed address, checked by our own mail server",
			"not_authenticated": "address known, but not vouched for by the mail server", "address_unconfirmed": "address not confirmed in the case",
			"reference": "names the reference", "invoice": "names the invoice", "postal_address": "names the address",
			"date_of_birth": "names the date of birth", "iban": "names the bank account",
		},
		Match: map[string]string{
			"reference": "reference", "reference_fuzzy": "reference, almost equal", "reference_loose": "reference, loosely written",
			"reference_attachment": "reference in an attachment", "thread": "answers our letter", "sender": "sender's address",
			"name": "name", "amount": "amount", "bounce": "bounce of our letter", "recipient": "address that was not reached", "invoice": "invoice number",
		},
		Warning: map[string]string{
			"hidden_text": "The mail held invisible text; it was removed", "parts_differ": "Text and HTML part say different things",
			"truncated": "The mail is very large; only its start is shown", "bad_charset": "Unknown character set; single characters may be wrong",
			"broken_mime": "The mail is malformed; what could be read is shown", "winmail": "Content is inside a winmail.dat",
			"no_text": "The mail holds no text", "too_large": "The mail is too large and was not read whole",
			"unreadable": "The mail could not be read; the original is kept", "encrypted": "The mail is encrypted",
			"duplicate_header": "A header field stood twice in the mail", "reply_to_differs": "The reply address differs from the sender",
		},
		Hold: map[cases.HoldKind]string{cases.HoldDunning: "Dunning hold", cases.HoldCourt: "Court hold", cases.HoldBureau: "Bureau hold", cases.HoldAll: "Full hold"},
		HoldReason: map[string]string{
			"dispute": "dispute", "paid_claimed": "says it is paid", "plan": "instalment plan", "pause": "pause", "deceased": "bereavement",
			"insolvency": "insolvency", "represented": "representation", "alert": "alert", "not_debtor": "wrong person", "identity_theft": "identity theft",
			"debt_settlement_attempt": "out-of-court settlement attempt", "data_request": "data request", "inquiry": "inquiry running", "complaint": "complaint", "other": "other reason",
		},
		Dispute: map[cases.DisputeReason]string{
			"not_ordered": "not ordered", "returned": "sent back", "cancelled": "cancelled", "wrong_amount": "wrong amount",
			"defective": "defective", "already_paid": "already paid", "time_barred": "time-barred", "fraud": "fraud", "fees": "against the costs", "other": "no reason given",
		},
		Clock: map[string]string{
			"data_request": "data request (Art. 12(3) GDPR)", "information": "information (§ 13a Abs. 2 RDG)", "complaint": "complaint",
			"court_objection": "objection to the court order", "court_order_window": "application for the enforcement order", "appeal": "appeal",
			"claim_reasons": "statement of claim", "sue_after_refusal": "sue after the refusal", "their_deadline": "their deadline", "rate": "instalment", "promise": "promised payment", "offer": "offer expires",
		},
		FollowUp: map[string]string{
			"next_step": "next step", "creditor_answer": "creditor's answer", "plan_offer": "check the plan offer", "power_of_attorney": "wait for the authority", "data_request": "answer the data request", "close_case": "close the case", "refund": "pay back the credit", "plan_first": "check the first instalment", "insolvency_filing": "file the claim in the insolvency", "alert": "look after the alert", "address_check": "check the address", "settlement_ask": "settle it with the creditor", "right_party": "find the right person", "rest_open": "rest is open", "promise_reminder": "remind of the promise", "promise_ask": "ask for a date", "plan_reminder": "remind of the instalment", "plan_end": "plan ended", "plan_ask": "clear the instalment wish", "payment_search": "look for the payment", "payment_receipt": "payment confirmed", "first_letter": "answer to the first letter", "court_announcement": "look at court dunning", "contact_check": "check the contact details", "complaint": "clear the complaint", "balance_letter": "answer to the statement",
			"offer_expired": "offer expired", "reply_refused": "reply was refused", "dispute": "look at the dispute", "pause_end": "pause ends",
			"promise": "check the promise", "plan": "check the plan", "paid_claimed": "look for the payment", "offer": "check the offer",
			"first_step": "new case", "inquiry": "creditor's answer", "address": "check the address", "insolvency": "check the insolvency",
			"deceased": "find the heirs", "represented": "check the representation", "settlement": "check the settlement", "documents": "wait for documents",
			"creditor_inquiry": "creditor's answer", "payment_inquiry": "look for the payment", "answer": "wait for an answer", "other": "follow-up",
		},
		Open: map[string]string{"range": "from–to, please read", "ambiguous": "not clear, please read", "vague": "no day given", "weekly": "a week", "seldom": "not a month"},
		Slot: map[string]string{
			"monthly_cents": "instalment", "first_payment_date": "first payment", "pause_until": "pause until", "offer_cents": "offer", "promise_date": "pays on",
			"promise_cents": "pays", "paid_cents": "paid", "paid_date": "paid on", "dispute_reason": "objection", "reference": "reference", "invoice": "invoice",
			"their_deadline": "sets a deadline", "request_kind": "wants",
		},
		Arrange: map[cases.ArrangementKind]string{
			cases.ArrangePlan: "Plan", cases.ArrangePause: "Pause", cases.ArrangePromise: "Promise", cases.ArrangeSettlement: "Settlement",
		},
		ArrState: map[cases.ArrangementState]string{
			cases.ArrPending: "waits for sending", cases.ArrAsked: "asked", cases.ArrOffered: "offered", cases.ArrAccepted: "accepted", cases.ArrRunning: "running",
			cases.ArrMet: "met", cases.ArrLate: "late", cases.ArrBroken: "broken", cases.ArrAmended: "replaced", cases.ArrEnded: "ended",
			cases.ArrLapsed: "lapsed", cases.ArrWithdrawn: "taken back",
		},
		Entry: map[ledger.EntryKind]string{
			ledger.Cost: "Cost", ledger.Interest: "Interest", ledger.Payment: "Payment", ledger.PaymentToCreditor: "Paid to creditor", ledger.Reversal: "Reversal",
			ledger.WriteOff: "Write-off", ledger.Waiver: "Waiver", ledger.Refund: "Refund", ledger.FromCredit: "from credit",
		},
		Cost: map[ledger.CostKind]string{
			ledger.CollectionFee: "Collection fee", ledger.CollectionExp: "Expenses", ledger.PlanFee: "Plan fee", ledger.CourtDunning: "Court dunning",
			ledger.CourtFee: "Court fee", ledger.EnforcementFee: "Enforcement fee", ledger.BailiffCost: "Bailiff", ledger.AddressInquiry: "Address inquiry",
			ledger.BankReturn: "Returned debit", ledger.CreditorDun: "Creditor's reminders", ledger.LumpSum: "Lump sum", ledger.OtherCost: "Other costs",
		},
		Kind: map[cases.MailKind]string{
			cases.KindReply: "reply", cases.KindAuto: "automatic reply", cases.KindBounce: "delivery report", cases.KindOther: "message",
		},
		Waiting: map[string]string{
			"undo": "waits out the undo window", "window": "waits for sending hours", "retry": "will be tried again", "offline": "mail server out of reach",
			"held": "waits", "second": "waits for a second approval",
		},
		Blocked: map[string]string{
			"too_soon": "the last one is less than 14 days ago", "limitation": "the claim is time-barred", "closed": "the case is closed", "hold": "a hold is in force", "dispute": "the claim is disputed", "pause": "a pause was granted",
			"offer_open": "an offer is still open", "not_debtor": "this is not the debtor", "deceased": "the debtor has died",
			"insolvency": "the debtor is insolvent", "represented": "the debtor is represented", "alert": "the mail carries an alert",
			"paid_claimed": "a payment is claimed", "plan": "a plan is running", "identity_theft": "identity theft is in question",
			"debt_settlement_attempt": "a settlement attempt is running", "data_request": "a data request is running", "inquiry": "an inquiry is running", "other": "a hold is in force",
		},
		StaleWhy: map[string]string{
			"message": "a new message came", "payment": "a payment came", "reversal": "a payment was reversed", "hold": "a hold was changed",
			"claim": "the claim was changed", "party": "the parties were changed", "address": "an address was changed", "reply": "another reply went out",
			"arrangement": "an arrangement was changed", "stage": "the stage was changed", "case": "the case was changed", "person": "the person was changed",
			"assigned": "the message was assigned elsewhere", "unseen": "the state of the case is missing", "returned": "a letter came back", "aged": "the approval is too old", "cancelled": "it was cancelled",
			"contact": "an address was changed", "deceased": "the death was recorded", "insolvent": "the insolvency was recorded",
		},
		Duty: map[string]string{
			"alert": "The mail carries an alert; somebody has to take care.", "Art. 12 Abs. 3 DSGVO": "Art. 12(3) GDPR: an answer within a month.",
			"§ 13a Abs. 2 RDG": "§ 13a Abs. 2 RDG: information at a private person's request.", "dispute": "The dispute has had no answer yet.",
			"complaint": "A complaint gets an answer.",
		},
		WhyEffect: map[string]string{
			"template": "belongs to the template", "never_preset": "never preset", "carried": "the letter with it has done so", "needs_proof": "tick only when you have seen proof",
			"policy": "within the policy", "over_policy": "beyond the policy",
		},
		Request: map[string]string{
			"access": "access", "erasure": "erasure", "rectification": "rectification", "restriction": "restriction", "objection": "objection to processing",
			"portability": "portability", "withdrawal": "withdrawal of consent",
		},
		Severity: map[string]string{"block": "Blocks", "warn": "Check"},
		SentTo:   "to %s at %s (%s), %s s, %d bytes out, %d back, %d places hidden: %s", OutcomeFailed: "nothing came of it, %s",
		Outcome: map[string]string{
			"ok": "read", "repaired": "read, after asking again", "unreachable": "not reachable", "timeout": "no answer in time", "server": "an error at the provider", "busy": "the provider is busy",
			"refused": "access refused", "quota": "credit used up", "not_found": "address or model unknown", "redirect": "redirects, not followed", "key": "key not readable", "status": "request refused",
			"too_large": "answer too large", "too_long": "mail too long", "filtered": "filtered by the provider", "length": "answer cut off", "invalid": "answer of no use", "error_body": "answer without content",
			"broken": "answer broken off", "cancelled": "cancelled", "encode": "cannot be sent",
		},
		Unread: map[string]string{
			"encrypted": "encrypted", "scan": "scan without text", "unknown": "unknown format", "too_large": "too large", "failed": "unreadable", "not_tried": "not read",
		},
		ReplyWhy: map[string]string{
			"message": "a new message came", "payment": "a payment came", "cancelled": "cancelled", "aged": "approval too old", "hold": "hold changed",
			"reply": "another reply went out", "party": "parties changed", "claim": "claim changed", "answer_lost": "the server's answer was lost",
			"connection": "the connection broke before the answer", "restart": "the program ended during the hand-over", "expired": "expired", "arrangement": "arrangement changed", "address": "address changed", "given_up": "given up",
		},
		Language: map[string]string{"de": "German", "en": "English", "tr": "Turkish", "pl": "Polish", "ru": "Russian", "ro": "Romanian", "fr": "French", "it": "Italian", "ar": "Arabic"},
		Engine:   map[string]string{"local": "read locally", "llm": "read by AI", "local+llm": "read locally and by AI", "person": "classified by hand"},
		Link:     map[string]string{"none": "not set up", "off": "cut off", "ok": "connected", "working": "working"},
		Settle:   map[string]string{"sent": "It arrived: keep it as sent", "again": "Send the same bytes again", "give_up": "Give up: the message returns to the queue"},
		Done: map[string]string{
			"thanks": "Thanks or confirmation, nothing to do", "spam": "Advertising or stray mail", "duplicate": "Double, answered already",
			"phone": "Settled by phone", "no_matter": "No matter of ours", "automatic": "Automatic message",
		},
		Unknown: "not classified", Yes: "yes", No: "no", None: "none",
	}
}
