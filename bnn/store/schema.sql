-- One row for all that one recipe determines: the replicas of one ensemble, the points of
-- one sweep. Numbers are never given twice, so that a writer that outlives a deletion
-- cannot write into another's shelf.
CREATE TABLE shelves (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  key     TEXT NOT NULL UNIQUE, -- the first 32 hex digits of the SHA-256 of recipe
  recipe  TEXT NOT NULL,        -- JSON: all that determines the bytes of the records
  name    TEXT NOT NULL,        -- from here on provenance, which determines nothing:
  network TEXT NOT NULL,        -- the network as JSON,
  version TEXT NOT NULL,        -- the version that made the shelf,
  created TEXT NOT NULL,        -- when it was made and
  used    TEXT NOT NULL         -- when it was last asked for, to the hour; UTC, ISO 8601
);

-- One row for up to 256 records of one shelf that have consecutive numbers, the same length
-- and were finished at the same time.
CREATE TABLE records (
  id    INTEGER PRIMARY KEY, -- shelf * 4294967296 + number of the first record
  count INTEGER NOT NULL,    -- how many records
  sum   INTEGER NOT NULL,    -- checksum, see the documentation of the package
  value BLOB NOT NULL        -- the records one after the other
);

-- Where replicas that take long are, so that one that was killed goes on.
CREATE TABLE checkpoints (
  id    INTEGER PRIMARY KEY, -- shelf * 4294967296 + number of the record
  sum   INTEGER NOT NULL,
  saved TEXT NOT NULL,       -- when, UTC, ISO 8601
  value BLOB NOT NULL
);

-- The places of the records in a row: 0 to 255.
CREATE TABLE places (place INTEGER PRIMARY KEY);
INSERT INTO places WITH RECURSIVE p(place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM p WHERE place < 255) SELECT place FROM p;

-- What there is, one row a shelf.
CREATE VIEW ensembles AS
SELECT s.key, recipe ->> '$.kind' AS kind, s.name, recipe ->> '$.network' AS fingerprint, recipe ->> '$.method' AS method,
       recipe ->> '$.n' AS n, recipe ->> '$.seed' AS seed, recipe -> '$.times' AS times, recipe ->> '$.keeps' AS keeps,
       recipe ->> '$.code' AS code, recipe ->> '$.arch' AS arch, recipe ->> '$.go' AS go, recipe ->> '$.gonum' AS gonum,
       s.version, s.created, s.used, s.network,
       (SELECT ifnull(sum(r.count), 0) FROM records r WHERE r.id BETWEEN s.id * 4294967296 AND s.id * 4294967296 + 4294967295) AS records,
       (SELECT ifnull(sum(length(r.value)), 0) FROM records r WHERE r.id BETWEEN s.id * 4294967296 AND s.id * 4294967296 + 4294967295) AS bytes
FROM shelves s;

-- One row a record. Its value is length numbers: 64-bit floating point, little-endian.
CREATE VIEW replicas AS
SELECT s.key, r.id - s.id * 4294967296 + p.place AS number, length(r.value) / r.count / 8 AS length,
       substr(r.value, 1 + p.place * (length(r.value) / r.count), length(r.value) / r.count) AS value
FROM shelves s
JOIN records r ON r.id BETWEEN s.id * 4294967296 AND s.id * 4294967296 + 4294967295
JOIN places p ON p.place < r.count;
