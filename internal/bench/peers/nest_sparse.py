"""A sparse network in NEST: the last argument is the in-degree K. NEST has no logistic intensity and no
process a pair. This is what it has next to that, pp_psc_delta: a neuron whose intensity is the exponential
max·e^{slope·(v − threshold)}, the tail of the logistic one, so that it fires more the closer it comes to its
threshold, without dead time; in steps, with a delay of one of them; 10 ms a synaptic time constant."""

import time

import nest
import numpy as np

from network import Setting

MS = 10.0  # a synaptic time constant
setting = Setting()
in_degree = int(setting.more[0])
nest.verbosity = nest.VerbosityLevel.ERROR
step = setting.step * MS
nest.set(resolution=step, rng_seed=setting.seed + 1, local_num_threads=1)
random = np.random.default_rng(setting.seed)
groups = []
for a, start in enumerate(setting.start(random)):
    # In NEST's pp_psc_delta the potential is relative to rest, and rates are in 1/s.
    group = nest.Create(
        "pp_psc_delta",
        setting.n,
        params={
            "tau_m": setting.tau[a] * MS,
            "C_m": setting.tau[a] * MS,  # so that a current of I_e moves v to I_e·tau
            "I_e": setting.stimulus[a] / MS,
            "c_1": 0.0,
            "c_2": setting.highest[a] / MS * 1000 * np.exp(-setting.slope[a] * setting.threshold[a]),
            "c_3": setting.slope[a],
            "dead_time": 0.0,
            "with_reset": False,
        },
    )
    group.V_m = start
    groups.append(group)
for a, targets in enumerate(groups):
    for b, sources in enumerate(groups):
        nest.Connect(
            sources,
            targets,
            {"rule": "fixed_indegree", "indegree": in_degree, "allow_autapses": False, "allow_multapses": False},
            {"weight": setting.jump[a, b] * np.sqrt(setting.n / in_degree), "delay": step},
        )
nest.Prepare()
begin = time.perf_counter()
spikes = 0
for _ in range(setting.steps // setting.steps_between):
    nest.Run(setting.steps_between * step)
    spikes += nest.local_spike_counter * in_degree * len(groups)  # of this run alone
    setting.keep([np.array(group.V_m) for group in groups])
seconds = time.perf_counter() - begin
nest.Cleanup()
setting.report(seconds, spikes)
