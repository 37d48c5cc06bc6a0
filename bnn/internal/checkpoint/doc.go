// Package checkpoint turns the state of a run into bytes and back.
//
// A checkpoint is the complete state of a replica between two of its moments: its random
// stream, what its recorders have so far, and all that its method needs to go on. A run that
// goes on from it gives the bytes of one that never stopped. Who takes part names its variables
// once, to a Coder, for writing and for reading, so that what is written and what is read
// cannot differ. The bytes belong to the code that wrote them: there is no version in them, and
// a store keeps those of other code apart.
package checkpoint
