package mailtest

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Postfix is a running server that keeps mail for post.example in a Maildir,
// greylists grau@post.example and does not know niemand@post.example.
type Postfix struct {
	Addr    string // plain text and STARTTLS
	TLSAddr string
	Cert    Cert
	dir     string
}

// StartPostfix starts a private Postfix that asks Dovecot for logins, or skips
// the test where it cannot: Postfix starts as root only.
func StartPostfix(t testing.TB, d *Dovecot) *Postfix {
	t.Helper()
	bin := binary("postfix")
	switch {
	case bin == "":
		Require(t, "smtp", "Postfix is not installed, see .ci/servers")
	case os.Getuid() != 0:
		Require(t, "smtp", "Postfix starts as root only")
	}
	dir := folder(t)
	mailUID, mailGID, _ := owner(t)
	pf, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(pf.Uid) // a number on Unix
	gid, _ := strconv.Atoi(pf.Gid) // a number on Unix
	for _, sub := range []string{"etc", "queue"} {
		mkdir(t, filepath.Join(dir, sub), 0, 0)
	}
	mkdir(t, filepath.Join(dir, "data"), uid, gid)
	mkdir(t, filepath.Join(dir, "box"), mailUID, mailGID)
	plain, secure := Port(t), Port(t)
	p := &Postfix{Addr: loopback(plain), TLSAddr: loopback(secure), Cert: NewCert(t, dir), dir: dir}
	fill := strings.NewReplacer("DIR", dir, "UID", fmt.Sprint(mailUID), "GID", fmt.Sprint(mailGID),
		"AUTH", d.AuthAddr, "PLAINADDR", p.Addr, "TLSADDR", p.TLSAddr).Replace
	write(t, filepath.Join(dir, "etc", "main.cf"), fill(mainCF), 0o644)
	write(t, filepath.Join(dir, "etc", "master.cf"), fill(masterCF), 0o644)
	start(t, filepath.Join(dir, "log"), p.Addr, bin, "-c", filepath.Join(dir, "etc"), "start-fg")
	return p
}

// Mails returns what was delivered, without the trace headers before the
// first line that the sender wrote.
func (p *Postfix) Mails() (all []string) {
	names, _ := filepath.Glob(filepath.Join(p.dir, "box", "box", "new", "*")) // a valid pattern
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err == nil {
			all = append(all, string(raw))
		}
	}
	return all
}

const mainCF = `compatibility_level = 3.6
queue_directory = DIR/queue
data_directory = DIR/data
maillog_file = DIR/log
maillog_file_prefixes = DIR
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = post.example
virtual_mailbox_base = DIR/box
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:UID
virtual_gid_maps = static:GID
virtual_minimum_uid = 1
default_transport = error:outside
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:AUTH
smtpd_tls_cert_file = DIR/cert.pem
smtpd_tls_key_file = DIR/key.pem
smtpd_tls_security_level = may
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{ {grau@post.example = 450 4.2.0 greylisted}, {niemand@post.example = 550 5.1.1 unknown} }, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
`

const masterCF = `PLAINADDR inet n - n - - smtpd
TLSADDR inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
showq unix n - n - - showq
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
`
