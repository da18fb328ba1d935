import CICU

/// NFC by ICU.
package func composed(_ text: String) -> String {
    var status: Int32 = 0
    return unsafe normalized(text, casebook_nfc(&status))
}

/// Scalars of the NFD form by ICU.
package func decomposedScalars(_ text: String) -> String.UnicodeScalarView {
    var status: Int32 = 0
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
        var status: Int32 = 0
        let length = unsafe casebook_normalize(form, units, Int32(units.count), &result, Int32(capacity), &status)
        if status == casebook_buffer_overflow {
            capacity = Int(length)
            continue
        }
        guard status <= 0 else { return text }
        return String(decoding: result[..<Int(length)], as: UTF16.self)
    }
}
