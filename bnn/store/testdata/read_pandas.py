"""Reads a store by pandas, as the documentation of the package says."""
import sqlite3
import sys

import numpy
import pandas

path, key = sys.argv[1:]
con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
ensembles = pandas.read_sql("SELECT name, n, records FROM ensembles", con)
print(*ensembles.iloc[0])
frame = pandas.read_sql("SELECT number, value FROM replicas WHERE key = ? ORDER BY number", con, params=[key])
values = numpy.stack([numpy.frombuffer(v, "<f8") for v in frame.value])
print(*values.shape, values.tobytes().hex())
