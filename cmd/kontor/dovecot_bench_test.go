package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The account of the benchmarks' mail server.
const (
	dovecotUser     = "inkasso@agentur.example"
	dovecotPassword = "nur-ein-Test-7"
)

// dovecot is a private server with one account, ended with the benchmark.
type dovecot struct {
	addr, dir string
	uid, gid  int
}

// startDovecot starts one, or skips the benchmark where there is none.
func startDovecot(b *testing.B) *dovecot {
	b.Helper()
	bin := ""
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/usr/local/sbin") {
		if info, err := os.Stat(filepath.Join(dir, "dovecot")); err == nil && info.Mode()&0o111 != 0 {
			bin = filepath.Join(dir, "dovecot")
		}
	}
	if bin == "" {
		if slices.Contains(strings.Split(os.Getenv("KONTOR_REQUIRE"), ","), "dovecot") {
			b.Fatal("dovecot is required")
		}
		b.Skip("without dovecot")
	}
	dir, err := os.MkdirTemp("", "kontor-bench-") // the server's users must reach it
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) }) // leftovers do no harm
	d := &dovecot{dir: dir, uid: os.Getuid(), gid: os.Getgid()}
	var internal, group, login string
	if me, err := user.Current(); err == nil {
		internal, group, login = me.Username, me.Username, me.Username
	}
	if d.uid == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			b.Fatal(err)
		}
		d.uid, _ = strconv.Atoi(nobody.Uid) // a number on Unix
		d.gid, _ = strconv.Atoi(nobody.Gid) // a number on Unix
		internal, group, login = "dovecot", "dovecot", "dovenull"
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	d.addr = l.Addr().String()
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	_, port, _ := strings.Cut(d.addr, ":")
	conf := strings.NewReplacer("DIR", dir, "INTERNAL", internal, "GROUP", group, "LOGIN", login, "PORT", port).Replace(dovecotConf)
	home := filepath.Join(dir, "home")
	d.mkdir(b, home)
	users := fmt.Sprintf("%s:{PLAIN}%s:%d:%d::%s::\n", dovecotUser, dovecotPassword, d.uid, d.gid, home)
	for file, text := range map[string]string{"users": users, "dovecot.conf": conf} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(bin, "-F", "-c", filepath.Join(dir, "dovecot.conf")) //nolint:noctx,gosec // ended by the cleanup
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // may have ended by itself
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", d.addr)
		if err == nil {
			_ = c.Close()
			return d
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			b.Fatalf("dovecot does not listen: %v\n%s", err, log)
		}
	}
}

func (d *dovecot) mkdir(b *testing.B, dir string) {
	b.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	if os.Getuid() == 0 {
		if err := os.Chown(dir, d.uid, d.gid); err != nil {
			b.Fatal(err)
		}
	}
}

// fill puts mails from..to-1 into the inbox straight on disk, and returns
// their bytes in sum.
func (d *dovecot) fill(b *testing.B, from, to int, mail func(i int) []byte) (total int64) {
	b.Helper()
	dir := filepath.Join(d.dir, "home", "Maildir")
	for _, sub := range []string{"", "cur", "new", "tmp"} {
		d.mkdir(b, filepath.Join(dir, sub))
	}
	for i := from; i < to; i++ {
		raw := mail(i)
		total += int64(len(raw))
		name := filepath.Join(dir, "new", fmt.Sprintf("%d.M%dP1Q%d.mail,S=%d,W=%d", 1700000000+i, i, i, len(raw), len(raw)))
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			b.Fatal(err)
		}
		if os.Getuid() == 0 {
			if err := os.Chown(name, d.uid, d.gid); err != nil {
				b.Fatal(err)
			}
		}
	}
	return total
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
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = username_format=%u DIR/users
}
userdb {
  driver = passwd-file
  args = username_format=%u DIR/users
}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 50
namespace inbox {
  inbox = yes
  separator = .
}
service imap-login {
  chroot =
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = 0
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
