package import LanguageModels
import Readers
package import TextModel

/// Passages of the casebook that a language model may be asked about.
package struct LanguageModelMaterial: Sendable {
    /// Reading texts of passages.
    package var texts: [String] = []
    /// Names of the documents that they stand in.
    package var sources: [String] = []
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Where answers are kept, for as long as nobody deletes the folder.
    private var answersFolder: String { folder + "/.casebook/language-model" }

    /// The language model that `casebook.yml` names; an error where it names none, or where its key is missing.
    package func languageModel(environment: [String: String]) throws -> LanguageModel {
        let settings = try languageModelSettings()
        return try LanguageModel(
            settings, key: try settings.key(in: environment), scheme: try scheme().scheme, folder: answersFolder)
    }

    /// The same to look answers up: nothing is asked, so that no key is needed.
    package func answeredLanguageModel() throws -> LanguageModelSuggester {
        let settings = try languageModelSettings()
        return try LanguageModel(settings, key: nil, scheme: try scheme().scheme, folder: answersFolder).suggester()
    }

    private func languageModelSettings() throws -> LanguageModelSettings {
        if let settings = configuration.languageModel { return settings }
        throw Diagnostic(
            "no-language-model", .error, file: Self.marker, "names no language model",
            advice: "Add `language-model:` with `endpoint: http://localhost:11434/v1` and `model: NAME` below it.")
    }

    /// The passages of some texts on which suggestions are made.
    ///
    /// A text that is marked restricted or confidential is left out and told of: as an error where `areNamed` says
    /// that somebody asked for just these texts, else as a warning.
    package func languageModelMaterial(_ files: [String], areNamed: Bool) -> LanguageModelMaterial {
        var material = LanguageModelMaterial()
        for file in files {
            // What cannot be read is told of when it is looked through for suggestions.
            guard let documents = try? read(file).documents else { continue }
            for document in documents {
                if let reason = reasonToKeep(document) {
                    material.diagnostics.append(
                        Diagnostic(
                            "kept-back", areNamed ? .error : .warning, file: document.name,
                            "\(reason): none of its words are sent to a language model",
                            advice: "Other suggesters work on this machine: `--suggester cues`."))
                    continue
                }
                let texts = document.passages.filter { $0.kind.isTagged && !$0.reading.isEmpty }
                    .map { document.readingText($0) }
                if !texts.isEmpty { material.sources.append(document.name) }
                material.texts += texts
            }
        }
        return material
    }

    /// Why the words of a document stay on this machine; `nil` where they may leave it. What either the text or
    /// `casebook.yml` says is enough.
    private func reasonToKeep(_ document: Document) -> String? {
        if document.work.isConfidential { return "is marked confidential" }
        if document.work.availability == .restricted {
            return "is marked restricted (availability/@status)"
        }
        if rights(of: document)?.availability == .restricted {
            return "is marked restricted in \(Self.marker)"
        }
        return nil
    }

    /// What `casebook.yml` says of the rights of a document, by the name of its file; a text inside a corpus file may
    /// have rights of its own.
    func rights(of document: Document) -> Configuration.WorkRights? {
        let stem = Self.stem(of: Self.lastComponent(of: document.path))
        let names = [
            document.name, document.fragment.map { "\(stem)#\($0)" } ?? stem, document.path, stem,
        ]
        return names.lazy.compactMap { configuration.works[$0] }.first
    }
}
