"""A sparse network in Brian2, as its users write it: neurons that fire in a step by chance, synapses that
let v jump. It knows one output time, the end. The last arguments are the in-degree K and how Brian2 runs it: numpy, cython or cpp_standalone."""

import os
import time

import brian2 as b2
import numpy as np

from network import Setting

setting = Setting()
in_degree, target = int(setting.more[0]), setting.more[1]
b2.BrianLogger.log_level_error()
if target == "cpp_standalone":
    # What has been compiled for this size before is used again.
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"standalone-sparse-{setting.n}")
    b2.set_device(target, directory=folder)
else:
    b2.prefs.codegen.target = target
b2.seed(setting.seed)
b2.defaultclock.dt = setting.step * b2.second
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
duration = setting.steps * b2.defaultclock.dt
if target == "cpp_standalone":
    network.run(duration)
    seconds = b2.device._last_run_time
else:
    network.store()
    network.run(b2.defaultclock.dt)  # compiles
    network.restore()
    begin = time.perf_counter()
    network.run(duration)
    seconds = time.perf_counter() - begin
setting.keep([np.array(group.v[:]) for group in groups])
spikes = sum(counter.num_spikes for counter in counters) * in_degree * len(groups)
setting.report(seconds, spikes)
