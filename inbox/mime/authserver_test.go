package mime_test

import (
	"strings"
	"testing"

	"kontor/inbox/mime"
)

func TestAuthServer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, header, want string }{
		{"postfix and opendmarc", `Delivered-To: inkasso@agentur.example
Authentication-Results: mx.agentur.example; dmarc=pass header.from=post.example
Received: from mail.post.example by mx.agentur.example with ESMTPS`, "mx.agentur.example"},
		{"relay of the house", `Received: from mx1.agentur.example by store.agentur.example
Authentication-Results: auth.agentur.example; spf=pass smtp.mailfrom=post.example
Received: from mail.post.example by mx1.agentur.example with ESMTPS`, "auth.agentur.example"},
		{"forged by the sender", `Received: from mail.post.example by mx.agentur.example with ESMTPS
Authentication-Results: mx.agentur.example; dmarc=pass header.from=bank.example
Received: from pc by mail.post.example`, ""},
		{"none", `Received: from mail.post.example by mx.agentur.example with ESMTPS`, ""},
		{"exchange online", `Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=post.example; dkim=pass (signature was verified) header.d=post.example;dmarc=pass action=none header.from=post.example;compauth=pass reason=100
Received: from mail.post.example (192.0.2.1) by DB5PEPF0001.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server`, "outlook.com"},
	} {
		raw := strings.ReplaceAll(tc.header, "\n", "\r\n") + "\r\nSubject: x\r\n\r\nText\r\n"
		if got := mime.AuthServer([]byte(raw)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// Exchange Online writes no server id; its verdict counts only for who named its
// house, and only where its own hosts stand above.
func TestNamelessResults(t *testing.T) {
	t.Parallel()
	const mail = "Received: from a by b.prod.outlook.com\r\n" +
		"Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=post.example; dkim=pass header.d=post.example;dmarc=pass action=none header.from=post.example\r\n" +
		"Received: from mail.post.example by c.mail.protection.outlook.com\r\nFrom: a@post.example\r\n\r\nText\r\n"
	count := func(raw string, ids ...string) int {
		m, err := mime.New(mime.Options{AuthServIDs: ids}).Read(t.Context(), []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		return len(m.Auth)
	}
	if n := count(mail, "outlook.com"); n != 3 {
		t.Errorf("%d verdicts, want 3", n)
	}
	if n := count(mail, "mx.agentur.example"); n != 0 {
		t.Errorf("%d verdicts for another house, want none", n)
	}
	if n := count("Received: from a by mx.agentur.example\r\n"+mail, "outlook.com"); n != 0 {
		t.Errorf("%d verdicts below a foreign server's hop, want none", n)
	}
}
