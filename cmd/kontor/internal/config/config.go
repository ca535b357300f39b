// Package config reads DIR/config.toml. It is strict: an unknown key is an
// error that names it and its line; secrets stand in files, commands or the OS
// keyring, never inline.
package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/zalando/go-keyring"

	"kontor/cases/calendar"
)

// Version is the config_version that this program writes and reads.
const Version = 1

// maxFile bounds config and secret files, in bytes.
const maxFile = 1 << 20

// Duration is a time span written as in Go: "15s", "5m".
type Duration time.Duration

// UnmarshalText reads "15s".
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil || v < 0 {
		return fmt.Errorf("%q is no duration such as 15s or 5m", b)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes "15s".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Secret says where a secret is to be found.
type Secret struct {
	File    string
	Command string
	Keyring bool
	// Account is the name in the keyring.
	Account string
}

// Config is the whole file.
type Config struct {
	ConfigVersion     int                 `toml:"config_version"`
	PassphraseFile    string              `toml:"passphrase_file,omitempty"`
	PassphraseCommand string              `toml:"passphrase_command,omitempty"`
	Keyring           bool                `toml:"keyring,omitempty"`
	Lang              string              `toml:"lang,omitempty"`
	Theme             string              `toml:"theme,omitempty"`
	User              User                `toml:"user,omitempty"`
	Agency            Agency              `toml:"agency"`
	Mailboxes         []Mailbox           `toml:"mailbox"`
	SMTP              *SMTP               `toml:"smtp,omitempty"`
	Send              Send                `toml:"send,omitempty"`
	Assist            Assist              `toml:"assist,omitempty"`
	Server            Server              `toml:"server,omitempty"`
	Rules             Rules               `toml:"rules,omitempty"`
	Keys              map[string][]string `toml:"keys,omitempty"`
	Demo              *Demo               `toml:"demo,omitempty"`

	dir string
}

// User is the caseworker at this machine, where no server says so.
type User struct {
	ID   string `toml:"id,omitempty"`
	Name string `toml:"name,omitempty"` // signs letters
}

// Agency is the house that writes.
type Agency struct {
	Name      string `toml:"name"`
	IBAN      string `toml:"iban"`
	BIC       string `toml:"bic,omitempty"`
	Bank      string `toml:"bank,omitempty"`
	Reference string `toml:"reference"`
	Street    string `toml:"street,omitempty"`
	Town      string `toml:"town,omitempty"`
	Phone     string `toml:"phone,omitempty"`
	Hours     string `toml:"hours,omitempty"`
	Mail      string `toml:"mail,omitempty"`
	Web       string `toml:"web,omitempty"`
	Privacy   string `toml:"privacy,omitempty"`
	Register  string `toml:"register,omitempty"`
	Authority string `toml:"authority,omitempty"`
	Owner     string `toml:"owner,omitempty"`
	Contact   string `toml:"contact,omitempty"`
	Land      string `toml:"land,omitempty"`
	AINotice  *bool  `toml:"ai_notice,omitempty"` // default on
}

// Mailbox is one incoming mailbox.
type Mailbox struct {
	Name            string   `toml:"name"`
	Address         string   `toml:"address"`
	Security        string   `toml:"security,omitempty"`
	Username        string   `toml:"username"`
	PasswordFile    string   `toml:"password_file,omitempty"`
	PasswordCommand string   `toml:"password_command,omitempty"`
	Keyring         bool     `toml:"keyring,omitempty"`
	Auth            string   `toml:"auth,omitempty"`
	OAuth           *OAuth   `toml:"oauth,omitempty"`
	CAFile          string   `toml:"ca_file,omitempty"`
	Fingerprint     string   `toml:"fingerprint,omitempty"`
	Folders         []string `toml:"folders,omitempty"`
	AuthServID      string   `toml:"authserv_id,omitempty"`
	SentCopy        string   `toml:"sent_copy,omitempty"`
	SentFolder      string   `toml:"sent_folder,omitempty"`
	After           string   `toml:"after,omitempty"`
	SMTP            *SMTP    `toml:"smtp,omitempty"`
}

// OAuth names the token source of XOAUTH2 and OAUTHBEARER.
type OAuth struct {
	Provider string `toml:"provider"` // microsoft, google, other
	// Flow is device (default), client_credentials, or refresh: a refresh token
	// from elsewhere lies in token_file.
	Flow             string   `toml:"flow,omitempty"`
	Tenant           string   `toml:"tenant,omitempty"`
	ClientID         string   `toml:"client_id"`
	ClientSecretFile string   `toml:"client_secret_file,omitempty"`
	TokenFile        string   `toml:"token_file,omitempty"`
	Scopes           []string `toml:"scopes,omitempty"`
	TokenURL         string   `toml:"token_url,omitempty"`
	DeviceURL        string   `toml:"device_url,omitempty"`
}

// SMTP is a server that takes our mail.
type SMTP struct {
	Address         string `toml:"address"`
	Security        string `toml:"security,omitempty"`
	Username        string `toml:"username,omitempty"`
	PasswordFile    string `toml:"password_file,omitempty"`
	PasswordCommand string `toml:"password_command,omitempty"`
	Keyring         bool   `toml:"keyring,omitempty"`
	Auth            string `toml:"auth,omitempty"`
	OAuth           *OAuth `toml:"oauth,omitempty"`
	CAFile          string `toml:"ca_file,omitempty"`
	Fingerprint     string `toml:"fingerprint,omitempty"`
	From            string `toml:"from"`
	ReplyTo         string `toml:"reply_to,omitempty"`
	Envelope        string `toml:"envelope,omitempty"`
}

// Send bounds when mails leave.
type Send struct {
	Undo   *Duration `toml:"undo,omitempty"`
	Window string    `toml:"window,omitempty"`
	// GiroCode attaches the payment code to mails that ask for money; default on.
	GiroCode *bool `toml:"girocode,omitempty"`
}

// Assist is the generative engine.
type Assist struct {
	Endpoint   string   `toml:"endpoint,omitempty"`
	Model      string   `toml:"model,omitempty"`
	Scope      string   `toml:"scope,omitempty"`
	DPA        string   `toml:"dpa,omitempty"`
	APIKeyFile string   `toml:"api_key_file,omitempty"`
	APIVersion string   `toml:"api_version,omitempty"` // Azure
	Timeout    Duration `toml:"timeout,omitempty"`
	Templates  string   `toml:"templates,omitempty"` // folder of the agency's own texts
	// ExampleDays is how long what people correct is kept, redacted; default 180,
	// 0 keeps nothing.
	ExampleDays *int `toml:"example_days,omitempty"`
}

// Server is the sync server.
type Server struct {
	URL string `toml:"url,omitempty"`
}

// Rules are limits of the agency.
type Rules struct {
	MinMonthlyCents int64  `toml:"min_monthly_cents,omitempty"`
	MaxMonths       int    `toml:"max_months,omitempty"`
	FirstWithinDays int    `toml:"first_within_days,omitempty"`
	GraceDays       int    `toml:"grace_days,omitempty"`
	PauseDays       int    `toml:"pause_days,omitempty"`
	OfferDays       int    `toml:"offer_days,omitempty"`
	DayCount        string `toml:"day_count,omitempty"`
	// Settlement is what caseworkers may settle for, by stage.
	Settlement []Settlement `toml:"settlement,omitempty"`
}

// Settlement is the authority to settle at one stage; an empty stage means every
// stage without a rule of its own. A sum outside is answered with the least one,
// where Counter is set, or the creditor is asked.
type Settlement struct {
	Stage         string `toml:"stage,omitempty"`
	MinPercent    int    `toml:"min_percent"` // of the balance
	MinCents      int64  `toml:"min_cents,omitempty"`
	PayWithinDays int    `toml:"pay_within_days,omitempty"` // default 30
	Counter       bool   `toml:"counter,omitempty"`
}

func (s Settlement) check() error {
	where := fmt.Sprintf("[[rules.settlement]] stage %q: ", s.Stage)
	switch {
	case s.Stage != "" && !slices.Contains(stages(), s.Stage):
		return fmt.Errorf("%swant one of %s, or none for all others", where, strings.Join(stages(), ", "))
	case s.MinPercent < 1 || s.MinPercent > 100:
		return fmt.Errorf("%smin_percent = %d: want 1 to 100", where, s.MinPercent)
	case s.MinCents < 0 || s.PayWithinDays < 0 || s.PayWithinDays > 366:
		return fmt.Errorf("%smin_cents = %d, pay_within_days = %d: want at least 0, and at most 366 days", where, s.MinCents, s.PayWithinDays)
	}
	return nil
}

// stages are those at which a settlement can be offered.
func stages() []string {
	return []string{"reminder", "dunning", "collection", "court_order", "enforcement_order", "enforcement"}
}

// Demo marks a demo home and holds its servers' ports.
type Demo struct {
	Seed int64 `toml:"seed"`
	// Start is when the home was made: its mails count from then.
	Start time.Time `toml:"start"`
	IMAP  string    `toml:"imap"`
	SMTP  string    `toml:"smtp"`
}

// ErrMissing says that there is no config file.
var ErrMissing = errors.New("no config file")

// Load reads and checks a config file.
func Load(file string) (*Config, error) {
	b, err := readBounded(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s; make one with kontor init, or try kontor demo", ErrMissing, file)
	}
	if err != nil {
		return nil, fmt.Errorf("read config: %w", err)
	}
	return Parse(file, b)
}

// Parse reads and checks the text of a config; file names it in errors, and its
// folder is where relative paths count from.
func Parse(file string, b []byte) (*Config, error) {
	c := &Config{dir: filepath.Dir(file)}
	dec := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields()
	if err := dec.Decode(c); err != nil {
		return nil, fmt.Errorf("config %s: %s", file, explain(err))
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("config %s: %w", file, err)
	}
	return c, nil
}

func readBounded(file string) ([]byte, error) {
	st, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if st.Size() > maxFile {
		return nil, fmt.Errorf("%s: longer than %d bytes", file, maxFile)
	}
	return os.ReadFile(file)
}

// explain names the key and the line of a decoding error.
func explain(err error) string {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		line, _ := strict.Errors[0].Position()
		return fmt.Sprintf("line %d: unknown key %q", line, strings.Join(strict.Errors[0].Key(), "."))
	}
	if de, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, col := de.Position()
		return fmt.Sprintf("line %d, column %d: %s", line, col, de.Error())
	}
	return err.Error()
}

func oneOf(what, v string, allowed ...string) error {
	for _, a := range allowed {
		if v == a {
			return nil
		}
	}
	return fmt.Errorf("%s = %q: want one of %s", what, v, strings.Join(allowed, ", "))
}

func (c *Config) check() error {
	c.defaults()
	var errs []error
	if c.ConfigVersion != Version {
		errs = append(errs, fmt.Errorf("config_version = %d: this program reads version %d", c.ConfigVersion, Version))
	}
	errs = append(errs, oneOf("lang", c.Lang, "de", "en"), oneOf("[assist] scope", c.Assist.Scope, "none", "ordinary", "all"))
	if c.Agency.Name == "" {
		errs = append(errs, errors.New("[agency] name is missing"))
	}
	if _, err := regexp.Compile(c.Agency.Reference); err != nil {
		errs = append(errs, fmt.Errorf("[agency] reference: %w", err))
	}
	if l := calendar.Land(c.Agency.Land); !l.Valid() {
		errs = append(errs, fmt.Errorf("[agency] land = %q: want one of %v", c.Agency.Land, calendar.Laender()))
	}
	if _, err := calendar.ParseWindow(c.Send.Window); err != nil {
		errs = append(errs, fmt.Errorf("[send] window: %w", err))
	}
	seen := map[string]bool{}
	for _, s := range c.Rules.Settlement {
		errs = append(errs, s.check())
		if seen[s.Stage] {
			errs = append(errs, fmt.Errorf("[[rules.settlement]] stage %q: stands there twice", s.Stage))
		}
		seen[s.Stage] = true
	}
	if d := c.Assist.ExampleDays; d != nil && (*d < 0 || *d > 3650) {
		errs = append(errs, fmt.Errorf("[assist] example_days = %d: want 0 to 3650", *d))
	}
	if c.Assist.DPA != "" {
		if _, err := calendar.Parse(c.Assist.DPA); err != nil {
			errs = append(errs, fmt.Errorf("[assist] dpa: %w", err))
		}
	}
	names := map[string]bool{}
	for i := range c.Mailboxes {
		m := &c.Mailboxes[i]
		if m.Name == "" || names[m.Name] {
			errs = append(errs, fmt.Errorf("[[mailbox]] number %d: name is missing or used twice", i+1))
		}
		names[m.Name] = true
		errs = append(errs, m.check())
	}
	if c.SMTP != nil {
		errs = append(errs, c.SMTP.check("[smtp]"))
	}
	return errors.Join(errs...)
}

func (c *Config) defaults() {
	def := func(p *string, v string) {
		if *p == "" {
			*p = v
		}
	}
	def(&c.Lang, "de")
	def(&c.User.ID, "me")
	def(&c.User.Name, c.Agency.Contact)
	def(&c.Agency.Reference, `K-\d{4}-\d{6}`)
	def(&c.Agency.Land, "HH")
	def(&c.Agency.Authority, "Bundesamt für Justiz, 53094 Bonn, www.bundesjustizamt.de")
	def(&c.Send.Window, "Mo-Sa 08:00-20:00")
	def(&c.Assist.Scope, "none")
	def(&c.Rules.DayCount, "act/365")
	if c.Send.Undo == nil {
		d := Duration(15 * time.Second)
		c.Send.Undo = &d
	}
	num := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	if c.Rules.MinMonthlyCents == 0 {
		c.Rules.MinMonthlyCents = 2000
	}
	num(&c.Rules.MaxMonths, 36)
	num(&c.Rules.FirstWithinDays, 62)
	num(&c.Rules.GraceDays, 5)
	num(&c.Rules.PauseDays, 92)
	num(&c.Rules.OfferDays, 14)
	for i := range c.Mailboxes {
		m := &c.Mailboxes[i]
		def(&m.Security, "tls")
		def(&m.Auth, "plain")
		def(&m.SentCopy, "auto")
		def(&m.After, "nothing")
		if len(m.Folders) == 0 {
			m.Folders = []string{"INBOX"}
		}
		if m.OAuth != nil {
			def(&m.OAuth.Flow, "device")
		}
		m.SMTP.defaults(def)
	}
	c.SMTP.defaults(def)
}

func (s *SMTP) defaults(def func(*string, string)) {
	if s == nil {
		return
	}
	def(&s.Security, "starttls")
	def(&s.Auth, "plain")
	if s.OAuth != nil {
		def(&s.OAuth.Flow, "device")
	}
}

// check wants of a token source what its flow needs.
func (o *OAuth) check(where, auth string) error {
	if o == nil {
		return nil
	}
	where += "[oauth] "
	errs := []error{
		oneOf(where+"provider", o.Provider, "microsoft", "google", "other"),
		oneOf(where+"flow", o.Flow, "device", "client_credentials", "refresh"),
	}
	need := func(what, v string) {
		if v == "" {
			errs = append(errs, fmt.Errorf("%s%s is missing", where, what))
		}
	}
	need("client_id", o.ClientID)
	if o.Flow == "client_credentials" {
		need("client_secret_file", o.ClientSecretFile)
	} else {
		need("token_file", o.TokenFile)
	}
	if o.Provider == "other" {
		need("token_url", o.TokenURL)
		for _, u := range []string{o.TokenURL, o.DeviceURL} {
			errs = append(errs, secureURL(where, u))
		}
	}
	if auth != "xoauth2" && auth != "oauthbearer" {
		errs = append(errs, fmt.Errorf("%sneeds auth = \"xoauth2\" or \"oauthbearer\", not %q", where, auth))
	}
	return errors.Join(errs...)
}

// secureURL refuses an address that would carry tokens in clear off this machine.
func secureURL(where, v string) error {
	u, err := url.Parse(v)
	switch {
	case v == "":
		return nil
	case err != nil || u.Host == "":
		return fmt.Errorf("%s%q is no address", where, v)
	case u.Scheme == "https" || u.Scheme == "http" && net.ParseIP(u.Hostname()).IsLoopback():
		return nil
	}
	return fmt.Errorf("%s%q: want https", where, v)
}

func (m *Mailbox) check() error {
	where := fmt.Sprintf("[[mailbox]] %q: ", m.Name)
	errs := []error{
		address(where+"address", m.Address),
		oneOf(where+"security", m.Security, "tls", "starttls", "plain"),
		oneOf(where+"auth", m.Auth, "plain", "login", "xoauth2", "oauthbearer"),
		oneOf(where+"sent_copy", m.SentCopy, "auto", "append", "none"),
	}
	if m.After != "nothing" && m.After != "keyword" && m.After != "seen" && !strings.HasPrefix(m.After, "move:") {
		errs = append(errs, fmt.Errorf("%safter = %q: want nothing, keyword, seen or move:FOLDER", where, m.After))
	}
	errs = append(errs, m.OAuth.check(where, m.Auth))
	if m.SMTP != nil {
		errs = append(errs, m.SMTP.check(where+"[smtp]"))
	}
	return errors.Join(errs...)
}

func (s *SMTP) check(where string) error {
	errs := []error{
		address(where+" address", s.Address),
		oneOf(where+" security", s.Security, "tls", "starttls", "plain"),
		oneOf(where+" auth", s.Auth, "plain", "login", "xoauth2", "oauthbearer", "none"),
	}
	errs = append(errs, s.OAuth.check(where+" ", s.Auth))
	if _, err := mail.ParseAddress(s.From); err != nil {
		errs = append(errs, fmt.Errorf("%s from = %q: not a mail address", where, s.From))
	}
	return errors.Join(errs...)
}

func address(what, v string) error {
	if _, _, err := net.SplitHostPort(v); err != nil {
		return fmt.Errorf("%s = %q: want host:port", what, v)
	}
	return nil
}

// Path makes a path of the config absolute: relative ones count from the home.
func (c *Config) Path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// Passphrase returns where the passphrase comes from; the zero Secret means
// that a person types it.
func (c *Config) Passphrase() Secret {
	return Secret{File: c.PassphraseFile, Command: c.PassphraseCommand, Keyring: c.Keyring, Account: "passphrase"}
}

// Read fetches a secret. Errors name the source, never the secret.
func (c *Config) Read(ctx context.Context, s Secret) (string, error) {
	switch {
	case s.File != "":
		b, err := readBounded(c.Path(s.File))
		if err != nil {
			return "", fmt.Errorf("read secret file: %w", err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	case s.Command != "":
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		out, err := exec.CommandContext(ctx, "sh", "-c", s.Command).Output() //nolint:gosec // the config's owner wrote the command
		if err != nil {
			return "", fmt.Errorf("secret command %q: %w", strings.Fields(s.Command)[0], err)
		}
		line, _, _ := strings.Cut(string(out), "\n")
		return strings.TrimRight(line, "\r"), nil
	case s.Keyring:
		v, err := keyring.Get("kontor", s.Account)
		if err != nil {
			return "", fmt.Errorf("keyring entry kontor/%s: %w", s.Account, err)
		}
		return v, nil
	}
	return "", fmt.Errorf("no source is configured for the secret of %s", s.Account)
}

// Secret returns where the mailbox's password comes from.
func (m *Mailbox) Secret() Secret {
	return Secret{File: m.PasswordFile, Command: m.PasswordCommand, Keyring: m.Keyring, Account: "imap/" + m.Name}
}

// Secret returns where the server's password comes from.
func (s *SMTP) Secret(box string) Secret {
	return Secret{File: s.PasswordFile, Command: s.PasswordCommand, Keyring: s.Keyring, Account: "smtp/" + box}
}
