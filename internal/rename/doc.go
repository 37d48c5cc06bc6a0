// Package rename copies the project with another path of its module: the one under which somebody
// publishes it, so that go get finds it there.
package rename
