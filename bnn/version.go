package bnn

// Version is the version of the laboratory, kept with its results as provenance.
const Version = "0.1.0"
