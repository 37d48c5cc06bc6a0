// Package citation says which publications a result rests on: those of the methods that computed it,
// as their doc comments name them, beside the program and the paper whose theorem it is about.
package citation

import (
	"fmt"
	"slices"
	"strings"

	"balanced/bnn"
	"balanced/internal/provenance"
)

// A Reference is a publication.
type Reference struct {
	Key                          string // of BibTeX
	Kind                         string // of BibTeX: article, book, …
	Authors, Title, Where, Pages string // authors as in BibTeX, with and between them
	Year                         int
	For                          string // what rests on it, in words
}

// The parts of the program that rest on publications.
const (
	model     = "the model and its limit"
	exact     = "the exact method"
	following = "bounds that follow the state, in the exact method"
	words     = "random numbers"
	waiting   = "exponential waiting times"
	leap      = "the leap"
	limit     = "the limit equations"
	finite    = "the finite-n equations"
	branch    = "branches of states"
	branches  = "branches of states, too"
	lags      = "covariances over time, and of counts"
	latin     = "Latin hypercubes"
)

var references = []Reference{
	{"maclaurin2024", "misc", "MacLaurin, J. and Vilanova, P.", "The Hydrodynamic Limit of Neural Networks with Balanced Excitation and Inhibition", "arXiv:2412.17273", "", 2024, model},
	{"lewis1979", "article", "Lewis, P. A. W. and Shedler, G. S.", "Simulation of nonhomogeneous Poisson processes by thinning", "Naval Research Logistics Quarterly 26", "403--413", 1979, exact},
	{"slepoy2008", "article", "Slepoy, A. and Thompson, A. P. and Plimpton, S. J.", "A constant-time kinetic Monte Carlo algorithm for simulation of large biochemical reaction networks", "Journal of Chemical Physics 128", "205101", 2008, following},
	{"blackman2021", "article", "Blackman, D. and Vigna, S.", "Scrambled linear pseudorandom number generators", "ACM Transactions on Mathematical Software 47", "36", 2021, words},
	{"marsaglia2000", "article", "Marsaglia, G. and Tsang, W. W.", "The ziggurat method for generating random variables", "Journal of Statistical Software 5", "issue 8", 2000, waiting},
	{"strang1968", "article", "Strang, G.", "On the construction and comparison of difference schemes", "SIAM Journal on Numerical Analysis 5", "506--517", 1968, leap},
	{"dormand1980", "article", "Dormand, J. R. and Prince, P. J.", "A family of embedded Runge-Kutta formulae", "Journal of Computational and Applied Mathematics 6", "19--26", 1980, limit},
	{"hairer1996", "book", "Hairer, E. and Wanner, G.", "Solving Ordinary Differential Equations II: Stiff and Differential-Algebraic Problems", "Springer", "", 1996, finite},
	{"hairer1999", "article", "Hairer, E. and Wanner, G.", "Stiff differential equations solved by Radau methods", "Journal of Computational and Applied Mathematics 111", "93--111", 1999, finite},
	{"keller1977", "incollection", "Keller, H. B.", "Numerical solution of bifurcation and nonlinear eigenvalue problems", "Applications of Bifurcation Theory, Academic Press", "359--384", 1977, branch},
	{"allgower2003", "book", "Allgower, E. and Georg, K.", "Introduction to Numerical Continuation Methods", "SIAM", "", 2003, branches},
	{"vanloan1978", "article", "Van Loan, C. F.", "Computing integrals involving the matrix exponential", "IEEE Transactions on Automatic Control 23", "395--404", 1978, lags},
	{"mckay1979", "article", "McKay, M. D. and Beckman, R. J. and Conover, W. J.", "A comparison of three methods for selecting values of input variables in the analysis of output from a computer code", "Technometrics 21", "239--245", 1979, latin},
}

// Program is how the program itself is cited.
var Program = Reference{"balanced", "software", "{The balanced authors}", "balanced: a laboratory for the hydrodynamic limit of balanced neural networks", "version " + bnn.Version, "", 2026, "this program"}

// All lists the program and every publication that some part of it rests on.
func All() []Reference { return append([]Reference{Program}, references...) }

// Of lists those that a result rests on, by the command of its record: the program and the paper for
// any, and those of the method. What a chapter rests on stands in its text.
func Of(record provenance.Record) []Reference {
	fields := strings.Fields(record.Command)
	if len(fields) > 0 && fields[0] == "bnn" {
		fields = fields[1:]
	}
	parts := []string{model}
	if len(fields) > 0 {
		parts = append(parts, partsOf(fields[0], fields[1:])...)
	}
	list := []Reference{Program}
	for _, r := range references {
		if slices.Contains(parts, r.For) {
			list = append(list, r)
		}
	}
	return list
}

// partsOf are the parts of the program that a command with its arguments uses.
func partsOf(command string, arguments []string) []string {
	switch command {
	case "simulate":
		switch flag(arguments, "--method") {
		case "leap":
			return []string{leap, words, waiting}
		case "", "exact":
			return []string{exact, following, words, waiting}
		}
		return []string{exact, words, waiting}
	case "limit", "balance":
		if flag(arguments, "--n") != "" {
			return []string{finite}
		}
		return []string{limit}
	case "branch":
		return []string{branch, branches}
	case "spectrum":
		return []string{lags}
	case "sweep":
		return []string{limit, finite, exact, leap, words, waiting, latin}
	}
	return nil
}

// flag is the value of a flag, written --name value or --name=value; "" if it is not there.
func flag(arguments []string, name string) string {
	for i, argument := range arguments {
		if value, found := strings.CutPrefix(argument, name+"="); found {
			return value
		}
		if argument == name && i+1 < len(arguments) {
			return arguments[i+1]
		}
	}
	return ""
}

// Text is a reference in a line, with what rests on it.
func (r Reference) Text() string {
	text := fmt.Sprintf("%s, %s, %s", strings.NewReplacer(" and ", "; ", "{", "", "}", "").Replace(r.Authors), r.Title, r.Where)
	if r.Pages != "" {
		text += ", " + strings.ReplaceAll(r.Pages, "--", "–")
	}
	return fmt.Sprintf("%s (%d): %s", text, r.Year, r.For)
}

// BibTeX is a reference as an entry of BibTeX.
func (r Reference) BibTeX() string {
	fields := []struct{ name, value string }{{"author", r.Authors}, {"title", "{" + r.Title + "}"}, {r.place(), r.Where}, {"pages", r.Pages}, {"year", fmt.Sprint(r.Year)}, {"note", "For " + r.For}}
	var text strings.Builder
	fmt.Fprintf(&text, "@%s{%s,\n", r.Kind, r.Key)
	for _, f := range fields {
		if f.value != "" {
			fmt.Fprintf(&text, "  %s = {%s},\n", f.name, f.value)
		}
	}
	return text.String() + "}\n"
}

// place is the field of BibTeX that says where a reference was published.
func (r Reference) place() string {
	switch r.Kind {
	case "article":
		return "journal"
	case "book":
		return "publisher"
	case "incollection":
		return "booktitle"
	}
	return "howpublished"
}
