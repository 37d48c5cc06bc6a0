//go:build unix

package slurmtest

import (
	"os/exec"
	"syscall"
	"testing"
)

// endLeftovers has a shell that outlives the test, should that panic or run out of time, kill
// what works in the folder, as the daemons of its cluster and the keepers of their jobs do, and
// the jobs, and remove the folder. A keeper would ask for its controller for ever.
func endLeftovers(t *testing.T, folder string) {
	t.Helper()
	const script = `read line
for process in /proc/[0-9]*; do
	if [ "$(readlink $process/cwd)" = "$0" ] || grep -qs "SLURM_CONF=$0/" $process/environ; then
		kill -9 ${process#/proc/}
	fi
done 2>/dev/null
rm -rf "$0"`
	command := exec.Command("sh", "-c", script, folder)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is not for it
	alive, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		alive.Close() // as the end of this process would
		if err := command.Wait(); err != nil {
			t.Error(err)
		}
	})
}
