// Package clients holds tests only: the programs of Jupyter that people use, of the versions
// that .ci/run installs, open, run and convert chapters of the book in the kernel that bnn
// kernel install registers. docs/notebooks.md tells what each of them can do; what it says is
// what is tried here.
//
// JupyterLab and Jupyter Notebook run in Chromium, driven as by hand: by their menus, buttons
// and keys. A program that is not there skips its test, or fails it if the environment
// variable BALANCED_CLIENTS is "required".
package clients
