package paper

// Printable tells tests which characters are let through.
var Printable = printable
