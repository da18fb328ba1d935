import CLibxml2

/// A start tag. It can be looked at during the call of ``XMLHandler/startElement(_:)`` and not be kept.
@safe
package struct XMLElement: ~Copyable {
    package let name: Int32
    private unowned(unsafe) let reader: XMLSource
    /// libxml2's flat array: local name, prefix, namespace, start and end of the value; five a piece.
    private let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    package let attributeCount: Int
    /// Prefix and namespace of each declaration on this tag.
    private let namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    package let namespaceCount: Int

    /// The file that the tag stands in.
    package var source: XMLSource { unsafe reader }

    init(
        unsafeName name: Int32, source: XMLSource, attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
        attributeCount: Int, namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, namespaceCount: Int
    ) {
        self.name = name
        unsafe reader = source
        unsafe self.attributes = attributes
        self.attributeCount = attributeCount
        unsafe self.namespaces = namespaces
        self.namespaceCount = namespaceCount
    }

    /// Value of an attribute without namespace.
    package func attribute(_ local: StaticString) -> String? {
        guard let index = index(of: local, inXML: false) else { return nil }
        return value(at: index)
    }

    /// Value of an attribute of the `xml` namespace: `id`, `lang`, `base`, `space`.
    package func xmlAttribute(_ local: StaticString) -> String? {
        guard let index = index(of: local, inXML: true) else { return nil }
        return value(at: index)
    }

    /// True where an attribute without namespace has exactly this value; no string is made.
    package func attribute(_ local: StaticString, is value: StaticString) -> Bool {
        guard let index = index(of: local, inXML: false), let attributes = unsafe attributes,
            let start = unsafe attributes[index * 5 + 3], let end = unsafe attributes[index * 5 + 4]
        else { return false }
        let count = unsafe end - start
        guard count == value.utf8CodeUnitCount else { return false }
        for offset in 0..<count where unsafe start[offset] != value.utf8Start[offset] { return false }
        return true
    }

    /// Local name, namespace and value of an attribute by its place in the tag; declarations of namespaces apart.
    package func attribute(at index: Int) -> (local: String, namespace: String?, value: String) {
        precondition(index >= 0 && index < attributeCount)
        guard let attributes = unsafe attributes else { return ("", nil, "") }
        let local = unsafe attributes[index * 5].map { unsafe String(cString: $0) } ?? ""
        let namespace = unsafe attributes[index * 5 + 2].map { unsafe String(cString: $0) }
        return (local, namespace, value(at: index))
    }

    /// Prefix (`nil` for the default) and name of a namespace declared on this tag.
    package func namespace(at index: Int) -> (prefix: String?, uri: String) {
        precondition(index >= 0 && index < namespaceCount)
        guard let namespaces = unsafe namespaces else { return (nil, "") }
        let prefix = unsafe namespaces[index * 2].map { unsafe String(cString: $0) }
        let uri = unsafe namespaces[index * 2 + 1].map { unsafe String(cString: $0) } ?? ""
        return (prefix, uri)
    }

    private func value(at index: Int) -> String {
        guard let attributes = unsafe attributes, let start = unsafe attributes[index * 5 + 3],
            let end = unsafe attributes[index * 5 + 4]
        else { return "" }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    }

    private func index(of local: StaticString, inXML: Bool) -> Int? {
        guard let attributes = unsafe attributes else { return nil }
        let length = local.utf8CodeUnitCount
        for index in 0..<attributeCount {
            guard let name = unsafe attributes[index * 5] else { continue }
            let namespace = unsafe attributes[index * 5 + 2]
            guard unsafe inXML ? namespace == source.xmlNamespace : namespace == nil else { continue }
            guard unsafe strncmp(name, local.utf8Start, length), unsafe name[length] == 0 else { continue }
            return index
        }
        return nil
    }

    /// True where the first `count` bytes are alike; stops at the end of the name.
    private func strncmp(_ name: UnsafePointer<UInt8>, _ wanted: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for offset in 0..<count where unsafe name[offset] != wanted[offset] { return false }
        return true
    }
}
