"""What the Python peers share: the command line, and the line of JSON at the end.

Usage: PEER.py NETWORK.json N END STEP SEED EVERY [MORE ...]

The network has logistic rates, constant stimuli, no noise, no sources and no projection of
the start; its populations have all the same size N. Prints the seconds that the
simulation took without imports and compilation, the work in neuron-steps (candidates
of exact ones), and the means and variances of the potentials of the populations at EVERY, 2 EVERY, ..., END.
"""

import json
import sys

import numpy as np


class Setting:
    def __init__(self):
        path, n, end, step, seed, every, *self.more = sys.argv[1:]
        with open(path) as file:
            network = json.load(file)
        self.n, self.seed = int(n), int(seed)
        self.step, self.end = float(step), float(end)
        self.steps = round(self.end / self.step)
        self.steps_between = round(float(every) / self.step)
        populations = network["populations"]
        self.names = [p["name"] for p in populations]
        self.tau = [p["tau"] for p in populations]
        self.stimulus = [p.get("stimulus", {}).get("value", 0.0) for p in populations]
        self.highest = [p["rate"]["max"] for p in populations]
        self.slope = [p["rate"]["slope"] for p in populations]
        self.threshold = [p["rate"]["threshold"] for p in populations]
        self.jump = np.array(network["weights"]) / np.sqrt(self.n)
        self.mean = network["initial"]["mean"]
        self.means, self.variances = [], []
        self.deviation = np.sqrt(network["initial"]["variance"])

    def start(self, random):
        """The potentials at time 0, an array a population."""
        return [random.normal(m, s, self.n) for m, s in zip(self.mean, self.deviation)]

    def rates(self, v):
        """The rate of every neuron, an array a population."""
        return [
            highest / (1 + np.exp(-slope * (potentials - threshold)))
            for potentials, highest, slope, threshold in zip(v, self.highest, self.slope, self.threshold)
        ]

    def keep(self, v):
        """Keeps the means and variances of potentials, at one output time after the other."""
        self.means.append([float(potentials.mean()) for potentials in v])
        self.variances.append([float(potentials.var()) for potentials in v])

    def report(self, seconds, spikes=0, work=None):
        work = self.steps * self.n * len(self.tau) if work is None else work
        line = {"seconds": seconds, "work": int(work), "spikes": int(spikes), "means": self.means, "variances": self.variances}
        print(json.dumps(line))
