package import Readers
package import TextModel

extension CueFile {
    /// Runs the examples of all cues: each `match` must be found by its cue with nothing around that takes from it,
    /// each `nomatch` must not.
    package func failingExamples() -> [Diagnostic] {
        var failures: [Diagnostic] = []
        for set in sets {
            var scanner = CueScanner(CueProgram(set))
            for (number, cue) in set.cues.enumerated() {
                for example in cue.examples {
                    let document = Document(onePassage: example.text, language: set.language)
                    guard let passage = document.passages.first else { continue }
                    scanner.scan(passage, in: document)
                    let evidence = scanner.evidence.filter { Int($0.cue) == number }
                    let isFound = evidence.contains { $0.contexts.isEmpty }
                    guard isFound != example.mustMatch else { continue }
                    failures.append(failure(of: cue, example, evidence, set))
                }
            }
        }
        return failures
    }

    private func failure(
        of cue: Cue, _ example: CueExample, _ evidence: [CueEvidence], _ set: CueSet
    ) -> Diagnostic {
        let contexts = evidence.flatMap(\.contexts).map { set.contexts[Int($0.rule)].id }
        let found = contexts.isEmpty ? "" : ", since \(contexts.joined(separator: ", ")) takes from it"
        return Diagnostic(
            "failing-example", .error, file: path, at: example.location,
            example.mustMatch
                ? "cue \(cue.id) does not match: \(example.text)\(found)" : "cue \(cue.id) matches: \(example.text)",
            advice: example.mustMatch
                ? "widen a pattern, or let the cue ignore the context" : "narrow a pattern, or add a context rule")
    }
}
