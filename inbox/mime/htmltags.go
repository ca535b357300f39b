package mime

import "golang.org/x/net/html/atom"

// skipped elements hold no text that a reader sees.
func skipped(t atom.Atom) bool {
	switch t {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Noframes,
		atom.Audio, atom.Video, atom.Canvas, atom.Math, atom.Select, atom.Datalist, atom.Noembed:
		return true
	}
	return false
}

func heading(t atom.Atom) bool {
	switch t {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func blockTag(t atom.Atom) bool {
	switch t {
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Li, atom.Table, atom.Tr, atom.Blockquote, atom.Pre, atom.Center, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Address, atom.Dl, atom.Dt, atom.Dd, atom.Form, atom.Fieldset, atom.Body, atom.Html, atom.Caption, atom.Main, atom.Nav, atom.Aside, atom.Figure, atom.Xmp, atom.Listing:
		return true
	}
	return heading(t)
}
