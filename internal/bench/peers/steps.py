"""The program that one writes first: Euler's method, with the spikes that each neuron
hears in a step drawn from NumPy's Poisson law, whose mean is the sum of the rates of
all other neurons."""

import time

import numpy as np

from network import Setting

setting = Setting()
random = np.random.default_rng(setting.seed)
v = setting.start(random)
spikes = 0
begin = time.perf_counter()
for step in range(1, setting.steps + 1):
    rates = setting.rates(v)
    totals = [rate.sum() for rate in rates]
    for a in range(len(v)):
        change = (setting.stimulus[a] - v[a] / setting.tau[a]) * setting.step
        for b in range(len(v)):
            # No neuron hears itself.
            heard = totals[b] - rates[a] if a == b else np.full(setting.n, totals[b])
            counts = random.poisson(heard * setting.step)
            spikes += counts.sum()
            change += setting.jump[a, b] * counts
        v[a] += change
    if step % setting.steps_between == 0:
        setting.keep(v)
setting.report(time.perf_counter() - begin, spikes)
