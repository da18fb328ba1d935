/// What the words of a query can mean: asked only for what a query uses, so that each answer may be looked up late.
package protocol QueryNames: Sendable {
    /// Of all schemes in use.
    var concepts: [ConceptName] { get }
    /// Of all works; relations with an id among them.
    var persons: [PersonName] { get }
    /// What `in:` takes before a part: works, documents, folders. `nil` where that is not known.
    var works: [String]? { get }
    var layers: [String]? { get }
    /// Short names of annotators.
    var annotators: [String]? { get }
    /// What `role:` takes. `nil` where that is not known.
    var roles: [String]? { get }
    var savedNames: [String] { get }
    func savedQuery(_ name: String) -> String?
    /// Case and accents folded, as everywhere else in the project.
    func folded(_ text: String) -> String
    /// True where a word, in any of its forms, stands in the texts searched.
    func wordOccurs(_ word: String) -> Bool
    /// The word of the texts that is nearest to a misspelt one.
    func nearestWord(to word: String) -> String?
}

extension QueryNames {
    /// What is compared of a label: letters and digits, folded; blanks, hyphens and signs do not count.
    func key(_ text: String) -> String {
        // Most labels are plain letters and blanks: no look-up in the tables of Unicode for those.
        var isPlain = true
        var key: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): key.append(byte)
            case 0x80...: isPlain = false
            default: break
            }
        }
        if isPlain { return String(decoding: key, as: UTF8.self) }
        let scalars = folded(text).unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
