// Package recall keeps what chapters gave when they were executed, so that a run executes only
// those whose code, or what it stands on, has changed: a chapter is known by its code cells, the
// code of all packages that cells may import, the versions of go.mod, the files below data, those
// that its cells name and the kind of run. What it left, its outputs and the files of its folder, lies in the store beside the
// replicas, once a chapter and kind of run. A chapter that failed is not kept.
package recall
