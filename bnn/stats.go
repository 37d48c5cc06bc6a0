package bnn

// Stats tell what a solution of differential equations took: numbers that depend on nothing
// but its input.
type Stats struct {
	Steps       int // that were accepted
	Rejected    int // steps that were tried, and again with a shorter length
	Evaluations int // of the right-hand side
}
