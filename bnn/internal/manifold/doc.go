// Package manifold is the balanced manifold of a network: the means and variances at which the
// inputs of order √n cancel, W F(m, K) + β = 0 (theory.md §2).
//
// A Manifold is a network prepared: the decomposition of its weights, B = U W, the drive in the
// coordinates of their range, expectations of rates, the sensitivity S = W diag(F′) U with its
// eigenvalues, fast ones and those along the manifold (§8), and the intensity of the noise.
// Newton's method moves states that are nearly balanced onto it; from far away the FastFlow
// leads there, or tells how it ends elsewhere. What becomes of the network then, and in which
// words that is told, is for package theory to say.
package manifold
