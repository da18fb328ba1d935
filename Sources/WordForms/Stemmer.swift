import CStemmer

/// A Snowball stemmer for one language; none where Snowball has no such language, and words then stand for
/// themselves.
///
/// Owns the C object: one stemmer belongs to one ``Lexicon`` and is never shared between threads.
@safe struct Stemmer: ~Copyable {
    private let handle: OpaquePointer?

    /// `language` is a language tag; its first part decides (`en-GB`, `eng` and `en` are English).
    init(language: String) {
        let primary = Self.primarySubtag(of: language)
        unsafe handle = sb_stemmer_new(primary, "UTF_8")
    }

    deinit {
        if let handle = unsafe handle { unsafe sb_stemmer_delete(handle) }
    }

    /// The first part of a language tag, lower case: what Snowball and our cues go by.
    static func primarySubtag(of language: String) -> String {
        String(language.prefix { $0 != "-" && $0 != "_" }).lowercased()
    }

    /// `word` is lower case, UTF-8.
    func stem(_ word: [UInt8]) -> [UInt8] {
        guard let handle = unsafe handle else { return word }
        return unsafe word.withUnsafeBufferPointer { bytes in
            guard let stem = unsafe sb_stemmer_stem(handle, bytes.baseAddress, Int32(bytes.count)) else { return word }
            return unsafe Array(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(handle))))
        }
    }
}
