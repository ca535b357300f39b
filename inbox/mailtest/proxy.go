package mailtest

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// Cut says when a proxied connection is cut: after so many protocol lines of
// both sides, or so many bytes of the server. Zero means never.
type Cut struct {
	Lines int64
	Bytes int64
	// Do is called once, before the connection is cut.
	Do func()
}

// Proxy stands between a client and a server and cuts connections.
type Proxy struct {
	Addr  string
	conns atomic.Int64
}

// Conns returns how many connections were made.
func (p *Proxy) Conns() int { return int(p.conns.Load()) }

// StartProxy forwards to addr. plan is asked for each connection, numbered
// from 0.
func StartProxy(t testing.TB, addr string, plan func(conn int) Cut) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String()}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			cut := plan(int(p.conns.Add(1)) - 1)
			wg.Go(func() { forward(ctx, client, addr, cut) })
		}
	})
	t.Cleanup(func() {
		cancel()
		_ = l.Close() // the test is over
		wg.Wait()
	})
	return p
}

func forward(ctx context.Context, client net.Conn, addr string, cut Cut) {
	server, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		_ = client.Close() // as dead as the server
		return
	}
	closeBoth := func() {
		_ = client.Close() // cut
		_ = server.Close() // cut
	}
	stop := context.AfterFunc(ctx, closeBoth)
	defer stop()
	var lines, bytes atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	pump := func(dst, src net.Conn, fromServer bool) {
		defer closeBoth()
		buf := make([]byte, 32<<10)
		for {
			n, err := src.Read(buf)
			pass, over := n, false
			for i, c := range buf[:n] {
				if fromServer && cut.Bytes > 0 && bytes.Add(1) > cut.Bytes {
					pass, over = i, true
					break
				}
				if c == '\n' && cut.Lines > 0 && lines.Add(1) >= cut.Lines {
					pass, over = i+1, true
					break
				}
			}
			_, werr := dst.Write(buf[:pass])
			if over && cut.Do != nil {
				once.Do(cut.Do)
			}
			if werr != nil || err != nil || over {
				return
			}
		}
	}
	wg.Go(func() { pump(server, client, false) })
	wg.Go(func() { pump(client, server, true) })
	wg.Wait()
}
