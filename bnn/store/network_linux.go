package store

import (
	"slices"
	"syscall"
)

// Numbers by which Linux knows the file systems of clusters and file servers: NFS, SMB
// (three generations), AFS (two), Lustre, GPFS, BeeGFS, Ceph, GlusterFS and others by FUSE,
// OCFS2, GFS2 and Plan 9 (of virtual machines).
var networkFileSystems = []uint32{
	0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x6b414653, 0x0bd00bd0, 0x47504653, 0x19830326, 0x00c36400, 0x65735546,
	0x7461636f, 0x01161970, 0x01021997,
}

// onNetwork tells whether processes on other machines may have the folder too, with which
// no memory can be shared.
func onNetwork(folder string) bool {
	var about syscall.Statfs_t
	return syscall.Statfs(folder, &about) == nil && slices.Contains(networkFileSystems, uint32(about.Type))
}
