// Package analysis turns results of package bnn into tables, figures and verdicts.
// It computes and draws, and neither prints nor writes files.
//
// Tables are gota data frames. Moments lays a simulation, the limit and the finite-n
// equations side by side, one row a time, population and quantity; WriteCSV and
// ReadCSV keep a frame without losing a bit, and HTML shows it to a reader.
//
// Figures are drawn by gonum/plot. MomentsFigure, HistogramFigure and TraceFigure draw
// results of package bnn; NewFigure draws anything else, from Panels of Lines, Points,
// Bands, Maps, Rasters and Slopes on linear or logarithmic axes, and QuantilePanel makes
// a Panel that compares a sample with a normal law. The points are simulation, with bars
// of ±2 standard errors, and the lines are theory; the first population is warm and the
// second cool in all of them, in colours that the colour-blind tell apart. A Figure
// brings its caption and a text for those who cannot see it.
//
// A Verdict is a claim that was put to a test it could fail. Each states the
// probability of rejecting a claim that is true, and how large an error would have
// been caught: a test that finds nothing because it sees nothing says so. Agreement
// compares an average over replicas with a prediction at all times and populations
// together; Gaussian compares a sample with a normal law.
//
// The functions here hold no state and give the same bytes for the same results.
package analysis
