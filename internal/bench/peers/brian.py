"""The aggregated model in Brian2: a group a population, whose neurons draw the spikes that
they hear in a step from the sums of all rates, which a synapse from each neuron brings to a
group of one neuron: Brian2's own way to sum, and the only one in a program of C++.

The last argument is how Brian2 runs it: numpy, cython or cpp_standalone. The seconds of the
last are those of the program's main loop."""

import brian2 as b2
import numpy as np

from brian_run import choose, run
from network import Setting

setting = Setting()
target = setting.more[0]
choose(setting, target, "standalone")
every = setting.steps_between * b2.defaultclock.dt
random = np.random.default_rng(setting.seed)
populations = range(len(setting.tau))
sums = b2.NeuronGroup(1, "\n".join(f"total{a} : 1\npotential{a} : 1\nsquare{a} : 1" for a in populations))
groups, synapses = [], []
for a, start in enumerate(setting.start(random)):
    # No neuron hears itself.
    heard = [f"poisson((total{b}{' - rate' if a == b else ''})*dt/second)" for b in populations]
    change = " + ".join(f"jump{b}*{counts}" for b, counts in enumerate(heard))
    parameters = {f"jump{b}": float(setting.jump[a, b]) for b in populations}
    parameters |= {key: getattr(setting, key)[a] for key in ("stimulus", "tau", "highest", "slope", "threshold")}
    group = b2.NeuronGroup(
        setting.n,
        "v : 1\n rate : 1\n" + "\n".join(f"total{b} : 1 (linked)" for b in populations),
        namespace=parameters,
    )
    group.v = start
    for b in populations:
        setattr(group, f"total{b}", b2.linked_var(sums, f"total{b}"))
    # In a step: rates, their sums (in the slot "groups"), and Euler's method for leak, stimulus and spikes at once.
    group.run_regularly("rate = highest/(1 + exp(-slope*(v - threshold)))", when="start")
    group.run_regularly(f"v += (stimulus - v/tau)*dt/second + {change}", when="synapses")
    totals = b2.Synapses(group, sums, f"total{a}_post = rate_pre : 1 (summed)")
    potentials = b2.Synapses(group, sums, f"potential{a}_post = v_pre : 1 (summed)", dt=every)
    squares = b2.Synapses(group, sums, f"square{a}_post = v_pre**2 : 1 (summed)", dt=every)
    for each in (totals, potentials, squares):
        each.connect()
        synapses.append(each)
    groups.append(group)
monitor = b2.StateMonitor(sums, [f"{what}{a}" for a in populations for what in ("potential", "square")], record=True, dt=every, when="end")
network = b2.Network(groups, synapses, sums, monitor)
seconds = run(network, setting, target)
# The monitor saw the state at the begin of steps, the first one too, and not that at the end of the last.
means, squares = (np.array([getattr(monitor, f"{what}{a}")[0, 1:] for a in populations]).T / setting.n for what in ("potential", "square"))
setting.means, setting.variances = means.tolist(), (squares - means**2).tolist()
setting.keep([np.array(group.v[:]) for group in groups])
setting.report(seconds)
