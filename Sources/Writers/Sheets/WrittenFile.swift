/// What a writer makes: a file that is not written yet. A sink decides where it goes.
package struct WrittenFile: Sendable, Equatable {
    /// Name without a folder, `concept-index.html`.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}
