"""The plain exact simulation as one writes it with numba: one candidate after the other for
a uniformly chosen ordered pair, each with its exponentials. The same as naive.c."""

import math
import sys
import time

import numba
import numpy as np

from network import Setting


@numba.njit
def simulate(begin, end, tau, highest, slope, threshold, jump, v):
    """Moves the potentials v, populations after each other, from one time to another, and returns candidates and spikes."""
    neurons = len(v)
    n = neurons // len(tau)
    bound = highest.max()
    rate = neurons * (neurons - 1) * bound
    updated = np.full(neurons, begin)
    candidates = spikes = 0
    t = begin + np.random.exponential(1 / rate)
    while t < end:
        candidates += 1
        source = np.random.randint(neurons)
        b = source // n
        v[source] *= math.exp((updated[source] - t) / tau[b])
        updated[source] = t
        if np.random.random() * bound * (1 + math.exp(-slope[b] * (v[source] - threshold[b]))) < highest[b]:
            target = np.random.randint(neurons - 1)
            if target >= source:
                target += 1
            a = target // n
            v[target] = v[target] * math.exp((updated[target] - t) / tau[a]) + jump[a, b]
            updated[target] = t
            spikes += 1
        t += np.random.exponential(1 / rate)
    for i in range(neurons):
        v[i] *= math.exp((updated[i] - end) / tau[i // n])
    return candidates, spikes


@numba.njit
def set_seed(seed):
    np.random.seed(seed)


setting = Setting()
if any(setting.stimulus):
    sys.exit("this program knows no stimulus")
parameters = [np.array(values) for values in (setting.tau, setting.highest, setting.slope, setting.threshold)]
v = np.concatenate(setting.start(np.random.default_rng(setting.seed)))
simulate(0.0, 1e-9, *parameters, setting.jump, v.copy())  # compiles
set_seed(setting.seed)
candidates = spikes = 0
every = setting.end * setting.steps_between / setting.steps
begin = time.perf_counter()
for output in range(setting.steps // setting.steps_between):
    done = simulate(output * every, (output + 1) * every, *parameters, setting.jump, v)
    candidates, spikes = candidates + done[0], spikes + done[1]
    setting.keep(v.reshape(-1, setting.n))
setting.report(time.perf_counter() - begin, spikes, candidates)
