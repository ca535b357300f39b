// Package cases is the domain of Kontor: cases of a debt-collection agency, the
// people in them, their mails and the replies to these. It is pure: no I/O, no
// clock, no goroutine, no chance.
//
// What changes together is a stream (a person, a case, a message, a reply, a
// bank account, a statement entry, the team). A Command says what somebody
// wants, or what happened outside, or what the machine proposes; Decide is the
// only place where rules about facts live and turns a command into events;
// Apply folds events into the state. Events carry outcomes, never inputs, so
// folding needs no rule, clock or chance, and a client and a server that see
// the same Scope and Env decide to the byte alike.
//
// German terms and their one English name here: Akte = Case, Aktenzeichen =
// Reference, Beteiligte = Party, Forderung = Claim, Forderungskonto = Ledger,
// Nachricht = Message, Schreiben = Reply, Anlass = Occasion, Einordnung =
// Classification, Textbaustein = Template, Entwurf = Draft, Folgen = Effects,
// Vereinbarung = Arrangement, Ratenplan = plan, Stundung = pause, Sperre = Hold,
// Wiedervorlage = FollowUp, Stufe = Stage, Frist = Clock, Verjährung =
// limitation, Titel = enforceable title.
package cases
