import Foundation

/// File systems on which SQLite's locks and its shared memory do not work.
enum NetworkFileSystem {
    private static let types: Set<Substring> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "ncpfs", "coda", "fuse.sshfs",
        "fuse.glusterfs",
    ]

    /// The name of the network file system that a folder is on; nil for a local one.
    static func name(under folder: String) -> String? {
        var status = stat()
        guard stat(folder, &status) == 0,
            let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        else { return nil }
        return name(device: status.st_dev, mounts: mounts)
    }

    /// Finds a device in the lines of proc(5), such as `36 35 0:52 / /mnt rw - nfs4 server:/files rw`.
    static func name(device: UInt, mounts: String) -> String? {
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-"),
                let type = fields.dropFirst(dash + 1).first, types.contains(type)
            else { continue }
            return String(type)
        }
        return nil
    }
}
