package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/DeRuina/timberjack"
	"github.com/google/uuid"

	"kontor/assist/policy"
	"kontor/assist/templates"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/plan"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mime"
	"kontor/inbox/mime/pdftext"
	"kontor/inbox/oauth"
	"kontor/store/bolt"
	"kontor/store/journal"
)

// app is one home, opened.
type app struct {
	g     *globals
	home  string
	cfg   *config.Config
	loc   *time.Location
	log   *slog.Logger
	logTo io.Closer
	store *bolt.Store
	desk  *desk.Desk

	sources map[string]*oauth.Source // one for each token that is renewed
	garbage *garbage                 // how much of it may lie about

	kdf   bolt.KDF            // zero: the real costs; tests take less
	shape func(*desk.Options) // tests wrap ports; nil: nothing
}

// berlin is the zone in which deadlines and windows count.
func berlin() (*time.Location, error) {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return nil, fmt.Errorf("time zone Europe/Berlin: %w", err)
	}
	return loc, nil
}

// prepare reads the config and sets up the log; it opens nothing.
func (g *globals) prepare() (*app, error) {
	home, err := g.homeDir()
	if err != nil {
		return nil, err
	}
	a := &app{g: g, home: home}
	if a.cfg, err = config.Load(g.configFile(home)); err != nil {
		return nil, err
	}
	if g.lang != "" && g.lang != "de" && g.lang != "en" {
		return nil, usage("--lang %q: want de or en", g.lang)
	}
	g.homeLang = a.cfg.Lang
	if a.loc, err = berlin(); err != nil {
		return nil, err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(g.logLevel)); err != nil {
		return nil, usage("--log-level %q: want debug, info, warn or error", g.logLevel)
	}
	dir := filepath.Join(home, "log")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the log folder: %w", err)
	}
	w := &timberjack.Logger{Filename: filepath.Join(dir, "kontor.log"), MaxSize: 10, MaxBackups: 5, FileMode: 0o600}
	a.logTo = w
	a.log = slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
	return a, nil
}

func (a *app) lang() string {
	if a.g.lang != "" {
		return a.g.lang
	}
	return a.cfg.Lang
}

// passphrase finds the passphrase without asking a person; ok is false where
// somebody has to type it.
func (a *app) passphrase(ctx context.Context) (pass string, ok bool, err error) {
	file := a.g.passFile
	if file == "" {
		file = a.g.env["KONTOR_PASSPHRASE_FILE"]
	}
	s := a.cfg.Passphrase()
	if file != "" {
		abs, err := filepath.Abs(file)
		if err != nil {
			return "", false, fmt.Errorf("passphrase file: %w", err)
		}
		s = config.Secret{File: abs, Account: "passphrase"}
	}
	if s.File == "" && s.Command == "" && !s.Keyring {
		return "", false, nil
	}
	pass, err = a.cfg.Read(ctx, s)
	return pass, err == nil, err
}

// rules are the agency's settings for decisions.
func (a *app) rules() (cases.Rules, ledger.Rules, error) {
	c := a.cfg
	w, err := calendar.ParseWindow(c.Send.Window)
	if err != nil {
		return cases.Rules{}, ledger.Rules{}, fmt.Errorf("[send] window: %w", err)
	}
	rates, err := ledger.ShippedRates()
	if err != nil {
		return cases.Rules{}, ledger.Rules{}, fmt.Errorf("base rates: %w", err)
	}
	lr := ledger.Rules{Rates: rates, DayCounts: []ledger.DayCountFrom{{DayCount: ledger.DayCount(c.Rules.DayCount)}}}
	for _, n := range c.Rules.DayCounts {
		from, err := calendar.Parse(n.From)
		if err != nil {
			return cases.Rules{}, ledger.Rules{}, fmt.Errorf("[rules] day_counts: from %q: want a day as 2027-01-01", n.From)
		}
		lr.DayCounts = append(lr.DayCounts, ledger.DayCountFrom{From: from, DayCount: ledger.DayCount(n.DayCount)})
	}
	if err := lr.Check(); err != nil {
		return cases.Rules{}, ledger.Rules{}, fmt.Errorf("[rules] day_count: %w", err)
	}
	fees, err := costs.Shipped()
	if err != nil {
		return cases.Rules{}, ledger.Rules{}, fmt.Errorf("fee table: %w", err)
	}
	return cases.Rules{
		Costs:   fees,
		Version: "2026-11", Land: calendar.Land(c.Agency.Land), Undo: time.Duration(*c.Send.Undo), Window: w, ApprovalDays: 2, DemandDays: 14,
		Plan: plan.Policy{
			MinMonthly: money.Cents(c.Rules.MinMonthlyCents), MaxMonths: c.Rules.MaxMonths, FirstWithinDays: c.Rules.FirstWithinDays, GraceDays: c.Rules.GraceDays,
		},
		PauseDays: c.Rules.PauseDays, OfferDays: c.Rules.OfferDays, Settlement: a.settlementRules(),
	}, lr, nil
}

// journalOptions ties the journal to the domain. changed is told of commits.
func (a *app) journalOptions(changed func([]cases.Change)) (bolt.Options, cases.Rules, ledger.Rules, error) {
	rules, lr, err := a.rules()
	if err != nil {
		return bolt.Options{}, rules, lr, err
	}
	today := func() calendar.Date { return calendar.In(a.g.now(), a.loc) }
	return bolt.Options{
		Now:      a.g.now,
		KDF:      a.kdf,
		Unlocked: a.unlocked,
		Journal: journal.Options{
			Decide:    cases.Decide,
			Summarise: func(st cases.State) []byte { return cases.Summarise(st, today(), lr) },
			Env: func(id cases.CommandID) cases.Env {
				now := a.g.now().In(a.loc)
				return cases.Env{Now: now, Today: calendar.In(now, a.loc), ID: id, Rules: rules}
			},
			OnCommit: changed,
		},
	}, rules, lr, nil
}

// open unlocks the store and sets the desk up. Close must be called.
func (a *app) open(ctx context.Context, pass string) error {
	defer a.loading()()
	changed := func(ch []cases.Change) {
		if a.desk != nil {
			a.desk.Changed(ch)
		}
	}
	opts, rules, lr, err := a.journalOptions(changed)
	if err != nil {
		return err
	}
	helpers := a.loadHelpers() // while the key is derived
	if a.store, err = bolt.Open(ctx, a.home, []byte(pass), opts); err != nil {
		return err
	}
	d, err := a.makeDesk(ctx, rules, lr, helpers)
	if err != nil {
		err = errors.Join(err, a.store.Close())
		a.store = nil // Close would close it again, and say so
		return err
	}
	a.desk = d
	return nil
}

// helpers are the parts of a desk that need no store.
type helpers struct {
	engine *engine
	texts  *templates.Set
	policy desk.Policy
	err    error
}

// loadHelpers loads them beside what the caller does next.
func (a *app) loadHelpers() <-chan helpers {
	out := make(chan helpers, 1) // nobody may be left to take it
	go func() {
		var h helpers
		if h.engine, h.err = newEngine(a.cfg.Agency.Reference); h.err == nil {
			h.texts, h.policy, h.err = a.texts()
		}
		out <- h
	}()
	return out
}

func (a *app) makeDesk(ctx context.Context, rules cases.Rules, lr ledger.Rules, loading <-chan helpers) (*desk.Desk, error) {
	weights, err := a.cfg.Queue.Resolve()
	if err != nil {
		return nil, err
	}
	o := desk.Options{Journal: a.store, Composer: composer{}, Rules: rules, Ledger: lr, Weights: weights, Now: a.g.now, Loc: a.loc, Log: a.log}
	device, err := a.device(ctx)
	if err != nil {
		return nil, err
	}
	o.Actor = cases.Actor{User: cases.UserID(a.cfg.User.ID), Device: device}
	o.User = a.cfg.User.Name
	o.Agency = a.agency()
	o.PayCodes = a.codes()
	if o.Pattern, err = match.Compile(a.cfg.Agency.Reference); err != nil {
		return nil, fmt.Errorf("[agency] reference: %w", err)
	}
	if o.Reader, err = a.reader(); err != nil {
		return nil, err
	}
	h := <-loading
	if h.err != nil {
		return nil, h.err
	}
	o.Engine, o.Texts, o.Policy = h.engine, h.texts, h.policy
	if err := a.mailboxes(&o); err != nil {
		return nil, err
	}
	if o.Second, err = a.second(); err != nil {
		return nil, err
	}
	if a.shape != nil {
		a.shape(&o)
	}
	return desk.New(ctx, o)
}

// device is this machine's id, drawn once.
func (a *app) device(ctx context.Context) (cases.DeviceID, error) {
	b, err := a.store.Local(ctx, "device")
	if err == nil {
		return cases.DeviceID(b), nil
	}
	if !errors.Is(err, cases.ErrNotFound) {
		return "", fmt.Errorf("read the device's id: %w", err)
	}
	id := strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := a.store.SetLocal(ctx, cases.LocalWrite{Key: "device", Value: []byte(id)}); err != nil {
		return "", fmt.Errorf("write the device's id: %w", err)
	}
	return cases.DeviceID(id), nil
}

func (a *app) agency() cases.Agency {
	c := a.cfg.Agency
	return cases.Agency{
		Name: c.Name, Street: c.Street, Town: c.Town, Phone: c.Phone, Hours: c.Hours, Mail: c.Mail, Web: c.Web, Privacy: c.Privacy,
		IBAN: c.IBAN, BIC: c.BIC, Bank: c.Bank, Register: c.Register, Authority: c.Authority, Owner: c.Owner, Contact: c.Contact,
		AINotice: c.AINotice == nil || *c.AINotice,
	}
}

// reader reads mails; PDF text comes from a child process of this program.
func (a *app) reader() (*mime.Reader, error) {
	var ids []string
	for _, m := range a.cfg.Mailboxes {
		if m.AuthServID != "" {
			ids = append(ids, m.AuthServID)
		}
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program's file: %w", err)
	}
	return mime.New(mime.Options{AuthServIDs: ids, PDF: func(ctx context.Context, pdf []byte) (string, error) {
		return pdftext.Extract(ctx, exe, []string{"pdf-text"}, pdf)
	}}), nil
}

func (a *app) texts() (*templates.Set, desk.Policy, error) {
	over, err := folder(a.cfg.Path(a.cfg.Assist.Templates))
	if err != nil {
		return nil, nil, fmt.Errorf("[assist] templates: %w", err)
	}
	set, err := templates.Load(over)
	if err != nil {
		return nil, nil, fmt.Errorf("templates: %w", err)
	}
	gate, err := policy.New(nil)
	if err != nil {
		return nil, nil, fmt.Errorf("policy: %w", err)
	}
	return set, gate, nil
}

// Close ends everything that open and prepare started.
func (a *app) Close() error {
	a.garbage.leave()
	var errs []error
	if a.desk != nil {
		a.desk.Close()
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	if a.logTo != nil {
		errs = append(errs, a.logTo.Close())
	}
	return errors.Join(errs...)
}

// withDesk runs f on the opened home; commands that need no person's key.
func (g *globals) withDesk(ctx context.Context, f func(context.Context, *app) error) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	pass, err := a.needPassphrase(ctx)
	if err != nil {
		return err
	}
	if err := a.open(ctx, pass); err != nil {
		return err
	}
	return f(ctx, a)
}
