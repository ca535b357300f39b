package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/DeRuina/timberjack"
	"github.com/google/uuid"

	"kontor/assist/local"
	"kontor/assist/policy"
	"kontor/assist/slots"
	"kontor/assist/templates"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/compose"
	"kontor/inbox/imap"
	"kontor/inbox/mime"
	"kontor/inbox/mime/pdftext"
	"kontor/inbox/oauth"
	"kontor/inbox/smtp"
	"kontor/store/bolt"
	"kontor/store/journal"
)

// Adapters fit the desk's ports.
var (
	_ desk.Journal     = (*bolt.Store)(nil)
	_ desk.Mailbox     = mailbox{}
	_ desk.Sender      = sender{}
	_ desk.Composer    = composer{}
	_ desk.Engine      = (*engine)(nil)
	_ desk.Texts       = (*templates.Set)(nil)
	_ desk.Workstation = (*desk.Desk)(nil)
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
		return errors.Join(err, a.store.Close())
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
	var over fs.FS
	if dir := a.cfg.Path(a.cfg.Assist.Templates); dir != "" {
		over = os.DirFS(dir)
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

// engine is the local engine with its slot reader.
type engine struct {
	*local.Engine
	slots *slots.Reader
}

func newEngine(pattern string) (*engine, error) {
	r := slots.New(pattern)
	e, err := local.Load(local.WithSlots(func(in cases.ClassifyInput, intent cases.Intent, secondary []cases.Intent) (cases.Slots, cases.Details, []cases.Evidence, []string) {
		res := r.Read(in, intent, secondary...)
		return res.Slots, res.Details, res.Evidence, res.Notes
	}))
	if err != nil {
		return nil, fmt.Errorf("load the local engine: %w", err)
	}
	return &engine{Engine: e, slots: r}, nil
}

// Slots reads the slots for a given intent.
func (e *engine) Slots(in cases.ClassifyInput, intent cases.Intent) cases.Slots {
	return e.slots.Read(in, intent).Slots
}

type composer struct{}

// Build makes the exact bytes.
func (composer) Build(l cases.Letter) ([]byte, error) { return compose.Build(l) }

// ValidID reports whether a foreign Message-ID may stand in our headers.
func (composer) ValidID(id string) bool { return compose.ValidID(id) }

// Verify reads them back.
func (composer) Verify(raw []byte, l cases.Letter) error { return compose.Verify(raw, l) }

// mailbox fits an IMAP mailbox to the desk's port.
type mailbox struct{ *imap.Mailbox }

// Pull reads what is new.
func (m mailbox) Pull(ctx context.Context, cur cases.Cursor, sink func(context.Context, []cases.Fetched, cases.Cursor) error) (cases.Cursor, error) {
	return m.Mailbox.Pull(ctx, cur, sink)
}

// SaveSent puts our copy of a sent mail into the Sent folder.
func (m mailbox) SaveSent(ctx context.Context, raw []byte, rfcID string, at time.Time) (string, error) {
	return m.SentCopy(ctx, rfcID, raw, at)
}

// Holds looks for a Message-ID in Sent and the inbox.
func (m mailbox) Holds(ctx context.Context, rfcID string) (bool, error) {
	return m.FindMessageID(ctx, rfcID)
}

// sender fits an SMTP sender to the desk's port.
type sender struct{ *smtp.Sender }

// Dial opens a dialogue.
func (s sender) Dial(ctx context.Context) (desk.Dialogue, error) {
	c, err := s.Sender.Dial(ctx)
	if err != nil {
		return nil, err
	}
	return dialogue{c}, nil
}

type dialogue struct{ *smtp.Conn }

// Close says goodbye, but not for long.
func (d dialogue) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	d.Conn.Close(ctx)
	return nil
}

func (a *app) mailboxes(o *desk.Options) error {
	o.Senders, o.Froms = map[string]desk.Sender{}, map[string]desk.From{}
	if a.cfg.SMTP != nil {
		if err := a.addSender(o, "", a.cfg.SMTP); err != nil {
			return err
		}
	}
	for i := range a.cfg.Mailboxes {
		m := &a.cfg.Mailboxes[i]
		box, err := a.imapBox(m)
		if err != nil {
			return fmt.Errorf("mailbox %s: %w", m.Name, err)
		}
		o.Mailboxes = append(o.Mailboxes, mailbox{box})
		if m.SMTP != nil {
			if err := a.addSender(o, m.Name, m.SMTP); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *app) imapBox(m *config.Mailbox) (*imap.Mailbox, error) {
	l, err := a.login(m.Auth, m.OAuth, m.Secret(), m.Name)
	if err != nil {
		return nil, err
	}
	return imap.New(imap.Config{
		Name: m.Name, Address: m.Address, Security: m.Security, CAFile: a.cfg.Path(m.CAFile), Fingerprint: m.Fingerprint,
		Username: m.Username, Auth: m.Auth, Secret: l.secret, Refused: l.refused, Folders: m.Folders, After: m.After, SentCopy: m.SentCopy,
		SentFolder: m.SentFolder, Now: a.g.now, Log: a.log,
	})
}

func (a *app) addSender(o *desk.Options, name string, s *config.SMTP) error {
	snd, from, err := a.smtpSender(name, s)
	if err != nil {
		return fmt.Errorf("smtp of mailbox %q: %w", name, err)
	}
	o.Senders[name] = sender{snd}
	o.Froms[name] = from
	return nil
}

func (a *app) smtpSender(name string, s *config.SMTP) (*smtp.Sender, desk.From, error) {
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, desk.From{}, fmt.Errorf("from %q: %w", s.From, err)
	}
	f := desk.From{From: cases.Address{Name: plain.Line(from.Name), Addr: from.Address}}
	if s.ReplyTo != "" {
		r, err := mail.ParseAddress(s.ReplyTo)
		if err != nil {
			return nil, f, fmt.Errorf("reply_to %q: %w", s.ReplyTo, err)
		}
		f.ReplyTo = cases.Address{Name: plain.Line(r.Name), Addr: r.Address}
	}
	l, err := a.login(s.Auth, s.OAuth, s.Secret(name), smtpAccount(name))
	if err != nil {
		return nil, f, err
	}
	user, auth := s.Username, s.Auth
	if auth == "none" {
		user, auth = "", ""
	}
	snd, err := smtp.New(smtp.Config{
		Address: s.Address, Security: s.Security, CAFile: a.cfg.Path(s.CAFile), Fingerprint: s.Fingerprint, Username: user, Auth: auth,
		Secret: l.secret, Refused: l.refused, From: f.From, EnvelopeFrom: s.Envelope, Now: a.g.now, Log: a.log,
	})
	return snd, f, err
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
