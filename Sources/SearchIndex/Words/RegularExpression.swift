import CPCRE2

/// A regular expression of PCRE2, compiled once, to machine code where PCRE2 can.
///
/// Owns the C objects: one belongs to one task.
@safe final class RegularExpression {
    /// What is wrong with an expression, in PCRE2's words.
    struct Problem: Error {
        var message: String
        /// UTF-8 offset in the expression.
        var offset: Int
    }

    private let code: OpaquePointer
    private let match: OpaquePointer
    private let context: OpaquePointer?

    /// Steps of backtracking in one passage before we give up on it: a sane expression needs some thousands,
    /// `(a+)+b` on a line of a's would need for ever.
    private static let matchLimit: UInt32 = 1_000_000

    init(_ expression: String, ignoresCase: Bool) throws(Problem) {
        var options = PCRE2_UTF | PCRE2_UCP
        if ignoresCase { options |= PCRE2_CASELESS }
        var number: Int32 = 0
        var offset = 0
        let bytes = Array(expression.utf8)
        let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
            // An empty buffer has no address, and PCRE2 wants one.
            unsafe pcre2_compile_8(buffer.baseAddress ?? emptyText, buffer.count, options, &number, &offset, nil)
        }
        guard let compiled = unsafe compiled, let data = unsafe pcre2_match_data_create_from_pattern_8(compiled, nil)
        else { throw Problem(message: Self.message(number), offset: offset) }
        unsafe code = compiled
        unsafe match = data
        unsafe context = pcre2_match_context_create_8(nil)
        if let context = unsafe context { _ = unsafe pcre2_set_match_limit_8(context, Self.matchLimit) }
        // Without it matching is slower and right all the same.
        _ = unsafe pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
    }

    deinit {
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(match)
        unsafe pcre2_code_free_8(code)
    }

    /// Calls with each match in a slice of UTF-8 bytes, as a range of `bytes`; `^` and `$` mean the ends of the
    /// slice. Empty matches are left out.
    ///
    /// Returns false where an expression went over the limit and matches may be missing.
    func forEachMatch(in bytes: [UInt8], _ range: Range<Int>, _ body: (Range<Int>) -> Void) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let base = unsafe buffer.baseAddress ?? emptyText
            let subject = unsafe base + range.lowerBound
            var start = 0
            while start <= range.count {
                // Texts are valid UTF-8 as they come from the index: checking them again costs as much as matching.
                var count = unsafe pcre2_match_8(
                    code, subject, range.count, start, PCRE2_NO_UTF_CHECK, match, context)
                if count == PCRE2_ERROR_JIT_STACKLIMIT {
                    // The machine code has 32 kilobytes of stack; the interpreter takes what it needs.
                    count = unsafe pcre2_match_8(
                        code, subject, range.count, start, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, match, context)
                }
                guard count > 0 else { return count == PCRE2_ERROR_NOMATCH }
                let bounds = unsafe pcre2_get_ovector_pointer_8(match)
                // `\K` may put the start behind the end.
                let (first, last) = unsafe (bounds?[0] ?? 0, bounds?[1] ?? 0)
                if first < last {
                    body(range.lowerBound + first..<range.lowerBound + last)
                    start = max(last, start + 1)
                } else {
                    start = max(first, last, start) + 1
                }
                while start < range.count, unsafe subject[start] & 0xC0 == 0x80 { start += 1 }
            }
            return true
        }
    }

    private static func message(_ number: Int32) -> String {
        // PCRE2's longest message has 120 bytes.
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = unsafe pcre2_get_error_message_8(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }
}

/// An address for texts of no bytes.
nonisolated(unsafe) private let emptyText = unsafe UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
