// Package learn keeps what caseworkers correct as examples: a reading that a
// person put right, a draft that a person changed. Before anything is kept all
// that names a person is taken out of it, for good: the map that would put it
// back is thrown away. An example ends by itself after a number of days, goes
// when one of its people is erased, and lies sealed on this device.
//
// Examples measure the engine and the templates (`kontor assist eval`) and can
// widen a training (`kontor assist train --examples`). They leave the machine
// only as figures.
package learn
