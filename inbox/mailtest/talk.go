package mailtest

import (
	"context"
	"net"
	"sync"
	"testing"
)

// Talk listens on a loopback port and has talk lead every dialogue until the
// test ends, when its connections are cut; ctx ends then too. It returns the
// address.
func Talk(t testing.TB, talk func(ctx context.Context, conn net.Conn)) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // the test is over
				defer func() { _ = conn.Close() }()                         // so is the dialogue
				talk(ctx, conn)
			})
		}
	})
	t.Cleanup(func() {
		cancel()
		_ = l.Close() // the test is over
		wg.Wait()
	})
	return l.Addr().String()
}
