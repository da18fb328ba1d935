import Readers
package import TextModel

/// `NAME.persons.xml`: persons and relations that a text does not declare itself, kept beside it.
///
/// As in a layer, an addition changes only its own lines.
package struct PersonsFile: Sendable {
    package private(set) var bytes: [UInt8]
    /// Path from the casebook.
    package let path: String

    /// An empty file for a text.
    package init(for document: Document, path: String) {
        self.path = path
        let textFile = LayerFile.relativePath(of: document.path, fromFolderOf: path)
        let title = document.work.title.isEmpty ? textFile : document.work.title
        var markup = MarkupText()
        markup.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <TEI xmlns="http://www.tei-c.org/ns/1.0" type="casebook-persons" xml:lang="en">
             <teiHeader><fileDesc><titleStmt><title>
            """)
        markup.text("Persons of \(title)")
        markup.raw(
            "</title></titleStmt><publicationStmt><p>Part of a casebook.</p></publicationStmt>"
                + "<sourceDesc><p>Drawn up from <ref")
        markup.attribute("target", PercentEncoding.encoded(textFile))
        markup.raw(
            ">the text</ref>.</p></sourceDesc></fileDesc></teiHeader>\n <standOff>\n  <listPerson>\n  </listPerson>\n </standOff>\n</TEI>\n"
        )
        bytes = markup.bytes
    }

    /// A file that is there.
    package init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// Adds a person; an id that is taken is the caller's business.
    package mutating func add(_ person: Person) throws(Diagnostic) {
        let places = try places()
        let element = person.isGroup ? "personGrp" : "person"
        var markup = MarkupText()
        markup.raw("   <\(element)")
        markup.attribute("xml:id", person.id)
        if let sex = person.sex { markup.attribute("sex", sex == .female ? "F" : "M") }
        if let role = person.role { markup.attribute("role", role) }
        markup.raw(">")
        for (index, name) in person.names.enumerated() {
            markup.raw(index == 0 ? "<persName>" : "<persName type=\"alt\">")
            markup.text(name)
            markup.raw("</persName>")
        }
        markup.raw("</\(element)>\n")
        insert(markup.bytes, beforeLineOf: places.relationsStart ?? places.personsEnd)
    }

    /// Adds a relation; persons of the text itself are named by its file, those of this file by `#id` alone.
    package mutating func add(_ relation: Relation, textFile: String, declaredHere: Set<String>) throws(Diagnostic) {
        let places = try places()
        func pointers(_ ids: [String]) -> String {
            ids.map { (declaredHere.contains($0) ? "" : PercentEncoding.encoded(textFile)) + "#" + $0 }
                .joined(separator: " ")
        }
        var markup = MarkupText()
        if places.relationsEnd == nil { markup.raw("   <listRelation>\n") }
        markup.raw("    <relation")
        if let id = relation.id { markup.attribute("xml:id", id) }
        markup.attribute("name", relation.name)
        if !relation.active.isEmpty { markup.attribute("active", pointers(relation.active)) }
        if !relation.passive.isEmpty { markup.attribute("passive", pointers(relation.passive)) }
        if !relation.mutual.isEmpty { markup.attribute("mutual", pointers(relation.mutual)) }
        markup.raw("/>\n")
        if places.relationsEnd == nil { markup.raw("   </listRelation>\n") }
        insert(markup.bytes, beforeLineOf: places.relationsEnd ?? places.personsEnd)
    }

    /// Puts lines before the line of a tag, or before the tag where other content shares its line.
    private mutating func insert(_ added: [UInt8], beforeLineOf tag: Int) {
        var place = tag
        while place > 0, bytes[place - 1] == UInt8(ascii: " ") || bytes[place - 1] == UInt8(ascii: "\t") { place -= 1 }
        let isAlone = place == 0 || bytes[place - 1] == UInt8(ascii: "\n")
        bytes.insert(contentsOf: isAlone ? added : [UInt8(ascii: "\n")] + added, at: isAlone ? place : tag)
    }

    private struct Places: XMLHandler {
        var names: [String] = []
        var personsEnd: Int?
        var relationsStart: Int?
        var relationsEnd: Int?

        mutating func declareName(_ name: Int32, local: String, namespace: String?) { names.append(local) }

        mutating func startElement(_ element: borrowing XMLElement) {
            if names[Int(element.name)] == "listRelation" { relationsStart = element.source.tag.lowerBound }
        }

        mutating func endElement(_ name: Int32, source: XMLSource) {
            switch names[Int(name)] {
            case "listPerson": personsEnd = source.tag.lowerBound
            case "listRelation": relationsEnd = source.tag.lowerBound
            default: break
            }
        }

        mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {}
    }

    private func places() throws(Diagnostic) -> (personsEnd: Int, relationsStart: Int?, relationsEnd: Int?) {
        var places = Places()
        let diagnostics = XMLReader.read(bytes, file: path, into: &places)
        if let error = diagnostics.first(where: { $0.severity == .error }) { throw error }
        guard let personsEnd = places.personsEnd else {
            throw Diagnostic(
                "no-persons", .error, file: path, "has no listPerson",
                advice: "Add <standOff><listPerson></listPerson></standOff>.")
        }
        return (personsEnd, places.relationsStart, places.relationsEnd)
    }
}
