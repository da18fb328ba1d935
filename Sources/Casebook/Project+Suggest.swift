import Readers
package import Tagging
package import TextModel

extension Project {
    /// Path of the scheme's cues: `Schemas/bonding.cues.xml` of `Schemas/bonding.xml`.
    package var cueFile: String { Self.stem(of: configuration.scheme) + ".cues.xml" }

    /// The cues of the casebook, ready for use, and what is wrong with them.
    package func cueSuggester() throws -> (suggester: CueSuggester, diagnostics: [Diagnostic]) {
        let bytes = try FileSystem.read(path(of: cueFile), as: cueFile)
        let (cues, diagnostics) = CueFileReader.read(bytes, path: cueFile)
        guard let cues else {
            throw diagnostics.first { $0.severity == .error }
                ?? Diagnostic("no-cues", .error, file: cueFile, "no cues in this file")
        }
        let scheme = try scheme().scheme
        let suggester = CueSuggester(cues: cues, scheme: scheme, defaultLanguage: configuration.language)
        return (suggester, diagnostics + suggester.problems)
    }
}
