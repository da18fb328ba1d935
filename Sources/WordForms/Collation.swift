import CICU

/// The order of words in a language, by ICU: å stands after z in Swedish and with a in German; 2 before 10.
///
/// Opening one costs some milliseconds; one instance belongs to one task.
@safe package final class Collation {
    private let letters: OpaquePointer?
    private let full: OpaquePointer?

    /// `language` is a language tag; an unknown one gets the order that most languages share.
    package init(language: String) {
        var status: Int32 = 0
        unsafe letters = casebook_open_collator(language, &status)
        unsafe full = casebook_open_collator(language, &status)
        if let letters = unsafe letters { unsafe casebook_set_primary_strength(letters) }
    }

    deinit {
        if let letters = unsafe letters { unsafe casebook_close_collator(letters) }
        if let full = unsafe full { unsafe casebook_close_collator(full) }
    }

    /// Compares by letters alone: case and, where they make no letter of their own, accents count for nothing.
    /// Negative, zero or positive.
    package func compareLetters(_ left: String, _ right: String) -> Int {
        unsafe compare(letters, left, right)
    }

    /// Compares by letters, then accents, then case.
    package func compare(_ left: String, _ right: String) -> Int {
        unsafe compare(full, left, right)
    }

    private func compare(_ collator: OpaquePointer?, _ left: String, _ right: String) -> Int {
        guard let collator = unsafe collator else { return left < right ? -1 : left == right ? 0 : 1 }
        return Int(
            unsafe casebook_collate(collator, left, Int32(left.utf8.count), right, Int32(right.utf8.count)))
    }
}
