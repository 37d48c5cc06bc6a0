package bnn

import (
	"testing"
	"testing/fstest"
)

func TestMemoryOfControlGroups(t *testing.T) {
	machine := "MemTotal:       24731708 kB\nMemFree: 1 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  float64
	}{
		"nothing known": {nil, 0},
		"no groups":     {map[string]string{"proc/meminfo": machine}, 24731708 * 1024},
		"version 2": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/batch/job 7\n",
			"sys/fs/cgroup/batch/job 7/memory.max": "2000000000\n"}, 2e9},
		"version 2, limit of the group above": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/batch/job\n",
			"sys/fs/cgroup/batch/memory.max": "1000000000\n", "sys/fs/cgroup/batch/job/memory.max": "max\n"}, 1e9},
		"version 2, in a container": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/\n",
			"sys/fs/cgroup/memory.max": "3000000000\n"}, 3e9},
		"version 1": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "5:cpu,memory:/a/b\n4:pids:/c\n0::/\n",
			"sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "4000000000\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes":   "9223372036854771712\n",
			"sys/fs/cgroup/memory/c/memory.limit_in_bytes":   "1\n"}, 4e9},
		"version 1, path of the machine outside": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "5:memory:/docker/123\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "5000000000\n"}, 5e9},
		"limit above the machine": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "5:memory:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 24731708 * 1024},
		"both versions": {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "1:name=systemd:/\n0::/x\n",
			"sys/fs/cgroup/unified/x/memory.max": "6000000000\n"}, 6e9},
		"damaged": {map[string]string{"proc/meminfo": "MemTotal:\n", "proc/self/cgroup": "nonsense\n::\n"}, 0},
	} {
		files := fstest.MapFS{}
		for path, content := range c.files {
			files[path] = &fstest.MapFile{Data: []byte(content)}
		}
		if got := memoryOf(files); got != c.want {
			t.Errorf("%s: %.0f bytes, want %.0f", name, got, c.want)
		}
	}
}
