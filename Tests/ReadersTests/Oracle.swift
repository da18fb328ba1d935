import CLibxml2
import TextModel

/// The rules of units told once more, on libxml2's own tree: slow, simple, and without a line of the reader.
@safe
final class Oracle {
    private let document: UnsafeMutablePointer<xmlDoc>

    struct Unit {
        var path: String
        /// Text nodes whose nearest unit this is.
        var own = ""
        /// True where some of it that is not white space is shown.
        var isShown = false
    }

    init?(_ bytes: [UInt8]) {
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
        let parsed = unsafe bytes.withUnsafeBytes {
            unsafe xmlReadMemory(
                $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), nil, nil,
                Int32(options | XML_PARSE_NOERROR.rawValue))
        }
        guard let parsed = unsafe parsed else { return nil }
        unsafe document = unsafe parsed
    }

    deinit { unsafe xmlFreeDoc(document) }

    /// `string()` of an element, by XPath.
    func string(at path: String) -> String? {
        guard let context = unsafe xmlXPathNewContext(document) else { return nil }
        defer { unsafe xmlXPathFreeContext(context) }
        _ = unsafe xmlXPathRegisterNs(context, "tei", "http://www.tei-c.org/ns/1.0")
        guard let result = unsafe xmlXPathEvalExpression("string(\(path))", context) else { return nil }
        defer { unsafe xmlXPathFreeObject(result) }
        return unsafe result.pointee.stringval.map { unsafe String(cString: $0) }
    }

    /// How many nodes a path hits.
    func count(at path: String) -> Int {
        guard let context = unsafe xmlXPathNewContext(document) else { return 0 }
        defer { unsafe xmlXPathFreeContext(context) }
        _ = unsafe xmlXPathRegisterNs(context, "tei", "http://www.tei-c.org/ns/1.0")
        guard let result = unsafe xmlXPathEvalExpression("count(\(path))", context) else { return 0 }
        defer { unsafe xmlXPathFreeObject(result) }
        return unsafe Int(result.pointee.floatval)
    }

    /// All units of the first `text` of the file that own a character, in document order of their first.
    func units() -> [Unit] {
        guard let root = unsafe xmlDocGetRootElement(document) else { return [] }
        var units: [Unit] = []
        var slots: [UnsafeMutablePointer<xmlNode>: Int] = unsafe [:]
        var stack: [UnsafeMutablePointer<xmlNode>] = unsafe [root]
        while let node = unsafe stack.popLast() {
            if unsafe node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE {
                guard let unit = unsafe unit(of: node), let content = unsafe node.pointee.content else { continue }
                let slot = unsafe slots[unit] ?? units.count
                if slot == units.count {
                    unsafe slots[unit] = slot
                    units.append(Unit(path: unsafe path(of: unit)))
                }
                let text = unsafe String(cString: content)
                units[slot].own += text
                let isBlank = text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
                if !isBlank, unsafe !isHidden(node) { units[slot].isShown = true }
                continue
            }
            guard unsafe node.pointee.type == XML_ELEMENT_NODE else { continue }
            var child = unsafe node.pointee.last
            while let current = unsafe child {
                unsafe stack.append(current)
                unsafe child = current.pointee.prev
            }
        }
        return units
    }

    private func name(_ node: UnsafeMutablePointer<xmlNode>) -> String {
        unsafe node.pointee.name.map { unsafe String(cString: $0) } ?? ""
    }

    private func parent(_ node: UnsafeMutablePointer<xmlNode>) -> UnsafeMutablePointer<xmlNode>? {
        guard let parent = unsafe node.pointee.parent, unsafe parent.pointee.type == XML_ELEMENT_NODE else {
            return nil
        }
        return unsafe parent
    }

    /// The nearest unit around a text node; none outside of `text`.
    private func unit(of node: UnsafeMutablePointer<xmlNode>) -> UnsafeMutablePointer<xmlNode>? {
        var found: UnsafeMutablePointer<xmlNode>?
        var isInText = false
        var current = unsafe parent(node)
        while let element = unsafe current {
            let name = unsafe name(element)
            let around = unsafe parent(element)
            let aroundName = unsafe around.map { unsafe self.name($0) } ?? ""
            let isUnit =
                Self.always.contains(name) || Self.frames.contains(name)
                || Self.frames.contains(aroundName) && !Self.never.contains(name)
                || name == "l" && Self.holdsLines.contains(aroundName)
            if isUnit, unsafe found == nil { unsafe found = unsafe element }
            if name == "text", ["TEI", "TEI.2"].contains(aroundName) { isInText = true }
            // The appended casebook is no text.
            if name == "TEI", unsafe around != nil, aroundName != "teiCorpus" { return nil }
            unsafe current = unsafe around
        }
        return unsafe isInText ? found : nil
    }

    private func isHidden(_ node: UnsafeMutablePointer<xmlNode>) -> Bool {
        var current: UnsafeMutablePointer<xmlNode>? = unsafe node
        var restored = false
        while let element = unsafe current {
            let name = unsafe name(element)
            let around = unsafe parent(element)
            let aroundName = unsafe around.map { unsafe self.name($0) } ?? ""
            switch name {
            case "fw", "surplus", "index", "gap", "teiHeader", "standOff", "facsimile", "xenoData": return true
            case "restore": restored = true
            case "del" where aroundName != "restore" && !restored: return true
            default: break
            }
            if let around = unsafe around, ["choice", "app", "rdgGrp"].contains(aroundName),
                !Self.beside.contains(name),
                unsafe element != chosen(around)
            {
                return true
            }
            if unsafe element == node, ["choice", "app", "subst", "rdgGrp"].contains(aroundName) { return true }
            unsafe current = unsafe around
        }
        return false
    }

    private func chosen(_ element: UnsafeMutablePointer<xmlNode>) -> UnsafeMutablePointer<xmlNode>? {
        var children: [UnsafeMutablePointer<xmlNode>] = unsafe []
        var child = unsafe element.pointee.children
        while let current = unsafe child {
            if unsafe current.pointee.type == XML_ELEMENT_NODE, unsafe !Self.beside.contains(name(current)) {
                unsafe children.append(current)
            }
            unsafe child = unsafe current.pointee.next
        }
        let order =
            unsafe name(element) == "choice" ? [["corr"], ["reg"], ["expan"]] : [["lem"], ["rdg", "rdgGrp"]]
        for names in order {
            if let found = unsafe children.first(where: { unsafe names.contains(name($0)) }) { return unsafe found }
        }
        return unsafe children.first
    }

    /// As a pointer has it: a position on every step.
    private func path(of node: UnsafeMutablePointer<xmlNode>) -> String {
        var steps: [String] = []
        var current: UnsafeMutablePointer<xmlNode>? = unsafe node
        while let element = unsafe current {
            var position = 1
            var sibling = unsafe element.pointee.prev
            while let before = unsafe sibling {
                if unsafe before.pointee.type == XML_ELEMENT_NODE, unsafe name(before) == name(element) {
                    position += 1
                }
                unsafe sibling = unsafe before.pointee.prev
            }
            unsafe steps.append("/\(name(element))[\(position)]")
            unsafe current = unsafe parent(element)
        }
        return steps.reversed().joined()
    }

    private static func names(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
    private static let always = names("p ab head lg stage speaker note item cell figDesc castItem entry u")
    private static let frames = names(
        "teiCorpus TEI TEI.2 text group front body back div div0 div1 div2 div3 div4 div5 div6 div7 floatingText "
            + "titlePage docTitle sp spGrp list table row figure castList castGroup set performance prologue epilogue "
            + "listBibl listPerson")
    private static let never = names(
        "lb pb cb gb milestone anchor gap space delSpan addSpan damageSpan choice app subst l")
    /// What stands in a choice without being one of its branches.
    private static let beside = names("note lb pb cb gb milestone anchor gap space delSpan addSpan damageSpan")
    private static let holdsLines = names(
        "div div0 div1 div2 div3 div4 div5 div6 div7 body front back text group floatingText")
}

/// Path of a pointer for XPath 1: names get the TEI prefix.
func prefixed(_ path: String) -> String {
    path.split(separator: "/").map { $0.hasPrefix("*") ? "/\($0)" : "/tei:\($0)" }.joined()
}
