// Package templates fills expert-written letters. A letter is a file with front
// matter and a body with slots; which one fits an occasion follows from the
// conditions that the file requires, and every figure in it is computed from the
// case. A draft is a proposal: people approve, change or drop it and each of its
// effects.
//
// The body knows five tags and nothing else:
//
//	{{name}}              a value or block of the closed list in slots.go
//	{{if a and !b}}       conditions of facts.go, or a slot's name for "is there"
//	{{else}} {{end}}
//	{{part name}}         a paragraph of parts.txt
//
// Lines of a paragraph are joined; a line that begins with "|" stands alone. A
// name that is not on the list is an error when the file is read, a value that
// the case does not have is an error when the letter is filled: no letter with a
// hole ever leaves.
package templates
