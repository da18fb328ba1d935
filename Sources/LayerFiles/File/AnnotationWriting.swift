import TextModel

/// Writes one annotation or decision as TEI, strictly: valid against tei_all, always in the same order.
struct AnnotationWriting {
    /// What an element starts its lines with.
    var indentation: String
    /// LF, or CRLF where the file has it.
    var newline: String
    /// `tei:` in a file that writes the TEI namespace with a prefix.
    var prefix: String
    var isASCII: Bool
    /// Names of annotators by id.
    var names: [String: String]
    /// Files of persons and relations by id, where it is not the text itself.
    var subjectFiles: [String: String]
    /// What other programs wrote into the element that is being replaced.
    var foreign = ForeignContent()

    /// The element with its lines' ends.
    func bytes(of annotation: Annotation) -> [UInt8] {
        var markup = MarkupText(isASCII: isASCII)
        let motivation = annotation.comment == nil ? "classifying" : "classifying commenting"
        start(
            annotation.id, motivation: motivation,
            creators: [annotation.creator].compactMap { $0 } + annotation.otherCreators,
            certainty: annotation.certainty, targets: annotation.targets, into: &markup)
        writeHistory(
            [
                change("modified", when: annotation.modified, who: annotation.creator),
                change("created", when: annotation.created, who: annotation.creator),
                annotation.proposal.map(change),
            ], into: &markup)
        writeRaw(foreign.licences, into: &markup)
        writeConcepts(annotation.concepts, into: &markup)
        for subject in annotation.about { writeSubject(subject, of: annotation.targets, into: &markup) }
        writeQuotes(annotation.targets, into: &markup)
        writeNote("stance", annotation.stance?.rawValue, into: &markup)
        writeNote("basis", annotation.basis?.rawValue, into: &markup)
        writeComment(annotation.comment, into: &markup)
        for tag in annotation.contentTags { writeNote("content", tag.rawValue, into: &markup) }
        if annotation.isPrincipal { line("<\(prefix)note type=\"principal\"/>", into: &markup) }
        writeNote("anchor", annotation.anchorNote, into: &markup)
        writeRaw(foreign.bodies, into: &markup)
        markup.raw(indentation + "</\(prefix)annotation>" + newline)
        return markup.bytes
    }

    func bytes(of decision: Decision) -> [UInt8] {
        var markup = MarkupText(isASCII: isASCII)
        start(
            decision.id, motivation: "moderating", creators: [decision.creator].compactMap { $0 }, certainty: nil,
            targets: decision.targets, into: &markup)
        writeHistory(
            [
                change("withdrawn", when: decision.decided, who: decision.creator),
                decision.proposal.map(change),
            ], into: &markup)
        writeRaw(foreign.licences, into: &markup)
        writeConcepts(decision.concepts, into: &markup)
        writeQuotes(decision.targets, into: &markup)
        writeNote("decision", decision.verdict.rawValue, into: &markup)
        writeRaw(foreign.bodies, into: &markup)
        markup.raw(indentation + "</\(prefix)annotation>" + newline)
        return markup.bytes
    }

    private func start(
        _ id: String, motivation: String, creators: [String], certainty: Double?, targets: [Target],
        into markup: inout MarkupText
    ) {
        markup.raw(indentation + "<\(prefix)annotation")
        markup.attribute("xml:id", id)
        markup.attribute("motivation", motivation)
        if !creators.isEmpty { markup.attribute("resp", creators.map { "#" + $0 }.joined(separator: " ")) }
        if let certainty { markup.attribute("cert", Self.text(of: certainty)) }
        markup.raw(foreign.attributes[...])
        markup.raw(newline + indentation + " ")
        // The attribute has a blank of its own before it.
        markup.attribute("target", targets.map(\.pointer.text).joined(separator: " "))
        markup.raw(">" + newline)
        for creator in creators {
            markup.raw(indentation + " <\(prefix)respStmt><\(prefix)resp>annotator</\(prefix)resp><\(prefix)persName")
            markup.attribute("sameAs", "#" + creator)
            markup.raw(">")
            markup.text(names[creator] ?? creator)
            markup.raw("</\(prefix)persName></\(prefix)respStmt>" + newline)
        }
        writeRaw(foreign.statements, into: &markup)
    }

    /// Shortest decimal form.
    static func text(of number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private struct Change {
        var status: String
        var when: String?
        var who: String?
        var score: Double?
        var text: String?
    }

    private func change(_ status: String, when: String?, who: String?) -> Change? {
        when.map { Change(status: status, when: $0, who: who) }
    }

    private func change(_ proposal: Proposal) -> Change {
        let text = proposal.reason.map { proposal.suggester + ": " + $0 } ?? proposal.suggester
        return Change(status: "proposed", when: proposal.when, who: nil, score: proposal.score, text: text)
    }

    private func writeHistory(_ changes: [Change?], into markup: inout MarkupText) {
        let changes = changes.compactMap { $0 }
        guard !changes.isEmpty || !foreign.changes.isEmpty else { return }
        line("<\(prefix)revisionDesc>", into: &markup)
        for change in changes {
            markup.raw(indentation + "  <\(prefix)change")
            markup.attribute("status", change.status)
            if let when = change.when { markup.attribute("when", when) }
            if let who = change.who { markup.attribute("who", "#" + who) }
            if let score = change.score { markup.attribute("n", Self.text(of: score)) }
            if let text = change.text {
                markup.raw(">")
                markup.text(text)
                markup.raw("</\(prefix)change>" + newline)
            } else {
                markup.raw("/>" + newline)
            }
        }
        for bytes in foreign.changes {
            markup.raw(indentation + "  ")
            markup.raw(bytes[...])
            markup.raw(newline)
        }
        line("</\(prefix)revisionDesc>", into: &markup)
    }

    private func writeConcepts(_ concepts: [ConceptReference], into markup: inout MarkupText) {
        for concept in concepts {
            markup.raw(indentation + " <\(prefix)ptr type=\"concept\"")
            markup.attribute("target", PercentEncoding.blanksEncoded(concept.scheme) + "#" + concept.id)
            if let version = concept.version { markup.attribute("n", version) }
            markup.raw("/>" + newline)
        }
    }

    private func writeSubject(_ subject: Subject, of targets: [Target], into markup: inout MarkupText) {
        let ids =
            switch subject {
            case .person(let id), .relation(let id): [id]
            case .dyad(let from, let towards): [from, towards]
            }
        let text = targets.first?.pointer.file ?? ""
        let pointers = ids.map { PercentEncoding.encoded(subjectFiles[$0] ?? text) + "#" + $0 }
        markup.raw(indentation + " <\(prefix)ptr type=\"about\"")
        markup.attribute("target", pointers.joined(separator: " "))
        markup.raw("/>" + newline)
    }

    private func writeQuotes(_ targets: [Target], into markup: inout MarkupText) {
        for (index, target) in targets.enumerated() {
            let number = targets.count > 1 ? index + 1 : nil
            let quote = target.quote
            writeNote("exact", quote.exact, number: number, into: &markup)
            writeNote("shown", quote.shown, number: number, into: &markup)
            writeNote("prefix", quote.prefix, number: number, into: &markup)
            writeNote("suffix", quote.suffix, number: number, into: &markup)
            writeNote("digest", quote.digest, number: number, into: &markup)
        }
    }

    private func writeNote(_ type: String, _ text: String?, number: Int? = nil, into markup: inout MarkupText) {
        guard let text else { return }
        markup.raw(indentation + " <\(prefix)note")
        markup.attribute("type", type)
        if let number { markup.attribute("n", String(number)) }
        if text.isEmpty {
            markup.raw("/>" + newline)
        } else {
            markup.raw(">")
            markup.text(text)
            markup.raw("</\(prefix)note>" + newline)
        }
    }

    private func writeComment(_ comment: String?, into markup: inout MarkupText) {
        guard let comment else { return }
        markup.raw(indentation + " <\(prefix)note type=\"comment\">")
        for paragraph in Self.paragraphs(of: comment) {
            markup.raw("<\(prefix)p>")
            for (index, text) in paragraph.enumerated() {
                if index > 0 { markup.raw("<\(prefix)lb/>") }
                markup.text(text)
            }
            markup.raw("</\(prefix)p>")
        }
        markup.raw("</\(prefix)note>" + newline)
    }

    /// Paragraphs are parted by empty lines; each is its lines.
    static func paragraphs(of comment: String) -> [[String]] {
        var paragraphs: [[String]] = [[]]
        for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = WhiteSpace.collapsed(String(line))
            if line.isEmpty {
                if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        if paragraphs.count > 1, paragraphs.last?.isEmpty == true { paragraphs.removeLast() }
        return paragraphs
    }

    private func writeRaw(_ pieces: [[UInt8]], into markup: inout MarkupText) {
        for bytes in pieces {
            markup.raw(indentation + " ")
            markup.raw(bytes[...])
            markup.raw(newline)
        }
    }

    private func line(_ text: String, into markup: inout MarkupText) {
        markup.raw(indentation + " " + text + newline)
    }
}

/// What somebody else put into an annotation and what stays, byte for byte, when we write the annotation anew.
struct ForeignContent: Equatable {
    /// Attributes that we do not write, each with the blank before it.
    var attributes: [UInt8] = []
    var statements: [[UInt8]] = []
    var changes: [[UInt8]] = []
    var licences: [[UInt8]] = []
    /// Notes, pointers and comments.
    var bodies: [[UInt8]] = []
}
