import Readers
import TextModel
import WordForms

/// Tries every pattern of every cue on every run of words: slow, and plainly right. The oracle of the real matcher.
struct NaiveMatcher {
    let set: CueSet
    /// Names of the document's persons by class name, each a list of words.
    var names: [String: [[String]]] = [:]

    struct Word {
        var written: String
        var folded: String
        var bare: String
        var stem: String
        var start: Int
    }

    /// Cue, first word and end of each minimal match in a sentence (or anywhere, for cues of that scope).
    func matches(in text: String) -> [String] {
        var lexicon = Lexicon(language: set.language)
        let bytes = Array(text.utf8)
        let words = Tokenizer.tokens(of: text, lexicon: &lexicon).map { token in
            let form = lexicon.forms[Int(token.word)]
            return Word(
                written: String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self),
                folded: lexicon.text(ofString: form.folded), bare: lexicon.text(ofString: form.withoutAccents),
                stem: lexicon.text(ofString: form.stem), start: Int(token.start))
        }
        var borders = SentenceBorders(language: set.language)
        var starts: [Int32] = []
        borders.starts(in: bytes, 0..<bytes.count, into: &starts)
        let sentences = words.map { word in starts.count { Int($0) <= word.start } }
        var found: [String] = []
        for cue in set.cues {
            guard cue.needs.allSatisfy({ stands($0, words, &lexicon) }),
                !cue.without.contains(where: { stands($0, words, &lexicon) })
            else { continue }
            var spans: [Range<Int>] = []
            for start in words.indices {
                for end in start + 1...words.count {
                    if cue.scope == .sentence, sentences[start] != sentences[end - 1] { continue }
                    if cue.patterns.contains(where: { ends($0, words, start, &lexicon).contains(end) }) {
                        spans.append(start..<end)
                    }
                }
            }
            let minimal = spans.filter { span in
                !spans.contains { $0 != span && span.lowerBound <= $0.lowerBound && $0.upperBound <= span.upperBound }
            }
            found += minimal.map { "\(cue.id) \($0.lowerBound)-\($0.upperBound)" }
        }
        return found.sorted()
    }

    /// Does a condition hold: in texts of no more than ``Cue/nearness`` words all is near.
    private func stands(_ condition: CuePattern, _ words: [Word], _ lexicon: inout Lexicon) -> Bool {
        words.indices.contains { !ends(condition, words, $0, &lexicon).subtracting([$0]).isEmpty }
    }

    /// Where a pattern that starts at a word may end.
    private func ends(_ pattern: CuePattern, _ words: [Word], _ start: Int, _ lexicon: inout Lexicon) -> Set<Int> {
        guard start <= words.count else { return [] }
        func one(_ holds: (Word) -> Bool) -> Set<Int> {
            start < words.count && holds(words[start]) ? [start + 1] : []
        }
        switch pattern {
        case .word(let text):
            let stem = lexicon.text(ofString: lexicon.stem(of: text))
            return one { $0.stem == stem }
        case .exact(let text): return one { $0.folded == Folding.folded(text) }
        case .prefix(let text): return one { $0.bare.hasPrefix(Folding.foldedWithoutAccents(text)) }
        case .any: return one { _ in true }
        case .gap(let limit): return Set(start...min(words.count, start + limit))
        case .optional(let inner): return ends(inner, words, start, &lexicon).union([start])
        case .alternatives(let branches):
            var all: Set<Int> = []
            for branch in branches { all.formUnion(ends(branch, words, start, &lexicon)) }
            return all
        case .sequence(let items):
            var reached: Set<Int> = [start]
            for item in items {
                var next: Set<Int> = []
                for place in reached { next.formUnion(ends(item, words, place, &lexicon)) }
                reached = next
            }
            return reached
        case .memberOf(let name):
            guard let wordClass = set.classes.first(where: { $0.name == name }) else { return [] }
            var all = wordClass.words.map { ends($0, words, start, &lexicon) } ?? []
            for form in names[name] ?? [] where start + form.count <= words.count {
                let holds = form.indices.allSatisfy { index in
                    let word = words[start + index]
                    let isGenitive = index == form.count - 1 && word.folded == form[index].lowercased() + "'s"
                    return (word.folded == form[index].lowercased() || isGenitive)
                        && (form[index].first?.isLowercase == true || word.written.first?.isLowercase == false)
                }
                if holds { all.insert(start + form.count) }
            }
            return all
        }
    }
}
