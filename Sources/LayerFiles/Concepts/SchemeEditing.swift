package import TextModel

/// Changes a scheme or a cue file in place: what does not change stays byte for byte.
package enum SchemeEditing {
    /// The scheme's bytes after a change.
    package static func apply(
        _ change: SchemeChange, toScheme bytes: [UInt8], file: String
    ) throws(Diagnostic) -> [UInt8] {
        var editing = try Editing(bytes, file)
        switch change {
        case .rename(let old, let new):
            let category = try editing.category(old)
            try editing.checkNew(new)
            editing.setValue(of: "xml:id", in: category, to: new)
            editing.replacePointers([old: new])
        case .replace(_, let new):
            _ = try editing.category(new)
            editing.replacePointers(change.replacements)
        case .merge(let old, let new):
            _ = try editing.category(new)
            for id in old { try editing.deprecate(id, instead: new) }
            editing.replacePointers(change.replacements)
        case .split(let old, let new):
            try editing.addSiblings(new, of: old)
        case .move(let id, let parent):
            try editing.move(id, under: parent)
        case .deprecate(let id, let other):
            if let other { _ = try editing.category(other) }
            try editing.deprecate(id, instead: other)
        }
        return editing.result
    }

    /// A cue file's bytes after a change: cues of a concept that was renamed or merged become cues of the other.
    package static func apply(_ change: SchemeChange, toCues bytes: [UInt8], file: String) throws(Diagnostic) -> [UInt8]
    {
        guard !change.replacements.isEmpty else { return bytes }
        var editing = try Editing(bytes, file)
        editing.replaceWords(change.replacements)
        return editing.result
    }
}

/// A file that is being changed.
private struct Editing {
    private let bytes: [UInt8]
    private let file: String
    private let map: MarkupMap
    private var splices: [(range: Range<Int>, text: String)] = []

    init(_ bytes: [UInt8], _ file: String) throws(Diagnostic) {
        self.bytes = bytes
        self.file = file
        map = try MarkupMap(bytes, file: file)
    }

    var result: [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for splice in splices.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            result += bytes[position..<splice.range.lowerBound]
            result += splice.text.utf8
            position = splice.range.upperBound
        }
        return result + bytes[position...]
    }

    // MARK: - Categories

    func category(_ id: String) throws(Diagnostic) -> MarkupMap.Element {
        try map.elements[index(of: id)]
    }

    private func index(of id: String) throws(Diagnostic) -> Int {
        if let index = map.elements.firstIndex(where: { $0.name == "category" && $0["xml:id"] == id }) { return index }
        let known = map.elements.filter { $0.name == "category" }.compactMap { $0["xml:id"] }
        let near = nearestNames(to: id, among: known, limit: 1).first
        throw Diagnostic(
            "unknown-concept", .error, file: file, "there is no concept “\(id)”",
            advice: near.map { "did you mean “\($0)”?" } ?? "`casebook concepts list` shows all")
    }

    /// An id that is free and an XML name.
    func checkNew(_ id: String) throws(Diagnostic) {
        if map.elements.contains(where: { $0["xml:id"] == id }) {
            throw Diagnostic(
                "duplicate-id", .error, file: file, "“\(id)” is taken already",
                advice: "choose another id, or `casebook concepts merge` the two")
        }
        let isName = id.unicodeScalars.enumerated().allSatisfy { index, scalar in
            scalar.properties.isAlphabetic || scalar == "_"
                || index > 0 && (scalar.properties.numericType != nil || "-.".unicodeScalars.contains(scalar))
        }
        if id.isEmpty || !isName {
            throw Diagnostic(
                "malformed-id", .error, file: file, "“\(id)” cannot be an id",
                advice: "ids begin with a letter and have letters, digits, - and _ only")
        }
    }

    mutating func setValue(of attribute: String, in element: MarkupMap.Element, to value: String) {
        if let range = map.valueRange(of: attribute, in: element, bytes) { splices.append((range, value)) }
    }

    /// In every list of pointers; a concept never comes twice and never points to itself.
    mutating func replacePointers(_ replacements: [String: String]) {
        for element in map.elements {
            for name in ["corresp", "target", "sameAs", "ana"] {
                guard let value = element[name] else { continue }
                let own = element.name == "category" ? element["xml:id"] : nil
                replaceList(name, value, in: element) { word in
                    guard word.hasPrefix("#"), let new = replacements[String(word.dropFirst())] else { return word }
                    return new == own ? nil : "#" + new
                }
            }
        }
    }

    /// In every list of ids of a cue file.
    mutating func replaceWords(_ replacements: [String: String]) {
        for element in map.elements {
            for name in ["ref", "concepts"] {
                guard let value = element[name] else { continue }
                replaceList(name, value, in: element) { replacements[$0] ?? $0 }
            }
        }
    }

    private mutating func replaceList(
        _ name: String, _ value: String, in element: MarkupMap.Element, _ replace: (String) -> String?
    ) {
        let words = WhiteSpace.words(of: value)
        var new: [String] = []
        for word in words.compactMap(replace) where !new.contains(word) { new.append(word) }
        guard new != words, let range = map.valueRange(of: name, in: element, bytes) else { return }
        if new.isEmpty, name == "corresp" {
            // An empty list is not valid: the attribute goes, with the blank before it and the quote after it.
            splices.append((range.lowerBound - name.utf8.count - 3..<range.upperBound + 1, ""))
        } else {
            splices.append((range, new.joined(separator: " ")))
        }
    }

    // MARK: - Lines

    mutating func deprecate(_ id: String, instead: String?) throws(Diagnostic) {
        let index = try index(of: id)
        let children = map.children(of: index)
        let known = children.first { map.elements[$0].name == "desc" && map.elements[$0]["type"] == "deprecated" }
        let text = "<desc type=\"deprecated\">\(instead ?? "")</desc>"
        if let known { return splices.append((map.elements[known].range, text)) }
        // Before the narrower concepts.
        let narrower = children.first { map.elements[$0].name == "category" }
        let place = narrower.map { lineStart(map.elements[$0].range.lowerBound) } ?? endLine(of: index)
        splices.append((place..<place, childIndentation(of: index) + text + "\n"))
    }

    mutating func addSiblings(_ concepts: [SchemeChange.NewConcept], of id: String) throws(Diagnostic) {
        let index = try index(of: id)
        let indentation = self.indentation(map.elements[index].range.lowerBound)
        var text = ""
        for concept in concepts where !map.elements.contains(where: { $0["xml:id"] == concept.id }) {
            try checkNew(concept.id)
            var label = MarkupText()
            label.text(concept.label)
            text += "\n\(indentation)<category xml:id=\"\(concept.id)\">"
            text += "\n\(indentation) <gloss type=\"prefLabel\">\(String(decoding: label.bytes, as: UTF8.self))</gloss>"
            text += "\n\(indentation)</category>"
        }
        let end = map.elements[index].range.upperBound
        splices.append((end..<end, text))
    }

    mutating func move(_ id: String, under parent: String?) throws(Diagnostic) {
        let moved = try index(of: id)
        let target: Int
        if let parent {
            target = try index(of: parent)
            if map.isInside(target, moved) {
                throw Diagnostic(
                    "circular-concepts", .error, file: file, "\(parent) lies under \(id) itself",
                    advice: "move \(parent) away first")
            }
        } else {
            var top = moved
            while map.elements[top].parent >= 0, map.elements[top].name != "taxonomy" { top = map.elements[top].parent }
            target = top
        }
        guard map.elements[moved].parent != target else { return }
        let range = map.elements[moved].range
        let start = lineStart(range.lowerBound)
        var end = range.upperBound
        while end < bytes.count, WhiteSpace.isWhite(bytes[end]), bytes[end] != UInt8(ascii: "\n") { end += 1 }
        // The line end goes along where nothing else stands on the line.
        let hasOwnLines = end < bytes.count && bytes[end] == UInt8(ascii: "\n")
        let whole = start..<(hasOwnLines ? end + 1 : range.upperBound)
        let old = indentation(range.lowerBound)
        let new = childIndentation(of: target)
        let lines = String(decoding: bytes[whole], as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { line in
            line.hasPrefix(old) ? new + line.dropFirst(old.count) : String(line)
        }.joined(separator: "\n")
        let place = endLine(of: target)
        splices.append((whole, ""))
        splices.append((place..<place, text))
    }

    /// Start of the line on which an element ends.
    private func endLine(of index: Int) -> Int {
        let end = bytes[..<map.elements[index].range.upperBound].lastIndex(of: UInt8(ascii: "<")) ?? 0
        return lineStart(end)
    }

    private func lineStart(_ offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        return start
    }

    private func indentation(_ offset: Int) -> String {
        String(decoding: bytes[lineStart(offset)..<offset], as: UTF8.self)
    }

    private func childIndentation(of index: Int) -> String {
        map.children(of: index).first.map { indentation(map.elements[$0].range.lowerBound) }
            ?? indentation(map.elements[index].range.lowerBound) + " "
    }
}
