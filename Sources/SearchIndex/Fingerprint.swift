/// By what a file is known to be unchanged: size, time and inode cost a tenth of a millisecond for a casebook, the
/// hash decides where they differ.
package struct Fingerprint: Sendable, Hashable {
    /// Bytes.
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var inode: Int64
    /// Lower-case hexadecimal.
    package var sha256: String

    package init(size: Int64, modified: Int64, inode: Int64, sha256: String) {
        self.size = size
        self.modified = modified
        self.inode = inode
        self.sha256 = sha256
    }
}
