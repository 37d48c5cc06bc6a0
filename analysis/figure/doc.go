// Package figure draws results: Moments, Histogram and Traces what simulations and theories
// gave, Spectrum and Covariances how a network fluctuates, PhaseDiagram and Branch what becomes of
// it along its parameters, and New anything else, from Panels of Lines, Points, Bands, Maps,
// Phases, Rasters and Slopes on linear or logarithmic Axes. Each Figure has a caption and a text
// for those who cannot see it, and is written the same to the byte for the same input.
package figure
