"""The aggregated model in Brian2: a group a population, whose neurons draw the spikes that
they hear in a step from the sums of all rates. Brian2 compiles it by Cython where that
works, and says so where it does not."""

import time

import brian2 as b2
import numpy as np
from brian2.devices.device import auto_target

from network import Setting

setting = Setting()
b2.BrianLogger.log_level_error()
b2.seed(setting.seed)
b2.defaultclock.dt = setting.step * b2.second
random = np.random.default_rng(setting.seed)
populations = range(len(setting.tau))
groups = []
for a, start in enumerate(setting.start(random)):
    # No neuron hears itself.
    heard = [f"poisson((total{b}{' - rate' if a == b else ''})*dt/second)" for b in populations]
    change = " + ".join(f"jump{b}*{counts}" for b, counts in enumerate(heard))
    parameters = {f"jump{b}": float(setting.jump[a, b]) for b in populations}
    parameters |= {key: getattr(setting, key)[a] for key in ("stimulus", "tau", "highest", "slope", "threshold")}
    group = b2.NeuronGroup(
        setting.n,
        "v : 1\n rate : 1\n" + "\n".join(f"total{b} : 1 (shared)" for b in populations),
        namespace=parameters,
    )
    group.v = start
    group.run_regularly("rate = highest/(1 + exp(-slope*(v - threshold)))", when="start")
    # Euler's method for leak, stimulus and spikes at once.
    group.run_regularly(f"v += (stimulus - v/tau)*dt/second + {change}", when="groups")
    groups.append(group)
# The arrays behind the variables: the fastest way to them.
rates = [group.variables["rate"].get_value() for group in groups]
totals = [[group.variables[f"total{b}"].get_value() for group in groups] for b in populations]


means = []
steps_begun = 0


def keep_means():
    means.append([float(np.mean(group.v[:])) for group in groups])


@b2.network_operation(when="before_groups")
def sum_rates():
    global steps_begun
    if steps_begun > 0 and steps_begun % setting.steps_between == 0:
        keep_means()
    steps_begun += 1
    for rate, places in zip(rates, totals):
        total = rate.sum()
        for place in places:
            place[0] = total


network = b2.Network(groups, sum_rates)
network.store()
network.run(b2.defaultclock.dt)  # compiles
network.restore()
steps_begun = 0
begin = time.perf_counter()
network.run(setting.steps * b2.defaultclock.dt)
if setting.steps % setting.steps_between == 0:
    keep_means()
seconds = time.perf_counter() - begin
setting.report(seconds, means, note=auto_target().__name__)
