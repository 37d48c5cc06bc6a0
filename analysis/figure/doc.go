// Package figure draws results: Moments, Histogram and Traces what simulations and theories
// gave, Spectrum and Covariances how a network fluctuates, PhaseDiagram and Branch what becomes of
// it along its parameters, and New anything else, from Panels of Lines, Points, Bands, Maps,
// Phases, Rasters and Slopes on linear or logarithmic Axes. Each Figure has a caption and a text
// for those who cannot see it, and is written the same to the byte for the same input.
//
// In what is drawn (titles, labels, names, notes; not in captions) symbols are set as such: what
// follows _ is lowered and what follows ^ raised, all within braces or the letters and digits next
// to it, as in m_E, K_{E,I}, n^{1/2} and 10^-3; so are digits such as those of n⁻² and W₁. A letter
// that stands alone is slanted, but for the word a and the names E and I.
package figure
