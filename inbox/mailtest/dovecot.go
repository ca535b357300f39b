package mailtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// The accounts of the test servers.
const (
	User     = "inkasso@agentur.example"
	FullUser = "voll@agentur.example" // quota of 10 kB
	Password = "nur-ein-Test-7"
)

// Dovecot is a running server. Its accounts keep their mail in Maildirs.
type Dovecot struct {
	Addr    string // plain text and STARTTLS
	TLSAddr string
	// AuthAddr serves SASL to Postfix.
	AuthAddr string
	Cert     Cert
	dir      string
	uid, gid int
	proc     atomic.Pointer[process] // a proxy kills from its own goroutine
	t        testing.TB
}

// StartDovecot starts a private Dovecot, or skips the test where there is
// none. introspect is the URL of an OAuth introspection endpoint; with "" the
// token mechanisms are off.
func StartDovecot(t testing.TB, introspect string) *Dovecot {
	t.Helper()
	bin := binary("dovecot")
	if bin == "" {
		Require(t, "dovecot", "not installed, see .ci/servers")
	}
	dir := folder(t)
	uid, gid, name := owner(t)
	d := &Dovecot{dir: dir, uid: uid, gid: gid, t: t, Cert: NewCert(t, dir)}
	plain, secure, auth := Port(t), Port(t), Port(t)
	d.Addr, d.TLSAddr, d.AuthAddr = loopback(plain), loopback(secure), loopback(auth)
	mkdir(t, filepath.Join(dir, "home"), uid, gid)
	internal, login := name, name
	if os.Getuid() == 0 {
		internal, login = "dovecot", "dovenull"
	}
	var users strings.Builder
	for _, u := range []struct{ name, rule string }{{User, ""}, {FullUser, "userdb_quota_rule=*:bytes=10K"}} {
		home := filepath.Join(dir, "home", u.name)
		mkdir(t, home, uid, gid)
		fmt.Fprintf(&users, "%s:{PLAIN}%s:%d:%d::%s::%s\n", u.name, Password, uid, gid, home, u.rule)
	}
	write(t, filepath.Join(dir, "users"), users.String(), 0o644)
	mechs, passdb := "plain login", ""
	if introspect != "" {
		mechs += " xoauth2 oauthbearer"
		write(t, filepath.Join(dir, "oauth2.conf"), "introspection_mode = post\nintrospection_url = "+introspect+
			"\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n", 0o644)
		passdb = fmt.Sprintf("passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = %s/oauth2.conf\n}\n", dir)
	}
	conf := strings.NewReplacer("DIR", dir, "INTERNAL", internal, "LOGIN", login, "MECHS", mechs,
		"PLAINPORT", fmt.Sprint(plain), "TLSPORT", fmt.Sprint(secure), "AUTHPORT", fmt.Sprint(auth),
		"PASSDB", passdb, "GROUP", group(name)).Replace(dovecotConf)
	write(t, filepath.Join(dir, "dovecot.conf"), conf, 0o644)
	d.start(bin)
	return d
}

// group is the internal group: Dovecot's own for root, else this user's.
func group(name string) string {
	if os.Getuid() == 0 {
		return "dovecot"
	}
	return name
}

func (d *Dovecot) start(bin string) {
	d.t.Helper()
	d.proc.Store(start(d.t, filepath.Join(d.dir, "log"), d.Addr, bin, "-F", "-c", filepath.Join(d.dir, "dovecot.conf")))
}

// Kill ends the server and all its sessions at once.
func (d *Dovecot) Kill() { d.proc.Load().kill() }

// Restart starts the server again on the same ports and mail.
func (d *Dovecot) Restart() {
	d.t.Helper()
	silent(d.t, d.Addr)
	_ = os.Remove(filepath.Join(d.dir, "run", "master.pid")) // left by Kill
	d.start(binary("dovecot"))
}

// Maildir returns the folder's Maildir of User.
func (d *Dovecot) Maildir(folder string) string {
	dir := filepath.Join(d.dir, "home", User, "Maildir")
	if folder != "INBOX" {
		dir = filepath.Join(dir, "."+folder)
	}
	return dir
}

// Fill puts mails into a folder of User straight on disk, as a delivery agent
// does: quick for many.
func (d *Dovecot) Fill(folder string, n int, mail func(i int) []byte) {
	d.t.Helper()
	dir := d.Maildir(folder)
	for _, sub := range []string{"", "cur", "new", "tmp"} {
		mkdir(d.t, filepath.Join(dir, sub), d.uid, d.gid)
	}
	for i := range n {
		raw := mail(i)
		name := filepath.Join(dir, "new", fmt.Sprintf("%d.M%dP1Q%d.mail,S=%d,W=%d", 1700000000+i, i, i, len(raw), len(raw)))
		write(d.t, name, string(raw), 0o644)
		if os.Getuid() == 0 {
			if err := os.Chown(name, d.uid, d.gid); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

// Renumber makes a folder of User lose its UIDs and its UIDVALIDITY.
func (d *Dovecot) Renumber(folder string) {
	d.t.Helper()
	old, err := os.ReadFile(filepath.Join(d.Maildir(folder), "dovecot-uidlist"))
	if err != nil {
		d.t.Fatal(err)
	}
	var version, validity int
	if _, err := fmt.Sscanf(string(old), "%d V%d", &version, &validity); err != nil {
		d.t.Fatal(err)
	}
	d.Kill()
	matches, _ := filepath.Glob(filepath.Join(d.Maildir(folder), "dovecot*")) // a valid pattern
	for _, m := range matches {
		if err := os.RemoveAll(m); err != nil {
			d.t.Fatal(err)
		}
	}
	list := filepath.Join(d.Maildir(folder), "dovecot-uidlist")
	write(d.t, list, fmt.Sprintf("3 V%d N1\n", validity+1), 0o644)
	if os.Getuid() == 0 {
		if err := os.Chown(list, d.uid, d.gid); err != nil {
			d.t.Fatal(err)
		}
	}
	d.Restart()
}

// ReadOnly takes all rights but reading from a folder of User.
func (d *Dovecot) ReadOnly(folder string) {
	d.t.Helper()
	name := filepath.Join(d.Maildir(folder), "dovecot-acl")
	write(d.t, name, "owner lr\n", 0o644)
	if os.Getuid() == 0 {
		if err := os.Chown(name, d.uid, d.gid); err != nil {
			d.t.Fatal(err)
		}
	}
}

const dovecotConf = `base_dir = DIR/run
state_dir = DIR/run
log_path = DIR/log
protocols = imap
listen = 127.0.0.1
default_internal_user = INTERNAL
default_internal_group = GROUP
default_login_user = LOGIN
first_valid_uid = 1
ssl = yes
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
disable_plaintext_auth = no
auth_mechanisms = MECHS
auth_failure_delay = 0
auth_cache_size = 0
PASSDBpassdb {
  driver = passwd-file
  mechanisms = plain login
  args = username_format=%u DIR/users
}
userdb {
  driver = passwd-file
  args = username_format=%u DIR/users
}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_plugins = quota acl
mail_max_userip_connections = 50
namespace inbox {
  inbox = yes
  separator = .
  mailbox Gesendet {
    special_use = \Sent
    auto = create
  }
}
protocol imap {
  mail_plugins = quota imap_quota acl imap_acl
}
plugin {
  quota = maildir:User quota
  acl = vfile
}
service imap-login {
  chroot =
  inet_listener imap {
    port = PLAINPORT
  }
  inet_listener imaps {
    port = TLSPORT
    ssl = yes
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = AUTHPORT
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`
