// Package continuation follows the solutions of d equations in d unknowns along one
// parameter, by pseudo-arclength (H. B. Keller, Numerical solution of bifurcation and
// nonlinear eigenvalue problems, 1977; E. Allgower and K. Georg, Introduction to Numerical
// Continuation Methods, 2003): a point z holds the unknowns and, last, the parameter, the next
// is predicted along the tangent and corrected across it, so that the curve may turn back in
// the parameter.
//
// A caller labels every point with what can change only at special points: signs, counts of
// unstable eigenvalues. Between points with different labels Curve.Events finds, by bisection,
// each place where the label changes.
package continuation
