-- From version 1 of the tables to 2: points of sweeps.

-- One row for what one measure found at one point of a sweep. Points are kept by what they
-- are and not by a number, so that another sweep through the same ones finds them.
CREATE TABLE points (
  shelf INTEGER NOT NULL,
  point BLOB NOT NULL,    -- the first 16 bytes of a SHA-256 of the network's fingerprint and its size
  sum   INTEGER NOT NULL, -- checksum, see the documentation of the package
  value TEXT NOT NULL,    -- JSON: a list of what was measured
  PRIMARY KEY (shelf, point)
) WITHOUT ROWID;

-- What was measured, one row a point. What the elements of value are, keeps names.
CREATE VIEW measured AS
SELECT s.key, s.name, recipe ->> '$.method' AS method, recipe ->> '$.seed' AS seed, recipe -> '$.times' AS times,
       recipe ->> '$.keeps' AS keeps, lower(hex(p.point)) AS point, p.value
FROM points p JOIN shelves s ON s.id = p.shelf;

DROP VIEW ensembles;
CREATE VIEW ensembles AS
SELECT s.key, recipe ->> '$.kind' AS kind, s.name, recipe ->> '$.network' AS fingerprint, recipe ->> '$.method' AS method,
       recipe ->> '$.n' AS n, recipe ->> '$.seed' AS seed, recipe -> '$.times' AS times, recipe ->> '$.keeps' AS keeps,
       recipe ->> '$.code' AS code, recipe ->> '$.arch' AS arch, recipe ->> '$.go' AS go, recipe ->> '$.gonum' AS gonum,
       s.version, s.created, s.used, s.network,
       (SELECT ifnull(sum(r.count), 0) FROM records r WHERE r.id BETWEEN s.id * 4294967296 AND s.id * 4294967296 + 4294967295) +
       (SELECT count(p.point) FROM points p WHERE p.shelf = s.id) AS records,
       (SELECT ifnull(sum(length(r.value)), 0) FROM records r WHERE r.id BETWEEN s.id * 4294967296 AND s.id * 4294967296 + 4294967295) +
       (SELECT ifnull(sum(length(CAST(p.value AS BLOB))), 0) FROM points p WHERE p.shelf = s.id) AS bytes
FROM shelves s;
