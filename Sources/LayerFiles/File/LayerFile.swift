package import TextModel

/// A layer: one annotator's annotations of one text, as a file.
///
/// Holds the file's bytes and where each annotation and decision lies in them. A change replaces the bytes of the
/// annotations that change and nothing else: what other people and programs wrote into the file stays byte for
/// byte, and one annotation more changes only its own lines. A change costs time linear in the file (its bytes
/// move once).
package struct LayerFile: Sendable {
    /// Path of the file, relative to the casebook or as the user gave it.
    package let path: String
    package internal(set) var bytes: [UInt8]
    /// In the order of the file.
    package internal(set) var annotations: [Annotation] = []
    package internal(set) var decisions: [Decision] = []
    /// `titleStmt/respStmt` of the header, in order.
    package internal(set) var annotators: [Annotator] = []
    /// The text that the layer is of, relative to the layer's folder, percent-decoded.
    package internal(set) var textFile: String?
    /// SHA-256 of the text version that the layer was last anchored to.
    package internal(set) var sha256: String?
    /// `application[@ident="casebook"]/@version`: the version of Casebook that made the file.
    package internal(set) var version: String?
    /// Files of persons and relations by their id, where it is not the text itself: `love-story.persons.xml`.
    /// What the file itself says is filled in by reading; set it for ids that are new to the file.
    package var subjectFiles: [String: String] = [:]
    /// Why the file can only be read; `nil` where it can be changed.
    package internal(set) var readOnlyReason: String?
    /// What was changed since the file was read, in order.
    package internal(set) var changes: [LayerChange] = []
    /// True where the header was changed since the file was read.
    var isHeaderChanged = false

    var annotationRanges: [Range<Int>] = []
    var decisionRanges: [Range<Int>] = []
    var layout = LayerLayout()

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Name of the layer: `instructor` of `love-story.instructor.xml`.
    package var name: String { Self.layerName(ofPath: path) ?? annotators.first?.id ?? "layer" }

    /// The part of a file name between its last two dots; `nil` where there is none.
    package static func layerName(ofPath path: String) -> String? {
        let file = path.split(separator: "/").last ?? ""
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count >= 3 && parts.last?.lowercased() == "xml" ? String(parts[parts.count - 2]) : nil
    }

    package subscript(id: String) -> Annotation? { annotations.first { $0.id == id } }

    package func decision(_ id: String) -> Decision? { decisions.first { $0.id == id } }

    /// The lines of an annotation or a decision; `nil` where there is none of this id.
    package func source(of id: String) -> ArraySlice<UInt8>? {
        range(of: id).map { bytes[$0] }
    }

    /// What a step can change in the header.
    enum HeaderValue: String {
        /// Version of the text that the layer is anchored to.
        case sha256
        /// The text's file.
        case source
    }

    func headerValue(_ id: String) -> [UInt8]? {
        switch HeaderValue(rawValue: id) {
        case .sha256: sha256.map { Array($0.utf8) }
        case .source: textFile.map { Array($0.utf8) }
        case nil: nil
        }
    }

    mutating func setHeaderValue(_ id: String, _ bytes: [UInt8]) {
        let value = String(decoding: bytes, as: UTF8.self)
        switch HeaderValue(rawValue: id) {
        case .sha256: setTextVersion(value)
        case .source: if let textFile { renameSource(textFile, to: value) }
        case nil: break
        }
    }

    func range(of id: String) -> Range<Int>? {
        if let index = annotations.firstIndex(where: { $0.id == id }) { return annotationRanges[index] }
        if let index = decisions.firstIndex(where: { $0.id == id }) { return decisionRanges[index] }
        return nil
    }
}

/// One element that a step changed: its bytes before and after; `nil` where there was or is none.
package struct LayerChange: Sendable, Equatable {
    package enum List: String, Sendable {
        case annotations, decisions
        /// Values of the header, by the ids in ``LayerFile/HeaderValue``.
        case header
    }
    package var list: List
    package var id: String
    package var before: [UInt8]?
    package var after: [UInt8]?
    /// Id of the element before it in its list, where it came or went: so that undo puts it back in its place.
    package var follows: String?

    package init(list: List, id: String, before: [UInt8]?, after: [UInt8]?, follows: String? = nil) {
        self.list = list
        self.id = id
        self.before = before
        self.after = after
        self.follows = follows
    }

    /// The change that takes this one back.
    package var inverse: LayerChange { LayerChange(list: list, id: id, before: after, after: before, follows: follows) }
}

/// Where things stand in the bytes of a layer file, and how its lines are written.
struct LayerLayout: Sendable {
    /// Where the next annotation goes: the line of `</listAnnotation>`, or the tag itself.
    var annotationsEnd: Int?
    var decisionsEnd: Int?
    /// Just after the `standOff` of the annotations.
    var standOffEnd: Int?
    /// True where the list has a note or something else that keeps it valid without annotations.
    var annotationsHaveNote = false
    var decisionsHaveNote = false
    /// Where the next `respStmt` goes.
    var statementsEnd: Int?
    /// Content of `idno[@type="sha256"]`.
    var sha256: Range<Int>?
    /// The attribute values that name the text in `sourceDesc`: tag of the `ref`.
    var sourceReference: Range<Int>?
    var newline = "\n"
    /// `tei:` where the root element is written with a prefix.
    var prefix = ""
    /// True where the file is not in UTF-8: what is not ASCII is written as character references.
    var isASCII = false
    /// The XML declaration of such a file.
    var declaration = ""
    /// Indentation of an annotation.
    var indentation = "   "

    /// Every offset, to be moved with the bytes.
    mutating func moveOffsets(_ move: (Int) -> Int) {
        annotationsEnd = annotationsEnd.map(move)
        decisionsEnd = decisionsEnd.map(move)
        standOffEnd = standOffEnd.map(move)
        statementsEnd = statementsEnd.map(move)
        sha256 = sha256.map { move($0.lowerBound)..<move($0.upperBound) }
        sourceReference = sourceReference.map { move($0.lowerBound)..<move($0.upperBound) }
    }
}
