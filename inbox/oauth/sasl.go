package oauth

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-sasl"

	"kontor/cases/plain"
)

// The ways to log in, as the configuration names them.
const (
	Plain       = "plain"       // SASL PLAIN (RFC 4616)
	Login       = "login"       // SASL LOGIN, or IMAP's LOGIN command
	XOAuth2     = "xoauth2"     // Google's and Microsoft's own mechanism
	OAuthBearer = "oauthbearer" // RFC 7628
)

// Credentials are what one login needs. They are never logged.
type Credentials struct {
	Username string
	Secret   string // password or access token
	Host     string
	Port     int
}

// String hides the secret.
func (Credentials) String() string { return "redacted" }

// GoString hides the secret from %#v.
func (Credentials) GoString() string { return "redacted" }

// Token reports whether method wants an access token instead of a password.
func Token(method string) bool { return method == XOAuth2 || method == OAuthBearer }

// Client returns the SASL client for method. Credentials with control
// characters are refused: they would break out of their field.
func Client(method string, c Credentials) (sasl.Client, error) {
	if strings.ContainsFunc(c.Username+c.Secret, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return nil, errors.New("user name or secret holds control characters")
	}
	switch method {
	case Plain:
		return sasl.NewPlainClient("", c.Username, c.Secret), nil
	case Login:
		return &login{answers: []string{c.Username, c.Secret}}, nil
	case XOAuth2:
		return &bearer{mech: "XOAUTH2", response: "user=" + c.Username + "\x01auth=Bearer " + c.Secret + "\x01\x01"}, nil
	case OAuthBearer:
		// "," and "=" would end the field of the GS2 header (RFC 5801, 4).
		user := strings.NewReplacer("=", "=3D", ",", "=2C").Replace(c.Username)
		response := fmt.Sprintf("n,a=%s,\x01host=%s\x01port=%d\x01auth=Bearer %s\x01\x01", user, c.Host, c.Port, c.Secret)
		return &bearer{mech: "OAUTHBEARER", response: response, last: "\x01"}, nil
	}
	return nil, fmt.Errorf("auth %q: want plain, login, xoauth2 or oauthbearer", method)
}

// login answers the two prompts of LOGIN whatever their words: servers differ.
type login struct{ answers []string }

func (l *login) Start() (string, []byte, error) { return "LOGIN", nil, nil }

func (l *login) Next([]byte) ([]byte, error) {
	if len(l.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := l.answers[0]
	l.answers = l.answers[1:]
	return []byte(answer), nil
}

// bearer speaks XOAUTH2 and OAUTHBEARER. A server that refuses the token says
// why in a challenge, waits for one more answer and only then fails the
// command, so Next must answer where a password login would give up.
type bearer struct {
	mech, response string
	last           string // the answer to the error challenge
	refused        bool
	why            string
}

func (b *bearer) Start() (string, []byte, error) { return b.mech, []byte(b.response), nil }

func (b *bearer) Next(challenge []byte) ([]byte, error) {
	if b.refused {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	b.refused = true
	var e struct {
		Status string `json:"status"`
		Scope  string `json:"scope"`
	}
	if len(challenge) <= 4096 && json.Unmarshal(challenge, &e) == nil {
		t, _ := plain.Line(e.Status).Cut(100)
		b.why = t.String()
	}
	return []byte(b.last), nil
}

// Refusal returns the status with which the server refused a token
// ("invalid_token", "401"), or "" if it did not say.
func Refusal(c sasl.Client) string {
	if b, ok := c.(*bearer); ok {
		return b.why
	}
	return ""
}
