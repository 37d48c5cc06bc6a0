// Package kerneltest is a kernel for tests: it speaks the Jupyter protocol as
// GoNB does, but its cells are lists of commands that say which messages to
// send, in what order, and when to misbehave.
//
// A test package hands over to Main from its TestMain, and takes the folder for
// kernel.Tools from Folder, in which the program gonb is the test program
// itself. The signatures are checked and made by code of its own.
//
// The commands of a cell, one a line:
//
//	stdout TEXT, stderr TEXT     a line of output
//	variable NAME                a line of output: a variable of the environment
//	folder                       a line of output: the working directory
//	display ID MIME TEXT         a display; ID is - for none
//	update ID MIME TEXT          an update of a display
//	result MIME TEXT             an execute_result
//	clear, clear wait            clear_output
//	error NAME TEXT              fail
//	shuffle SEED                 send the outputs of the cell in random order
//	sleep DURATION               wait
//	child PATH                   start a program that answers at a socket
//	read COMMAND                 start a program that reads a line, which it is given, runs
//	                             COMMAND, and then waits for more input for ever
//	flood NUMBER                 so many bytes of output, and no end of line
//	note PATH                    make a file when interrupted
//	stubborn                     ignore interrupts and requests to stop
//	die TEXT                     write TEXT to the log and end
//	forge                        send an output with a wrong signature
//	input                        ask for input
package kerneltest
