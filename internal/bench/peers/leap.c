/* The dense benchmark network by the algorithm of the leap (package simulate, Leap), as good as
 * its authors could make it in C: two populations of n neurons, tau = 1, logistic rates of
 * maximum 1 and slope 4, weights 1 and -1.5, start at 0 with variance 0. The Go engine takes
 * any network; this program takes only this kind, so the comparison flatters it.
 *
 * Usage: leap n duration step seed every thresholdE thresholdI */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LAYERS 256
#define TAIL 3.6541528853610088
#define AREA 0.00492867323399
#define CELLS 4096 /* of the table of the logistic function, from -32 to 32 */
#define COUNTS 128
#define TABULATED 32 /* the largest mean whose counts are drawn from a table */
#define BLOCK 512

static struct { double width; int64_t inside; } ziggurat[LAYERS];
static double density[LAYERS];
static struct cell { double c0, c1, c2, c3; } cells[CELLS];
typedef struct { uint64_t s0, s1, s2, s3; } generator;
typedef struct { double jump, mean; uint64_t cumulative[COUNTS]; uint8_t guide[256]; } poisson;

/* xoshiro256++, D. Blackman and S. Vigna, ACM TOMS 47, 2021. */
static inline uint64_t next(generator *g) {
	uint64_t s = g->s0 + g->s3, result = (s << 23 | s >> 41) + g->s0, t = g->s1 << 17;
	g->s2 ^= g->s0;
	g->s3 ^= g->s1;
	g->s1 ^= g->s2;
	g->s0 ^= g->s3;
	g->s2 ^= t;
	g->s3 = g->s3 << 45 | g->s3 >> 19;
	return result;
}

static double uniform(generator *g) { return ((next(g) >> 12) + 0.5) * 0x1p-52; }

/* The ziggurat of the normal density, G. Marsaglia and W. W. Tsang 2000. */
static void prepareZiggurat(void) {
	double x = TAIL, base = AREA / exp(-x * x / 2);
	ziggurat[0].width = base * 0x1p-52;
	ziggurat[0].inside = x / base * 0x1p52;
	ziggurat[LAYERS - 1].width = x * 0x1p-52;
	density[0] = 1;
	density[LAYERS - 1] = exp(-x * x / 2);
	for (int i = LAYERS - 2; i >= 1; i--) {
		double above = sqrt(-2 * log(AREA / x + exp(-x * x / 2)));
		ziggurat[i + 1].inside = above / x * 0x1p52;
		x = above;
		density[i] = exp(-x * x / 2);
		ziggurat[i].width = x * 0x1p-52;
	}
}

static __attribute__((noinline)) double outside(generator *g, int layer, double z) {
	for (;;) {
		if (layer == 0)
			for (;;) {
				double x = -log(uniform(g)) / TAIL;
				if (-2 * log(uniform(g)) > x * x) return copysign(TAIL + x, z);
			}
		double low = density[layer], high = density[layer - 1];
		if (low + uniform(g) * (high - low) < exp(-z * z / 2)) return z;
		uint64_t word = next(g);
		layer = word % LAYERS;
		z = ((int64_t)word >> 11) * ziggurat[layer].width;
		if (llabs((int64_t)word >> 11) < ziggurat[layer].inside) return z;
	}
}

/* The cell of a standardised potential, and the place in it. */
static inline const struct cell *find(double x, double *place) {
	x = x < 0 ? 0 : x;
	x = x > CELLS - 1e-9 ? CELLS - 1e-9 : x;
	int i = x;
	*place = x - i;
	return &cells[i];
}

static inline double valueAt(const struct cell *c, double f) { return c->c0 + f * (c->c1 + f * (c->c2 + f * c->c3)); }

static inline double slopeAt(const struct cell *c, double f) { return c->c1 + f * (2 * c->c2 + 3 * f * c->c3); }

/* Words for all neurons of a block at once, so that the state stays in registers. */
static inline void fill(generator *g, uint64_t *words, int many) {
	generator local = *g;
	for (int i = 0; i < many; i++) words[i] = next(&local);
	*g = local;
}

static inline double normalFrom(generator *g, uint64_t word) {
	int layer = word % LAYERS;
	int64_t place = (int64_t)word >> 11;
	double z = place * ziggurat[layer].width;
	return __builtin_expect(llabs(place) >= ziggurat[layer].inside, 0) ? outside(g, layer, z) : z;
}

/* Cubics that take the values and slopes of the logistic function at the nodes. */
static void prepareCells(void) {
	double width = 1. / 64, left = 1 / (1 + exp(32)), slope = left * (1 - left) * width;
	for (int i = 0; i < CELLS; i++) {
		double right = 1 / (1 + exp(32 - (i + 1) * width)), next = right * (1 - right) * width, rise = right - left;
		cells[i] = (struct cell){left, slope, 3 * rise - 2 * slope - next, slope + next - 2 * rise};
		left = right;
		slope = next;
	}
}

static void preparePoisson(poisson *p, double jump, double mean) {
	double probability = exp(-mean), sum = 0;
	int slot = 0;
	p->jump = jump;
	p->mean = mean;
	for (int k = 0; k < COUNTS; k++) {
		sum += probability;
		probability *= mean / (k + 1);
		p->cumulative[k] = fmin(round(sum * 0x1p32), 0x1p32);
		if (k == COUNTS - 1 || (probability < 1e-18 && sum > 0.5)) p->cumulative[k] = 1LL << 32;
		for (; slot < 256 && (uint64_t)slot << 24 < p->cumulative[k]; slot++) p->guide[slot] = k;
		if (p->cumulative[k] == 1LL << 32) return;
	}
}

static inline int count(const poisson *p, uint64_t number) {
	int k = p->guide[number >> 24];
	while (number >= p->cumulative[k]) k++;
	return k;
}

/* The coefficients of a polynomial of a normal with a variance and a third cumulant. */
static void skewed(double variance, double third, double *constant, double *linear, double *square) {
	double skewness = variance > 0 ? third / (variance * sqrt(variance)) : 0, c = skewness / 6;
	for (int i = 0; i < 4; i++) {
		double root = sqrt(1 + 2 * c * c);
		c -= ((6 + 8 * c * c) * c - skewness * root * root * root) / (6 + 24 * c * c - 6 * skewness * c * root);
	}
	*linear = sqrt(variance / (1 + 2 * c * c));
	*constant = -c * *linear;
	*square = c * *linear;
}

/* One population: what a step does to it, and the sums of rates and slopes at its end. */
typedef struct {
	double *v, offset, decay, drift, endKick, bothKicks, constant, linear, square, rate, slope, noise;
	poisson table[2];
	int tables[2], tabulated;
	generator random;
} population;

static const double SLOPE = 4, SCALE = 4 * 64, WEIGHT[2] = {1, -1.5};

static void advance(population *p, int n) {
	static double added[BLOCK];
	static uint64_t words[BLOCK];
	generator *g = &p->random;
	const double offset = p->offset, decay = p->decay, drift = p->drift, constant = p->constant, linear = p->linear, square = p->square;
	const double end = p->endKick * SCALE, first = p->bothKicks, second = p->bothKicks * p->bothKicks * SCALE / 2;
	double rates = 0, slopes = 0, products = 0, noise = 0;
	for (int from = 0; from < n; from += BLOCK) {
		int many = n - from < BLOCK ? n - from : BLOCK;
		double *v = p->v + from;
		if (linear != 0) {
			fill(g, words, many);
			for (int i = 0; i < many; i++) {
				double z = normalFrom(g, words[i]);
				added[i] = constant + z * (linear + z * square);
			}
		} else
			for (int i = 0; i < many; i++) added[i] = 0;
		if (p->tabulated) {
			const poisson *one = &p->table[p->tables[0]], *two = &p->table[p->tables[p->tabulated - 1]];
			fill(g, words, many);
			for (int i = 0; i < many; i++) added[i] += one->jump * (count(one, words[i] >> 32) - one->mean);
			if (p->tabulated == 2)
				for (int i = 0; i < many; i++) added[i] += two->jump * (count(two, (uint32_t)words[i]) - two->mean);
		}
		for (int i = 0; i < many; i++) {
			noise += added[i];
			double y = v[i] * decay + drift + added[i], f;
			const struct cell *c = find(y * SCALE + offset, &f);
			double q = f * c->c3, r = c->c2 + q, m = c->c1 + f * r;
			double rate = c->c0 + f * m, slope = m + f * (r + q), product = rate * slope;
			rates += rate;
			slopes += slope;
			products += product;
			v[i] = y - first * rate + second * product;
		}
	}
	p->rate = (rates - end * products) / n;
	p->slope = slopes * SCALE / n;
	p->noise = noise;
}

/* The rates with all potentials shifted, the kick that starts the next step taken back. */
static void evaluate(population *p, int n, double shift) {
	double back = -(p->bothKicks - p->endKick) * SCALE, rates = 0, slopes = 0;
	for (int i = 0; i < n; i++) {
		double f;
		const struct cell *c = find((p->v[i] + shift) * SCALE + p->offset, &f);
		double slope = slopeAt(c, f);
		rates += valueAt(c, f) * (1 - back * slope);
		slopes += slope;
	}
	p->rate = rates / n;
	p->slope = slopes * SCALE / n;
}

int main(int argc, char **argv) {
	if (argc != 8) return 2;
	const int n = atoi(argv[1]);
	const double duration = atof(argv[2]), step = atof(argv[3]), every = atof(argv[5]), rootN = sqrt(n);
	uint64_t seed = strtoull(argv[4], 0, 10);
	prepareZiggurat();
	prepareCells();
	static population populations[2];
	generator source;
	for (int a = 0; a <= 2; a++) { /* splitmix64 */
		uint64_t s[4];
		for (int i = 0; i < 4; i++) {
			uint64_t z = seed += 0x9e3779b97f4a7c15;
			z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
			z = (z ^ z >> 27) * 0x94d049bb133111eb;
			s[i] = z ^ z >> 31;
		}
		generator g = {s[0], s[1], s[2], s[3] | 1};
		if (a == 2) { source = g; break; }
		populations[a].random = g;
		populations[a].offset = (32 - SLOPE * atof(argv[6 + a])) * 64;
		if (!(populations[a].v = calloc(n, sizeof(double)))) return 1;
	}
	/* Steps are graded after time 0, where the means move fast (Grid of package leap). */
	const double layer = fmin(1 / (2.5 * rootN), 1. / 8);
	double pending[2] = {0}, input[2] = {0}, before[2], after[2], excess[2][2] = {{0}}, expected = 0, previous = 0, t = 0;
	double longest = INFINITY, length = 0;
	uint64_t work = 0;
	int row = 1, stopped = 1, rows = (int)lround(duration / every);
	struct timespec start, stop;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	for (int a = 0; a < 2; a++) {
		evaluate(&populations[a], n, 0);
		after[a] = populations[a].rate;
	}
	char *told = NULL;
	size_t size = 0;
	FILE *variances = open_memstream(&told, &size);
	printf("{\"means\": [");
	while (row <= rows) {
		/* This step and the next one, 0 if the run stops to show its state. */
		double h = length, following = 0;
		int stops = 0, isNext = h > 0;
		for (double at = t;;) {
			double until = row == rows ? duration : row * every, wanted = fmin(step * fmin(1, (at + layer) * 8), 2 * longest);
			double pieces = ceil((until - at) / wanted - 1e-9), found = pieces > 1 ? (until - at) / pieces : until - at;
			if (isNext) { /* known from before */
				isNext = 0;
				found = h;
				pieces = fabs(at + h - until) < 1e-12 ? 1 : 2;
			} else if (h > 0) {
				following = found;
				longest = found;
				break;
			}
			h = found;
			longest = h;
			at += h;
			if ((stops = pieces <= 1)) break;
		}
		length = following;
		t = stops ? (row == rows ? duration : row * every) : t + h;

		double response = -expm1(-h), square = -expm1(-2 * h) / 2, shrink = sqrt(square / h) / rootN;
		for (int a = 0; a < 2; a++) {
			population *p = &populations[a];
			p->decay = exp(-h);
			p->drift = p->decay * pending[a] + response * input[a];
			double self = WEIGHT[a] / rootN, variance = 0, third = 0;
			p->endKick = self * h / 2;
			p->bothKicks = self * (h + following) / 2;
			p->tabulated = 0;
			for (int b = 0; b < 2; b++) {
				double middle = after[b] + (previous > 0 ? (after[b] - before[b]) * h / (2 * previous) : 0);
				double mean = (n - (a == b)) * fmin(fmax(middle, 0), 1) * h, jump = WEIGHT[b] * shrink;
				p->table[b].jump = jump;
				p->table[b].mean = mean;
				if (mean > TABULATED) {
					variance += jump * jump * mean;
					third += jump * jump * jump * mean;
				} else if (mean > 0) {
					preparePoisson(&p->table[b], jump, mean);
					p->tables[p->tabulated++] = b;
				}
			}
			skewed(variance, third, &p->constant, &p->linear, &p->square);
			if (stopped) { /* the first half kick */
				double kick = p->endKick, half = kick * kick * SCALE / 2;
				for (int i = 0; i < n; i++) {
					double f;
					const struct cell *c = find(p->v[i] * SCALE + p->offset, &f);
					p->v[i] -= valueAt(c, f) * (kick - half * slopeAt(c, f));
				}
			}
			advance(p, n);
			work += n;
			/* The spikes of each pathway, given the noise that they made. */
			double all = 0, draws[2], rest = p->noise;
			for (int b = 0; b < 2; b++) {
				double jump = p->table[b].jump, mean = p->table[b].mean;
				draws[b] = sqrt(n * mean) * normalFrom(&source, next(&source));
				rest -= jump * draws[b];
				all += n * mean * jump * jump;
			}
			for (int b = 0; b < 2; b++)
				excess[a][b] += draws[b] + (all > 0 ? n * p->table[b].mean * p->table[b].jump * rest / all : 0);
		}
		before[0] = after[0];
		before[1] = after[1];
		/* The implicit equation of the means by Newton's method. */
		double weight = previous > 0 ? h / (h + previous) : 0;
		pending[0] = pending[1] = 0;
		for (int iteration = 0;; iteration++) {
			double m[2][2], right[2], sum = 0;
			if (iteration == 100) return 3;
			for (int b = 0; b < 2; b++) sum += WEIGHT[b] * rootN * populations[b].rate;
			for (int a = 0; a < 2; a++) {
				right[a] = sum - input[a] - (1 + weight) * pending[a] / response;
				for (int b = 0; b < 2; b++) {
					double coupling = WEIGHT[b] * rootN;
					m[a][b] = coupling > 0 && iteration >= 50 ? 0 : -coupling * populations[b].slope;
				}
				m[a][a] += (1 + weight) / response;
			}
			double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
			double correction[2] = {(m[1][1] * right[0] - m[0][1] * right[1]) / determinant, (m[0][0] * right[1] - m[1][0] * right[0]) / determinant};
			double far = fmax(fabs(correction[0]), fabs(correction[1])) * SLOPE;
			for (int a = 0; a < 2; a++) pending[a] += correction[a];
			if (!(far > 0.02)) {
				for (int a = 0; a < 2; a++) {
					after[a] = populations[a].rate + populations[a].slope * correction[a];
					input[a] += pending[a] / response;
					expected += (double)n * (2 * n - 1) * h / 2 * fmax(0, before[a] + after[a]);
				}
				break;
			}
			for (int a = 0; a < 2; a++) evaluate(&populations[a], n, pending[a]);
		}
		previous = h;
		stopped = stops;
		if (!stops) continue;
		double mean[2] = {0}, variance[2] = {0};
		for (int a = 0; a < 2; a++) {
			for (int i = 0; i < n; i++) mean[a] += (populations[a].v[i] += pending[a]) / n;
			for (int i = 0; i < n; i++) variance[a] += (populations[a].v[i] - mean[a]) * (populations[a].v[i] - mean[a]) / n;
			pending[a] = 0;
		}
		printf("%s[%.9g, %.9g]", row > 1 ? ", " : "", mean[0], mean[1]);
		fprintf(variances, "%s[%.9g, %.9g]", row > 1 ? ", " : "", variance[0], variance[1]);
		row++;
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);
	fclose(variances);
	printf("], \"variances\": [%s]", told);
	printf(", \"seconds\": %.9f, \"work\": %llu, \"spikes\": %.0f}\n", stop.tv_sec - start.tv_sec + 1e-9 * (stop.tv_nsec - start.tv_nsec),
		(unsigned long long)work, round(expected + excess[0][0] + excess[0][1] + excess[1][0] + excess[1][1]));
	return 0;
}
