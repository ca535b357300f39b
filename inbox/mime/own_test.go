package mime

import "testing"

func TestOwnText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"gmail german", "hallo, kann ich 50 im monat zahlen?\n\nMfG\nTim Kessler\n\nAm Mo., 3. Jan. 2026 um 12:34 Uhr schrieb Nordlicht <inkasso@example.org>:\n\n> Sehr geehrter Herr Kessler\n> zahlen Sie\n", "hallo, kann ich 50 im monat zahlen?\n\nMfG\nTim Kessler"},
		{"wrapped", "ok\n\nAm 03.01.2026 um 12:34 schrieb Forderungsservice Nordlicht GmbH\n<inkasso@example.org>:\n> alt\n", "ok"},
		{"outlook", "Ich zahle morgen.\n\nVon: Nordlicht <inkasso@example.org>\nGesendet: Montag, 3. Januar 2026 12:34\nAn: Tim\nBetreff: Mahnung\n\nSehr geehrter", "Ich zahle morgen."},
		{"separator", "Ich zahle morgen.\n\n-----Ursprüngliche Nachricht-----\nVon: Nordlicht\nGesendet: gestern\n\nSehr geehrter", "Ich zahle morgen."},
		{"inline", "> Zahlen Sie 100 Euro.\n\nDas kann ich nicht.\n\n> Bis wann?\n\nBis Mai.\n", "Das kann ich nicht.\n\nBis Mai."},
		{"bottom", "Am 03.01.2026 um 12:34 schrieb Nordlicht:\n> alt\n> alt\n\nIch zahle.\n", "Ich zahle."},
		{"first person", "Am 3. Mai schrieb ich Ihnen:\nich zahle nicht.\nDabei bleibt es.", "Am 3. Mai schrieb ich Ihnen:\nich zahle nicht.\nDabei bleibt es."},
		{"von line", "Von: meinem Konto\nwurde abgebucht.", "Von: meinem Konto\nwurde abgebucht."},
		{"signature", "Geht klar.\nLG Jenny\n-- \nJenny M.\nTel. 0123", "Geht klar.\nLG Jenny"},
		{"mobile", "Geht klar.\n\nVon meinem iPhone gesendet\n\n> Am 03.01.2026 um 12:34 schrieb N <a@example.org>:\n> alt", "Geht klar."},
		{"turkish", "Tamam\n\nNordlicht <inkasso@example.org>, 3 Oca 2026 Cmt, 12:34 tarihinde şunu yazdı:\n\n> alt", "Tamam"},
		{"polish", "Dobrze\n\nW dniu 3.01.2026 o 12:34, Nordlicht pisze:\n> alt", "Dobrze"},
		{"russian", "Хорошо\n\nсб, 3 янв. 2026 г. в 12:34, Nordlicht <inkasso@example.org>:\n\n> alt", "Хорошо"},
		{"forward", "---------- Forwarded message ---------\nVon: Shop <a@example.org>\nDate: Mo., 3. Jan. 2026 um 12:34 Uhr\nSubject: Rechnung\nTo: <b@example.net>\n\nIhre Rechnung", "Ihre Rechnung"},
		{"only quote", "> alt\n> alt", ""},
		{"same line as attribution", "Ich zahle am Freitag. Am 03.01.2026 um 12:34 schrieb Nordlicht <inkasso@example.org>:\n> alt", "Ich zahle am Freitag."},
		{"your own writing", "Das stimmt nicht.\n\nAm 03.01.2026 um 12:34 schrieben Sie:\n> alt", "Das stimmt nicht."},
		{"your writing is no quote", "Am 03.01.2026 um 12:34 schrieben Sie:\nich solle zahlen. Das geht nicht.", "Am 03.01.2026 um 12:34 schrieben Sie:\nich solle zahlen. Das geht nicht."},
		{"no colon", "Wann denn?\n\nOn Wed, 14 Jan 2026 08:14:43 +0100 Nordlicht <inkasso@example.org> wrote\n\nalt", "Wann denn?"},
		{"no time", "Ich melde mich.\n\nOn Wed, Jan 9, Nordlicht Inkasso\n<inkasso@example.org>\nwrote:\n> alt", "Ich melde mich."},
		{"line between paragraphs", "Erster Teil.\n\n__________________\n\nZweiter Teil.\n\nMfG\nTim Kessler\n\nAm 03.01.2026 um 12:34 schrieb Nordlicht:\n> alt", "Erster Teil.\n\n__________________\n\nZweiter Teil.\n\nMfG\nTim Kessler"},
		{"list footer", "Ich zahle.\n\n__\nVerteiler verein\nhttps://lists.example.net/verein", "Ich zahle."},
		{"wrapped quote", "Nein.\n\nAm 03.01.2026 um 12:34 schrieb Nordlicht:\n> wir haben Ihnen bereits mehrfach geschrieben und Sie gebeten, den offenen\nBetrag zu zahlen.\n> Mit freundlichen Grüßen", "Nein."},
		{"answer below a long line", "> Haben Sie die Rechnung erhalten, und wenn ja, an welchem Tag war das denn?\nAm Montag.\n> Mit freundlichen Grüßen", "Am Montag."},
		{"header in one line", "Erledigt.\n\nVon: inkasso@example.org Gesendet: Montag, 3. Januar 2026 12:34 An: Kessler, Tim Betreff: Mahnung\n\nSehr geehrter", "Erledigt."},
		{"folded subject", "Erledigt.\n\nVon: inkasso@example.org\nBetreff: Ihre Rechnung und noch sehr viel mehr\nText\nAn: Tim\nDatum: 3.1.2026\n\nalt", "Erledigt."},
		{"two languages", "Erledigt.\n\nVon/From: Nordlicht\nAn/To: Tim Kessler\nDatum/Date: 3.1.2026\nBetreff/Subject: Mahnung\n\nalt", "Erledigt."},
		{"unknown app", "Geht klar.\n\nGesendet von Postbote Pro", "Geht klar."},
		{"words after an app's name", "Gezahlt wurde schon.\nGesendet von meiner Frau.\nSie hat den Beleg.", "Gezahlt wurde schon.\nGesendet von meiner Frau.\nSie hat den Beleg."},
		{"sent by a person", "Der Beleg wurde gestern\ngesendet von meinem Mann.\nPrüfen Sie das.", "Der Beleg wurde gestern\ngesendet von meinem Mann.\nPrüfen Sie das."},
		{"banner", "ACHTUNG: Diese E-Mail stammt von einem externen Absender. Öffnen Sie keine Anhänge.\nIch zahle nicht.", "Ich zahle nicht."},
		{"no banner", "Achtung: diese Mail ist mein Widerspruch.", "Achtung: diese Mail ist mein Widerspruch."},
		{"file in the text", "Anbei die Liste.\n\nbegin 644 liste.txt\n#86)C\n`\nend\n\nGruß\nTim", "Anbei die Liste.\n\nGruß\nTim"},
		{"begin as a word", "begin 644 mal\nso war das nicht.", "begin 644 mal\nso war das nicht."},
		{"question before quote", "Was heisst das?\nOn Mon, Jan 5, 2026 at 9:00 AM Nordlicht <inkasso@example.org> wrote:\n> x", "Was heisst das?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := OwnText(c.in); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
