// Package store keeps finished results, the replicas of ensembles and the points of sweeps,
// in one SQLite file. It knows no Network: a Recipe says what determines a result, and the
// store keeps the bytes.
//
// # Opening the file with other programs
//
// The file is store.sqlite in the folder balanced of the user's cache directory, or in the
// folder named by --store DIR and At. Its application_id is 0x626e6e00, its user_version the
// version of the tables, 2; a file of version 1, which had no points, is brought to it. With sqlite3:
//
//	sqlite3 -readonly store.sqlite "SELECT key, name, method, n, seed, records FROM ensembles"
//
// with pandas:
//
//	con = sqlite3.connect("file:store.sqlite?mode=ro", uri=True)
//	frame = pandas.read_sql("SELECT number, value FROM replicas WHERE key = ? ORDER BY number", con, params=[key])
//	values = numpy.stack([numpy.frombuffer(v, "<f8") for v in frame.value])
//
// and with DuckDB:
//
//	ATTACH 'store.sqlite' AS kept (TYPE sqlite, READ_ONLY);
//	SELECT name, n::BIGINT AS n, records::BIGINT AS records FROM kept.ensembles;
//	SELECT value FROM kept.records JOIN kept.shelves ON records.id // 4294967296 = shelves.id
//	  WHERE key = ? ORDER BY records.id;
//
// DuckDB takes what a view computes for text: it reads numbers after a cast, and values from
// the tables, a row of which holds some records, one after the other.
//
// # Views and tables
//
// The view ensembles has a row for each recipe: its key, what determines its records (kind,
// method, fingerprint of the network, n, seed, times as JSON, keeps, code, arch, go, gonum)
// and provenance that determines nothing (name of the network, network as JSON, version of
// the program, created and used in UTC), and how many records and bytes there are.
//
// The view replicas has a row for each record: the key, its number from 0, its length, and
// its value, a BLOB of so many little-endian 64-bit floating point numbers. What they are
// keeps tells: where it is empty, for each output time in turn and, within it, each
// population the mean, then so the variances, the third cumulants, the rates, then the
// numbers of spikes since time 0 by time, target and source population, and those of the
// feedforward sources.
//
// The view measured has a row for each point of a sweep and measure: the key, the name of the
// network, the method and its seed and times, point, which is a hash of what tells the point
// from others, and value, a JSON list whose elements keeps names: numbers, texts, or null
// where there is no number.
//
// Below the views are the tables shelves, records, points and checkpoints, described in
// schema.sql and schema_points.sql, the text of which is in the file too (sqlite3's .schema).
// A row of records has up to 256 records of consecutive numbers and equal length that were
// finished at the same time: that makes reading many fast. Its checksum covers the key, the
// number of the first record, their count and the bytes; that of a point the key, followed by
// the point in hexadecimal digits, 0, 1 and the text. A row that is damaged is reported, and all of it computed again;
// that loses what was computed between two commits, which are at most half a second apart.
//
// # Safety
//
// Several processes may read and write the file at once. It has a write-ahead log
// (store.sqlite-wal, gone when nobody has the file open) where the file system lets processes
// share memory, and a rollback journal on those of clusters and file servers, where writers
// on different machines should have a file each. A process that is killed at any moment
// leaves whole commits; a machine that stops may lose the last ones.
package store
