package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kontor/cases/plain"
	"kontor/store/bolt"
)

// Exit codes (docs/cli: a contract).
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitPart   = 3
	exitLocked = 4
)

// codeError is an error with an exit code of its own.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string { return e.err.Error() }
func (e *codeError) Unwrap() error { return e.err }

func usage(format string, a ...any) error { return &codeError{exitUsage, fmt.Errorf(format, a...)} }
func partly(format string, a ...any) error {
	return &codeError{exitPart, fmt.Errorf(format, a...)}
}

// globals are what every command takes.
type globals struct {
	home, config, passFile, lang, logLevel string
	json                                   bool

	homeLang string // lang of the config, once it is read
	lines    *bufio.Reader
	env      map[string]string
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	now      func() time.Time
}

// run is main without the process around it, so that tests call it too.
func run(ctx context.Context, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	g := &globals{env: map[string]string{}, stdin: stdin, stdout: stdout, stderr: stderr}
	for _, kv := range environ {
		if k, v, ok := strings.Cut(kv, "="); ok {
			g.env[k] = v
		}
	}
	g.now = clock(g.env)
	root := g.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.CompletionOptions.DisableDefaultCmd = true // ours wants a shell named
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	code := exitFailed
	if ce, ok := errors.AsType[*codeError](err); ok {
		code = ce.code
	}
	if _, ok := errors.AsType[*bolt.LockedError](err); ok || errors.Is(err, bolt.ErrPassphrase) {
		code = exitLocked
	}
	// One clear line; error texts may carry words of servers and files.
	_, _ = fmt.Fprintln(stderr, "kontor: "+plain.Line(explain(err)).String()) // nothing is left to tell if stderr is gone
	return code
}

func (g *globals) root() *cobra.Command {
	c := &cobra.Command{
		Use: "kontor", Short: "Arbeitsplatz für die Post der Schuldner / a workstation for debtors' mail",
		SilenceErrors: true, SilenceUsage: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.workstation(cmd.Context()) },
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &codeError{exitUsage, err} })
	f := c.PersistentFlags()
	f.StringVar(&g.home, "home", "", "home folder (default $KONTOR_HOME, else the XDG data folder)")
	f.StringVar(&g.config, "config", "", "config file (default HOME/config.toml)")
	f.StringVar(&g.passFile, "passphrase-file", "", "file with the passphrase (or $KONTOR_PASSPHRASE_FILE)")
	f.StringVar(&g.lang, "lang", "", "de or en")
	f.StringVar(&g.logLevel, "log-level", "info", "debug, info, warn or error")
	f.BoolVar(&g.json, "json", false, "one JSON object a line")
	c.AddCommand(
		g.demoCmd(), g.initCmd(), g.importCmd(), g.pullCmd(), g.sendCmd(), g.queueCmd(), g.caseCmd(), g.messagesCmd(), g.outboxCmd(),
		g.classifyCmd(), g.draftCmd(), g.lintCmd(), g.backupCmd(), g.restoreCmd(), g.doctorCmd(), g.passwdCmd(), g.versionCmd(),
		g.completionCmd(), g.attachmentsCmd(), g.templatesCmd(), g.assistCmd(), g.auditCmd(), g.pdfTextCmd(), g.exportCmd(), g.paperCmd(), g.loginCmd(),
	)
	return c
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("unknown command or argument %q; kontor --help lists the commands", args[0])
	}
	return nil
}

func oneArg(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage("want %s", what)
		}
		return nil
	}
}

// homeDir is the folder that holds config and store.
func (g *globals) homeDir() (string, error) {
	dir := g.home
	if dir == "" {
		dir = g.env["KONTOR_HOME"]
	}
	if dir == "" {
		base := g.env["XDG_DATA_HOME"]
		if base == "" {
			home, err := os.UserHomeDir()
			if err != nil {
				return "", fmt.Errorf("no home folder: %w; name one with --home", err)
			}
			base = filepath.Join(home, ".local", "share")
		}
		dir = filepath.Join(base, "kontor")
	}
	return filepath.Abs(dir)
}

func (g *globals) configFile(home string) string {
	if g.config != "" {
		return g.config
	}
	return filepath.Join(home, "config.toml")
}

// put writes one JSON object as a line.
func (g *globals) put(v any) error {
	enc := json.NewEncoder(g.stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// say writes a line for people.
func (g *globals) say(format string, a ...any) error {
	if _, err := fmt.Fprintf(g.stdout, format+"\n", a...); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// tell writes a line to stderr: what was left out, and why.
func (g *globals) tell(format string, a ...any) {
	_, _ = fmt.Fprintln(g.stderr, plain.Line(fmt.Sprintf(format, a...)).String()) // nothing is left to tell if stderr is gone
}
