"""Reads a store by DuckDB, as the documentation of the package says."""
import importlib.util
import pathlib
import sys

import duckdb
import numpy

path, key = sys.argv[1:]
con = duckdb.connect()
# DuckDB fetches what reads SQLite when it is first needed; where it is installed as a
# package of Python it comes from there.
package = importlib.util.find_spec("duckdb_extension_sqlite_scanner")
if package:
    for extension in pathlib.Path(package.origin).parent.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"):
        con.execute(f"LOAD '{extension}'")
con.execute(f"ATTACH '{path}' AS kept (TYPE sqlite, READ_ONLY)")
name, n, records = con.execute("SELECT name, n::BIGINT AS n, records::BIGINT AS records FROM kept.ensembles").fetchone()
print(name, n, records)
rows = con.execute("""
    SELECT value FROM kept.records JOIN kept.shelves ON records.id // 4294967296 = shelves.id
    WHERE key = ? ORDER BY records.id""", [key]).fetchall()
values = numpy.frombuffer(b"".join(value for (value,) in rows), "<f8").reshape(records, -1)
print(*values.shape, values.tobytes().hex())
