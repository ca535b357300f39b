package link

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"kontor/cases/plain"
)

// ErrTimeout means that the server was silent for too long.
var ErrTimeout = errors.New("no answer in time")

// ErrTooMuch means that the server sent more than its answer may hold.
var ErrTooMuch = errors.New("the server sends more than it should")

// maxDetail bounds a server's words in an error, in bytes.
const maxDetail = 300

// Conn is a TCP connection with a byte budget for reading and a deadline on
// each write. The libraries' own read deadlines are ignored: they are fixed
// spans that cut long transfers on slow lines. A Guard stands in for them.
type Conn struct {
	net.Conn
	timeout time.Duration
	budget  atomic.Int64
	reason  atomic.Pointer[error]
	lost    atomic.Bool
}

// DefaultBudget is what a server may send in answer to an ordinary command.
const DefaultBudget = 32 << 20

func newConn(c net.Conn, timeout time.Duration) *Conn {
	conn := &Conn{Conn: c, timeout: timeout}
	conn.Allow(DefaultBudget)
	return conn
}

// Allow sets how many more bytes the server may send.
func (c *Conn) Allow(n int64) { c.budget.Store(n) }

// Read reads within the budget.
func (c *Conn) Read(p []byte) (int, error) {
	left := c.budget.Load()
	if left <= 0 {
		c.fail(ErrTooMuch)
		return 0, ErrTooMuch
	}
	if int64(len(p)) > left {
		p = p[:left]
	}
	n, err := c.Conn.Read(p)
	c.budget.Add(-int64(n))
	if err != nil {
		c.lost.Store(true)
	}
	return n, c.explain(err)
}

// Write writes with a deadline of its own, since a peer that stops reading
// blocks the writer as surely as a silent one blocks the reader.
func (c *Conn) Write(p []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(deadline(c.timeout)); err != nil {
		return 0, c.explain(err)
	}
	n, err := c.Conn.Write(p)
	return n, c.explain(err)
}

// SetDeadline does nothing: see Conn.
func (c *Conn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing: see Conn.
func (c *Conn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: Write sets its own.
func (c *Conn) SetWriteDeadline(time.Time) error { return nil }

// fail closes the connection and keeps the first reason for it.
func (c *Conn) fail(reason error) {
	c.reason.CompareAndSwap(nil, &reason)
	_ = c.Conn.Close() // the reason says more
}

// Reason returns why this side closed the connection, or nil.
func (c *Conn) Reason() error {
	if p := c.reason.Load(); p != nil {
		return *p
	}
	return nil
}

// Lost reports whether reading ended: the peer or the network went away, or
// this side closed. Where it is false and a library gives up nevertheless, it
// was the peer's words that it could not take.
func (c *Conn) Lost() bool { return c.lost.Load() || c.Reason() != nil }

// Abort closes the connection at once; what was not flushed is never sent.
func (c *Conn) Abort(reason error) { c.fail(reason) }

// explain replaces "use of closed network connection" by the reason.
func (c *Conn) explain(err error) error {
	if err == nil {
		return nil
	}
	if r := c.Reason(); r != nil {
		return r
	}
	return err
}

// Guard closes a connection when a context ends or time is up.
type Guard struct {
	conn  *Conn
	mu    sync.Mutex
	timer *time.Timer
	stop  func() bool
}

// Watch starts a guard over one command: the server has d to answer it.
// Release must be called.
func (c *Conn) Watch(ctx context.Context, d time.Duration) *Guard {
	g := &Guard{conn: c}
	g.timer = time.AfterFunc(d, func() { c.fail(ErrTimeout) })
	g.stop = context.AfterFunc(ctx, func() { c.fail(context.Cause(ctx)) })
	return g
}

// Extend gives the server d from now on.
func (g *Guard) Extend(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.timer.Stop() {
		g.timer.Reset(d)
	}
}

// Release ends the guard and returns err, or the reason why this side closed
// the connection where there is one: a library's "unexpected EOF" after a
// time-out helps nobody.
func (g *Guard) Release(err error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.timer.Stop()
	g.stop()
	if r := g.conn.Reason(); err != nil && r != nil {
		return r
	}
	return err
}

// Words returns a server's text cleaned and cut for errors and screens.
func Words(s string) string {
	t, _ := plain.Line(s).Cut(maxDetail)
	return t.String()
}

// Clean returns an error whose text holds nothing a terminal could act on,
// with err still in its chain.
func Clean(err error) error {
	if err == nil {
		return nil
	}
	if w := Words(err.Error()); w != err.Error() {
		return &cleaned{text: w, err: err}
	}
	return err
}

type cleaned struct {
	text string
	err  error
}

func (e *cleaned) Error() string { return e.text }
func (e *cleaned) Unwrap() error { return e.err }

// deadline is the one place that reads the clock: the net package's deadlines
// are instants of the real clock by contract.
func deadline(d time.Duration) time.Time {
	return time.Now().Add(d) //nolint:forbidigo // a socket deadline, not a fact
}
