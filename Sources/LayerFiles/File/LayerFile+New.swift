package import TextModel

extension LayerFile {
    /// A layer without annotations for a text. `path` is where the file will stand, from the casebook like
    /// `document.path`; `version` is Casebook's.
    package static func new(
        for document: Document, path: String, annotator: Annotator, version: String, language: String = "en"
    ) -> LayerFile {
        let textFile = relativePath(of: document.path, fromFolderOf: path)
        let name = layerName(ofPath: path) ?? annotator.id
        let title = document.work.title.isEmpty ? textFile : document.work.title
        var markup = MarkupText()
        markup.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" \
            type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
            <TEI xmlns="http://www.tei-c.org/ns/1.0" type="casebook-layer"
            """)
        markup.attribute("xml:lang", language)
        markup.raw(">\n <teiHeader>\n  <fileDesc>\n   <titleStmt><title>")
        markup.text("Annotations by \(annotator.name) on \(title)")
        markup.raw("</title>\n")
        markup.raw(statement(for: annotator, indentation: "    ", newline: "\n", prefix: "", isASCII: false)[...])
        markup.raw("   </titleStmt>\n   <publicationStmt><p>")
        markup.text("Layer “\(name)” of a casebook.")
        markup.raw("</p></publicationStmt>\n   <sourceDesc><bibl><ref")
        markup.attribute("target", PercentEncoding.encoded(textFile))
        markup.raw(">")
        markup.text(title)
        markup.raw("</ref><idno type=\"sha256\">")
        markup.text(document.sha256)
        markup.raw("</idno></bibl></sourceDesc>\n  </fileDesc>\n  <encodingDesc>\n   <appInfo><application")
        markup.attribute("ident", "casebook")
        markup.attribute("version", version)
        markup.raw(
            """
            ><label>Casebook</label></application></appInfo>
              </encodingDesc>
             </teiHeader>
             <standOff type="annotations">
              <listAnnotation>
               <note type="layer">Annotations.</note>
              </listAnnotation>
             </standOff>
            </TEI>

            """)
        let (layer, _) = read(bytes: markup.bytes, path: path)
        return layer
    }

    static func statement(
        for annotator: Annotator, indentation: String, newline: String, prefix: String, isASCII: Bool
    ) -> [UInt8] {
        var markup = MarkupText(isASCII: isASCII)
        markup.raw(indentation + "<\(prefix)respStmt")
        markup.attribute("xml:id", annotator.id)
        markup.raw("><\(prefix)resp>annotator</\(prefix)resp><\(prefix)persName")
        if let reference = annotator.reference { markup.attribute("ref", reference) }
        markup.raw(">")
        markup.text(annotator.name)
        markup.raw("</\(prefix)persName></\(prefix)respStmt>" + newline)
        return markup.bytes
    }

    /// The way from the folder of one file to another file, both given from the same folder.
    package static func relativePath(of path: String, fromFolderOf other: String) -> String {
        let target = path.split(separator: "/").filter { $0 != "." }
        let folder = other.split(separator: "/").filter { $0 != "." }.dropLast()
        guard path.hasPrefix("/") == other.hasPrefix("/") else { return path }
        var common = 0
        while common < folder.count, common < target.count - 1, folder[common] == target[common] { common += 1 }
        let up = [Substring](repeating: "..", count: folder.count - common)
        return (up + target[common...]).joined(separator: "/")
    }
}
