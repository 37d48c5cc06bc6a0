// Package provenance keeps with a table or figure how it was made: the command, the network,
// n, the seed, the versions of what computed it, and where the store has it. The same inputs
// give the same record: it has no time, host, user or folder.
//
// A record is one line of JSON, which stands
//
//   - in CSV in the first line, after "# bnn ";
//   - in SVG in an element <metadata id="bnn">;
//   - in PNG in a chunk iTXt with the keyword bnn, before the image data;
//   - in Parquet in the metadata of the file, key bnn;
//   - in NPZ in the array provenance, a text.
//
// Read finds it in a file of any of these kinds, and takes files for hostile.
package provenance
