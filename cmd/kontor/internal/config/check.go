package config

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/priority"
)

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
	if _, ok := money.IBAN(c.Agency.IBAN); !ok && c.Agency.IBAN != "" {
		errs = append(errs, errors.New("[agency] iban: not an IBAN; its check digits do not fit"))
	}
	if l := calendar.Land(c.Agency.Land); !l.Valid() {
		errs = append(errs, fmt.Errorf("[agency] land = %q: want one of %v", c.Agency.Land, calendar.Laender()))
	}
	if _, err := calendar.ParseWindow(c.Send.Window); err != nil {
		errs = append(errs, fmt.Errorf("[send] window: %w", err))
	}
	errs = append(errs, c.Rules.check())
	if _, err := c.Queue.Resolve(); err != nil {
		errs = append(errs, err)
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

func (r *Rules) check() error {
	var errs []error
	within := func(key string, v, most int64) {
		if v < 1 || v > most {
			errs = append(errs, fmt.Errorf("[rules] %s = %d: want 1 to %d", key, v, most))
		}
	}
	within("min_monthly_cents", r.MinMonthlyCents, 100_000_00)
	within("max_months", int64(r.MaxMonths), 360)
	within("first_within_days", int64(r.FirstWithinDays), 366)
	within("grace_days", int64(r.GraceDays), 60)
	within("pause_days", int64(r.PauseDays), 366)
	within("offer_days", int64(r.OfferDays), 366)
	seen := map[string]bool{}
	for _, s := range r.Settlement {
		errs = append(errs, s.check())
		if seen[s.Stage] {
			errs = append(errs, fmt.Errorf("[[rules.settlement]] stage %q: stands there twice", s.Stage))
		}
		seen[s.Stage] = true
	}
	return errors.Join(errs...)
}

// Resolve returns the shipped weights with those of the config in their place.
func (q Queue) Resolve() (priority.Weights, error) {
	w := priority.Default()
	for _, name := range slices.Sorted(maps.Keys(q.Weights)) {
		if err := w.Set(name, q.Weights[name]); err != nil {
			return w, fmt.Errorf("[queue.weights] %w", err)
		}
	}
	if err := w.Check(); err != nil {
		return w, fmt.Errorf("[queue.weights] %w", err)
	}
	return w, nil
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
