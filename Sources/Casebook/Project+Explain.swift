import Readers
package import Tagging
package import TextModel

extension Project {
    /// Passages of the casebook shown beside an explanation, of each kind.
    private static let shownDecided = 3

    /// Why the passages of one name get their scores: `DOCUMENT#PASSAGE`, the passage as suggestions and hits name
    /// it. Encodes a passage once for each of its words, and once each passage that somebody has decided on.
    package func explain(
        _ name: String, from workingFolder: String, _ options: SuggestOptions
    ) throws -> (document: Document, passage: Int32, explanation: PassageExplanation, decided: [DecidedNeighbour]) {
        let (file, place) = try textFile(named: name, from: workingFolder)
        guard case .learned(let suggester) = try suggester(options).suggester else {
            throw Diagnostic(
                "no-model", .error, file: modelFile, "there is no model, so that nothing but cues is to be explained",
                advice: "`casebook suggest` shows the cues of each suggestion.")
        }
        let documents = try read(file).documents
        for document in documents {
            let names = PassageIdentifiers(document)
            for index in document.passages.indices
            where names[index] == place || "\(document.fragment ?? "")#\(names[index])" == place {
                let explanation = suggester.explain(document.passages[index], in: document)
                let decided = try nearestDecided(
                    to: explanation.mean, suggester.model, except: (document.path, Int32(index)),
                    count: Self.shownDecided)
                return (document, Int32(index), explanation, decided)
            }
        }
        throw Diagnostic(
            "not-found", .error, file: file, "no passage “\(place ?? "")”",
            advice: "Name it as suggestions do: \(file)#p.12 or \(file)#its-id.")
    }
}
