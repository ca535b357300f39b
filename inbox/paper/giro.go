package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"unicode/utf8"

	"rsc.io/qr"

	"kontor/cases/money"
	"kontor/cases/plain"
)

// Bounds of an EPC QR code (EPC069-12).
const (
	maxPayload = 331 // bytes
	maxName    = 70
	maxAmount  = money.Cents(99_999_999_999)
	maxModules = 17 + 4*13 // version 13
	quiet      = 4         // modules of white around the code
)

// Transfer is a payment to be made: to the account of Name, with a structured
// creditor reference of [RF], which is given alone: a bank takes either that or
// free text.
type Transfer struct {
	Name   string
	IBAN   string
	BIC    string // may be empty within the EEA
	Amount money.Cents
	RF     string
	Note   string // shown to the payer, never sent; at most 70 characters
}

// Payload is the text of the code after EPC069-12, version 002: UTF-8, lines
// ended by "\n", amount with a point.
func (t Transfer) Payload() (string, error) {
	account, err := iban(t.IBAN)
	if err != nil {
		return "", fmt.Errorf("payment code: %w", err)
	}
	name, note := plain.Line(t.Name).String(), plain.Line(t.Note).String()
	bic := strings.ToUpper(strings.ReplaceAll(t.BIC, " ", ""))
	switch {
	case name == "" || utf8.RuneCountInString(name) > maxName:
		return "", fmt.Errorf("payment code: the name wants 1 to %d characters", maxName)
	case utf8.RuneCountInString(note) > maxName:
		return "", fmt.Errorf("payment code: the note is longer than %d characters", maxName)
	case bic != "" && (len(bic) != 8 && len(bic) != 11 || !alnum(bic)):
		return "", fmt.Errorf("payment code: not a BIC")
	case t.Amount < 1 || t.Amount > maxAmount:
		return "", fmt.Errorf("payment code: amount of %s out of range", t.Amount)
	case !ValidRF(t.RF):
		return "", fmt.Errorf("payment code: not a creditor reference")
	}
	rf := strings.ToUpper(strings.ReplaceAll(t.RF, " ", ""))
	lines := []string{"BCD", "002", "1", "SCT", bic, name, account, "EUR" + t.Amount.Plain(), "", rf, "", note}
	if note == "" {
		lines = lines[:10] // trailing empty lines are left out
	}
	s := strings.Join(lines, "\n")
	if len(s) > maxPayload {
		return "", fmt.Errorf("payment code: %d bytes, at most %d", len(s), maxPayload)
	}
	return s, nil
}

// Code is a GiroCode, ready to draw.
type Code struct{ qr *qr.Code }

// Giro makes the code of a transfer: error correction M, at most version 13.
func Giro(t Transfer) (*Code, error) {
	s, err := t.Payload()
	if err != nil {
		return nil, err
	}
	c, err := qr.Encode(s, qr.M)
	if err != nil {
		return nil, fmt.Errorf("payment code: %w", err)
	}
	if c.Size > maxModules {
		return nil, fmt.Errorf("payment code: larger than version 13")
	}
	return &Code{c}, nil
}

// Size is the width of the code in modules, with the white around it.
func (c *Code) Size() int { return c.qr.Size + 2*quiet }

// Dark reports whether a module is dark, counted with the white around.
func (c *Code) Dark(x, y int) bool { return c.qr.Black(x-quiet, y-quiet) }

// Modules is the width of the code itself, without the white around it.
func (c *Code) Modules() int { return c.qr.Size }

// At reports whether a module of the code itself is dark; beyond it all is light.
func (c *Code) At(x, y int) bool { return c.qr.Black(x, y) }

// Lines draws the code in half blocks, two modules above each other in one cell:
// what is drawn is dark. It must stand dark on light, or cameras will not read
// it; [Code.Terminal] sets the colours itself.
func (c *Code) Lines() []string {
	n := c.Size()
	lines := make([]string, 0, (n+1)/2)
	for y := 0; y < n; y += 2 {
		var b strings.Builder
		for x := range n {
			switch top, low := c.Dark(x, y), c.Dark(x, y+1); {
			case top && low:
				b.WriteRune('█')
			case top:
				b.WriteRune('▀')
			case low:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}

// Terminal draws the code black on white whatever the theme, one line a row.
func (c *Code) Terminal() string {
	var b strings.Builder
	for _, l := range c.Lines() {
		b.WriteString("\x1b[38;5;16;48;5;231m" + l + "\x1b[0m\n")
	}
	return b.String()
}

// PNG draws the code with scale pixels (1 to 32) a module.
func (c *Code) PNG(scale int) ([]byte, error) {
	if scale < 1 || scale > 32 {
		return nil, fmt.Errorf("payment code: %d pixels a module, want 1 to 32", scale)
	}
	n := c.Size() * scale
	img := image.NewPaletted(image.Rect(0, 0, n, n), color.Palette{color.White, color.Black})
	for y := range n {
		for x := range n {
			if c.Dark(x/scale, y/scale) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return nil, fmt.Errorf("payment code: %w", err)
	}
	return buf.Bytes(), nil
}
