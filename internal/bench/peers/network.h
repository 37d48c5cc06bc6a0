/* What rssa.c and coevolve.c share: two populations of n neurons, tau = 1, logistic rates of
 * maximum 1 and slope 4, weights 1 and -1.5, start at 0. With an in-degree K of 0 each ordered
 * pair has a Poisson process of its own and jumps are J/sqrt(n); else each neuron hears K of each
 * population, whose spikes reach all who hear them, and jumps are J/sqrt(K).
 *
 * Usage: PROGRAM n duration seed thresholdE thresholdI K */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int n, neurons, inDegree;
static double duration, threshold[2], jump[2], begun;
static double *v, *updated;   /* potential of each neuron, and at which time */
static int *first, *hearers;  /* who hears a neuron: hearers[first[k]] to hearers[first[k + 1] - 1] */
static uint64_t candidates, spikes, s0, s1;

/* xoroshiro128++, D. Blackman and S. Vigna, ACM TOMS 47, 2021. */
static inline uint64_t next(void) {
	uint64_t result = ((s0 + s1) << 17 | (s0 + s1) >> 47) + s0;
	s1 ^= s0;
	s0 = (s0 << 49 | s0 >> 15) ^ s1 ^ s1 << 21;
	s1 = s1 << 28 | s1 >> 36;
	return result;
}

static inline double uniform(void) { return ((next() >> 11) + 0.5) * 0x1p-53; }
static inline double exponential(void) { return -log(uniform()); }
static inline int below(int m) { return (int)((unsigned __int128)next() * m >> 64); }
static inline int class(int i) { return i >= n; }
static inline double logistic(int i, double potential) { return 1 / (1 + exp(-4 * (potential - threshold[class(i)]))); }

static inline void advance(int i, double t) {
	v[i] *= exp(updated[i] - t);
	updated[i] = t;
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *room(size_t count, size_t size) {
	void *p = calloc(count, size);
	if (!p) exit(1);
	return p;
}

/* K sources for each target in each population, without itself, by Floyd's method. */
static void connect(void) {
	int connections = neurons * 2 * inDegree, *source = room(connections, sizeof *source), *mark = room(neurons, sizeof *mark);
	first = room(neurons + 2, sizeof *first);
	hearers = room(connections, sizeof *hearers);
	for (int target = 0, c = 0; target < neurons; target++)
		for (int b = 0; b < 2; b++) {
			int within = class(target) == b, many = n - within;
			for (int last = many - inDegree; last < many; last++) {
				int k = below(last + 1) + b * n;
				if (mark[k] == target + 1) k = last + b * n;
				mark[k] = target + 1;
				source[c] = within && k >= target ? k + 1 : k; /* The numbering skips the target. */
				first[source[c++] + 2]++;
			}
		}
	for (int k = 0; k < neurons; k++) first[k + 2] += first[k + 1];
	for (int c = 0; c < connections; c++) hearers[first[source[c] + 1]++] = c / (2 * inDegree);
	free(source);
	free(mark);
}

static void start(int argc, char **argv) {
	if (argc != 7) exit(2);
	n = atoi(argv[1]), neurons = 2 * n, duration = atof(argv[2]);
	s0 = 0x9e3779b97f4a7c15 * (strtoull(argv[3], 0, 10) + 1), s1 = ~s0;
	for (int i = 0; i < 100; i++) next();
	threshold[0] = atof(argv[4]), threshold[1] = atof(argv[5]), inDegree = atoi(argv[6]);
	double root = sqrt(inDegree ? inDegree : n);
	jump[0] = 1 / root, jump[1] = -1.5 / root;
	begun = now();
	v = room(neurons, sizeof *v), updated = room(neurons, sizeof *updated);
	if (inDegree) connect();
}

/* A neuron's spikes have this times its logistic rate: it has a process for each target, or one. */
static double processes(void) { return inDegree ? 1 : neurons - 1; }

static void moved(int i, double t);

/* A spike: those who hear it jump, and the algorithm is told that they have moved. */
static inline void spike(int source, double t) {
	double weight = jump[class(source)];
	if (!inDegree) {
		int target = below(neurons - 1);
		target += target >= source;
		advance(target, t), v[target] += weight, moved(target, t), spikes++;
		return;
	}
	for (int c = first[source]; c < first[source + 1]; c++) {
		int target = hearers[c];
		advance(target, t), v[target] += weight, moved(target, t);
	}
	spikes += first[source + 1] - first[source];
}

static int report(void) {
	double mean[2] = {0, 0}, square[2] = {0, 0};
	for (int i = 0; i < neurons; i++) {
		advance(i, duration);
		mean[class(i)] += v[i] / n;
	}
	for (int i = 0; i < neurons; i++) square[class(i)] += (v[i] - mean[class(i)]) * (v[i] - mean[class(i)]) / n;
	printf("{\"seconds\": %.9f, \"work\": %llu, \"spikes\": %llu, \"means\": [[%.9g, %.9g]], \"variances\": [[%.9g, %.9g]]}\n", now() - begun,
		(unsigned long long)candidates, (unsigned long long)spikes, mean[0], mean[1], square[0], square[1]);
	return 0;
}
