"""A sparse network in Brian2, as its users write it: neurons that fire in a step by chance, synapses that
let v jump. It knows one output time, the end. The last arguments are the in-degree K and how Brian2 runs it: numpy, cython or cpp_standalone."""

import brian2 as b2
import numpy as np

from brian_run import choose, run
from network import Setting

setting = Setting()
in_degree, target = int(setting.more[0]), setting.more[1]
choose(setting, target, "standalone-sparse")
random = np.random.default_rng(setting.seed)
groups, synapses = [], []
for a, start in enumerate(setting.start(random)):
    parameters = {key: getattr(setting, key)[a] for key in ("stimulus", "tau", "highest", "slope", "threshold")}
    group = b2.NeuronGroup(
        setting.n,
        "dv/dt = (stimulus - v/tau)/second : 1",
        threshold="rand() < highest/(1 + exp(-slope*(v - threshold)))*dt/second",
        method="exact",
        namespace=parameters,
    )
    group.v = start
    groups.append(group)
counters = [b2.SpikeMonitor(group, record=False) for group in groups]
for a, targets in enumerate(groups):
    for b, sources in enumerate(groups):
        others = [np.delete(np.arange(setting.n), j) if a == b else np.arange(setting.n) for j in range(setting.n)]
        heard = np.concatenate([random.choice(each, in_degree, replace=False, shuffle=False) for each in others])
        weight = float(setting.jump[a, b] * np.sqrt(setting.n / in_degree))
        pathway = b2.Synapses(sources, targets, on_pre="v_post += weight", namespace={"weight": weight})
        pathway.connect(i=heard, j=np.repeat(np.arange(setting.n), in_degree))
        synapses.append(pathway)
network = b2.Network(groups, synapses, counters)
seconds = run(network, setting, target)
setting.keep([np.array(group.v[:]) for group in groups])
spikes = sum(counter.num_spikes for counter in counters) * in_degree * len(groups)
setting.report(seconds, spikes)
