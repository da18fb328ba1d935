import CICU

/// NFC by ICU.
package func composed(_ text: String) -> String {
    var status = U_ZERO_ERROR
    return unsafe normalized(text, casebook_nfc(&status))
}

/// Scalars of the NFD form by ICU.
package func decomposedScalars(_ text: String) -> String.UnicodeScalarView {
    var status = U_ZERO_ERROR
    return unsafe normalized(text, casebook_nfd(&status)).unicodeScalars
}

private func normalized(_ text: String, _ form: OpaquePointer?) -> String {
    guard let form = unsafe form else { return text }
    let units = Array(text.utf16)
    // No scalar grows beyond 18 UTF-16 units under canonical normalization (UAX #15), and words grow far less:
    // three times the length is enough but for contrived input, which takes the second round.
    var capacity = units.count * 3 + 16
    while true {
        var result = [UInt16](repeating: 0, count: capacity)
        var status = U_ZERO_ERROR
        let length = unsafe casebook_normalize(form, units, Int32(units.count), &result, Int32(capacity), &status)
        if status == U_BUFFER_OVERFLOW_ERROR {
            capacity = Int(length)
            continue
        }
        guard status.rawValue <= U_ZERO_ERROR.rawValue else { return text }
        return String(decoding: result[..<Int(length)], as: UTF16.self)
    }
}
