// Package mailtest starts real mail servers for tests: each in a folder of its
// own, on loopback ports of its own, ended with the test.
package mailtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	mrand "math/rand/v2"
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

// TestUser is the system user that .ci/servers makes for delivered mail.
const TestUser = "kontor-test"

// Require ends the test where what is missing: with a failure if
// KONTOR_REQUIRE names it, else with a skip.
func Require(t testing.TB, what, why string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("KONTOR_REQUIRE"), ","), what) {
		t.Fatalf("%s is required: %s", what, why)
	}
	t.Skipf("without %s: %s", what, why)
}

// binary finds a program that may be outside of the PATH of ordinary users.
func binary(name string) string {
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin", "/usr/local/sbin") {
		p := filepath.Join(dir, name)
		if info, err := os.Stat(p); err == nil && info.Mode()&0o111 != 0 {
			return p
		}
	}
	return ""
}

// folder makes a folder that the servers' users can reach, unlike TempDir.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kontor-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // leftovers do no harm
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// owner returns the user that owns mail: this one, or as root a lesser one.
func owner(t testing.TB) (uid, gid int, name string) {
	t.Helper()
	if os.Getuid() != 0 {
		me, err := user.Current()
		if err != nil {
			t.Fatal(err)
		}
		return os.Getuid(), os.Getgid(), me.Username
	}
	for _, name := range []string{TestUser, "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid) // a number on Unix
			gid, _ := strconv.Atoi(u.Gid) // a number on Unix
			return uid, gid, name
		}
	}
	t.Fatal("no user to own the mail")
	return 0, 0, ""
}

// Port returns a loopback port that was free just now. It lies below the range
// that the system gives to whoever asks for any port: a server that is killed
// finds its port free when it starts again, and no other test's listener is
// there meanwhile to take what was meant for it.
func Port(t testing.TB) int {
	t.Helper()
	const first, last = 15_000, 32_000
	for range 100 {
		port := first + mrand.IntN(last-first)
		l, err := net.Listen("tcp", loopback(port))
		if err != nil {
			continue // taken
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		return port
	}
	t.Fatalf("no free port between %d and %d", first, last)
	return 0
}

// Cert is a self-signed certificate for 127.0.0.1 and localhost.
type Cert struct {
	CertFile, KeyFile string // PEM
	Fingerprint       string // SHA-256, hex
}

// NewCert writes a fresh certificate into dir.
func NewCert(t testing.TB, dir string) Cert {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), //nolint:forbidigo // a real certificate
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	c := Cert{CertFile: filepath.Join(dir, "cert.pem"), KeyFile: filepath.Join(dir, "key.pem")}
	sum := sha256.Sum256(der)
	c.Fingerprint = hex.EncodeToString(sum[:])
	write(t, c.CertFile, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), 0o644)
	write(t, c.KeyFile, string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})), 0o600)
	return c
}

func write(t testing.TB, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t testing.TB, name string, uid, gid int) {
	t.Helper()
	if err := os.MkdirAll(name, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		if err := os.Chown(name, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
}

// process is a server's process group.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// start runs a server in the foreground in a process group of its own and
// waits until it answers on addr.
func start(t testing.TB, logFile, addr, name string, args ...string) *process {
	t.Helper()
	cmd := exec.Command(name, args...) //nolint:gosec,noctx // a test's own server, ended by Cleanup
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, done: make(chan struct{})}
	go func() { // ends with the process, which kill ends
		defer close(p.done)
		_ = cmd.Wait() // ended by signal
	}()
	t.Cleanup(p.kill)
	if !listening(addr, 15*time.Second) {
		text, _ := os.ReadFile(logFile)
		t.Fatalf("%s does not answer on %s:\n%s", name, addr, text)
	}
	return p
}

// kill ends the whole process group at once.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // may be gone
	<-p.done
}

// silent waits until nobody accepts connections on addr: a killed server's
// children may hold its socket for a moment longer.
func silent(t testing.TB, addr string) {
	t.Helper()
	for limit := time.After(10 * time.Second); ; {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
		if err != nil {
			return
		}
		_ = conn.Close() // only looked
		select {
		case <-limit:
			t.Fatalf("a killed server still answers on %s", addr)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// listening waits until something accepts connections on addr.
func listening(addr string, d time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	for ctx.Err() == nil {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
		if err == nil {
			_ = conn.Close() // only looked
			return true
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}

func loopback(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
