"""What the programs in Brian2 have in common: how a target is chosen, and how a network is run and timed."""

import os
import time

import brian2 as b2


def choose(setting, target, program):
    """Makes Brian2 run a program by numpy, cython or cpp_standalone, by the setting's step and seed."""
    b2.BrianLogger.log_level_error()
    if target == "cpp_standalone":
        # What has been compiled for this size before is used again.
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{program}-{setting.n}")
        b2.set_device(target, directory=folder)
    else:
        b2.prefs.codegen.target = target
    b2.seed(setting.seed)
    b2.defaultclock.dt = setting.step * b2.second


def run(network, setting, target):
    """Runs a network, and returns the seconds that it took without compiling."""
    duration = setting.steps * b2.defaultclock.dt
    if target == "cpp_standalone":
        network.run(duration)
        return b2.device._last_run_time
    network.store()
    network.run(b2.defaultclock.dt)  # compiles
    network.restore()
    begin = time.perf_counter()
    network.run(duration)
    return time.perf_counter() - begin
