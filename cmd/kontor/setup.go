package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cmd/kontor/internal/config"
)

// setup is the dialogue of kontor init. The config is written last, when every
// answer is there; secrets lie in files of their own before, for the tests need
// them, and are removed where the dialogue does not reach its end.
type setup struct {
	g          *globals
	home, file string
	c          config.Config
	wrote      []string
}

func (g *globals) setUp(ctx context.Context, home, file string) (err error) {
	if g.lang == "" && strings.HasPrefix(g.env["LANG"], "en") {
		g.lang = "en"
	}
	if g.lang == "" {
		g.lang = "de"
	}
	if exists(filepath.Join(home, "kontor.db")) {
		return fmt.Errorf("%s holds a store, but %s is missing: write the config anew, or take another home", home, file)
	}
	if err := os.MkdirAll(home, 0o700); err != nil {
		return fmt.Errorf("make the home: %w", err)
	}
	s := &setup{g: g, home: home, file: file, c: config.Config{ConfigVersion: config.Version, Lang: g.lang, User: config.User{ID: "me"}}}
	done := false
	defer func() {
		if done {
			return
		}
		for _, f := range s.wrote {
			err = errors.Join(err, os.Remove(f))
		}
		if errors.Is(err, errNoAnswer) {
			err = fmt.Errorf("%w; nothing was set up", err)
		}
	}()
	for _, ask := range []func(context.Context) error{s.agency, s.mailbox, s.smtp, s.assist} {
		if err := ask(ctx); err != nil {
			return err
		}
	}
	pass, err := s.passphrase(ctx)
	if err != nil {
		return err
	}
	a, err := s.app()
	if err != nil {
		return err
	}
	text, err := toml.Marshal(s.c)
	if err != nil {
		return fmt.Errorf("write config: %w", err)
	}
	if err := s.write(file, string(text)); err != nil {
		return err
	}
	if err := a.makeStore(ctx, pass); err != nil {
		return err
	}
	done = true
	g.tell("%s", g.words("Geschrieben: ", "Written: ")+file)
	g.tell("%s", g.words("Weiter: kontor import cases DATEI, dann kontor", "Next: kontor import cases FILE, then kontor"))
	return nil
}

// ask asks for a line; an empty answer takes the default. check says what is
// wrong with an answer, and the question comes again.
func (s *setup) ask(ctx context.Context, what, def string, check func(string) error) (string, error) {
	for {
		prompt := what
		if def != "" {
			prompt += " [" + def + "]"
		}
		_, _ = fmt.Fprint(s.g.stderr, prompt+": ") // a prompt that cannot be shown is no reason to fail
		v, err := s.g.readLine(ctx)
		if err != nil {
			return "", err
		}
		if v = strings.TrimSpace(v); v == "" {
			v = def
		}
		if check == nil {
			return v, nil
		}
		if err = check(v); err == nil {
			return v, nil
		}
		s.g.tell("  %v", err)
	}
}

func (s *setup) words(de, en string) string { return s.g.words(de, en) }

func (s *setup) needed(v string) error {
	if v == "" {
		return errors.New(s.words("Das wird gebraucht.", "This is needed."))
	}
	return nil
}

func (s *setup) hostPort(v string) error {
	if host, port, err := net.SplitHostPort(v); err != nil || host == "" || port == "" {
		return errors.New(s.words("Name und Port gehören dazu, wie in imap.example.org:993.", "It takes name and port, as in imap.example.org:993."))
	}
	return nil
}

func (s *setup) mailAddress(v string) error {
	if _, err := mail.ParseAddress(v); err != nil {
		return errors.New(s.words("Das ist keine E-Mail-Adresse, wie inkasso@example.org eine ist.", "That is no mail address such as inkasso@example.org."))
	}
	return nil
}

// account takes an IBAN, or nothing.
func (s *setup) account(v string) error {
	if _, ok := money.IBAN(v); !ok && v != "" {
		return errors.New(s.words("Das ist keine IBAN; die Prüfziffern passen nicht.", "That is no IBAN; its check digits do not fit."))
	}
	return nil
}

func (s *setup) pattern(v string) error {
	if _, err := match.Compile(v); err != nil {
		return fmt.Errorf(s.words("Das Muster ist kein regulärer Ausdruck: %w", "The pattern is no regular expression: %w"), err)
	}
	return nil
}

func among(allowed ...string) func(string) error {
	return func(v string) error {
		for _, a := range allowed {
			if v == a {
				return nil
			}
		}
		return errors.New(strings.Join(allowed, ", "))
	}
}

// agency asks for what stands in letters.
func (s *setup) agency(ctx context.Context) error {
	a := &s.c.Agency
	for _, q := range []struct {
		to          *string
		de, en, def string
		check       func(string) error
	}{
		{&a.Name, "Name des Inkassodienstes", "Name of the agency", "", s.needed},
		{&a.Street, "Straße", "Street", "", nil},
		{&a.Town, "PLZ und Ort", "Postcode and town", "", nil},
		{&a.Phone, "Telefon", "Telephone", "", nil},
		{&a.IBAN, "IBAN für Zahlungen", "IBAN for payments", "", s.account},
		{&a.Privacy, "Seite mit den Datenschutzhinweisen", "Page of the privacy notice", "", nil},
		{&a.Register, "Eintrag im Rechtsdienstleistungsregister", "Entry in the register of legal services", "", nil},
		{&a.Reference, "Muster der Aktenzeichen", "Pattern of references", `K-\d{4}-\d{6}`, s.pattern},
		{&s.c.User.Name, "Ihr Name unter Briefen", "Your name below letters", "", s.needed},
	} {
		v, err := s.ask(ctx, s.words(q.de, q.en), q.def, q.check)
		if err != nil {
			return err
		}
		*q.to = v
	}
	a.Contact = s.c.User.Name
	return nil
}

// assist asks for a generative engine; without one the embedded engine works
// alone.
func (s *setup) assist(ctx context.Context) error {
	for {
		c := &s.c.Assist
		*c = config.Assist{}
		var err error
		if c.Endpoint, err = s.ask(ctx, s.words("KI-Endpunkt (leer: nur das eingebaute Modell)", "AI endpoint (empty: the embedded engine alone)"), "", nil); err != nil || c.Endpoint == "" {
			return err
		}
		for _, q := range []struct {
			to     *string
			de, en string
			check  func(string) error
		}{
			{&c.Model, "Modell", "Model", s.needed},
			{&c.Scope, "Was darf hinaus: none, ordinary (ohne Sensibles) oder all", "What may leave: none, ordinary (nothing sensitive) or all", among("none", "ordinary", "all")},
			{&c.DPA, "Datum der Vereinbarung zur Auftragsverarbeitung (leer: Endpunkt auf diesem Rechner)", "Date of the data-processing agreement (empty: endpoint on this machine)", nil},
		} {
			if *q.to, err = s.ask(ctx, s.words(q.de, q.en), "", q.check); err != nil {
				return err
			}
		}
		key, err := s.g.askHidden(ctx, s.words("Schlüssel (leer: keiner): ", "Key (empty: none): "))
		if err != nil {
			return err
		}
		if key != "" {
			c.APIKeyFile = "assist.secret"
			if err := s.write(filepath.Join(filepath.Dir(s.file), c.APIKeyFile), key+"\n"); err != nil {
				return err
			}
		}
		f := s.findings()
		a, err := s.app()
		if err != nil {
			s.g.tell("  %v", err)
			continue
		}
		if err := f.show("assist", a.checkAssist(ctx)); err != nil {
			return err
		}
		if again, err := s.again(ctx, f); err != nil || !again {
			return err
		}
	}
}

// passphrase asks for the passphrase of the store, unless a file was named.
func (s *setup) passphrase(ctx context.Context) (string, error) {
	a, err := s.app()
	if err != nil {
		return "", err
	}
	if pass, ok, err := a.passphrase(ctx); err != nil || ok {
		return pass, errors.Join(err, longEnoughIf(ok, pass))
	}
	for {
		pass, err := s.g.newPassphrase(ctx)
		if errors.Is(err, errDiffer) {
			s.g.tell("  %s", s.words("Die beiden sind verschieden; bitte noch einmal.", "The two differ; please again."))
			continue
		}
		if err != nil {
			return "", err
		}
		if longEnough(pass) != nil {
			s.g.tell(s.words("  Das sind weniger als %d Zeichen.", "  These are fewer than %d characters."), minPassphrase)
			continue
		}
		return pass, nil
	}
}

func longEnoughIf(ok bool, pass string) error {
	if !ok {
		return nil
	}
	return longEnough(pass)
}

// security asks how a connection is secured; the port suggests it.
func (s *setup) security(ctx context.Context, address string) (string, error) {
	def := "tls"
	if host, port, err := net.SplitHostPort(address); err == nil {
		if port == "143" || port == "587" || port == "25" {
			def = "starttls"
		}
		if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
			def = "plain"
		}
	}
	return s.ask(ctx, s.words("Sicherung: tls, starttls, plain (nur dieser Rechner)", "Security: tls, starttls, plain (this machine only)"), def, among("tls", "starttls", "plain"))
}

// secret asks for a password and keeps it in a file of the home.
func (s *setup) secret(ctx context.Context, name, prompt string) error {
	v, err := s.g.askHidden(ctx, prompt)
	if err != nil {
		return err
	}
	return s.write(filepath.Join(filepath.Dir(s.file), name), v+"\n")
}

// write makes a file that only its owner reads, and notes it for the case that
// the dialogue ends early. It replaces a file of its own alone.
func (s *setup) write(file, text string) error {
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	for _, f := range s.wrote {
		if f == file {
			mode = os.O_WRONLY | os.O_TRUNC
		}
	}
	f, err := os.OpenFile(file, mode, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(file), err)
	}
	if mode&os.O_EXCL != 0 {
		s.wrote = append(s.wrote, file)
	}
	_, err = io.WriteString(f, text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(file), err)
	}
	return nil
}

// app makes what the tests need of the answers so far. Nothing is logged yet.
func (s *setup) app() (*app, error) {
	b, err := toml.Marshal(s.c)
	if err != nil {
		return nil, fmt.Errorf("write config: %w", err)
	}
	cfg, err := config.Parse(s.file, b)
	if err != nil {
		return nil, err
	}
	loc, err := berlin()
	if err != nil {
		return nil, err
	}
	return &app{g: s.g, home: s.home, cfg: cfg, loc: loc, log: slog.New(slog.DiscardHandler)}, nil
}

// findings are shown beside the questions: stdout has the result alone.
func (s *setup) findings() *findings {
	g := *s.g
	g.stdout, g.json = s.g.stderr, false
	return &findings{g: &g}
}

// again asks whether to enter a part anew that did not pass its tests.
func (s *setup) again(ctx context.Context, f *findings) (bool, error) {
	if f.bad == 0 {
		return false, nil
	}
	yes := s.words("n", "a")
	v, err := s.ask(ctx, s.words("Noch einmal eingeben (n) oder so behalten (b)?", "Enter again (a) or keep it so (k)?"), yes, among(yes, s.words("b", "k")))
	return v == yes, err
}
