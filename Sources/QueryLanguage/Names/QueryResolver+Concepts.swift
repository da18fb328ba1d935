import TextModel

extension QueryResolver {
    // MARK: Bare names

    /// A run of bare words: a label, else one word of the texts.
    mutating func bareName(_ name: String, at place: Place) throws(QueryError) -> Query.Core {
        let nameEnd = place.start + name.utf8.count
        let place = Place(place.start, min(place.end, max(nameEnd, place.start)))
        let found = concepts(named: name)
        if !found.isEmpty { return .concept(try single(found, of: name, at: place), .withNarrower) }
        let isOneWord = !name.utf8.contains(0x20)
        if isOneWord {
            try refuseAmbiguous(name, at: place)
            if names.wordOccurs(name) {
                note(
                    at: place, "\(name) is no concept: searched as a word",
                    advice: "word:\(name) says so; \"\(name)\" finds only this form")
                return .word(name, any: false)
            }
        }
        throw unknown(name, isOneWord: isOneWord, at: place)
    }

    /// Words that name several concepts at once, with the letters that the labels meant share.
    private static var ambiguousWords: [String: String] {
        ["depression": "depress", "anxiety": "anxi", "stress": "stress", "attachment": "attach", "bonding": "bond"]
    }

    /// A word that stands for several concepts is answered with "which?", not with a search for the word.
    private func refuseAmbiguous(_ name: String, at place: Place) throws(QueryError) {
        guard let stem = Self.ambiguousWords[name.lowercased()] else { return }
        let candidates = names.concepts.filter { concept in
            ([concept.id] + concept.labels).contains { label in
                label.lowercased().split { !$0.isLetter }.contains { $0.hasPrefix(stem) }
            }
        }
        guard !candidates.isEmpty else { return }
        throw error(
            .ambiguousName, at: place, "which \(name.lowercased())?",
            advice: candidates.map(described) + ["word:\(name.lowercased())  the word itself"])
    }

    private func unknown(_ name: String, isOneWord: Bool, at place: Place) -> QueryError {
        var advice: [String] = []
        if isOneWord {
            if let word = names.nearestWord(to: name) { advice.append("nearest word in the texts: word:\(word)") }
        } else {
            if let split = split(name) { advice.append("two names side by side: write \(split)") }
            let tokens = QueryLexer.tokens(of: Array(text.utf8))
            if let translation = ForeignHabit.translation(of: tokens, in: Array(text.utf8), words: true) {
                advice.append("write \(translation)")
            }
            advice.append("words in a row stand in quotes: \"\(name)\"")
        }
        let nearest = nearestConcepts(to: name)
        if advice.isEmpty, nearest.isEmpty { advice.append("casebook concepts list shows all concepts") }
        return error(
            .unknownName, at: place,
            isOneWord ? "\(name) is neither a concept nor a word of the texts" : "there is no concept \(name)",
            nearest: nearest, advice: advice)
    }

    /// A run of words as two names that are known: `neglect & word:felt`.
    private func split(_ name: String) -> String? {
        let words = name.split(separator: " ").map(String.init)
        // Labels are short: a longer run is a sentence.
        guard words.count <= 8 else { return nil }
        func known(_ words: some Sequence<String>) -> String? {
            let name = words.joined(separator: " ")
            if let concept = concepts(named: name).first { return plainOrQuoted(concept.id) }
            return !name.utf8.contains(0x20) && names.wordOccurs(name) ? "word:" + name : nil
        }
        for border in words.indices.dropFirst() {
            if let left = known(words[..<border]), let right = known(words[border...]) { return left + " & " + right }
        }
        return nil
    }

    // MARK: Concepts

    /// The id of a concept named by `concept:`, `only:` or `broader:`, with its scheme before it where two schemes
    /// have that id.
    mutating func concept(_ name: String, _ mode: Query.ConceptMode, at place: Place) throws(QueryError) -> String {
        let found = concepts(named: name)
        guard !found.isEmpty else {
            throw error(
                .unknownName, at: place, "there is no concept \(name)", nearest: nearestConcepts(to: name),
                advice: ["casebook concepts list shows all concepts"])
        }
        let id = try single(found, of: name, at: place)
        if mode == .siblings, found[0].broader == nil {
            throw error(
                .unknownName, at: place, "\(id) has no broader concept",
                advice: ["\(plainOrQuoted(id)) alone finds it with all that is narrower"])
        }
        return id
    }

    /// All concepts with an id, else with a label: case, accents, hyphens and blanks ignored.
    private func concepts(named name: String) -> [ConceptName] {
        let all = names.concepts
        let exact = all.filter { $0.id == name }
        if !exact.isEmpty { return exact }
        if let slash = name.firstIndex(of: "/") {
            let scheme = name[..<slash]
            let rest = String(name[name.index(after: slash)...])
            return all.contains { $0.scheme == scheme } ? concepts(named: rest).filter { $0.scheme == scheme } : []
        }
        let key = names.key(name)
        guard !key.isEmpty else { return [] }
        let byID = all.filter { names.key($0.id) == key }
        if !byID.isEmpty { return byID }
        return all.filter { $0.labels.contains { names.key($0) == key } }
    }

    private mutating func single(
        _ found: [ConceptName], of name: String, at place: Place
    ) throws(QueryError) -> String {
        guard found.count == 1 else {
            throw error(
                .ambiguousName, at: place, "\(name) names \(found.count) concepts", advice: found.map(described))
        }
        if let instead = found[0].deprecated {
            note(at: place, "\(found[0].id) is deprecated", advice: instead)
        }
        return uniqueID(of: found[0])
    }

    private func uniqueID(of concept: ConceptName) -> String {
        let isShared = names.concepts.contains { $0.id == concept.id && $0.scheme != concept.scheme }
        return isShared ? concept.scheme + "/" + concept.id : concept.id
    }

    private func described(_ concept: ConceptName) -> String {
        let id = uniqueID(of: concept)
        return (id.contains("/") ? "concept:" : "") + plainOrQuoted(id) + "  " + concept.label
    }

    /// Ids of the concepts whose id or label is nearest, else of those that contain the name.
    private func nearestConcepts(to name: String) -> [String] {
        // Longer than any label: nothing is near.
        guard name.utf8.count <= 100 else { return [] }
        var byName: [String: String] = [:]
        for concept in names.concepts {
            for label in [concept.id] + concept.labels where byName[label] == nil {
                byName[label] = uniqueID(of: concept)
            }
        }
        var found: [String] = []
        for near in nearestNames(to: name, among: byName.keys, limit: 6) {
            if let id = byName[near], !found.contains(id) { found.append(id) }
        }
        if found.isEmpty {
            let key = names.key(name)
            // Three letters say too little to guess from.
            guard key.utf8.count > 3 else { return [] }
            for concept in names.concepts
            where ([concept.id] + concept.labels).contains(where: { names.key($0).contains(key) }) {
                found.append(uniqueID(of: concept))
            }
        }
        return Array(found.prefix(3)).map(plainOrQuoted)
    }

    /// `talking and reading` is read as two names, though it is one label.
    mutating func noteLabels(in queries: [Query], joinedBy word: String) {
        for (left, right) in zip(queries, queries.dropFirst()) {
            guard case .pattern(let first) = left, case .name(let one)? = first.core, first.fields.isEmpty,
                case .pattern(let second) = right, case .name(let two)? = second.core,
                let concept = concepts(named: one + " " + word + " " + two).first
            else { continue }
            note(
                at: first.place.joined(with: second.place), "read as two names joined by \(word)",
                advice: "the concept is \(plainOrQuoted(concept.id)), or concept:\"\(one) \(word) \(two)\"")
        }
    }
}
