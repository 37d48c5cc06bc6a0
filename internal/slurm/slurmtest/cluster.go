//go:build unix

package slurmtest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A Cluster is a controller and some nodes of one processor each, n1, n2 and so on.
type Cluster struct {
	Folder     string
	t          *testing.T
	controller *exec.Cmd
}

// Programs are those that a cluster needs, of Debian's slurm-wlm, slurmctld, slurmd and munge.
var programs = []string{"munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "sinfo"}

// Missing names the first program that is missing, "" if all are there.
func Missing() string {
	// Daemons are where users do not look.
	os.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin:/sbin")
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
	}
	return ""
}

// Start brings up a cluster with so many nodes, and has the programs of Slurm talk to it.
func Start(t *testing.T, nodes int) *Cluster {
	t.Helper()
	// A socket's path may be some hundred letters long, which t.TempDir easily is.
	folder, err := os.MkdirTemp("", "slurm")
	if err != nil {
		t.Fatal(err)
	}
	endLeftovers(t, folder)
	c := &Cluster{Folder: folder, t: t}
	for _, sub := range []string{"state", "log"} {
		c.must(os.Mkdir(c.path(sub), 0o755))
	}
	me, err := user.Current()
	c.must(err)
	host, err := os.Hostname()
	c.must(err)
	host, _, _ = strings.Cut(host, ".")
	ports := freePorts(t, nodes+1)
	var config strings.Builder
	fmt.Fprintf(&config, `ClusterName=test
SlurmctldHost=%s(127.0.0.1)
SlurmUser=%s
SlurmdUser=%s
AuthType=auth/munge
AuthInfo=socket=%s,cred_expire=5
CredType=cred/munge
SlurmctldPort=%d
StateSaveLocation=%s
SlurmdSpoolDir=%s
SlurmctldPidFile=%s
SlurmdPidFile=%s
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,sched_interval=1,bf_interval=1
ReturnToService=2
SlurmdTimeout=300
KillWait=5
SlurmdParameters=config_overrides
PartitionName=main Nodes=n[1-%d] Default=YES MaxTime=INFINITE State=UP
`, host, me.Username, me.Username, c.path("munge.socket"), ports[0], c.path("state"), c.path("spool.%n"),
		c.path("slurmctld.pid"), c.path("slurmd.%n.pid"), nodes)
	for i := range nodes {
		fmt.Fprintf(&config, "NodeName=n%d NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1 RealMemory=100 State=UNKNOWN\n", i+1, host, ports[i+1])
		c.must(os.Mkdir(c.path(fmt.Sprintf("spool.n%d", i+1)), 0o755))
	}
	c.must(os.WriteFile(c.path("slurm.conf"), []byte(config.String()), 0o644))
	key := make([]byte, 1024)
	rand.Read(key)
	c.must(os.WriteFile(c.path("munge.key"), key, 0o600))
	t.Setenv("SLURM_CONF", c.path("slurm.conf"))

	c.daemon("munged", "--foreground", "--force", "--key-file="+c.path("munge.key"), "--socket="+c.path("munge.socket"),
		"--pid-file="+c.path("munged.pid"), "--seed-file="+c.path("munge.seed"), "--num-threads=2")
	c.wait("munged", func() bool { _, err := os.Stat(c.path("munge.socket")); return err == nil })
	c.controller = c.daemon("slurmctld", "-D", "-i")
	for i := range nodes {
		c.daemon("slurmd", "-D", "-N", fmt.Sprintf("n%d", i+1))
	}
	c.wait("nodes", func() bool {
		return strings.TrimSpace(c.try("sinfo", "-h", "-t", "idle", "-o", "%D")) == strconv.Itoa(nodes)
	})
	return c
}

func (c *Cluster) path(name string) string { return filepath.Join(c.Folder, name) }

func (c *Cluster) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// freePorts are of this machine, and free a moment ago.
func freePorts(t *testing.T, count int) []int {
	t.Helper()
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// daemon starts a program, in a group of its own that is killed when the test ends.
func (c *Cluster) daemon(name string, arguments ...string) *exec.Cmd {
	c.t.Helper()
	log, err := os.Create(c.path(fmt.Sprintf("log/%s-%s.log", name, arguments[len(arguments)-1][max(0, len(arguments[len(arguments)-1])-2):])))
	c.must(err)
	command := exec.Command(name, arguments...)
	command.Stdout, command.Stderr, command.Dir = log, log, c.Folder
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.must(command.Start())
	c.t.Cleanup(func() {
		// One that has ended already is no trouble.
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGTERM)
		done := time.AfterFunc(3*time.Second, func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
		_ = command.Wait()
		done.Stop()
		log.Close()
		if c.t.Failed() {
			text, _ := os.ReadFile(log.Name())
			c.t.Logf("%s:\n%s", name, text[max(0, len(text)-2000):])
		}
	})
	return command
}

// RestartController ends the controller, as its service would, and starts another one. Killed at
// once it would have forgotten the jobs of its last seconds.
func (c *Cluster) RestartController() {
	c.t.Helper()
	c.must(c.controller.Process.Signal(syscall.SIGTERM))
	// Its end by a signal is what was asked for.
	_ = c.controller.Wait()
	c.controller = c.daemon("slurmctld", "-D")
	c.wait("the controller", func() bool { return strings.Contains(c.try("scontrol", "ping"), "UP") })
}

// Drain takes a node out of service.
func (c *Cluster) Drain(node string) {
	c.t.Helper()
	c.run("scontrol", "update", "NodeName="+node, "State=DRAIN", "Reason=test")
}

// Requeue ends a task and has it begin again, as the failure of its node would.
func (c *Cluster) Requeue(task string) {
	c.t.Helper()
	c.run("scontrol", "requeue", task)
}

// WaitForJobs waits until no job is left.
func (c *Cluster) WaitForJobs() {
	c.t.Helper()
	c.wait("the jobs", func() bool {
		out, err := exec.Command("squeue", "-h").Output()
		return err == nil && len(bytes.TrimSpace(out)) == 0
	})
}

// wait asks until something is so.
func (c *Cluster) wait(what string, so func() bool) {
	c.t.Helper()
	for begun := time.Now(); !so(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > 2*time.Minute {
			c.t.Fatalf("waited in vain for %s; %s", what, c.try("squeue"))
		}
	}
}

func (c *Cluster) run(name string, arguments ...string) {
	c.t.Helper()
	if out, err := exec.Command(name, arguments...).CombinedOutput(); err != nil {
		c.t.Fatalf("%s %q: %v: %s", name, arguments, err, out)
	}
}

// try returns what a program prints, and its error as text.
func (c *Cluster) try(name string, arguments ...string) string {
	out, err := exec.Command(name, arguments...).CombinedOutput()
	if err != nil {
		return string(out) + err.Error()
	}
	return string(out)
}
