// Package kernel runs Go cells in GoNB, the Jupyter kernel for Go, without
// Jupyter.
//
// Build compiles the GoNB and goimports pinned in the project's go.mod into the
// user's cache. Start runs one kernel and Execute has it run one cell after the
// other, speaking Jupyter's messaging protocol 5.3
// (https://jupyter-client.readthedocs.io/en/stable/messaging.html) over local
// sockets in a private folder. Package jupyter makes the same kernel known to Jupyter.
//
// GoNB compiles every cell to a program of its own. So no variable survives a
// cell, only declarations do, and the order in which the texts and pictures of
// a program arrive is left to chance; an Execution therefore keeps them in a
// fixed order: standard output, standard error, displays, error.
//
// What GoNB does not report it is watched for: a shell line or a magic that
// fails, a question to the user, a kernel that dies.
package kernel
