package mailtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// ClientSecret is what an application proves itself with at an Operator.
const ClientSecret = "geheim-77"

// Operator is a mail operator's OAuth server in small: device codes, tokens that
// are numbered ("zugang-1", "frisch-1"), and what a mail server asks about them.
// It replaces the refresh token at each use and takes a replaced one for stolen,
// as real ones do.
type Operator struct {
	URL string

	mu      sync.Mutex
	refresh string // the one that is good now
	pending int    // polls until the person has confirmed
	issued  int
	broken  string
	void    map[string]bool // access tokens revoked before their end
}

// StartOperator starts a server at which nobody has logged in yet.
func StartOperator(t testing.TB) *Operator {
	t.Helper()
	o := &Operator{void: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /device", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{
			"device_code": "geraet", "user_code": "ABCD-\x1b]0;EFGH", "verification_uri": "https://anmelden.example/geraet",
			"expires_in": 900, "interval": 1,
		})
	})
	mux.HandleFunc("POST /token", o.token)
	mux.HandleFunc("POST /introspect", o.introspect)
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	o.URL = srv.URL
	return o
}

// Expect sets which refresh token is good, "" for none, and how often a device
// asks before the person has confirmed.
func (o *Operator) Expect(refresh string, polls int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refresh, o.pending = refresh, polls
}

// Break has the token endpoint refuse everything with a code, with words that
// nobody should repeat.
func (o *Operator) Break(code string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = code
}

// Revoke voids all access tokens of so far.
func (o *Operator) Revoke() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.issued {
		o.void[fmt.Sprintf("zugang-%d", i+1)] = true
	}
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client sees what is missing
}

func (o *Operator) token(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	grant := r.FormValue("grant_type")
	refuse := func(code string) {
		answer(w, http.StatusBadRequest, map[string]any{"error": code, "error_description": "token geheim-123 \x1b[31m"})
	}
	switch {
	case o.broken != "":
		refuse(o.broken)
		return
	case strings.HasSuffix(grant, "device_code"):
		if o.pending--; o.pending >= 0 {
			refuse("authorization_pending")
			return
		}
	case grant == "refresh_token" && (o.refresh == "" || r.FormValue("refresh_token") != o.refresh):
		o.refresh = "" // reuse: the whole login is void
		refuse("invalid_grant")
		return
	case grant == "client_credentials":
		if _, secret, ok := r.BasicAuth(); !ok || secret != ClientSecret {
			refuse("invalid_client")
			return
		}
	}
	o.issued++
	body := map[string]any{"access_token": fmt.Sprintf("zugang-%d", o.issued), "token_type": "Bearer", "expires_in": 3600}
	if grant != "client_credentials" {
		o.refresh = fmt.Sprintf("frisch-%d", o.issued)
		body["refresh_token"] = o.refresh
	}
	answer(w, http.StatusOK, body)
}

// introspect is asked by the mail server.
func (o *Operator) introspect(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	token := r.FormValue("token")
	active := strings.HasPrefix(token, "zugang-") && !o.void[token]
	answer(w, http.StatusOK, map[string]any{"active": fmt.Sprint(active), "username": User})
}
