import Readers
package import TextModel

extension Project {
    /// The casebook's concept scheme. Not readable is an error; what is wrong inside is returned beside it.
    package func scheme() throws -> (scheme: ConceptScheme, diagnostics: [Diagnostic]) {
        let file = configuration.scheme
        let bytes = try FileSystem.read(path(of: file), as: file)
        let (schemes, diagnostics) = ConceptSchemeReader.read(bytes, path: file)
        guard let scheme = schemes.first else {
            throw diagnostics.first { $0.severity == .error }
                ?? Diagnostic("no-scheme", .error, file: file, "no concept scheme in this file")
        }
        return (scheme, diagnostics)
    }
}
