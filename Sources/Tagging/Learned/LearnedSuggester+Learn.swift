package import PassageScoring
package import TextModel

/// What somebody has said of a passage.
package struct PassageVerdicts: Sendable {
    package var passage: Int32
    /// Concept → the words that show it, in ``Document/raw``.
    package var shown: [String: [ByteRange]] = [:]
    /// Concepts whose suggestion was rejected.
    package var denied: Set<String> = []
    /// Read, and nothing found.
    package var isEmpty = false

    package init(passage: Int32) { self.passage = passage }
}

extension LearnedSuggester {
    /// The windows of passages that somebody has decided on, to learn from; encodes what is not kept. Passages in
    /// languages that the encoder does not read are left out.
    package func decidedWindows(
        _ verdicts: [PassageVerdicts], in document: Document, jobs: Int = 1
    ) -> [(passage: Int32, window: DecidedWindow)] {
        let usable = verdicts.filter { verdict in
            guard document.passages.indices.contains(Int(verdict.passage)) else { return false }
            let passage = document.passages[Int(verdict.passage)]
            return passage.kind.isTagged && !passage.reading.isEmpty && reads(document.language(of: passage))
        }
        let passages = usable.map { document.passages[Int($0.passage)] }
        let scores = makeLearnedWorker(jobs: jobs).scores(of: passages, in: document)
        return zip(zip(usable, passages), scores).flatMap { pair, scores -> [(passage: Int32, window: DecidedWindow)] in
            let (verdict, passage) = pair
            return (scores?.windows ?? []).compactMap { window in
                let start = passage.reading.start
                let raw = ByteRange(
                    document.rawOffset(ofReading: start + window.range.start, in: passage),
                    document.rawOffset(ofReading: start + window.range.end, in: passage, isEnd: true))
                // A long passage shows a concept where the words are; what it does not show, it shows nowhere.
                let shown = verdict.shown.filter { entry in
                    entry.value.contains { $0.start < raw.end && raw.start < $0.end }
                }
                guard !shown.isEmpty || !verdict.denied.isEmpty || verdict.isEmpty else { return nil }
                let decided = DecidedWindow(
                    window, shown: Set(shown.keys), denied: verdict.denied.subtracting(verdict.shown.keys),
                    isEmpty: verdict.isEmpty && verdict.shown.isEmpty)
                return (verdict.passage, decided)
            }
        }
    }

    /// The model's own scores of passages, without cues and corrections; `nil` for those that are not read.
    package func shippedScores(of passages: [Passage], in document: Document, jobs: Int) -> [PassageScores?] {
        makeLearnedWorker(jobs: jobs).scores(of: passages, in: document)
    }

    /// Learns from decisions. Concepts of the scheme that the model does not know, and that somebody has marked, are
    /// suggested from then on; `scheme` has their ids.
    package func corrections(from decided: [DecidedWindow], scheme: ConceptScheme) -> HeadCorrections {
        let known = Set(model.settings.concepts)
        let added = scheme.leaves.map { scheme.concepts[$0].id }.filter { !known.contains($0) }
        let exemplars = (0..<(model.exemplars?.exemplars.count ?? 0)).compactMap { model.exemplars?.vector($0) }
        return HeadCorrections.fitted(to: decided, settings: model.settings, exemplars: exemplars, added: added)
    }
}
