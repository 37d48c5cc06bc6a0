// Package starter makes what one begins with: a notebook of one's own, in the project or in any other
// folder, or a module for a program that uses the packages.
package starter
