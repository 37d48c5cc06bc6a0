// Package execute runs notebooks of the project, or one of them apart from it, and says on the
// way what it does, how far it is, and why the first time takes minutes.
package execute
