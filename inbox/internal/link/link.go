// Package link opens the guarded connections that the mail clients speak over.
//
// The mail libraries know no context and few deadlines. A Conn gives them
// both: it is closed when its guard's time is up or the caller's context ends,
// it bounds how much a server may send, and it cleans what ends up in errors.
package link

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// The ways to protect a connection.
const (
	TLS      = "tls"      // TLS from the first byte
	StartTLS = "starttls" // refused if the server does not offer it
	Plain    = "plain"    // to loopback addresses only
)

// maxCAFile bounds the size of a CA file in bytes.
const maxCAFile = 4 << 20

// Config says where to connect and whom to trust.
type Config struct {
	Address  string // host:port
	Security string // TLS, StartTLS or Plain
	// CAFile names a PEM file that replaces the system's roots.
	CAFile string
	// Fingerprint pins the SHA-256 of the server's certificate (DER), as hex
	// with or without colons. It replaces the check of chain and name: who
	// pins trusts that one certificate and no other.
	Fingerprint string
	Timeout     time.Duration // for connecting and the TLS handshake
}

// ErrPlain refuses an unprotected connection that would leave this machine.
var ErrPlain = errors.New("unprotected connections are allowed to loopback addresses only")

// ErrFingerprint means that the server showed another certificate than pinned.
var ErrFingerprint = errors.New("the server's certificate is not the pinned one")

// Validate reports what is wrong with the configuration itself.
func (c Config) Validate() error {
	host, _, err := net.SplitHostPort(c.Address)
	if err != nil || host == "" {
		return fmt.Errorf("address %q: want host:port", c.Address)
	}
	switch c.Security {
	case TLS, StartTLS:
	case Plain:
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return ErrPlain
		}
	default:
		return fmt.Errorf("security %q: want tls, starttls or plain", c.Security)
	}
	if c.Fingerprint != "" {
		if _, err := parseFingerprint(c.Fingerprint); err != nil {
			return err
		}
	}
	return nil
}

// Host returns the host part of the address.
func (c Config) Host() string {
	host, _, _ := net.SplitHostPort(c.Address) // Validate has looked at it
	return host
}

// Port returns the port part of the address, 0 where it is no number.
func (c Config) Port() int {
	_, port, _ := net.SplitHostPort(c.Address) // Validate has looked at it
	n, err := strconv.Atoi(port)
	if err != nil {
		return 0
	}
	return n
}

// Dial connects and, with Security TLS, completes the handshake. The returned
// conn is the one to speak over; the Conn below it bounds and closes it.
func (c Config) Dial(ctx context.Context, protocol string) (net.Conn, *Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.Address)
	if err != nil {
		return nil, nil, fmt.Errorf("connect to %s: %w", c.Address, err)
	}
	if c.Security == Plain && !loopback(raw.RemoteAddr()) {
		_ = raw.Close() // refused before a byte was said
		return nil, nil, ErrPlain
	}
	conn := newConn(raw, c.Timeout)
	if c.Security != TLS {
		return conn, conn, nil
	}
	cfg, err := c.TLSConfig(protocol)
	if err != nil {
		_ = conn.Close() // the error below says more
		return nil, nil, err
	}
	secured := tls.Client(conn, cfg)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = conn.Close() // the handshake's error says more
		return nil, nil, fmt.Errorf("tls with %s: %w", c.Address, err)
	}
	return secured, conn, nil
}

// loopback decides on the address that was reached, so that a name that
// resolves elsewhere does not slip through.
func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// TLSConfig returns the client configuration: system roots, the CA file's
// roots, or the pinned certificate. protocol is offered by ALPN if not empty.
func (c Config) TLSConfig(protocol string) (*tls.Config, error) {
	cfg := &tls.Config{ServerName: c.Host(), MinVersion: tls.VersionTLS12}
	if protocol != "" {
		cfg.NextProtos = []string{protocol}
	}
	if c.CAFile != "" {
		pool, err := readRoots(c.CAFile)
		if err != nil {
			return nil, err
		}
		cfg.RootCAs = pool
	}
	if c.Fingerprint != "" {
		want, err := parseFingerprint(c.Fingerprint)
		if err != nil {
			return nil, err
		}
		cfg.InsecureSkipVerify = true
		cfg.VerifyConnection = func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) == 0 || sha256.Sum256(s.PeerCertificates[0].Raw) != want {
				return ErrFingerprint
			}
			return nil
		}
	}
	return cfg, nil
}

func readRoots(name string) (*x509.CertPool, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("ca file: %w", err)
	}
	if info.Size() > maxCAFile {
		return nil, fmt.Errorf("ca file %s: larger than %d bytes", name, maxCAFile)
	}
	pem, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("ca file: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("ca file %s: holds no certificate", name)
	}
	return pool, nil
}

func parseFingerprint(s string) (sum [sha256.Size]byte, err error) {
	b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(s), ":", ""))
	if err != nil || len(b) != len(sum) {
		return sum, errors.New("fingerprint: want 64 hex digits (SHA-256)")
	}
	return [sha256.Size]byte(b), nil
}
