/* The network of network.h by Coevolve, the thinning of JumpProcesses.jl for rates that vary between
 * events (G. Zagatti, S. Isaacson, C. Rackauckas, V. Ilin, S.-K. Ng and S. Bressan, Transactions
 * on Machine Learning Research, 2024): each neuron has a time of its own, drawn by a bound of its
 * rate that holds for a while, in a heap ordered by time. The earliest is thinned there; what a
 * spike moves gets a new bound and a new time.
 *
 * Between spikes a potential decays towards 0, so that the rate is at most that of the larger one of
 * the potentials at the begin and end of the while. */
#include "network.h"

#define WHILE 0.5 /* how long a bound holds */

static double *due, *bound; /* of each neuron; a bound of 0: the time is the end of a while */
static int *heap, *place;   /* neurons by time, and where each is */

static inline void put(int i, int at) { heap[at] = i, place[i] = at; }

/* Restores the order of the heap after the time of a neuron has changed. */
static void reorder(int i) {
	int at = place[i], up, down;
	double time = due[i];
	for (; at > 0 && due[heap[up = (at - 1) / 4]] > time; at = up) put(heap[up], at);
	for (; (down = 4 * at + 1) < neurons; at = down) {
		for (int k = down + 1, end = 4 * at + 5 < neurons ? 4 * at + 5 : neurons; k < end; k++)
			if (due[heap[k]] < due[heap[down]]) down = k;
		if (due[heap[down]] >= time) break;
		put(heap[down], at);
	}
	put(i, at);
}

static void moved(int i, double t) {
	static double rise;
	if (!rise) rise = exp(-WHILE);
	bound[i] = logistic(i, v[i] > 0 ? v[i] : v[i] * rise);
	double wait = exponential() / (bound[i] * processes());
	if (wait > WHILE) wait = WHILE, bound[i] = 0;
	due[i] = t + wait;
	reorder(i);
}

int main(int argc, char **argv) {
	start(argc, argv);
	due = room(neurons, sizeof *due), bound = room(neurons, sizeof *bound);
	heap = room(neurons, sizeof *heap), place = room(neurons, sizeof *place);
	for (int i = 0; i < neurons; i++) put(i, i);
	for (int i = 0; i < neurons; i++) moved(i, 0);
	for (;;) {
		int i = heap[0];
		double t = due[i], u = uniform() * bound[i];
		if (t >= duration) break;
		advance(i, t);
		if (u > 0) {
			candidates++;
			if (u < logistic(i, v[i])) spike(i, t);
		}
		moved(i, t);
	}
	return report();
}
