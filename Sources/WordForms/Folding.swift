/// What words are compared by. Texts are never folded in place: offsets stay on the raw text.
package enum Folding {
    /// Case, compatibility forms of letters (ſ, ligatures), quotes, apostrophes and dashes made alike, soft hyphens
    /// left out, composed (NFC). Accents stay: `für` is not `fur`.
    package static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: continue
            case 0x2018, 0x2019, 0x201A, 0x201B, 0x2BC, 0x2032: result.append("'")
            case 0x201C...0x201F, 0xAB, 0xBB, 0x2033: result.append("\"")
            case 0x2010...0x2015, 0x2212: result.append("-")
            case 0x17F: result.append("s")
            case 0xFB00...0xFB06: result.append(contentsOf: ligatures[Int(scalar.value) - 0xFB00].unicodeScalars)
            case 0xDF: result.append(contentsOf: "ss".unicodeScalars)
            default: result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return composed(String(result))
    }

    /// ``folded(_:)`` without accents: what an unquoted word is searched by.
    package static func foldedWithoutAccents(_ text: String) -> String {
        let folded = folded(text)
        if folded.utf8.allSatisfy({ $0 < 0x80 }) { return folded }
        var result = String.UnicodeScalarView()
        for scalar in decomposedScalars(folded) where scalar.properties.generalCategory != .nonspacingMark {
            // Letters whose bar is no combining mark.
            switch scalar.value {
            case 0xF8: result.append("o")
            case 0x142: result.append("l")
            case 0xE6: result.append(contentsOf: "ae".unicodeScalars)
            case 0x153: result.append(contentsOf: "oe".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
}
