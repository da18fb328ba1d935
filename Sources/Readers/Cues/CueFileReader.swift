package import TextModel

/// Reads cue files and says what is wrong in them, each problem at its place.
package enum CueFileReader {
    /// The cues, without those in error; `nil` where the file is no cue file that this program can read.
    package static func read(_ bytes: [UInt8], path: String) -> (cues: CueFile?, diagnostics: [Diagnostic]) {
        let (tree, diagnostics) = XMLTree.read(bytes, file: path)
        guard let tree else { return (nil, diagnostics) }
        var reading = CueReading(path: path, bytes: bytes, diagnostics: diagnostics)
        let cues = reading.file(tree.root, namespace: tree.namespace)
        return (cues, reading.diagnostics)
    }
}

private struct CueReading {
    let path: String
    let bytes: [UInt8]
    var diagnostics: [Diagnostic]
    private var lines: LineTable?
    private var ids: Set<String> = []
    /// Classes of the set that is read: most words of a match, and whether it has a word to stand on.
    private var classes: [String: (longest: Int, isAnchored: Bool)] = [:]

    /// Words of a person's name, at most; see `PersonNames`.
    private static let longestName = 5
    /// Most words of a match: what a position word of 64 bits holds to one side of the anchor, with room to spare.
    private static let longestMatch = 60

    init(path: String, bytes: [UInt8], diagnostics: [Diagnostic]) {
        self.path = path
        self.bytes = bytes
        self.diagnostics = diagnostics
    }

    mutating func file(_ root: XMLTree.Element, namespace: String?) -> CueFile? {
        guard root.name == "cues", namespace == CueFile.namespace else {
            report(
                "no-cue-file", root, "this is no cue file",
                "its root is cues in the namespace \(CueFile.namespace)")
            return nil
        }
        let version = root["version"].flatMap { Int($0) }
        guard let version, version <= CueFile.formatVersion else {
            report(
                "newer-format", root, "cue file of format \(root["version"] ?? "unknown")",
                version == nil
                    ? "write version=\"\(CueFile.formatVersion)\"" : "this program reads format 1: use a newer Casebook"
            )
            return nil
        }
        check(root, attributes: ["version", "edition"], children: ["cueSet", "note"])
        var file = CueFile(path: path, edition: root["edition"])
        for element in root.elements("cueSet") {
            guard let set = cueSet(element) else { continue }
            if file.sets.contains(where: { $0.language == set.language }) {
                report(
                    "duplicate-language", element, "second cueSet for `\(set.language)`", "put its cues into the first")
                continue
            }
            file.sets.append(set)
        }
        return file
    }

    private mutating func cueSet(_ element: XMLTree.Element) -> CueSet? {
        check(
            element, attributes: ["xml:lang", "threshold"], children: ["class", "context", "concept", "note"])
        guard let language = element["xml:lang"], !language.isEmpty else {
            report("cues-without-language", element, "cueSet without xml:lang", "say its language: xml:lang=\"en\"")
            return nil
        }
        var set = CueSet(language: language)
        set.threshold = number(element, "threshold", in: 0...1) ?? set.threshold
        classes = [:]
        for child in element.elements("class") {
            if let found = wordClass(child) { set.classes.append(found) }
        }
        // One bit a class, for those whom persons may join.
        if set.classes.count > 64 {
            report("too-many-classes", element, "more than 64 word classes", "join those that are used alike")
            set.classes.removeSubrange(64...)
        }
        for child in element.elements("context") {
            if let found = context(child) { set.contexts.append(found) }
        }
        for child in element.elements("concept") { concept(child, into: &set) }
        return set
    }

    private mutating func wordClass(_ element: XMLTree.Element) -> WordClass? {
        check(element, attributes: ["name"], children: ["words", "persons", "note"])
        guard let name = element["name"], !name.isEmpty else {
            report("class-without-name", element, "class without a name", "name it: name=\"child\" is used as @child")
            return nil
        }
        if classes[name] != nil {
            report("duplicate-class", element, "second class `\(name)`", "classes have one name each")
            return nil
        }
        var found = WordClass(name: name, words: nil)
        found.location = element.location
        let patterns = element.elements("words").compactMap { pattern($0, anchoring: .none) }
        found.words = patterns.count > 1 ? .alternatives(patterns) : patterns.first
        for persons in element.elements("persons") {
            check(persons, attributes: ["relation", "side", "sex", "role"], children: [])
            var rule = PersonRule(relation: persons["relation"], role: persons["role"]?.lowercased())
            rule.side = choice(persons, "side")
            if let sex = persons["sex"] {
                rule.sex = sex == "F" ? .female : sex == "M" ? .male : nil
                if rule.sex == nil { report("bad-value", persons, "sex `\(sex)`", "write F or M") }
            }
            if rule == PersonRule() {
                report("empty-rule", persons, "persons without a rule", "give a relation, a sex or a role")
            } else {
                found.persons.append(rule)
            }
        }
        if element.elements.isEmpty {
            report("empty-class", element, "class `\(name)` without words", "give it words or persons")
        }
        let longest = found.words?.longest { classes[$0]?.longest ?? 1 } ?? 0
        classes[name] = (
            max(longest, found.persons.isEmpty ? 0 : Self.longestName),
            found.persons.isEmpty && (found.words?.standsOnWord { classes[$0]?.isAnchored ?? true } ?? false)
        )
        return found
    }

    private mutating func context(_ element: XMLTree.Element) -> ContextRule? {
        check(
            element, attributes: ["xml:id", "type", "effect", "factor", "direction", "reach", "concepts"],
            children: ["trigger", "pseudo", "end", "note"])
        guard let id = identifier(element), let kind: ContextRule.Kind = choice(element, "type"),
            let effect: ContextRule.Effect = choice(element, "effect")
        else { return nil }
        var rule = ContextRule(id: id, kind: kind, effect: effect)
        rule.location = element.location
        rule.factor = number(element, "factor", in: 0...1) ?? rule.factor
        rule.direction = choice(element, "direction") ?? (kind == .otherSense ? .overlap : .before)
        rule.reach = Int(number(element, "reach", in: 0...60) ?? Double(rule.reach))
        rule.concepts = Set((element["concepts"] ?? "").split(separator: " ").map(String.init))
        rule.triggers = element.elements("trigger").compactMap { pattern($0) }
        rule.pseudo = element.elements("pseudo").compactMap { pattern($0) }
        rule.terminators = element.elements("end").compactMap { pattern($0) }
        if rule.triggers.isEmpty {
            report(
                "context-without-trigger", element, "context `\(id)` without a trigger",
                "say by which words it is known")
            return nil
        }
        return rule
    }

    private mutating func concept(_ element: XMLTree.Element, into set: inout CueSet) {
        check(element, attributes: ["ref"], children: ["cue", "calibration", "note"])
        guard let concept = element["ref"], !concept.isEmpty else {
            report(
                "concept-without-ref", element, "concept without ref", "name a concept of the scheme: ref=\"neglect\"")
            return
        }
        for child in element.elements("calibration") { set.calibrations[concept] = calibration(child) }
        for child in element.elements("cue") {
            if let cue = cue(child, concept: concept) { set.cues.append(cue) }
        }
    }

    private mutating func cue(_ element: XMLTree.Element, concept: String) -> Cue? {
        check(
            element, attributes: ["xml:id", "weight", "scope", "ignore"],
            children: ["pattern", "needs", "without", "match", "nomatch", "note"])
        guard let id = identifier(element) else { return nil }
        guard let weight = number(element, "weight", in: 0.0001...0.9999) else {
            if element["weight"] == nil {
                report(
                    "cue-without-weight", element, "cue `\(id)` without a weight",
                    "of passages with this cue alone, which share shows the concept: weight=\"0.6\"")
            }
            return nil
        }
        var cue = Cue(id: id, concept: concept, weight: weight, patterns: [])
        cue.location = element.location
        cue.scope = choice(element, "scope") ?? .sentence
        for word in (element["ignore"] ?? "").split(separator: " ") {
            if let kind = ContextRule.Kind(rawValue: String(word)) {
                cue.ignores.insert(kind)
            } else {
                reportChoice(element, "ignore", String(word), ContextRule.Kind.allCases.map(\.rawValue))
            }
        }
        let patterns = element.elements("pattern")
        cue.patterns = patterns.compactMap { pattern($0) }
        if patterns.isEmpty {
            report("cue-without-pattern", element, "cue `\(id)` without a pattern", "say what it looks for")
        }
        cue.needs = element.elements("needs").compactMap { pattern($0, anchoring: .classOrWord) }
        cue.without = element.elements("without").compactMap { pattern($0, anchoring: .classOrWord) }
        for (name, mustMatch) in [("match", true), ("nomatch", false)] {
            let examples = element.elements(name)
            cue.examples += examples.map {
                CueExample(text: $0.text, mustMatch: mustMatch, location: $0.location)
            }
            if examples.isEmpty {
                report(
                    "cue-without-example", .warning, element, "cue `\(id)` without a \(name)",
                    "give a sentence that it must \(mustMatch ? "" : "not ")find")
            }
        }
        return cue.patterns.isEmpty ? nil : cue
    }

    private mutating func calibration(_ element: XMLTree.Element) -> Calibration? {
        check(element, attributes: ["slope", "intercept", "prior"], children: ["step"])
        if element["prior"] != nil { return number(element, "prior", in: 0.0001...0.9).map { .prior($0) } }
        let steps = element.elements("step")
        if steps.isEmpty {
            guard let slope = number(element, "slope", in: 0...1000),
                let intercept = number(element, "intercept", in: -1000...1000)
            else {
                report(
                    "bad-calibration", element, "calibration without its numbers",
                    "give a prior, or slope and intercept, or steps")
                return nil
            }
            return .platt(slope: slope, intercept: intercept)
        }
        var read: [Calibration.Step] = []
        for step in steps {
            check(step, attributes: ["evidence", "score"], children: [])
            guard let evidence = number(step, "evidence", in: 0...1), let score = number(step, "score", in: 0...1),
                read.last.map({ $0.evidence < evidence && $0.score <= score }) ?? true
            else {
                report(
                    "bad-calibration", step, "step that does not rise", "both evidence and score rise from step to step"
                )
                return nil
            }
            read.append(Calibration.Step(evidence: evidence, score: score))
        }
        return .steps(read)
    }

    /// What a pattern must have to be looked for.
    private enum Anchoring {
        /// A word that is no person's name, whichever way it matches.
        case word
        /// A word, or a class of which a person's name will do.
        case classOrWord
        case none
    }

    private func isAnchored(_ pattern: CuePattern, _ anchoring: Anchoring) -> Bool {
        switch anchoring {
        case .none: return true
        case .word: return pattern.standsOnWord { classes[$0]?.isAnchored ?? false }
        case .classOrWord:
            if case .memberOf = pattern { return true }
            if case .alternatives(let branches) = pattern { return branches.allSatisfy { isAnchored($0, anchoring) } }
            return isAnchored(pattern, .word)
        }
    }

    private mutating func pattern(_ element: XMLTree.Element, anchoring: Anchoring = .word) -> CuePattern? {
        check(element, attributes: [], children: [])
        do throws(CuePatternParser.Problem) {
            let pattern = try CuePatternParser.parse(element.rawText)
            for name in pattern.classes.sorted() where classes[name] == nil {
                let near = nearestNames(to: name, among: classes.keys)
                report(
                    "unknown-class", element, "class `@\(name)` is not defined before this place",
                    near.isEmpty ? "define it: <class name=\"\(name)\">" : "did you mean @\(near[0])?")
                return nil
            }
            if pattern.longest(classLength: { classes[$0]?.longest ?? 1 }) > Self.longestMatch {
                report(
                    "pattern-too-long", element, "pattern of more than \(Self.longestMatch) words",
                    "make its gaps shorter")
                return nil
            }
            if !isAnchored(pattern, anchoring) {
                report(
                    "pattern-without-word", element, "pattern that may match by names and gaps alone",
                    "each way to match needs a word, or a class that no persons join")
                return nil
            }
            return pattern
        } catch {
            report(
                "bad-pattern", .error, location(of: error.offset, in: element) ?? element.location, error.summary,
                error.advice)
            return nil
        }
    }

    /// Place of a byte of an element's text, exact where no reference stands before it.
    private mutating func location(of offset: Int, in element: XMLTree.Element) -> SourceLocation? {
        guard var start = element.location?.offset else { return nil }
        while start < bytes.count, bytes[start] != UInt8(ascii: ">") { start += 1 }
        let table = lines ?? LineTable(bytes)
        lines = table
        return table.location(of: start + 1 + offset)
    }

    private mutating func identifier(_ element: XMLTree.Element) -> String? {
        guard let id = element["xml:id"], !id.isEmpty else {
            report("missing-id", element, "\(element.name) without xml:id", "reasons and reports name it by its xml:id")
            return nil
        }
        if !ids.insert(id).inserted {
            report("duplicate-id", element, "second xml:id `\(id)`", "give each its own")
            return nil
        }
        return id
    }

    private mutating func number(
        _ element: XMLTree.Element, _ attribute: String, in range: ClosedRange<Double>
    ) -> Double? {
        guard let text = element[attribute] else { return nil }
        if let value = Double(text), range.contains(value) { return value }
        report(
            "bad-value", element, "\(attribute) `\(text)`",
            "write a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ element: XMLTree.Element, _ attribute: String
    ) -> Choice? where Choice.RawValue == String {
        guard let text = element[attribute] else {
            if attribute == "type" || attribute == "effect" {
                let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                report("missing-\(attribute)", element, "\(element.name) without \(attribute)", "one of \(known)")
            }
            return nil
        }
        if let value = Choice(rawValue: text) { return value }
        reportChoice(element, attribute, text, Choice.allCases.map(\.rawValue))
        return nil
    }

    private mutating func reportChoice(
        _ element: XMLTree.Element, _ attribute: String, _ text: String, _ known: [String]
    ) {
        let near = nearestNames(to: text, among: known)
        report(
            "bad-value", element, "\(attribute) `\(text)`",
            near.isEmpty ? "one of \(known.joined(separator: ", "))" : "did you mean \(near[0])?")
    }

    /// Reports attributes and elements that the vocabulary does not have.
    private mutating func check(_ element: XMLTree.Element, attributes: [String], children: [String]) {
        for name in element.attributeNames where !attributes.contains(name) {
            unknown("attribute", name, element, attributes)
        }
        for child in element.elements where !children.contains(child.name) {
            unknown("element", child.name, child, children)
        }
    }

    private mutating func unknown(_ what: String, _ name: String, _ element: XMLTree.Element, _ known: [String]) {
        let near = nearestNames(to: name, among: known)
        report(
            "unknown-\(what)", element, "\(what) `\(name)` has no meaning here",
            near.isEmpty ? "take it out" : "did you mean \(near[0])?")
    }

    private mutating func report(_ identifier: String, _ element: XMLTree.Element, _ summary: String, _ advice: String)
    {
        report(identifier, .error, element.location, summary, advice)
    }

    private mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ element: XMLTree.Element, _ summary: String,
        _ advice: String
    ) {
        report(identifier, severity, element.location, summary, advice)
    }

    private mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ location: SourceLocation?, _ summary: String,
        _ advice: String
    ) {
        diagnostics.append(Diagnostic(identifier, severity, file: path, at: location, summary, advice: advice))
    }
}

extension XMLTree.Element {
    /// Names of its attributes; those of XML itself as `xml:id`.
    fileprivate var attributeNames: [String] { attributes.map(\.name) }
}
