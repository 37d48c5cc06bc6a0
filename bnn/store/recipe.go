package store

// A Recipe is what determines the records of a shelf, besides what the store adds itself:
// the processor's architecture and the versions of Go and gonum. Records of different
// recipes are never taken for each other.
type Recipe struct {
	Kind    string    `json:"kind"`    // what is kept: "replica", by number, or "point" of a sweep
	Code    string    `json:"code"`    // identity of the code that computes it, see CodeIdentity
	Method  string    `json:"method"`  // the method, its version and its parameters
	Network string    `json:"network"` // its fingerprint; of points its name, since each has its own
	N       int       `json:"n"`       // size of the network; 0 for points, for the same reason
	Seed    uint64    `json:"seed,string"`
	Times   []float64 `json:"times"`
	Start   []float64 `json:"start,omitempty"` // where it begins, where that is computed by code that is not hashed
	Keeps   string    `json:"keeps,omitempty"` // what is kept of it, in words; "" for what is usual
}

// About is provenance: kept with a shelf for people who look there, it determines nothing.
type About struct {
	Name    string // of the network
	Network []byte // the network as JSON
	Version string // of the program
}
