"""Tau-leaping with NumPy, as fast as we know how to write it: all targets of a pathway
share one Poisson law, whose distribution function is tabulated once a step and inverted
by a binary search for all neurons at once. What a neuron would have heard from itself is
taken off in the mean."""

import math
import time

import numpy as np

from network import Setting


def distribution(mean):
    """The distribution function of the Poisson law up to where the rest is below 1e-16."""
    longest = int(mean + 10 * math.sqrt(mean) + 20)
    logarithms = np.arange(1, longest) * math.log(mean) - LOG_FACTORIALS[1:longest]
    return np.exp(np.concatenate(([0.0], logarithms)) - mean).cumsum()


LOG_FACTORIALS = np.concatenate(([0.0], np.log(np.arange(1, 1_000_000)).cumsum()))

setting = Setting()
random = np.random.default_rng(setting.seed)
v = setting.start(random)
begin = time.perf_counter()
for step in range(1, setting.steps + 1):
    rates = setting.rates(v)
    tables = [distribution(rate.sum() * setting.step) for rate in rates]
    for a in range(len(v)):
        change = (setting.stimulus[a] - v[a] / setting.tau[a] - setting.jump[a, a] * rates[a]) * setting.step
        for b, table in enumerate(tables):
            counts = table.searchsorted(random.random(setting.n))
            change += setting.jump[a, b] * counts
        v[a] += change
    if step % setting.steps_between == 0:
        setting.keep(v)
setting.report(time.perf_counter() - begin)
