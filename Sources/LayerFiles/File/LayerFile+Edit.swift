package import TextModel

extension LayerFile {
    /// Adds annotations at the end of the list, in one go. One with an empty id, or an id that is taken, gets a new
    /// one. Returns the ids.
    @discardableResult
    package mutating func add(_ added: [Annotation]) throws(Diagnostic) -> [String] {
        _ = try listEnd(.annotations)
        guard !added.isEmpty else { return [] }
        var taken = TakenIDs(self, count: added.count)
        var text: [UInt8] = []
        var ranges: [Range<Int>] = []
        var written: [Annotation] = []
        var writing = writing()
        writing.names = try writtenNames(of: added.flatMap { [$0.creator].compactMap { $0 } + $0.otherCreators })
        // Only now: names of annotators were perhaps added before it.
        let end = try listEnd(.annotations)
        text += lineLead(at: end)
        for annotation in added {
            var annotation = annotation
            annotation.id = freshID(annotation.id, prefix: "a-", taken: &taken)
            let bytes = writing.bytes(of: annotation)
            ranges.append(end + text.count..<end + text.count + bytes.count)
            text += bytes
            note(
                .annotations, annotation.id, before: nil, after: bytes,
                follows: written.last?.id ?? annotations.last?.id)
            written.append(annotation)
        }
        splice([Splice(range: end..<end, bytes: text)])
        annotations += written
        annotationRanges += ranges
        return written.map(\.id)
    }

    @discardableResult
    package mutating func add(_ annotation: Annotation) throws(Diagnostic) -> String {
        try add([annotation])[0]
    }

    /// Adds decisions; the second list is made where it is missing. Returns the ids.
    @discardableResult
    package mutating func add(_ added: [Decision]) throws(Diagnostic) -> [String] {
        _ = try listEnd(.annotations)
        guard !added.isEmpty else { return [] }
        if layout.decisionsEnd == nil { addDecisionList() }
        var taken = TakenIDs(self, count: added.count)
        var text: [UInt8] = []
        var ranges: [Range<Int>] = []
        var written: [Decision] = []
        var writing = writing()
        writing.names = try writtenNames(of: added.compactMap(\.creator))
        let end = try listEnd(.decisions)
        text += lineLead(at: end)
        for decision in added {
            var decision = decision
            decision.id = freshID(decision.id, prefix: "d-", taken: &taken)
            let bytes = writing.bytes(of: decision)
            ranges.append(end + text.count..<end + text.count + bytes.count)
            text += bytes
            note(.decisions, decision.id, before: nil, after: bytes, follows: written.last?.id ?? decisions.last?.id)
            written.append(decision)
        }
        splice([Splice(range: end..<end, bytes: text)])
        decisions += written
        decisionRanges += ranges
        return written.map(\.id)
    }

    /// Writes annotations anew, each in its place; they are found by id. What other programs wrote into the
    /// elements stays.
    package mutating func replace(_ replacements: [Annotation]) throws(Diagnostic) {
        _ = try listEnd(.annotations)
        var writing = writing()
        writing.names = try writtenNames(
            of: replacements.flatMap { [$0.creator].compactMap { $0 } + $0.otherCreators })
        let indices = try indices(of: replacements.map(\.id), in: annotations.map(\.id))
        var splices: [Splice] = []
        for (annotation, index) in zip(replacements, indices) {
            let range = annotationRanges[index]
            let old = Array(bytes[range])
            writing.foreign = ForeignContent(of: old, in: self)
            let new = fitted(writing.bytes(of: annotation), to: range)
            note(.annotations, annotation.id, before: old, after: new)
            splices.append(Splice(range: range, bytes: new, element: .annotation(index)))
            annotations[index] = annotation
        }
        splice(splices)
    }

    package mutating func replace(_ annotation: Annotation) throws(Diagnostic) {
        try replace([annotation])
    }

    /// Writes decisions anew, each in its place.
    package mutating func replace(_ replacements: [Decision]) throws(Diagnostic) {
        _ = try listEnd(.annotations)
        var writing = writing()
        writing.names = try writtenNames(of: replacements.compactMap(\.creator))
        let indices = try indices(of: replacements.map(\.id), in: decisions.map(\.id))
        var splices: [Splice] = []
        for (decision, index) in zip(replacements, indices) {
            let range = decisionRanges[index]
            let old = Array(bytes[range])
            writing.foreign = ForeignContent(of: old, in: self)
            let new = fitted(writing.bytes(of: decision), to: range)
            note(.decisions, decision.id, before: old, after: new)
            splices.append(Splice(range: range, bytes: new, element: .decision(index)))
            decisions[index] = decision
        }
        splice(splices)
    }

    /// Takes annotations and decisions out, found by id.
    package mutating func remove(_ ids: [String]) throws(Diagnostic) {
        _ = try listEnd(.annotations)
        var wanted = Set(ids)
        var splices: [Splice] = []
        var keptAnnotations: [Int] = []
        for (index, annotation) in annotations.enumerated() {
            if wanted.remove(annotation.id) != nil {
                splices.append(Splice(range: annotationRanges[index], bytes: []))
                note(
                    .annotations, annotation.id, before: Array(bytes[annotationRanges[index]]), after: nil,
                    follows: index > 0 ? annotations[index - 1].id : nil)
            } else {
                keptAnnotations.append(index)
            }
        }
        var keptDecisions: [Int] = []
        for (index, decision) in decisions.enumerated() {
            if wanted.remove(decision.id) != nil {
                splices.append(Splice(range: decisionRanges[index], bytes: []))
                note(
                    .decisions, decision.id, before: Array(bytes[decisionRanges[index]]), after: nil,
                    follows: index > 0 ? decisions[index - 1].id : nil)
            } else {
                keptDecisions.append(index)
            }
        }
        if let missing = ids.first(where: wanted.contains) {
            changes.removeLast(splices.count)
            throw .unknownAnnotation(missing, in: path, known: annotations.map(\.id) + decisions.map(\.id))
        }
        if keptAnnotations.count < annotations.count {
            annotations = keptAnnotations.map { annotations[$0] }
            annotationRanges = keptAnnotations.map { annotationRanges[$0] }
        }
        if keptDecisions.count < decisions.count {
            decisions = keptDecisions.map { decisions[$0] }
            decisionRanges = keptDecisions.map { decisionRanges[$0] }
        }
        splice(splices)
        keepListsValid()
    }

    /// Puts elements back as they were written, or takes them out: what undo, redo and merge do. Each element is
    /// replaced where its id stands, else put behind the element that it followed, else at the end of its list.
    package mutating func restore(_ restored: [LayerChange]) throws(Diagnostic) {
        for change in restored where change.list == .header {
            if let value = change.after { setHeaderValue(change.id, value) }
        }
        let restored = restored.filter { $0.list != .header }
        let gone = restored.filter { $0.after == nil && range(of: $0.id) != nil }.map(\.id)
        if !gone.isEmpty { try remove(gone) }
        if layout.decisionsEnd == nil, restored.contains(where: { $0.list == .decisions && $0.after != nil }) {
            addDecisionList()
        }
        var replaced: [Splice] = []
        // Elements that come back one after the other go to one place.
        var inserted: [(place: Int, bytes: [UInt8])] = []
        var insertions: [String: Int] = [:]
        for change in restored {
            guard let after = change.after else { continue }
            if let range = range(of: change.id) {
                note(change.list, change.id, before: Array(bytes[range]), after: after)
                replaced.append(Splice(range: range, bytes: after))
                continue
            }
            note(change.list, change.id, before: nil, after: after, follows: change.follows)
            if let neighbour = change.follows, let insertion = insertions[neighbour] {
                inserted[insertion].bytes += after
                insertions[change.id] = insertion
            } else {
                let place = try placeBehind(change.follows, in: change.list)
                insertions[change.id] = inserted.count
                inserted.append((place, lineLead(at: place) + after))
            }
        }
        let splices = replaced + inserted.map { Splice(range: $0.place..<$0.place, bytes: $0.bytes) }
        guard !splices.isEmpty else { return }
        splice(splices)
        reread()
    }

    private func placeBehind(_ id: String?, in list: LayerChange.List) throws(Diagnostic) -> Int {
        let end = try listEnd(list)
        if let id { return range(of: id)?.upperBound ?? end }
        let first = list == .annotations ? annotationRanges.first : decisionRanges.first
        return first?.lowerBound ?? end
    }

    /// Notes which version of the text all annotations are anchored to.
    package mutating func setTextVersion(_ digest: String) {
        guard let range = layout.sha256, sha256 != digest else { return }
        note(.header, HeaderValue.sha256.rawValue, before: Array((sha256 ?? "").utf8), after: Array(digest.utf8))
        sha256 = digest.isEmpty ? nil : digest
        isHeaderChanged = true
        splice([Splice(range: range, bytes: Array(digest.utf8))])
        layout.sha256 = range.lowerBound..<range.lowerBound + digest.utf8.count
    }

    /// Names annotators in the header, where they are not named yet.
    package mutating func addAnnotators(_ added: [Annotator]) {
        for annotator in added where !annotators.contains(where: { $0.id == annotator.id }) {
            guard let end = layout.statementsEnd else { return }
            let lines = lines(around: end - 1..<end)
            let indentation = indentation(at: end)
            var text = Self.statement(
                for: annotator, indentation: indentation, newline: layout.newline, prefix: layout.prefix,
                isASCII: layout.isASCII)
            var place = end
            if lines.upperBound > end {
                place = lines.upperBound
            } else {
                // Something else stands on the line: the new one gets lines of its own after it.
                text = Array(layout.newline.utf8) + text.dropLast(layout.newline.utf8.count)
            }
            splice([Splice(range: place..<place, bytes: text)])
            layout.statementsEnd = place + text.count - (lines.upperBound > end ? layout.newline.utf8.count : 0)
            annotators.append(annotator)
            isHeaderChanged = true
        }
    }
}

// MARK: - How

extension LayerFile {
    func writing() -> AnnotationWriting {
        AnnotationWriting(
            indentation: layout.indentation, newline: layout.newline, prefix: layout.prefix, isASCII: layout.isASCII,
            names: [:], subjectFiles: subjectFiles)
    }

    /// Names of annotators; one that the header does not name is added to it under their id.
    private mutating func writtenNames(of ids: [String]) throws(Diagnostic) -> [String: String] {
        var names: [String: String] = [:]
        for id in ids where names[id] == nil {
            if !annotators.contains(where: { $0.id == id }) { addAnnotators([Annotator(id: id, name: id)]) }
            names[id] = annotators.first { $0.id == id }?.name ?? id
        }
        return names
    }

    private func listEnd(_ list: LayerChange.List) throws(Diagnostic) -> Int {
        if let readOnlyReason { throw .readOnlyLayer(path, readOnlyReason) }
        guard let end = list == .decisions ? layout.decisionsEnd : layout.annotationsEnd else {
            throw .readOnlyLayer(path, "it has no list of \(list.rawValue)")
        }
        return end
    }

    private func indices(of ids: [String], in known: [String]) throws(Diagnostic) -> [Int] {
        var places: [String: Int] = [:]
        // A dictionary of all ids pays for bulk changes only.
        if ids.count > 4 { for (index, id) in known.enumerated() { places[id] = index } }
        var result: [Int] = []
        for id in ids {
            let place = ids.count > 4 ? places[id] : known.firstIndex(of: id)
            guard let place, !id.isEmpty else { throw .unknownAnnotation(id, in: path, known: known) }
            result.append(place)
        }
        return result
    }

    private func freshID(_ wanted: String, prefix: String, taken: inout TakenIDs) -> String {
        var id = wanted
        while id.isEmpty || !taken.take(id, in: self) { id = Self.randomID(prefix) }
        return id
    }

    /// Sequential numbers would collide in git and when layers are merged; 36⁸ random ones do not.
    package static func randomID(_ prefix: String) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return prefix + String((0..<8).map { _ in digits[Int.random(in: 0..<digits.count)] })
    }

    mutating func note(
        _ list: LayerChange.List, _ id: String, before: [UInt8]?, after: [UInt8]?,
        follows: String? = nil
    ) {
        changes.append(LayerChange(list: list, id: id, before: before, after: after, follows: follows))
    }

    /// A line end before what is added, where the list's end stands behind something on its line.
    private func lineLead(at end: Int) -> [UInt8] {
        end == 0 || bytes[end - 1] == UInt8(ascii: "\n") ? [] : Array(layout.newline.utf8)
    }

    /// New lines for an element; where the old one shared its line with others, so does the new one.
    private func fitted(_ new: [UInt8], to range: Range<Int>) -> [UInt8] {
        guard range.upperBound > 0, bytes[range.upperBound - 1] != UInt8(ascii: "\n") else { return new }
        return Array(new.dropFirst(layout.indentation.utf8.count).dropLast(layout.newline.utf8.count))
    }

    private func indentation(at offset: Int) -> String {
        var start = offset
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return String(decoding: bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    }

    private mutating func addDecisionList() {
        guard let end = layout.standOffEnd else { return }
        let newline = layout.newline
        let p = layout.prefix
        let indentation = indentation(at: end)
        let head =
            newline + indentation + "<\(p)standOff type=\"decisions\">" + newline + indentation
            + " <\(p)listAnnotation>"
            + newline + indentation + "  <\(p)note type=\"layer\">Suggestions declined.</\(p)note>" + newline
        let tail = indentation + " </\(p)listAnnotation>" + newline + indentation + "</\(p)standOff>"
        splice([Splice(range: end..<end, bytes: Array((head + tail).utf8))])
        layout.standOffEnd = end
        layout.decisionsEnd = end + head.utf8.count
        layout.decisionsHaveNote = true
    }

    /// A list without a note is not valid when its last annotation goes.
    private mutating func keepListsValid() {
        let note = "<\(layout.prefix)note type=\"layer\">"
        let tail = "</\(layout.prefix)note>" + layout.newline
        if annotations.isEmpty, !layout.annotationsHaveNote, let end = layout.annotationsEnd {
            splice([Splice(range: end..<end, bytes: Array((layout.indentation + note + "Annotations." + tail).utf8))])
            layout.annotationsHaveNote = true
        }
        if decisions.isEmpty, !layout.decisionsHaveNote, let end = layout.decisionsEnd {
            let text = layout.indentation + note + "Suggestions declined." + tail
            splice([Splice(range: end..<end, bytes: Array(text.utf8))])
            layout.decisionsHaveNote = true
        }
    }
}

/// Ids of a file that are in use.
private struct TakenIDs {
    private var ids: Set<String> = []
    private let isSet: Bool

    /// A few new ids are looked up one by one; for many a set of all pays.
    init(_ layer: LayerFile, count: Int) {
        isSet = count > 4
        guard isSet else { return }
        ids.formUnion(layer.annotations.map(\.id))
        ids.formUnion(layer.decisions.map(\.id))
        ids.formUnion(layer.annotators.map(\.id))
    }

    /// False where it is taken already.
    mutating func take(_ id: String, in layer: LayerFile) -> Bool {
        if !isSet, layer.range(of: id) != nil || layer.annotators.contains(where: { $0.id == id }) { return false }
        return ids.insert(id).inserted
    }
}
