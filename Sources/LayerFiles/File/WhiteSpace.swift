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
}
