package bnn

import (
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
)

// AvailableMemory returns how many bytes of memory this process may use: what the
// machine has, or less if a control group (version 1 or 2) that the process is in allows
// less, as in a container or a batch job. It is 0 where that is not known: it is read from
// /proc and /sys/fs/cgroup of Linux.
func AvailableMemory() float64 { return availableMemory() }

var availableMemory = sync.OnceValue(func() float64 { return memoryOf(os.DirFS("/")) })

// memoryOf reads the memory from the root of a file system.
func memoryOf(root fs.FS) float64 {
	least := 0.0
	take := func(bytes float64) {
		if bytes > 0 && (least == 0 || bytes < least) {
			least = bytes
		}
	}
	for line := range strings.Lines(readText(root, "proc/meminfo")) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "MemTotal:" && fields[2] == "kB" {
			take(1024 * parseBytes(fields[1]))
		}
	}
	// A line is hierarchy:controllers:path; version 2 has the hierarchy 0 and no names.
	for line := range strings.Lines(readText(root, "proc/self/cgroup")) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		for _, hierarchy := range groupHierarchies {
			if !hierarchy.has(fields[0], fields[1]) {
				continue
			}
			// Limits hold for all groups below. In a container the path may be that of the
			// machine outside, of which only the top is seen here.
			for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) {
				take(parseBytes(readText(root, path.Join(hierarchy.mount, group, hierarchy.file))))
				if group == "/" {
					break
				}
			}
		}
	}
	return least
}

// groupHierarchies are the places where control groups are found.
var groupHierarchies = []struct {
	mount, file string
	has         func(number, controllers string) bool
}{
	{"sys/fs/cgroup", "memory.max", isUnified},
	{"sys/fs/cgroup/unified", "memory.max", isUnified},
	{"sys/fs/cgroup/memory", "memory.limit_in_bytes", func(_, controllers string) bool {
		return strings.Contains(","+controllers+",", ",memory,")
	}},
}

func isUnified(number, controllers string) bool { return number == "0" && controllers == "" }

// readText returns the content of a file, or nothing.
func readText(root fs.FS, name string) string {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return ""
	}
	return string(data)
}

// parseBytes returns a number of bytes, 0 for the word max and whatever is no number.
func parseBytes(text string) float64 {
	bytes, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0
	}
	return bytes
}
