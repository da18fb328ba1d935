/// A casebook: a folder with a `casebook.yml`, texts, layers and a concept scheme.
///
/// Its methods are the steps of the work, in the order in which a sentence takes them: read, suggest, annotate,
/// index, query, export. The command line and the web call nothing else.
public struct Project: Sendable {
    /// Version of the program; written into layers, indexes and sheets.
    public static let version = "0.1.0"

    /// Absolute path of the folder.
    public let folder: String
    package let configuration: Configuration
}
