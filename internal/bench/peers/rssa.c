/* The network of network.h by rejection-based stochastic simulation with a search by composition and
 * rejection, the RSSACR of JumpProcesses.jl (V. H. Thanh, C. Priami and R. Zunino, Journal of Chemical
 * Physics 141, 134116, 2014; V. H. Thanh, R. Zunino and C. Priami, IEEE/ACM Transactions on Computational
 * Biology and Bioinformatics 14, 1108, 2017). The bound of a neuron's rate is a power of two, 2^-g, and
 * neurons of one bound form a group; a neuron changes its group when its potential leaves the
 * interval in which the bound holds, so that most jumps change none.
 *
 * Between spikes a potential decays towards 0. Bounds hold until the end of a window of time, at which
 * all neurons are looked at again. */
#include "network.h"

#define GROUPS 24
#define WINDOW 0.1
#define SLACK 0.1  /* below a bound before a smaller one is taken */

static double top[2][GROUPS]; /* the potential at which the rate is 2^-g */
static double rise;
static int *group, *place, *members[GROUPS], count[GROUPS];

static void moved(int i, double t) {
	(void)t;
	/* The highest that it can decay to by the end of the window. */
	double high = v[i] > 0 ? v[i] : v[i] * rise, *tops = top[class(i)];
	int g = group[i];
	if (high > tops[g]) {
		while (g > 0 && high + SLACK / 2 > tops[g]) g--;
	} else {
		while (g + 1 < GROUPS && high + SLACK < tops[g + 1]) g++;
	}
	if (g == group[i]) return;
	int last = members[group[i]][--count[group[i]]];
	members[group[i]][place[i]] = last, place[last] = place[i];
	members[g][count[g]] = i, place[i] = count[g]++, group[i] = g;
}

int main(int argc, char **argv) {
	start(argc, argv);
	rise = exp(-WINDOW);
	for (int g = 0; g < GROUPS; g++) {
		members[g] = room(neurons, sizeof **members);
		for (int a = 0; a < 2; a++) top[a][g] = g ? threshold[a] - log(ldexp(1, g) - 1) / 4 : INFINITY;
	}
	group = room(neurons, sizeof *group), place = room(neurons, sizeof *place);
	for (int i = 0; i < neurons; i++) members[0][i] = place[i] = i;
	count[0] = neurons;
	double t = 0;
	for (double end = 0; t < duration;) {
		double total = 0;
		for (int g = 0; g < GROUPS; g++) total += ldexp(count[g], -g);
		t += exponential() / (total * processes());
		if (t >= end) { /* Waiting has no memory. */
			t = end, end += WINDOW;
			for (int i = 0; i < neurons; i++) advance(i, t), moved(i, t);
			continue;
		}
		if (t >= duration) break;
		double u = uniform() * total;
		int g = 0;
		while (g + 1 < GROUPS && u >= ldexp(count[g], -g)) u -= ldexp(count[g], -g), g++;
		if (!count[g]) continue; /* by rounding */
		candidates++;
		int i = members[g][below(count[g])];
		advance(i, t);
		if (ldexp(uniform(), -g) < logistic(i, v[i])) spike(i, t);
	}
	return report();
}
