import CLibxml2

/// The entities that a file declares in its internal subset, as far as they are plain text.
///
/// libxml2 asks for an entity at each reference. What it gets back is plain text that it copies as it stands, so
/// that nothing is ever expanded twice and no entity can hold another one. Two records an entity: libxml2 copies a
/// "predefined" one into text without parsing it, and any other one into attribute values.
@safe
final class XMLEntities {
    enum Problem {
        case undeclared, external, markup, tooLong
    }

    @safe
    private struct Records {
        var inText: UnsafeMutablePointer<xmlEntity>
        var inAttribute: UnsafeMutablePointer<xmlEntity>
    }

    private var records: [String: Records] = [:]
    private var refused: [String: Problem] = [:]

    /// Stands for every parameter entity: nothing needs what they hold, and they can be nested into bombs.
    let emptyParameter: UnsafeMutablePointer<xmlEntity>

    init() {
        unsafe emptyParameter = Self.makeRecord(
            XML_INTERNAL_PARAMETER_ENTITY, name: xmlStrdup("empty"), text: xmlStrdup(""), length: 0)
    }

    deinit {
        unsafe casebook_xml_free(emptyParameter.pointee.name)
        unsafe casebook_xml_free(emptyParameter.pointee.content)
        unsafe emptyParameter.deallocate()
        for records in records.values {
            // Both share name and text.
            unsafe casebook_xml_free(records.inText.pointee.name)
            unsafe casebook_xml_free(records.inText.pointee.content)
            unsafe records.inText.deallocate()
            unsafe records.inAttribute.deallocate()
        }
    }

    /// Notes a declaration; the first one of a name counts.
    func declare(_ name: String, isInternal: Bool, text: String?, limit: Int) {
        guard records[name] == nil, refused[name] == nil else { return }
        guard isInternal, let text else {
            refused[name] = .external
            return
        }
        guard !text.utf8.contains(UInt8(ascii: "<")), !text.utf8.contains(UInt8(ascii: "&")) else {
            refused[name] = .markup
            return
        }
        guard text.unicodeScalars.count <= limit else {
            refused[name] = .tooLong
            return
        }
        let nameCopy = unsafe xmlStrdup(name)
        let textCopy = unsafe xmlStrdup(text)
        let length = Int32(text.utf8.count)
        records[name] = unsafe Records(
            inText: Self.makeRecord(
                XML_INTERNAL_PREDEFINED_ENTITY, name: nameCopy, text: textCopy, length: length),
            inAttribute: Self.makeRecord(XML_INTERNAL_GENERAL_ENTITY, name: nameCopy, text: textCopy, length: length))
    }

    private static func makeRecord(
        _ type: xmlEntityType, name: UnsafeMutablePointer<UInt8>?, text: UnsafeMutablePointer<UInt8>?, length: Int32
    ) -> UnsafeMutablePointer<xmlEntity> {
        let record = UnsafeMutablePointer<xmlEntity>.allocate(capacity: 1)
        var entity = unsafe xmlEntity()
        unsafe entity.type = XML_ENTITY_DECL
        unsafe entity.name = UnsafePointer(name)
        unsafe entity.content = unsafe text
        unsafe entity.orig = unsafe text
        unsafe entity.length = length
        unsafe entity.etype = type
        unsafe record.initialize(to: entity)
        return unsafe record
    }
    /// The record for a reference, `nil` where the reference is refused.
    func record(for name: String, inAttribute: Bool) -> UnsafeMutablePointer<xmlEntity>? {
        unsafe records[name].map { unsafe inAttribute ? $0.inAttribute : $0.inText }
    }

    func problem(of name: String) -> Problem { refused[name] ?? .undeclared }
}
