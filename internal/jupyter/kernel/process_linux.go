package kernel

import "syscall"

// endWithThread has the system kill the program when the thread that starts it ends, as
// all threads do when this process is killed.
func endWithThread(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGKILL }
