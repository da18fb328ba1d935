import QueryLanguage
import SearchIndex
import TextModel
import WordForms

/// A second implementation of the query language, as plain as can be: loops over arrays, no index, no sorting, no
/// sharing of code with the real one but for stems and folding.
struct NaiveEngine {
    struct Piece: Hashable {
        var passage: Int
        var start: Int32
        var end: Int32
    }

    struct Found: Hashable {
        var document: Int
        var pieces: [Piece]
        /// -1 for words.
        var annotation = -1
        /// By which it was found.
        var concepts: Set<String> = []
    }

    struct Place: Hashable {
        var document: Int
        var passage: Int
    }

    let documents: [IndexedDocument]
    let scheme: ConceptScheme
    let query: Query
    let memory = Memory()

    /// What was worked out before: plain is not the same as slow.
    final class Memory {
        var ranges: [(query: Query, found: [Found])] = []
        var words: [Place: [Word]] = [:]
        var sentences: [Place: [Int32]] = [:]
        var units: [[Int]: (Int, Int)] = [:]
    }

    init(documents: [IndexedDocument], scheme: ConceptScheme, query: Query) {
        self.documents = documents
        self.scheme = scheme
        self.query = query
    }

    private var kinds: Set<PassageKind> {
        var kinds = Set(PassageKind.allCases).subtracting([.speaker, .front])
        for field in query.patterns.flatMap(\.fields) where field.name == .kind {
            for case .text(let kind) in field.values { kinds.insert(PassageKind(rawValue: kind) ?? .text) }
        }
        return kinds
    }

    // MARK: Passages

    func passages(_ query: Query) -> Set<Place> {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core, pattern.counts.isEmpty { return passages(inner) }
            if query.result == .passages {
                return all.filter { place in pattern.fields.allSatisfy { holds($0, place, nil) } }
            }
            return Set(ranges(pattern).flatMap { places(of: $0, pattern) })
        case .not(let negated): return all.subtracting(passages(negated))
        case .and(let queries):
            let positive = queries.filter { if case .not = $0 { false } else { true } }
            var result = positive.isEmpty ? all : passages(positive[0])
            for query in positive.dropFirst() { result.formIntersection(passages(query)) }
            for case .not(let query) in queries { result.subtract(passages(query)) }
            return result
        case .or(let queries): return Set(queries.flatMap(passages))
        default: return Set(ranges(query).flatMap { places(of: $0, nil) })
        }
    }

    private var all: Set<Place> {
        Set(
            documents.indices.flatMap { document in
                documents[document].document.passages.indices
                    .filter { kinds.contains(documents[document].document.passages[$0].kind) }
                    .map { Place(document: document, passage: $0) }
            })
    }

    private func places(of found: Found, _ pattern: Query.Pattern?) -> [Place] {
        found.pieces.filter { piece in
            (pattern?.fields ?? []).allSatisfy { field in
                !isOfPassage(field)
                    || holds(field, Place(document: found.document, passage: piece.passage), piece)
            }
        }.map { Place(document: found.document, passage: $0.passage) }
    }

    // MARK: Ranges

    func ranges(_ query: Query) -> [Found] {
        if let known = memory.ranges.first(where: { $0.query == query }) { return known.found }
        let found = find(query)
        memory.ranges.append((query, found))
        return found
    }

    private func find(_ query: Query) -> [Found] {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core, pattern.counts.isEmpty { return ranges(inner) }
            return ranges(pattern)
        case .or(let queries): return unique(queries.flatMap(ranges))
        case .relation, .near, .chain: return related(query)
        default: return []
        }
    }

    /// The same annotation, or the same words, once.
    func unique(_ found: [Found]) -> [Found] {
        var result: [Found] = []
        for one in found {
            let isKnown = result.contains {
                $0.document == one.document && $0.annotation == one.annotation
                    && (one.annotation >= 0 || $0.pieces == one.pieces)
            }
            if !isKnown { result.append(one) }
        }
        return result
    }

    func ranges(_ pattern: Query.Pattern) -> [Found] {
        var found = core(pattern)
        found = found.filter { one in
            let isUnplaced = one.pieces.isEmpty
            let fields = pattern.fields
            guard fields.allSatisfy({ !isOfDocument($0) || holds($0, Place(document: one.document, passage: 0), nil) })
            else { return false }
            let ofPassage = fields.filter(isOfPassage)
            if !ofPassage.isEmpty {
                guard !isUnplaced, !places(of: one, pattern).isEmpty else { return false }
            }
            for field in fields where field.name == .word {
                let words = field.values.flatMap { value -> [Found] in
                    guard case .text(let word) = value else { return [] }
                    return self.words(word) { $0.stem == $1 }
                }
                let holds = one.pieces.contains { piece in
                    words.contains {
                        $0.document == one.document && piece.start <= $0.pieces[0].start
                            && $0.pieces[0].end <= piece.end
                    }
                }
                if holds == field.isNegated { return false }
            }
            if one.annotation < 0 { return isAnnotated(one, fields.filter(\.name.isOfAnnotation)) }
            return true
        }
        for count in pattern.counts {
            found = found.filter { one in
                let scope = scopeKey(one, count.scope)
                let others = Set(found.filter { scopeKey($0, count.scope) == scope }.map(MatchKey.init))
                return count.comparison.holds(others.count, count.number)
            }
        }
        return found
    }

    struct MatchKey: Hashable {
        var document: Int
        var pieces: [Piece]
        var concepts: Set<String>

        init(_ found: Found) {
            document = found.document
            pieces = found.pieces
            concepts = found.concepts
        }
    }

    private func scopeKey(_ found: Found, _ scope: Query.Count.Scope) -> [Int] {
        let passage = found.pieces[0].passage
        return switch scope {
        case .document: [found.document]
        case .passage: [found.document, passage]
        case .chapter: [found.document, Int(documents[found.document].document.passages[passage].part)]
        }
    }

    private func core(_ pattern: Query.Pattern) -> [Found] {
        switch pattern.core {
        case nil: return annotations(nil, pattern.fields)
        case .concept(let id, let mode): return annotations(meant(id, mode), pattern.fields)
        case .word(let word, _): return words(word) { $0.stem == $1 }
        case .prefix(let prefix): return self.prefix(prefix)
        case .phrase(let phrase): return self.phrase(phrase)
        case .regex(let letters, let ignoresCase): return self.letters(letters, ignoresCase)
        case .group(let query): return ranges(query)
        default: return []
        }
    }

    private func meant(_ id: String, _ mode: Query.ConceptMode) -> Set<String> {
        func under(_ id: String) -> Set<String> {
            guard let index = scheme.index(of: id) else { return [] }
            return Set(scheme.closure(of: index).map { scheme.concepts[$0].id })
        }
        switch mode {
        case .withNarrower: return under(id)
        case .only: return [id]
        case .siblings:
            guard let broader = scheme[id]?.broader else { return [] }
            return under(scheme.concepts[broader].id)
        }
    }

    // MARK: Annotations

    /// Annotations, suggestions and what they say, alike.
    private struct Row {
        var number: Int
        var annotation: Annotation
        var layer: String
        var verdict: AnchorVerdict
        var pieces: [AnchoredPiece]
        var isSuggestion: Bool
        var isDecided: Bool
    }

    private func rows(_ document: Int) -> [Row] {
        let indexed = documents[document]
        var rows = indexed.annotations.enumerated().map { index, anchored in
            Row(
                number: index, annotation: anchored.annotation, layer: anchored.layer, verdict: anchored.verdict,
                pieces: anchored.pieces, isSuggestion: false, isDecided: false)
        }
        for (index, suggestion) in indexed.suggestions.enumerated() {
            var annotation = Annotation(id: suggestion.id, targets: [])
            annotation.concepts = [ConceptReference(id: suggestion.concept, scheme: "", version: nil)]
            annotation.stance = suggestion.stance
            rows.append(
                Row(
                    number: 1000 + index, annotation: annotation, layer: "", verdict: .exact,
                    pieces: [AnchoredPiece(passage: suggestion.passage, raw: suggestion.raw)], isSuggestion: true,
                    isDecided: indexed.decided.contains(suggestion.id)))
        }
        return rows
    }

    private func annotations(_ concepts: Set<String>?, _ fields: [Query.Field]) -> [Found] {
        let states = fields.filter { $0.name == .is && !$0.isNegated }.flatMap(\.values).compactMap(text)
        let asksForState = states.contains { ["any", "open", "suggested", "rejected"].contains($0) }
        return documents.indices.flatMap { document in
            rows(document).compactMap { row -> Found? in
                let isLookedAt =
                    asksForState
                    ? (!row.isSuggestion && states.contains("any"))
                        || (row.isSuggestion && states.contains("suggested"))
                        || (row.isSuggestion && !row.isDecided && (states.contains("open") || states.contains("any")))
                    : !row.isSuggestion
                guard isLookedAt, !row.pieces.isEmpty || states.contains("orphaned") else { return nil }
                guard fields.allSatisfy({ !$0.name.isOfAnnotation || holds($0, row, document) }) else { return nil }
                var matched = Set(row.annotation.concepts.map(\.id))
                if let concepts {
                    matched.formIntersection(concepts)
                    if matched.isEmpty { return nil }
                }
                return Found(
                    document: document,
                    pieces: row.pieces.map { Piece(passage: Int($0.passage), start: $0.raw.start, end: $0.raw.end) },
                    annotation: row.number, concepts: matched)
            }
        }
    }

    /// One overlapping annotation is all that is asked; none is what a negated field names.
    private func isAnnotated(_ words: Found, _ fields: [Query.Field]) -> Bool {
        let asked = fields.filter { !$0.isNegated }
        func overlapping(_ fields: [Query.Field]) -> Bool {
            annotations(nil, fields).contains { one in
                one.document == words.document
                    && one.pieces.contains { overlap($0, words.pieces[0]) }
            }
        }
        if !asked.isEmpty, !overlapping(asked) { return false }
        return fields.filter(\.isNegated).allSatisfy { field in
            var field = field
            field.isNegated = false
            return !overlapping([field])
        }
    }

    func overlap(_ left: Piece, _ right: Piece) -> Bool {
        if left.start == left.end, right.start == right.end { return left.start == right.start }
        return left.start < right.end && right.start < left.end
    }

    private func holds(_ field: Query.Field, _ row: Row, _ document: Int) -> Bool {
        let work = documents[document].document.work
        let annotation = row.annotation
        let holds = field.values.contains { value in
            switch (field.name, value) {
            case (.layer, .text(let text)): return row.layer == text
            case (.by, .text(let text)): return annotation.creator == text
            case (.stance, .text(let text)): return annotation.stance?.rawValue == text
            case (.basis, .text(let text)): return annotation.basis?.rawValue == text
            case (.certainty, _): return annotation.certainty.map { compares($0, value) } ?? false
            case (.created, _): return annotation.created.map { compares(String($0.prefix(10)), value) } ?? false
            case (.modified, _): return annotation.modified.map { compares(String($0.prefix(10)), value) } ?? false
            case (.comment, .text(let text)):
                let words = (annotation.comment ?? "").lowercased().split(separator: " ").map(String.init)
                return words.contains(text)
            case (.is, .text(let state)):
                switch state {
                case "any": return !row.isDecided
                case "open": return row.isSuggestion && !row.isDecided
                case "suggested": return row.isSuggestion
                case "commented": return annotation.comment != nil
                case "orphaned": return row.verdict == .orphaned
                case "alone":
                    let same = rows(document).filter { !$0.isSuggestion && $0.pieces == row.pieces } + [row]
                    return Set(same.flatMap { $0.annotation.concepts.map(\.id) }).count
                        <= Set(annotation.concepts.map(\.id)).count && annotation.concepts.count < 3
                        && Set(annotation.concepts.map(\.id)).count < 2
                default: return false
                }
            case (.who, .person(let person)):
                return annotation.about.contains {
                    involved($0).contains { isMeant(person, $0, work) } || isRelation($0, person)
                }
            case (.role, .text(let role)):
                return annotation.about.contains {
                    involved($0).contains { isMeant(Query.PersonReference(role, isRole: true), $0, work) }
                }
            case (.towards, .person(let person)):
                return annotation.about.contains { subject in
                    switch subject {
                    case .dyad(_, let to): isMeant(person, to, work)
                    case .relation("r1"): isMeant(person, "max", work)
                    default: false
                    }
                }
            case (.dyad, .dyad(.unordered(let one, let two))):
                return pairs(annotation).contains {
                    Set([$0.0, $0.1]) == Set([one.name, two.name]) || ($0.0 == one.name && $0.1 == two.name)
                }
            case (.dyad, .dyad(.directed(let one, let two))):
                return pairs(annotation).contains { $0.0 == one.name && $0.1 == two.name }
            default: return false
            }
        }
        return holds != field.isNegated
    }

    private func isRelation(_ subject: Subject, _ person: Query.PersonReference) -> Bool {
        if case .relation(let id) = subject { id == person.name && !person.isRole } else { false }
    }

    /// Directed pairs that an annotation is about, as the generated relations have them.
    private func pairs(_ annotation: Annotation) -> [(String, String)] {
        annotation.about.flatMap { subject -> [(String, String)] in
            switch subject {
            case .person: []
            case .dyad(let from, let to): [(from, to)]
            case .relation("r1"): [("jane", "max")]
            case .relation: [("jane", "ada"), ("ada", "jane")]
            }
        }
    }

    private func involved(_ subject: Subject) -> [String] {
        switch subject {
        case .person(let id): [id]
        case .dyad(let from, let to): [from, to]
        case .relation("r1"): ["jane", "max"]
        case .relation: ["jane", "ada"]
        }
    }

    private func isMeant(_ person: Query.PersonReference, _ id: String, _ work: Work) -> Bool {
        guard person.isRole else { return person.name == id }
        if work.persons.first(where: { $0.id == id })?.role == person.name { return true }
        return (person.name == "mother" && id == "jane") || (person.name == "child" && id == "max")
    }

    // MARK: Words

    struct Word {
        var text: String
        var folded: String
        var bare: String
        var stem: String
        var range: ByteRange
    }

    func wordList(_ document: Document, _ passage: Int) -> [Word] {
        let key = Place(document: documents.firstIndex { $0.document.path == document.path } ?? 0, passage: passage)
        if let known = memory.words[key] { return known }
        let words = cut(document, passage)
        memory.words[key] = words
        return words
    }

    private func cut(_ document: Document, _ passage: Int) -> [Word] {
        let place = document.passages[passage]
        var lexicon = Lexicon(language: document.languages[Int(place.language)])
        var tokens: [Token] = []
        Tokenizer.tokens(of: place, in: document, lexicon: &lexicon, into: &tokens)
        return tokens.map { token in
            let form = lexicon.forms[Int(token.word)]
            return Word(
                text: String(decoding: document.reading[Int(token.start)..<Int(token.end)], as: UTF8.self),
                folded: lexicon.text(ofString: form.folded), bare: lexicon.text(ofString: form.withoutAccents),
                stem: lexicon.text(ofString: form.stem), range: ByteRange(token.start, token.end))
        }
    }

    private func stem(_ word: String, _ document: Document, _ passage: Int) -> String {
        var lexicon = Lexicon(language: document.languages[Int(document.passages[passage].language)])
        return lexicon.text(ofString: lexicon.stem(of: word))
    }

    private func words(_ word: String, _ matches: (Word, String) -> Bool) -> [Found] {
        eachPassage { document, passage, words in
            let stem = self.stem(word, document, passage)
            return words.indices.filter { matches(words[$0], stem) }.map { ($0, $0) }
        }
    }

    private func prefix(_ prefix: String) -> [Found] {
        eachPassage { _, _, words in
            words.indices.filter { words[$0].bare.hasPrefix(Folding.foldedWithoutAccents(prefix)) }.map { ($0, $0) }
        }
    }

    /// Every way to lay the items over the words, tried one by one; of those with one start the shortest.
    private func phrase(_ phrase: Phrase) -> [Found] {
        eachPassage { _, _, words in
            words.indices.compactMap { start in
                ends(phrase.items[...], words, start).min().map { (start, $0 - 1) }
            }
        }
    }

    private func ends(_ items: ArraySlice<Phrase.Item>, _ words: [Word], _ at: Int) -> [Int] {
        guard let item = items.first else { return [at] }
        let rest = items.dropFirst()
        switch item {
        case .gap(let limit):
            return (0...limit).filter { at + $0 <= words.count }.flatMap { ends(rest, words, at + $0) }
        case .anyWord: return at < words.count ? ends(rest, words, at + 1) : []
        case .word(let word):
            return at < words.count && words[at].folded == Folding.folded(word) ? ends(rest, words, at + 1) : []
        case .wildcard(let pattern):
            return at < words.count && isLike(Array(words[at].folded), Array(Folding.folded(pattern)))
                ? ends(rest, words, at + 1) : []
        }
    }

    /// An expression of letters alone: where they stand, none overlapping.
    private func letters(_ letters: String, _ ignoresCase: Bool) -> [Found] {
        let wanted = Array((ignoresCase ? letters.lowercased() : letters).utf8)
        return documents.indices.flatMap { index in
            let document = documents[index].document
            return document.passages.indices.filter { kinds.contains(document.passages[$0].kind) }
                .flatMap { number -> [Found] in
                    let place = document.passages[number]
                    let text = document.readingText(place)
                    let bytes = Array((ignoresCase ? text.lowercased() : text).utf8)
                    var found: [Found] = []
                    var offset = 0
                    while offset + wanted.count <= bytes.count {
                        guard Array(bytes[offset..<offset + wanted.count]) == wanted else {
                            offset += 1
                            continue
                        }
                        let start = place.reading.start + Int32(offset)
                        let end = start + Int32(wanted.count)
                        let piece = Piece(
                            passage: number, start: document.rawOffset(ofReading: start, in: place),
                            end: document.rawOffset(ofReading: end, in: place, isEnd: true))
                        found.append(Found(document: index, pieces: [piece]))
                        offset += wanted.count
                    }
                    return found
                }
        }
    }

    private func isLike(_ word: [Character], _ pattern: [Character]) -> Bool {
        guard let first = pattern.first else { return word.isEmpty }
        let rest = Array(pattern.dropFirst())
        if first == "*" { return (0...word.count).contains { isLike(Array(word.dropFirst($0)), rest) } }
        guard let letter = word.first else { return false }
        return (first == "?" || first == letter) && isLike(Array(word.dropFirst()), rest)
    }

    private func eachPassage(_ body: (Document, Int, [Word]) -> [(Int, Int)]) -> [Found] {
        documents.indices.flatMap { index in
            let document = documents[index].document
            return document.passages.indices.filter { kinds.contains(document.passages[$0].kind) }
                .flatMap { passage -> [Found] in
                    let words = wordList(document, passage)
                    return body(document, passage, words).map { first, last in
                        let place = document.passages[passage]
                        return Found(
                            document: index,
                            pieces: [
                                Piece(
                                    passage: passage,
                                    start: document.rawOffset(ofReading: words[first].range.start, in: place),
                                    end: document.rawOffset(ofReading: words[last].range.end, in: place, isEnd: true))
                            ])
                    }
                }
        }
    }

    // MARK: Fields of documents and passages

    private func isOfDocument(_ field: Query.Field) -> Bool { [.author, .title, .year].contains(field.name) }

    private func isOfPassage(_ field: Query.Field) -> Bool {
        [.in, .lang, .kind, .chapter, .page, .speaker, .mentions, .length, .nth].contains(field.name)
    }

    private func holds(_ field: Query.Field, _ place: Place, _ piece: Piece?) -> Bool {
        let document = documents[place.document].document
        let passage = document.passages[place.passage]
        let range = piece.map { ByteRange($0.start, $0.end) } ?? passage.raw
        let holds = field.values.contains { value in
            switch (field.name, value) {
            case (.author, .text(let text)):
                return document.work.authors.contains { $0.lowercased().contains(text.lowercased()) }
            case (.title, .text(let text)):
                return Folding.foldedWithoutAccents(document.work.title).contains(text.lowercased())
            case (.year, _): return document.work.date.map { compares($0, value) } ?? false
            case (.in, .text(let text)):
                let pieces = text.split(separator: "/").map(String.init)
                guard document.path == "Corpus/\(pieces[0]).xml" else { return false }
                return pieces.count == 1 || document.parts[Int(passage.part)].label == pieces[1]
            case (.lang, .text(let text)):
                let tag = document.languages[Int(passage.language)]
                return tag == text || tag.hasPrefix(text + "-")
            case (.kind, .text(let text)): return passage.kind.rawValue == text
            case (.length, _): return compares(Double(wordList(document, place.passage).count), value)
            case (.nth, _): return compares(Double(place.passage + 1), value)
            case (.chapter, .text(let text)): return document.parts[Int(passage.part)].label == text
            case (.chapter, _): return compares(Double(document.parts[Int(passage.part)].label) ?? -1, value)
            case (.page, .text(let text)): return pages(range, document).contains(text)
            case (.page, _): return pages(range, document).contains { compares(Double($0) ?? -1, value) }
            case (.speaker, .person(let person)):
                return document.speeches.contains { speech in
                    meet(speech.raw, range) && speech.who.contains { isMeant(person, $0, document.work) }
                }
            case (.mentions, .person(let person)):
                return document.mentions.contains { meet($0.raw, range) && isMeant(person, $0.person, document.work) }
            default: return false
            }
        }
        return holds != field.isNegated
    }

    private func meet(_ left: ByteRange, _ right: ByteRange) -> Bool {
        overlap(
            Piece(passage: 0, start: left.start, end: left.end), Piece(passage: 0, start: right.start, end: right.end))
    }

    private func pages(_ range: ByteRange, _ document: Document) -> [String] {
        (range.start...max(range.start, range.end - 1)).compactMap { offset in
            document.pages.last { $0.raw <= offset }?.number
        }
    }

    // MARK: Values

    private func text(_ value: Query.FieldValue) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    private func compares(_ number: Double, _ value: Query.FieldValue) -> Bool {
        switch value {
        case .compared(let comparison, .number(let bound)): comparison.holds(number, bound)
        case .between(.number(let low), .number(let high)): (low...high).contains(number)
        default: false
        }
    }

    /// Dates as text: `2024-05` is from `2024-05-01` to `2024-05-31`, and no month is longer.
    private func compares(_ date: String, _ value: Query.FieldValue) -> Bool {
        func days(_ text: String) -> (String, String) {
            switch text.count {
            case 4: (text + "-01-01", text + "-12-31")
            case 7: (text + "-01", text + "-31")
            default: (text, text)
            }
        }
        let (first, last) = days(date)
        switch value {
        case .compared(let comparison, .date(let bound)):
            let (low, high) = days(bound.text)
            return switch comparison {
            case .less: last < low
            case .lessOrEqual: last <= high
            case .greater: first > high
            case .greaterOrEqual: first >= low
            case .equal: first >= low && last <= high
            }
        case .between(.date(let from), .date(let to)): return first >= days(from.text).0 && last <= days(to.text).1
        default: return false
        }
    }
}
