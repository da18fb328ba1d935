import Readers
import TextModel

/// Finds words of which only a digest is kept. Only its one place, where every word's start is tried; `nil` where
/// there is none or more than one.
///
/// `range` of the raw text is looked at, `nil`: all of it. Cost: a hash of the quote's length for each word of it.
func placeOfDigest(_ digest: String, in document: Document, within range: ByteRange? = nil) -> ByteRange? {
    let parts = digest.split(separator: " ")
    guard parts.count == 2, parts[0].hasPrefix("sha256:"), let length = Int(parts[1]), length > 0 else { return nil }
    let wanted = Array(parts[0].utf8.dropFirst(7))
    // The text, white space collapsed, with the byte that each byte comes from.
    var bytes: [UInt8] = []
    var sources: [Int32] = []
    let indices = range?.indices ?? document.raw.indices
    for index in indices {
        let byte = document.raw[index]
        if WhiteSpace.isWhite(byte) {
            if bytes.last != 0x20 {
                bytes.append(0x20)
                sources.append(Int32(index))
            }
        } else {
            bytes.append(byte)
            sources.append(Int32(index))
        }
    }
    sources.append(Int32(indices.upperBound))
    var starts: [Int] = []
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { starts.append(index) }
    starts.append(bytes.count)
    var found: ByteRange?
    for number in starts.indices where number + length < starts.count {
        let start = starts[number]
        // Quotes are trimmed: none begins or ends with a blank. One may begin inside a word, but few do.
        guard bytes[start] != 0x20, start == 0 || !isLetter(bytes[start - 1]) || !isLetter(bytes[start]) else {
            continue
        }
        let end = starts[number + length]
        guard bytes[end - 1] != 0x20, isSHA256(wanted, of: bytes, start..<end) else { continue }
        guard found == nil else { return nil }
        found = ByteRange(sources[start], sources[end - 1] + 1)
    }
    return found
}

private func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 }
