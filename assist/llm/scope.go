package llm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/cases"
)

// sensitive are beginnings of words (lower case) that mark content which does
// not leave under "ordinary": health, faith, union, crime, minors (Art. 9, 10
// and 8 GDPR), in the nine languages of the mails. Too much is withheld rather
// than too little.
var sensitive = []string{
	// health
	"krank", "arzt", "ärzt", "klinik", "psych", "depress", "therap", "krebs", "chemo", "diagnos", "operation", "operier", "reha", "schwanger", "behinder", "pflegegrad", "demenz", "schlaganfall", "herzinfarkt", "sucht", "burnout", "burn-out", "unfall", "attest", "medikament", "dialyse", "diabet", "verletz", "suizid", "selbstmord", "erwerbsminder", "mutterschutz", "entbind", "tumor", "leukäm", "op ", "hiv",
	"hospital", "illness", "sick", "surgery", "doctor", "cancer", "medical", "disab", "pregnan", "mental", "stroke", "dementia", "rehab", "addict", "suicid", "clinic", "therapy", "diagnosed", "chronic",
	"hasta", "doktor", "ameliyat", "kanser", "hamile", "engelli", "tedavi", "ilaç", "diyaliz", "depresyon", "kaza",
	"chory", "chora", "chorob", "szpital", "lekarz", "operacj", "nowotw", "ciąż", "niepełnospr", "udar", "wypadek", "leczeni", "lek ", "leki", "cukrzyc", "depresj",
	"malad", "hôpital", "médecin", "opération", "enceinte", "handicap", "dépress", "santé", "avc",
	"болезн", "больн", "болен", "болею", "врач", "операц", "инсульт", "инфаркт", "беремен", "инвалид", "диагноз", "лечени", "депресс",
	"bolnav", "spital", "medic", "operați", "operatie", "însărcinat", "insarcinat", "cancer", "accident", "depresi",
	"ospedale", "malattia", "malato", "medico", "operazione", "incinta", "invalid", "infortun", "tumore",
	"مرض", "مريض", "مستشفى", "طبيب", "عملية", "حامل", "سرطان", "علاج",
	// faith and union
	"kirche", "gemeinde ", "moschee", "muslim", "islam", "christlich", "jude", "jüdisch", "religi", "gewerkschaft", "streik", "betriebsrat", "partei", "church", "mosque", "trade union", "union member", "cami", "kilise", "sendika", "kości", "związk", "église", "mosquée", "syndicat", "церк", "мечет", "профсоюз", "biseric", "sindicat", "chiesa", "moschea", "sindacato", "مسجد", "كنيسة", "نقابة",
	// crime
	"gefängnis", "haft", "knast", "jva", "bewährung", "straftat", "vorbestraft", "polizei", "anzeige", "staatsanwalt", "ersatzfreiheit", "freiheitsstrafe", "prison", "jail", "police", "probation", "criminal", "convict", "hapis", "cezaevi", "polis", "więzien", "policj", "karn", "détenu", "тюрьм", "полици", "închisoare", "inchisoare", "poliți", "carcere", "polizia", "سجن", "شرطة",
	// minors
	"minderjähr", "jugendamt", "vormund", "mündel", "schüler", "taschengeld", "ich bin 12", "ich bin 13", "ich bin 14", "ich bin 15", "ich bin 16", "ich bin 17", "bin 15", "bin 16", "bin 17", "meine tochter", "mein sohn", "minor", "underage", "years old", "reşit", "nieletni", "małoletni", "mineur", "несовершеннолет", "minorenn", "قاصر",
}

// keptBack are the intents that never leave under "ordinary".
var keptBack = []cases.Intent{cases.Deceased, cases.Representation, cases.DataRequest, cases.Complaint}

// withheld says why a mail may not leave under the scope; "" means it may.
func withheld(s Scope, in *cases.ClassifyInput, local *cases.Classification) string {
	switch s {
	case ScopeAll:
		return ""
	case ScopeOrdinary:
	default:
		return "scope_none"
	}
	if len(local.Alerts) > 0 {
		return "alert"
	}
	if local.HasFlag(cases.Vulnerable) {
		return "vulnerable"
	}
	if slices.Contains(keptBack, local.Intent) {
		return "intent"
	}
	for _, i := range local.Secondary {
		if slices.Contains(keptBack, i) {
			return "intent"
		}
	}
	for _, c := range local.Candidates {
		if c.Permille >= 150 && slices.Contains(keptBack, c.Intent) {
			return "intent"
		}
	}
	low := strings.ToLower(in.Subject + "\n" + in.Text)
	for _, w := range sensitive {
		// Long beginnings count inside compounds too: "Rückenoperation".
		if startsWord(low, w) || len(w) >= 6 && strings.Contains(low, w) {
			return "sensitive"
		}
	}
	return ""
}

// startsWord reports whether w begins a word of low.
func startsWord(low, w string) bool {
	for at := 0; ; {
		i := strings.Index(low[at:], w)
		if i < 0 {
			return false
		}
		i += at
		if i == 0 || !letterBefore(low[:i]) {
			return true
		}
		at = i + 1
	}
}

// steering are marks of text that speaks to a machine and not to a person. They
// change no label; they forbid that the model adds anything to the reading.
var steering = []string{
	"ignore all", "ignore previous", "ignore the", "ignore any", "ignore your", "ignorier", "disregard", "system prompt", "systemprompt", "system:", "[system", "system]", "### system", "<system", "</system", "<|", "|>", "[inst]", "[/inst]", "<<sys", "assistant:", "\"role\"", "'role'", "developer mode", "entwicklermodus", "override", "jailbreak", "you are now", "you are an", "as an ai", "as a language model", "language model", "sprachmodell", " llm", "chatgpt", "openai", "gpt-", " prompt", "\"intent\"", "intent=", "intent:", "classify", "classification", "klassifizier", "klassifikation", "einstufen als", "stufe diese", "json", "base64", "<!--", "```", "an die ki", "an den bot", "für die ki", "liebe ki", "hallo ki", "hey ki", " ki:", "ki-", "assistent", "assistant", "to ai", "an ai ", "the ai ", "ai:", " bot ", " bot:", "anweisungen", "instruction", "als nächstes musst", "du bist ein", "du bist jetzt", "setze status", "setze den vorgang", "setze den status", "status=", "markiere", "antworte mit", "antworte nur", "respond with", "reply with", "output:", "output only", "tool_call", "function_call", "confidence",
	"yapay zek", "önceki talimat", "onceki talimat", "talimat", "asistan", "sistem:", "görmezden gel",
	"sztuczn", "zignoruj", "instrukcj", "asystent", "jesteś teraz", "systemow",
	"ignorez", "ignore les", "consigne", "intelligence artificielle", "vous êtes désormais", "tu es maintenant", "modèle de langage", "réponds",
	"игнорируй", "инструкци", "ассистент", "нейросет", "искусственн", "ты теперь", "классифиц", "систем",
	"ignoră", "ignora", "instrucțiuni", "instructiuni", "inteligența artificială", "asistent", "ești acum", "clasific",
	"istruzioni", "intelligenza artificiale", "assistente", "sei ora", "classifica",
	"تجاهل", "تعليمات", "الذكاء الاصطناعي", "المساعد", "صنف", "أنت الآن",
}

// steered reports whether the mail speaks to a machine.
func steered(in *cases.ClassifyInput) bool {
	low := strings.ToLower(in.Subject + "\n" + in.Text)
	for _, s := range steering {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}

// letterBefore reports whether s ends in a letter.
func letterBefore(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(c)
}
