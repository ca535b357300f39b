package cases

import "kontor/cases/plain"

// Finding is one line of a check of the surroundings: what was looked at,
// whether it is well, what was seen, and what to do where it is not.
type Finding struct {
	Check  string     `json:"check"` // dns, connect, tls, login, folder, rights, quota, …
	OK     bool       `json:"ok"`
	Detail plain.Text `json:"detail,omitzero"`
	Advice string     `json:"advice,omitempty"` // code of the advice; empty where OK
}
