/* The plain exact simulation: one candidate after the other for a uniformly chosen
 * ordered pair, each with its exponentials. Two populations of n neurons, tau = 1,
 * logistic rates of maximum 1 and slope 4, weights 1 and -1.5, start at 0.
 *
 * Usage: naive n duration seed thresholdE thresholdI */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state;

/* splitmix64: G. Steele, D. Lea and C. Flood, OOPSLA 2014. */
static uint64_t next(void) {
	uint64_t z = state += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static double uniform(void) { return ((next() >> 11) + 0.5) * 0x1p-53; }

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
	if (argc != 6) return 2;
	const int n = atoi(argv[1]), neurons = 2 * n;
	const double duration = atof(argv[2]);
	state = strtoull(argv[3], 0, 10);
	const double threshold[2] = {atof(argv[4]), atof(argv[5])};
	const double jump[2] = {1 / sqrt(n), -1.5 / sqrt(n)};
	const double rate = (double)neurons * (neurons - 1);
	double *v = calloc(neurons, sizeof *v), *updated = calloc(neurons, sizeof *updated);
	if (!v || !updated) return 1;
	uint64_t candidates = 0, spikes = 0;
	double begin = now(), t = 0;
	while ((t += -log(uniform()) / rate) < duration) {
		int source = (int)(uniform() * neurons), class = source >= n;
		candidates++;
		v[source] *= exp(updated[source] - t);
		updated[source] = t;
		if (uniform() * (1 + exp(-4 * (v[source] - threshold[class]))) >= 1) continue;
		int target = (int)(uniform() * (neurons - 1));
		target += target >= source;
		v[target] = v[target] * exp(updated[target] - t) + jump[class];
		updated[target] = t;
		spikes++;
	}
	double mean[2] = {0, 0}, square[2] = {0, 0};
	for (int i = 0; i < neurons; i++) mean[i >= n] += (v[i] *= exp(updated[i] - duration)) / n;
	for (int i = 0; i < neurons; i++) square[i >= n] += (v[i] - mean[i >= n]) * (v[i] - mean[i >= n]) / n;
	printf("{\"seconds\": %.9f, \"work\": %llu, \"spikes\": %llu, \"means\": [[%.9g, %.9g]], \"variances\": [[%.9g, %.9g]]}\n", now() - begin,
		(unsigned long long)candidates, (unsigned long long)spikes, mean[0], mean[1], square[0], square[1]);
	return 0;
}
