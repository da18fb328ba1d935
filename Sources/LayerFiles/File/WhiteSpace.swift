/// White space of XML, collapsed as quotes are written and compared: runs are one blank, none at the ends.
package enum WhiteSpace {
    static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    package static func collapsed(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var isPending = false
        for byte in bytes {
            if isWhite(byte) {
                isPending = !result.isEmpty
            } else {
                if isPending { result.append(0x20) }
                isPending = false
                result.append(byte)
            }
        }
        return result
    }

    package static func collapsed(_ text: String) -> String {
        String(decoding: collapsed(text.utf8), as: UTF8.self)
    }

    /// The words of an attribute that is a list.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        let utf8 = text.utf8
        var index = utf8.startIndex
        while index < utf8.endIndex {
            let start = index
            while index < utf8.endIndex, !isWhite(utf8[index]) { index = utf8.index(after: index) }
            if start < index { words.append(String(text[start..<index])) }
            while index < utf8.endIndex, isWhite(utf8[index]) { index = utf8.index(after: index) }
        }
        return words
    }
}
