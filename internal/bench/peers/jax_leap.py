"""The scheme of the leap of package simulate (its doc comment), in JAX: one step compiled by XLA and
repeated by lax.scan, in double precision. Steps have one length, also right after the start, where
the leap takes shorter ones: the state at rest is as accurate, the way there is not. Spike counts are
drawn as in leaping.py, by inverting one table for all; where all pathways bring 32 or more a step,
their sum is a quadratic polynomial of a normal variable with the right first three cumulants."""

import os
import time

# One core, as all.
os.environ["NPROC"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
import numpy as np

from network import Setting

jax.config.update("jax_enable_x64", True)
setting = Setting()
n, h, jump = setting.n, setting.step, jnp.array(setting.jump)
tau, stimulus, highest, slope, threshold = (
    jnp.array(values) for values in (setting.tau, setting.stimulus, setting.highest, setting.slope, setting.threshold)
)
P = len(setting.tau)
decay, filled = jnp.exp(-h / tau), tau * -jnp.expm1(-h / tau)  # ∫ e^{−(h−u)/τ} du
shrink = jnp.sqrt(tau / 2 * -jnp.expm1(-2 * h / tau) / h)  # the root mean square of e^{−(h−u)/τ}
own = jnp.diag(jump)  # what a neuron does not hear from itself
heard = n - jnp.eye(P)  # neurons
most = n * h * max(setting.highest)
counts = jnp.arange(int(most + 10 * np.sqrt(most) + 20), dtype=float)
log_factorials = jax.scipy.special.gammaln(counts + 1)


def rates(v):
    """The rate of every neuron and its derivative."""
    share = 1 / (1 + jnp.exp(-slope[:, None] * (v - threshold[:, None])))
    return highest[:, None] * share, (highest * slope)[:, None] * share * (1 - share)


def by_tables(key, means):
    """Jumps less their means, from Poisson counts of each pathway."""
    uniforms = jax.random.uniform(key, (P, P, n))
    logarithms = jnp.log(means)[:, :, None] * counts - log_factorials - means[:, :, None]
    tables = jnp.exp(logarithms).cumsum(axis=2)
    draw = jax.vmap(jax.vmap(jnp.searchsorted))
    return (jump[:, :, None] * (draw(tables, uniforms) - means[:, :, None])).sum(axis=1)


def by_normal(key, means):
    """The same from b·z + c·(z² − 1), whose cumulants are b² + 2c² and 6b²c + 8c³."""
    second, third = (means * jump**2).sum(axis=1), (means * jump**3).sum(axis=1)
    c = third / (6 * second)
    for _ in range(3):
        c = (third + 4 * c**3) / (6 * second)
    z = jax.random.normal(key, (P, n))
    return jnp.sqrt(second - 2 * c**2)[:, None] * z + c[:, None] * (z**2 - 1)


def step(state, key, ratio=0.5, iterations=1):
    """One step, after half a kick by what neurons do not hear from themselves. ratio is h/(h + h′), where h′ is
    the step before; 0 if there is none. Each iteration of Newton's method evaluates the rates once."""
    v, before, now, last_input, _ = state
    middle = jnp.clip(now + (now - before) * ratio, 0, highest)
    means = heard * middle * h
    noise = jax.lax.cond(means.min() > 32, by_normal, by_tables, key, means)
    v = decay[:, None] * v + (filled * (stimulus + last_input))[:, None] + shrink[:, None] * noise
    mean_input = last_input
    for _ in range(iterations):
        # (1 + ratio) input − ratio last_input is the input at the end, n jump·rates.
        rate, derivative = rates(v)
        rest = n * jump @ rate.mean(axis=1) - (1 + ratio) * mean_input + ratio * last_input
        slopes = (1 + ratio) * jnp.eye(P) - n * jump * (derivative.mean(axis=1) * filled)
        change = jnp.linalg.solve(slopes, rest)
        v += (filled * change)[:, None]
        mean_input += change
    rate += derivative * (filled * change)[:, None]
    kick = h / 2 * own[:, None] * rate  # half of it ends this step, and half begins the next
    at_end = v - kick
    seen = at_end.mean(axis=1), at_end.var(axis=1)
    return (v - 2 * kick, now, rate.mean(axis=1), mean_input, seen), None


@jax.jit
def first(v, key):
    rate, _ = rates(v)
    now = rate.mean(axis=1)
    v -= h / 2 * own[:, None] * rate
    return step((v, now, now, jnp.zeros(P), None), key, ratio=0.0, iterations=8)[0]


@jax.jit
def several(state, keys):
    return jax.lax.scan(step, state, keys)[0]


def simulate(v, key, outputs):
    """The means and variances of the potentials at so many output times."""
    seen = []
    key, own_key = jax.random.split(key)
    state = first(v, own_key)
    for output in range(outputs):
        key, own_key = jax.random.split(key)
        state = several(state, jax.random.split(own_key, setting.steps_between - (output == 0)))
        seen.append([values.tolist() for values in state[-1]])
    return zip(*seen)


v = jnp.array(setting.start(np.random.default_rng(setting.seed)))
key = jax.random.key(setting.seed)
outputs = setting.steps // setting.steps_between
simulate(v, key, min(outputs, 2))  # compiles
begin = time.perf_counter()
setting.means, setting.variances = simulate(v, key, outputs)
setting.report(time.perf_counter() - begin)
