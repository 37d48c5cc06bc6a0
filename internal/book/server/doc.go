// Package server shows a folder of pages, such as the book, to the browsers of this machine
// and to nobody else.
package server
