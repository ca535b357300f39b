package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

var buildOnce = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kontor-e2e-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kontor")
	cmd := exec.Command("go", "build", "-o", bin, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", &codeError{1, errorString(string(out))}
	}
	return bin, nil
})

type errorString string

func (e errorString) Error() string { return string(e) }

func binary(t testing.TB) string {
	t.Helper()
	bin, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// screen is the real program in a pseudo-terminal, read through a terminal
// emulator.
type screen struct {
	t    *testing.T
	term vt10x.Terminal
	pty  *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	raw  bytes.Buffer
	done chan struct{}
}

func start(t *testing.T, w, h int, args ...string) *screen {
	t.Helper()
	return startProgram(t, w, h, binary(t), nil, args...)
}

// startProgram starts a binary with further environment.
func startProgram(t *testing.T, w, h int, bin string, env []string, args ...string) *screen {
	t.Helper()
	s := &screen{t: t, term: vt10x.New(vt10x.WithSize(w, h)), done: make(chan struct{})}
	s.cmd = exec.Command(bin, args...)
	s.cmd.Env = append(append(os.Environ(), "TERM=xterm-256color", "LANG=de_DE.UTF-8", "NO_COLOR="), env...)
	f, err := pty.StartWithSize(s.cmd, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	if err != nil {
		t.Fatal(err)
	}
	s.pty = f
	go func() {
		defer close(s.done)
		buf := make([]byte, 32<<10)
		for {
			n, err := f.Read(buf)
			if n > 0 {
				s.mu.Lock()
				s.raw.Write(buf[:n])
				s.mu.Unlock()
				_, _ = s.term.Write(buf[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = f.Close()
		<-s.done
	})
	return s
}

func (s *screen) text() string { return s.term.String() }

func (s *screen) keys(k string) {
	s.t.Helper()
	if _, err := io.WriteString(s.pty, k); err != nil {
		s.t.Fatal(err)
	}
}

// wait polls until the screen fulfils ok.
func (s *screen) wait(what string, ok func(string) bool) string {
	s.t.Helper()
	deadline := time.Now().Add(45 * time.Second)
	for time.Now().Before(deadline) {
		if v := s.text(); ok(v) {
			return v
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatalf("the screen never showed %s; it shows:\n%s", what, s.text())
	return ""
}

func (s *screen) see(want string) string {
	s.t.Helper()
	return s.wait(want, func(v string) bool { return strings.Contains(v, want) })
}

// approve presses a until the program says that the answer goes out: before, it
// shows what has not been on the screen, and asks for the key again.
func (s *screen) approve() {
	s.t.Helper()
	// What can be taken back may be a note of before: then the draft is still there.
	gone := func(v string) bool {
		return strings.Contains(v, "geht in") || strings.Contains(v, "zurücknehmen (") && !strings.Contains(v, "─ Entwurf")
	}
	for range 12 {
		if gone(s.text()) {
			return
		}
		s.keys("a")
		v := s.wait("an answer to a", func(v string) bool {
			return gone(v) || strings.Contains(v, "Noch einmal a") || strings.Contains(v, "a zeigt weiter") || strings.Contains(v, "Wird freigegeben") || strings.Contains(v, "zählt gleich wieder")
		})
		if gone(v) {
			return
		}
		time.Sleep(500 * time.Millisecond) // past the deaf time
		if v := s.text(); strings.Contains(v, "Wird freigegeben") {
			break
		}
	}
	s.wait("that the letter goes out", gone)
}

// caption returns the reference in the head line of a review.
func caption(v string) string {
	for line := range strings.Lines(v) {
		if i := strings.Index(line, " · "); i > 0 && strings.HasPrefix(strings.TrimSpace(line), "K-") {
			return strings.TrimSpace(line[:i])
		}
	}
	return ""
}

// The main job with the keyboard: the queue is there, enter opens the first
// item, a approves when all has been seen, the next item opens by itself and is
// deaf to a bouncing key, and what lies in the sink are the approved bytes.
func TestMainJob(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	s := start(t, 120, 40, "demo", "--home", home)
	v := s.see("Neue Antworten")
	if strings.Contains(v, "Schutz ") || strings.Contains(v, "Fristen heute") {
		t.Errorf("the morning does not start calm:\n%s", v)
	}
	s.keys("\r")
	v = s.see("Entwurf")
	first := caption(v)
	if first == "" {
		t.Fatalf("no case in the head:\n%s", v)
	}
	// a shows what has not been seen, then approves; the next item opens.
	s.approve()
	v = s.wait("the next item", func(v string) bool { c := caption(v); return c != "" && c != first })
	second := caption(v)
	s.keys("aaaa") // a bouncing key
	time.Sleep(300 * time.Millisecond)
	if v := s.text(); caption(v) != second || strings.Contains(v, "2 warten") {
		t.Fatalf("a bouncing key approved %s:\n%s", second, v)
	}
	sink := filepath.Join(home, "demo", "sink")
	s.wait("one mail in the sink", func(string) bool { return len(sunk(t, sink)) == 1 })
	s.keys("5")
	s.see("versandt")
	s.keys("q")
	s.wait("the end", func(string) bool {
		s.keys("q")
		select {
		case <-s.done:
			return true
		default:
			return false
		}
	})
	checkSent(t, home, sunk(t, sink)[0], first)
}

func sunk(t *testing.T, dir string) [][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

// kontor runs a command of the real binary and returns its JSON lines.
func kontor(t *testing.T, wantCode int, args ...string) []map[string]any {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary(t), args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != wantCode {
		t.Fatalf("kontor %v: exit %d, want %d; %v\n%s%s", args, code, wantCode, err, stderr.String(), stdout.String())
	}
	var out []map[string]any
	dec := json.NewDecoder(&stdout)
	for {
		var m map[string]any
		if err := dec.Decode(&m); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatalf("kontor %v: no JSON: %v", args, err)
		}
		out = append(out, m)
	}
}

// checkSent compares the mail in the sink with the approval on record and with
// the mail that it answers.
func checkSent(t *testing.T, home string, raw []byte, reference string) {
	t.Helper()
	rows := kontor(t, 0, "--home", home, "--json", "outbox")
	if len(rows) != 1 || rows[0]["state"] != "sent" || rows[0]["case"] != reference {
		t.Fatalf("outbox: %v", rows)
	}
	sum := sha256.Sum256(raw)
	if rows[0]["sha256"] != hex.EncodeToString(sum[:]) {
		t.Errorf("the sink holds other bytes than the approved ones")
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if id := strings.Trim(m.Header.Get("Message-Id"), "<>"); id != rows[0]["rfc_message_id"] {
		t.Errorf("Message-ID %s, approved %s", id, rows[0]["rfc_message_id"])
	}
	msgs := kontor(t, 0, "--home", home, "--json", "messages", "--case", reference)
	answered := ""
	for _, x := range msgs {
		if x["state"] == "answered" {
			answered, _ = x["rfc_message_id"].(string)
		}
	}
	if answered == "" || m.Header.Get("In-Reply-To") != "<"+answered+">" || !strings.Contains(m.Header.Get("References"), "<"+answered+">") {
		t.Errorf("In-Reply-To %q, References %q; answers %q", m.Header.Get("In-Reply-To"), m.Header.Get("References"), answered)
	}
	dec := new(mime.WordDecoder)
	if subject, err := dec.DecodeHeader(m.Header.Get("Subject")); err != nil || !strings.Contains(subject, reference) {
		t.Errorf("subject %q, %v", subject, err)
	}
}

// Servers away in the middle of work: the program goes on, says so, and
// delivers when they are back, without a restart.
func TestServersComeBack(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	kontor(t, 0, "demo", "--prepare", "--home", home)
	serve := func() *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), binary(t), "demo", "--serve", "--home", home)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil { // it listens
			t.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		return cmd
	}
	srv := serve()
	s := start(t, 120, 40, "--home", home)
	s.see("Neue Antworten")
	if err := srv.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = srv.Wait() // killed
	s.keys("\r")
	first := caption(s.see("Entwurf"))
	s.approve()
	s.wait("the next item", func(v string) bool { c := caption(v); return c != "" && c != first })
	s.keys("r")
	s.wait("that the mail server is away", func(v string) bool { return strings.Contains(v, "Post getrennt") })
	srv = serve()
	defer func() {
		_ = srv.Process.Kill()
		_ = srv.Wait()
	}()
	s.wait("the mail in the sink", func(string) bool { return len(sunk(t, filepath.Join(home, "demo", "sink"))) == 1 })
}
