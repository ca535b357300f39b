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
		{"question before quote", "Was heisst das?\nOn Mon, Jan 5, 2026 at 9:00 AM Nordlicht <inkasso@example.org> wrote:\n> x", "Was heisst das?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := OwnText(c.in); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
