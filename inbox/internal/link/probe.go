package link

import (
	"context"
	"fmt"
	"net"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

// Probe looks the server's name up and connects, one finding each. With
// Security TLS the handshake is tried too; STARTTLS is the clients' own part.
// It reports whether going on makes sense.
func (c Config) Probe(ctx context.Context, protocol string) ([]cases.Finding, bool) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	var found []cases.Finding
	addrs, err := net.DefaultResolver.LookupHost(ctx, c.Host())
	if err != nil {
		return append(found, Failed("dns", err, "check_host_name")), false
	}
	found = append(found, Passed("dns", c.Host()+" = "+strings.Join(addrs[:min(3, len(addrs))], ", ")))
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.Address)
	if err != nil {
		return append(found, Failed("connect", err, "check_port_firewall")), false
	}
	found = append(found, Passed("connect", c.Address))
	_ = raw.Close() // only looked whether it opens
	if c.Security == TLS {
		outer, _, err := c.Dial(ctx, protocol)
		if err != nil {
			return append(found, Failed("tls", err, tlsAdvice(c))), false
		}
		_ = outer.Close() // only looked whether it opens
		found = append(found, Passed("tls", c.trust()))
	}
	return found, true
}

func (c Config) trust() string {
	switch {
	case c.Fingerprint != "":
		return "pinned certificate"
	case c.CAFile != "":
		return "own ca file"
	}
	return "system roots"
}

func tlsAdvice(c Config) string {
	if c.Fingerprint != "" {
		return "compare_fingerprint"
	}
	return "check_certificate_or_ca_file"
}

// Passed makes a finding that is well.
func Passed(check, detail string) cases.Finding {
	return cases.Finding{Check: check, OK: true, Detail: plain.Line(detail)}
}

// Failed makes a finding that is not; advice is a code for the screen's words.
func Failed(check string, err error, advice string) cases.Finding {
	return cases.Finding{Check: check, Detail: plain.Line(Words(fmt.Sprint(err))), Advice: advice}
}
