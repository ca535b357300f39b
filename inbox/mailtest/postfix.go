package mailtest

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Postfix is a running server that keeps mail for post.example and the example domains
// in a Maildir,
// greylists grau…@post.example (the first try of each is put off) and does not
// know niemand@post.example.
type Postfix struct {
	Addr    string // plain text and STARTTLS
	TLSAddr string
	Cert    Cert
	dir     string
	proc    atomic.Pointer[process] // a proxy kills from its own goroutine
	t       testing.TB
	strict  atomic.Bool
}

// GreylistAll has the first try of every address put off from now on.
func (p *Postfix) GreylistAll() { p.strict.Store(true) }

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
	p := &Postfix{Addr: loopback(plain), TLSAddr: loopback(secure), Cert: NewCert(t, dir), dir: dir, t: t}
	fill := strings.NewReplacer("DIR", dir, "UID", fmt.Sprint(mailUID), "GID", fmt.Sprint(mailGID),
		"AUTH", d.AuthAddr, "POLICY", p.startGreylist(), "PLAINADDR", p.Addr, "TLSADDR", p.TLSAddr).Replace
	write(t, filepath.Join(dir, "etc", "main.cf"), fill(mainCF), 0o644)
	write(t, filepath.Join(dir, "etc", "master.cf"), fill(masterCF), 0o644)
	p.start(bin)
	return p
}

func (p *Postfix) start(bin string) {
	p.t.Helper()
	p.proc.Store(start(p.t, filepath.Join(p.dir, "log"), p.Addr, bin, "-c", filepath.Join(p.dir, "etc"), "start-fg"))
}

// Kill ends the server and all its sessions at once.
func (p *Postfix) Kill() { p.proc.Load().kill() }

// Restart starts the server again on the same ports, queue and mail.
func (p *Postfix) Restart() {
	p.t.Helper()
	p.start(binary("postfix"))
}

// startGreylist serves Postfix's policy protocol: the first mail to each
// grau… address is put off, all else passes.
func (p *Postfix) startGreylist() string {
	t := p.t
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[string]bool{}
	first := func(to string) bool {
		mu.Lock()
		defer mu.Unlock()
		old := seen[to]
		seen[to] = true
		return !old && (p.strict.Load() || strings.HasPrefix(to, "grau"))
	}
	var wg sync.WaitGroup
	wg.Go(func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { // ends with Postfix, which the test ends
				defer conn.Close() //nolint:errcheck // the dialogue is over
				to, sc := "", bufio.NewScanner(conn)
				for sc.Scan() {
					if v, ok := strings.CutPrefix(sc.Text(), "recipient="); ok {
						to = v
					}
					if sc.Text() != "" {
						continue
					}
					action := "dunno"
					if first(to) {
						action = "450 4.2.0 greylisted"
					}
					if _, err := fmt.Fprintf(conn, "action=%s\n\n", action); err != nil {
						return
					}
				}
			}()
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // the test is over
		wg.Wait()
	})
	return l.Addr().String()
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
virtual_mailbox_domains = post.example, example.org, example.com, example.net
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
smtpd_recipient_restrictions = check_recipient_access inline:{ {niemand@post.example = 550 5.1.1 unknown} }, check_policy_service inet:POLICY, permit_sasl_authenticated, reject
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
