import TextModel

extension StoredDocument {
    /// Where a range of a passage stands, as people cite it.
    func locator(for range: ByteRange, in passage: Int32) -> Locator {
        Locator()
    }
}
