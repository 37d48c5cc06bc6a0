"""Reads a table by DuckDB and prints its columns and the hash of its cells, for a test."""
import hashlib
import struct
import sys

import duckdb

answer = duckdb.sql(f"SELECT * FROM '{sys.argv[1]}' ORDER BY point")
print(",".join(answer.columns))
assert [str(t) for t in answer.types] == ["BIGINT", "DOUBLE", "DOUBLE", "VARCHAR"]
text = hashlib.sha256()
for row in answer.fetchall():
    for cell in row:
        if cell is None:
            text.update(b"null ")
        elif isinstance(cell, float):
            text.update(struct.pack(">d", cell).hex().encode() + b" ")
        else:
            text.update(f"{cell} ".encode())
print(text.hexdigest())
