package import TextModel

/// Merges two versions of one layer file that go back to a common one: what git asks a merge driver for.
///
/// Works on annotations, not on lines: two people who both add to the end of a file, or change different
/// annotations, or different fields of the same one, never conflict, and the result is always well-formed.
package enum ThreeWayMerge {
    package struct Result: Sendable {
        package var bytes: [UInt8]
        /// What was changed on both sides in different ways, a line each. Both versions are kept.
        package var conflicts: [String]
    }

    /// An empty base means that both sides made the file. Throws where one of the three is not a layer that can be
    /// read.
    package static func merge(
        base: [UInt8], ours: [UInt8], theirs: [UInt8], path: String
    ) throws(Diagnostic) -> Result {
        let old = try base.isEmpty ? emptied(layer(ours, path)) : layer(base, path)
        var result = try layer(ours, path)
        var other = try layer(theirs, path)
        var conflicts: [String] = []
        if header(of: other) != header(of: old), header(of: result) != header(of: other) {
            if header(of: result) == header(of: old) {
                swap(&result, &other)
            } else {
                conflicts.append("the header was changed on both sides; ours is kept")
            }
        }
        var merging = ElementMerge(old: Elements(old), own: Elements(result), other: Elements(other))
        merging.run(old, result, other)
        result.addAnnotators(other.annotators)
        result.subjectFiles.merge(other.subjectFiles) { own, _ in own }
        try result.restore(merging.changes)
        try result.replace(merging.merged)
        try result.add(merging.copies)
        if result.sha256 == old.sha256, let version = other.sha256 { result.setTextVersion(version) }
        return Result(bytes: result.bytes, conflicts: conflicts + merging.conflicts)
    }

    /// A layer with nothing in it.
    private static func emptied(_ layer: LayerFile) throws(Diagnostic) -> LayerFile {
        var layer = layer
        try layer.remove(layer.annotations.map(\.id) + layer.decisions.map(\.id))
        return layer
    }

    private static func layer(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> LayerFile {
        let (layer, diagnostics) = LayerFile.read(bytes: bytes, path: path)
        if let problem = diagnostics.first(where: { $0.severity == .error }) { throw problem }
        if let reason = layer.readOnlyReason { throw .readOnlyLayer(path, reason) }
        return layer
    }

    /// Lines of the header but those that merge by themselves: annotators and the version of the text.
    private static func header(of layer: LayerFile) -> [Substring] {
        let text = String(decoding: layer.bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "<\(layer.layout.prefix)standOff") else { return [] }
        return text[..<end.lowerBound].split(separator: "\n").filter { line in
            !line.contains("respStmt") && !line.contains("sha256")
        }
    }
}

/// Annotations and decisions of a layer as bytes, by id.
private struct Elements {
    var bytes: [String: [UInt8]] = [:]
    var order: [(list: LayerChange.List, id: String, follows: String?)] = []

    init(_ layer: LayerFile) {
        add(.annotations, layer.annotations.map(\.id), layer.annotationRanges, layer)
        add(.decisions, layer.decisions.map(\.id), layer.decisionRanges, layer)
    }

    private mutating func add(
        _ list: LayerChange.List, _ ids: [String], _ ranges: [Range<Int>], _ layer: LayerFile
    ) {
        var last: String?
        for (id, range) in zip(ids, ranges) where !id.isEmpty {
            bytes[id] = Array(layer.bytes[range])
            order.append((list, id, last))
            last = id
        }
    }
}

/// What has to be done to our elements for theirs to be in.
private struct ElementMerge {
    let old: Elements
    let own: Elements
    let other: Elements
    /// Elements to be put in or taken out as they are.
    var changes: [LayerChange] = []
    /// Annotations that both sides changed, made one.
    var merged: [Annotation] = []
    /// Their version of what could not be made one.
    var copies: [Annotation] = []
    var conflicts: [String] = []

    init(old: Elements, own: Elements, other: Elements) {
        self.old = old
        self.own = own
        self.other = other
    }

    mutating func run(_ oldLayer: LayerFile, _ ownLayer: LayerFile, _ otherLayer: LayerFile) {
        for (list, id, follows) in other.order {
            let (was, mine, yours) = (old.bytes[id], own.bytes[id], other.bytes[id])
            // The same on both sides, or changed on ours alone.
            if mine == yours || was == yours { continue }
            if mine == was || mine == nil {
                changes.append(LayerChange(list: list, id: id, before: mine, after: yours, follows: follows))
                if mine != was { conflicts.append("\(id): removed on one side, changed on the other; it stays") }
                continue
            }
            guard let first = ownLayer[id], let second = otherLayer[id] else {
                conflicts.append("\(id): decided differently on both sides; ours is kept")
                continue
            }
            var fields = FieldMerge(base: oldLayer[id], ours: first, theirs: second)
            fields.run()
            merged.append(fields.result)
            guard !fields.conflicts.isEmpty else { continue }
            var copy = second
            copy.id = ""
            copies.append(copy)
            conflicts.append(
                "\(id): \(fields.conflicts.joined(separator: ", ")) changed on both sides; ours is kept, theirs stands beside it"
            )
        }
        for (list, id, follows) in own.order where other.bytes[id] == nil {
            guard let was = old.bytes[id] else { continue }
            if own.bytes[id] == was {
                changes.append(LayerChange(list: list, id: id, before: was, after: nil, follows: follows))
            } else {
                conflicts.append("\(id): changed on one side, removed on the other; it stays")
            }
        }
    }
}

/// Merges one annotation field by field.
private struct FieldMerge {
    let base: Annotation?
    let ours: Annotation
    let theirs: Annotation
    var result: Annotation
    /// Fields that were changed on both sides in different ways.
    var conflicts: [String] = []

    init(base: Annotation?, ours: Annotation, theirs: Annotation) {
        self.base = base
        self.ours = ours
        self.theirs = theirs
        result = ours
    }

    mutating func run() {
        merge(\.targets, "place")
        merge(\.stance, "stance")
        merge(\.basis, "basis")
        merge(\.certainty, "certainty")
        mergeList(\.concepts)
        mergeList(\.about)
        mergeList(\.contentTags)
        mergeList(\.otherCreators)
        if ours.comment != theirs.comment, ours.comment != base?.comment, theirs.comment != base?.comment {
            // Words are never dropped, and two comments do not contradict each other.
            result.comment = Annotation.joined(ours.comment, theirs.comment)
        } else {
            result.comment = ours.comment == base?.comment ? theirs.comment : ours.comment
        }
        result.isPrincipal = ours.isPrincipal == base?.isPrincipal ? theirs.isPrincipal : ours.isPrincipal
        result.modified = [ours.modified, theirs.modified].compactMap { $0 }.max()
        // Who comes second has changed it too.
        if let creator = theirs.creator, creator != ours.creator, !result.otherCreators.contains(creator) {
            result.otherCreators.append(creator)
        }
    }

    private mutating func merge<Value: Equatable>(_ field: WritableKeyPath<Annotation, Value>, _ name: String) {
        let (mine, yours) = (ours[keyPath: field], theirs[keyPath: field])
        guard mine != yours else { return }
        if let was = base?[keyPath: field], mine == was {
            result[keyPath: field] = yours
        } else if base?[keyPath: field] != yours {
            conflicts.append(name)
        }
    }

    /// What either side put in is in; what either took out is out.
    private mutating func mergeList<Value: Hashable>(_ field: WritableKeyPath<Annotation, [Value]>) {
        let was = Set(base?[keyPath: field] ?? [])
        let mine = ours[keyPath: field]
        let yours = theirs[keyPath: field]
        let removed = was.subtracting(mine).union(was.subtracting(yours))
        result[keyPath: field] = (mine + yours.filter { !mine.contains($0) }).filter { !removed.contains($0) }
    }
}
