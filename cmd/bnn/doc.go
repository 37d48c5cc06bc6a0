// Command bnn simulates balanced networks, solves their limit, and executes the
// notebooks that compare the two. Networks are JSON files, like those in data/networks.
//
// Numbers:
//
//	bnn limit       solve the limit equations, or the finite-n equations
//	bnn simulate    simulate replicas of a network and average their moments
//	bnn balance     find the balanced states of a network, or say why there is none
//	bnn branch      follow stationary states along one parameter
//	bnn spectrum    spectra and covariances over time around a stationary state
//	bnn show        tell how a table or figure was made
//	bnn cite        list the publications that a result rests on
//	bnn sweep       look at a network at many values of its parameters: a table, in parts too
//	bnn store       look after finished replicas and points: list, show, verify, prune
//	bnn bench       measure the simulators against each other and other programs
//
// Notebooks:
//
//	bnn run         execute notebooks, and write the book and the table of results
//	bnn book        write the book from the outputs that the notebooks hold
//	bnn serve       show the book in a browser of this machine
//	bnn new         write a starter notebook
//	bnn lab         start Jupyter in the folder of notebooks
//	bnn kernel      make the notebook kernel known to Jupyter: install, uninstall, doctor
//
// What reads a network file takes --set PATH=VALUE, any number of times, for other values of
// its numbers: --set 'weights[*][I]=-0.9' --set 'populations[E].rate.slope=2'.
//
// Each tells more with --help, and bnn completion writes completions for a shell.
//
// Data goes to standard output, everything else to standard error. The exit code is 0 on
// success, 1 on a numerical end or a failed run, 2 on bad usage or a bad file, and for a
// command that a signal stopped what shells say for it: 130 after Ctrl-C, 143 after
// SIGTERM, 129 when its terminal is closed. After bnn lab it is that of Jupyter.
//
// Inside, a command is a file of its name, and signals.go what all long work shares. What the
// commands do is done by other packages: those of bnn and analysis the numbers,
// internal/project what belongs to a project and how its notebooks are executed,
// internal/jupyter the notebooks, internal/book and internal/explorer the pages,
// internal/bench the measurements, internal/flags what is asked for, and internal/table and
// internal/progress what is shown.
package main
