// Package config reads DIR/config.toml. It is strict: an unknown key is an
// error that names it and its line; secrets stand in files, commands or the OS
// keyring, never inline.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
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
	Queue             Queue               `toml:"queue,omitempty"`
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

// Queue changes the order of the queue.
type Queue struct {
	// Weights are points by factor, in place of the shipped ones
	// (priority.WeightNames).
	Weights map[string]int `toml:"weights,omitempty"`
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
	// DayCounts are conventions that hold from a day on, in the order of their days;
	// before the first, DayCount.
	DayCounts []DayCount `toml:"day_counts,omitempty"`
	// Settlement is what caseworkers may settle for, by stage.
	Settlement []Settlement `toml:"settlement,omitempty"`
}

// DayCount is a convention of interest with the first day on which it holds, as
// 2027-01-01.
type DayCount struct {
	From     string `toml:"from"`
	DayCount string `toml:"day_count"`
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

// Demo marks a demo home and holds its servers' ports.
type Demo struct {
	Seed int64 `toml:"seed"`
	// Cases and Mails are how many the world has; nil in homes of before, which
	// have the usual numbers.
	Cases *int `toml:"cases,omitempty"`
	Mails *int `toml:"mails,omitempty"`
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

// Path makes a path of the config absolute: relative ones count from the home.
func (c *Config) Path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}
