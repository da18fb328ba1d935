import TextModel

extension StoredDocument {
    /// Where a range of a passage stands, as people cite it: what ``Document`` says of the whole text.
    func locator(for range: ByteRange, in passage: Int32) throws -> Locator {
        try citable().locator(for: range, in: passage)
    }
}
