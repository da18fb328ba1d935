import Readers
package import TextModel

extension Target {
    /// The target for a piece of a document's text, with its pointer and its words.
    ///
    /// `layerPath` is where the layer stands, from the casebook like `document.path`. With `isRestricted` the
    /// words are replaced by their digest. Costs the bytes of the piece and of some context.
    package init(of piece: AnchoredPiece, in document: Document, layerPath: String, isRestricted: Bool = false) {
        let passage = document.passages[Int(piece.passage)]
        let base = document.base(ofElement: passage.element)
        let start = document.scalarOffset(ofByte: piece.raw.start, in: passage)
        let length = countScalars(document.raw, from: piece.raw.start, to: piece.raw.end)
        let file = LayerFile.relativePath(of: document.path, fromFolderOf: layerPath)
        let place: Pointer.Place =
            length > 0 ? .range(base: base, offset: start, length: length) : .point(base: base, offset: start)
        let quote = Quote(of: piece, in: document)
        self.init(pointer: Pointer(file: file, place: place), quote: isRestricted ? quote.digested : quote)
    }
}

extension Quote {
    /// Scalars of context on each side: enough to tell repeated phrases apart, as other tools keep it.
    package static let contextLength = 32

    package init(of piece: AnchoredPiece, in document: Document) {
        let raw = document.raw
        let passage = document.passages[Int(piece.passage)]
        let exact = WhiteSpace.collapsed(raw[piece.raw.indices])
        let from = document.readingOffset(ofRaw: piece.raw.start, in: passage)
        let to = document.readingOffset(ofRaw: piece.raw.end, in: passage)
        let shown = from < to ? WhiteSpace.collapsed(document.reading[Int(from)..<Int(to)]) : []
        self.init(
            exact: String(decoding: exact, as: UTF8.self),
            shown: shown == exact ? nil : String(decoding: shown, as: UTF8.self),
            prefix: Self.context(raw, before: Int(piece.raw.start)),
            suffix: Self.context(raw, after: Int(piece.raw.end)))
    }

    /// The digest that stands for the words of a restricted text.
    package var digested: Quote {
        Quote(digest: exact.map { Self.digest(of: $0) })
    }

    /// `sha256:HEX LENGTH`, of the UTF-8 of a collapsed quote; the length is in scalars.
    package static func digest(of exact: String) -> String {
        "sha256:\(sha256Hex(Array(exact.utf8))) \(exact.unicodeScalars.count)"
    }

    private static func context(_ raw: [UInt8], before offset: Int) -> String {
        // Twice the length and more, so that white space can be collapsed; pretty-printed files have long runs of it.
        var start = offset
        var scalars = 0
        var isInWhite = false
        while start > 0, scalars <= contextLength {
            start -= 1
            let byte = raw[start]
            if WhiteSpace.isWhite(byte) {
                if !isInWhite { scalars += 1 }
                isInWhite = true
            } else {
                if byte & 0xC0 != 0x80 { scalars += 1 }
                isInWhite = false
            }
        }
        while start < offset, raw[start] & 0xC0 == 0x80 { start += 1 }
        let text = String(decoding: WhiteSpace.collapsed(raw[start..<offset]), as: UTF8.self)
        return String(String.UnicodeScalarView(text.unicodeScalars.suffix(contextLength)))
            .trimmingBlanks
    }

    private static func context(_ raw: [UInt8], after offset: Int) -> String {
        var end = offset
        var scalars = 0
        var isInWhite = false
        while end < raw.count {
            let byte = raw[end]
            if WhiteSpace.isWhite(byte) {
                if !isInWhite { scalars += 1 }
                isInWhite = true
            } else {
                if byte & 0xC0 != 0x80 { scalars += 1 }
                isInWhite = false
            }
            if scalars > contextLength + 1 { break }
            end += 1
        }
        let text = String(decoding: WhiteSpace.collapsed(raw[offset..<end]), as: UTF8.self)
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(contextLength))).trimmingBlanks
    }
}

extension String {
    /// Cut at the limit of the context a blank can stand at its end.
    fileprivate var trimmingBlanks: String { WhiteSpace.collapsed(self) }
}
