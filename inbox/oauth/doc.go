// Package oauth logs in to mail servers: the SASL clients that the IMAP and
// the SMTP client share, and sources of access tokens for Microsoft 365 and
// Google.
package oauth
