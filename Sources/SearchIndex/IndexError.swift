/// What can go wrong with an index. None of it concerns the user's files: an index can always be built anew.
package enum IndexError: Error, Equatable {
    /// The file is not what was written: ``CorpusIndex/rebuilt()``, then index again.
    case damaged(String)
    /// Another process wrote for longer than we wait.
    case busy
    /// The file cannot be opened or made: no folder, no permission, no room on the disk.
    case unusable(String)
}
