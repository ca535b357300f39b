package llm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// maxAnswer bounds an answer of the endpoint, in bytes.
const maxAnswer = 256 << 10

var (
	errRedirect = errors.New("endpoint redirects")
	errTooLarge = errors.New("answer too large")
	errCut      = errors.New("answer cut off")
)

// meter counts what one mail costs on the wire.
type meter struct {
	out, in    int64
	attempts   int
	retryAfter time.Duration
	status     int
}

type meterKey struct{}

// doer is the HTTP side of the client: no redirects, bounded bodies, bytes and
// Retry-After on record.
type doer struct {
	client *http.Client
	now    func() time.Time
}

func newDoer(timeout time.Duration, now func() time.Time) *doer {
	return &doer{now: now, client: &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			// No proxy from the environment: the endpoint that was checked is
			// the only host that ever sees a mail.
			DialContext:            (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout:    5 * time.Second,
			ResponseHeaderTimeout:  timeout,
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        30 * time.Second,
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Do sends one request and reads its whole bounded answer.
func (d *doer) Do(req *http.Request) (*http.Response, error) {
	m, _ := req.Context().Value(meterKey{}).(*meter)
	if m == nil {
		m = &meter{}
	}
	m.attempts++
	m.out += max(req.ContentLength, 0)
	m.retryAfter, m.status = 0, 0
	resp, err := d.client.Do(req)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
			m.out -= max(req.ContentLength, 0) // nothing left
		}
		return nil, stripURL(err)
	}
	defer func() { _ = resp.Body.Close() }() // read to its end or given up
	m.status = resp.StatusCode
	m.retryAfter = retryAfter(resp.Header.Get("Retry-After"), d.now())
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return nil, errRedirect
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	m.in += int64(len(body))
	switch {
	case len(body) > maxAnswer:
		return nil, errTooLarge
	case err != nil && req.Context().Err() != nil:
		return nil, req.Context().Err()
	case err != nil:
		return nil, errCut
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// stripURL keeps the reason and drops the URL, which may hold a key.
func stripURL(err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("call endpoint: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("call endpoint: %w", context.Canceled)
	}
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() {
		return fmt.Errorf("call endpoint: %w", context.DeadlineExceeded)
	}
	return errUnreachable
}

var errUnreachable = errors.New("endpoint cannot be reached")

// retryAfter reads seconds or an HTTP date, bounded to a minute.
func retryAfter(h string, now time.Time) time.Duration {
	if h == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.Atoi(h); err == nil {
		d = time.Duration(min(max(n, 0), 3600)) * time.Second
	} else if t, err := http.ParseTime(h); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), time.Minute)
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
