// Package explorer makes the page of the book on which a reader moves sliders and watches a
// balanced network. Its numbers come from package bnn, compiled to WebAssembly.
//
// [Compile] makes the script explorer.wasm.js of it, which the page loads when it starts. In the
// browser the program runs in workers, to which the page sends questions as messages:
// assets/worker.js passes them on, the folder program receives them and the folder model
// answers them. Only program is specific to WebAssembly; it is not built for any
// other system.
//
// [Page] joins the parts of assets to a page of the book. The script has a file a concept:
// parameters.js, state.js and link.js are what a reader can change; client.js starts three
// workers and asks them; run.js and scene.js hold what came back; axis.js and frame.js draw
// what all plots share, curves.js, plane.js, histogram.js, spectrum.js, mapplot.js and raster.js a plot each; map.js asks for the map;
// controls.js, verdict.js, copy.js and actions.js are what is around the plots, and
// explorer.js ties all together. The object window.explorer, read-only, is for tests.
package explorer
