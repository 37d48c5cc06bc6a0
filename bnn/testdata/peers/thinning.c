/* The dense benchmark network by the algorithm of the fast exact simulator, as good
 * as its authors could make it in C: two populations of n neurons, tau = 1, logistic
 * rates with maximum 1 and slope 4, start at 0 with variance 0. The Go engine takes
 * any network; this program takes only this kind, so the comparison flatters it.
 *
 * Usage: thinning n end seed thresholdE thresholdI
 * Prints one line of JSON: seconds, candidates (work), accepted spikes, means of E and I.
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef unsigned __int128 wide;

#define LAYERS 1024
#define BINS 1024

static double layerWidth[LAYERS], layerHeight[LAYERS + 1], layerEdge[LAYERS + 1];
static uint64_t layerInside[LAYERS];
static struct { float middle; uint32_t half; } quantile[BINS];
static uint64_t s0, s1;

/* xoroshiro128++, D. Blackman and S. Vigna, ACM TOMS 47, 2021. */
static inline uint64_t next(void) {
	uint64_t result = ((s0 + s1) << 17 | (s0 + s1) >> 47) + s0;
	s1 ^= s0;
	s0 = (s0 << 49 | s0 >> 15) ^ s1 ^ s1 << 21;
	s1 = s1 << 28 | s1 >> 36;
	return result;
}

static inline double uniform(void) { return (double)(next() >> 11) * 0x1p-53; }

/* The ziggurat of the exponential density: 1024 layers of equal area. */
static void prepareZiggurat(void) {
	const double edge = 9.256164544265543686698, area = 9.796789906620209168363e-4;
	layerEdge[0] = area / exp(-edge); /* the base layer, as if it were a rectangle */
	layerEdge[1] = edge;
	for (int i = 2; i < LAYERS; i++)
		layerEdge[i] = -log(exp(-layerEdge[i - 1]) + area / layerEdge[i - 1]);
	layerEdge[LAYERS] = 0;
	for (int i = 0; i <= LAYERS; i++) layerHeight[i] = exp(-layerEdge[i]);
	for (int i = 0; i < LAYERS; i++) {
		layerWidth[i] = layerEdge[i] * 0x1p-53;
		layerInside[i] = (uint64_t)(layerEdge[i + 1] / layerEdge[i] * 0x1p53);
	}
}

static __attribute__((noinline)) double exponentialSlow(uint64_t word) {
	double shift = 0;
	for (;;) {
		int layer = word & (LAYERS - 1);
		uint64_t j = word >> 11;
		double x = (double)(int64_t)j * layerWidth[layer];
		if (j < layerInside[layer]) return shift + x;
		if (layer == 0) { shift += layerEdge[1]; word = next(); continue; }
		if (layerHeight[layer] + uniform() * (layerHeight[layer + 1] - layerHeight[layer]) < exp(-x))
			return shift + x;
		word = next();
	}
}

static __attribute__((noinline)) uint64_t decide(double y, unsigned bin) {
	return (bin + uniform()) / BINS < 1 / (1 + exp(-y));
}

int main(int argc, char **argv) {
	if (argc != 6) return 2;
	const uint64_t n = strtoull(argv[1], 0, 10), neurons = 2 * n;
	const double end = atof(argv[2]), slope = 4;
	const double threshold[2] = {atof(argv[4]), atof(argv[5])};
	uint64_t seed = strtoull(argv[3], 0, 10), *states[2] = {&s0, &s1};
	for (int i = 0; i < 2; i++) { /* splitmix64 */
		uint64_t z = seed += 0x9e3779b97f4a7c15;
		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
		z = (z ^ z >> 27) * 0x94d049bb133111eb;
		*states[i] = z ^ z >> 31;
	}
	prepareZiggurat();
	for (int i = 0; i < BINS; i++) {
		double low = log((double)i / (BINS - i)), high = log((double)(i + 1) / (BINS - 1 - i));
		if (i == 0 || i == BINS - 1) { quantile[i].half = UINT32_MAX; continue; }
		union { float f; uint32_t bits; } half = {(high - low) / 2 + 0x1p-21 * (fabs(low) + fabs(high))};
		quantile[i].middle = (low + high) / 2;
		quantile[i].half = half.bits;
	}
	double *x = calloc(neurons, sizeof *x);
	const double gap = 1 / ((double)neurons * (double)(neurons - 1));
	const double shift[2] = {-slope * threshold[0], -slope * threshold[1]};
	const double weight[2] = {1 / sqrt(n), -1.5 / sqrt(n)};
	uint64_t candidates = 0, spikes[2][2] = {{0}};
	double t = 0, origin = 0, sync = 0, decay = 1, growth = 1;

	struct timespec start, stop;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	for (;;) {
		uint64_t word = next();
		unsigned layer = word & (LAYERS - 1);
		uint64_t j = word >> 11;
		double e = (double)(int64_t)j * layerWidth[layer];
		if (__builtin_expect(j >= layerInside[layer], 0)) e = exponentialSlow(word);
		t += e * gap;
		double d = t - sync;
		if (__builtin_expect(d > 0x1p-12, 0)) {
			if (t >= end) break;
			if (t - origin > 8) {
				double factor = exp(origin - t);
				for (uint64_t i = 0; i < neurons; i++) x[i] *= factor;
				origin = t;
			}
			sync = t;
			decay = exp(origin - t);
			growth = 1 / decay;
			d = 0;
		}
		candidates++;
		wide product = (wide)next() * neurons;
		uint64_t source = product >> 64;
		product = (wide)(uint64_t)product * (neurons - 1);
		uint64_t target = product >> 64;
		target += target >= source;
		unsigned bin = (uint64_t)product >> 54;
		unsigned b = source >= n, a = target >= n;
		double d2 = d * d;
		double even = 1 + d2 * 0.5, odd = d * (1 + d2 * (1.0 / 6));
		double y = x[source] * (slope * decay * (even - odd)) + shift[b];
		union { float f; uint32_t bits; } difference = {quantile[bin].middle - (float)y};
		uint64_t accept = (uint64_t)((int64_t)(int32_t)difference.bits >> 63);
		if (__builtin_expect((difference.bits & INT32_MAX) <= quantile[bin].half, 0)) accept = -decide(y, bin);
		union { double d; uint64_t bits; } jump = {weight[b] * growth * (even + odd)};
		jump.bits &= accept;
		x[target] += jump.d;
		spikes[a][b] -= accept;
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);

	double factor = exp(origin - end), mean[2] = {0};
	for (uint64_t i = 0; i < neurons; i++) mean[i >= n] += x[i] * factor / n;
	printf("{\"seconds\": %.9f, \"work\": %llu, \"spikes\": %llu, \"means\": [[%.9g, %.9g]]}\n",
	       stop.tv_sec - start.tv_sec + 1e-9 * (stop.tv_nsec - start.tv_nsec), (unsigned long long)candidates,
	       (unsigned long long)(spikes[0][0] + spikes[0][1] + spikes[1][0] + spikes[1][1]), mean[0], mean[1]);
	return 0;
}
