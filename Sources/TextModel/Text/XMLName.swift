/// XML names made of what people write.
package enum XMLName {
    /// Letters and digits in lower case, everything else one hyphen: “Dutton, 2025” is `dutton-2025`. `nil` where there
    /// is no letter and no digit.
    package static func made(of text: String) -> String? {
        var name = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) {
                name += scalar.properties.lowercaseMapping
            } else if !name.isEmpty, !name.hasSuffix("-") {
                name += "-"
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        guard let first = name.unicodeScalars.first else { return nil }
        // An XML name does not begin with a digit.
        return first.properties.isAlphabetic ? name : "n" + name
    }
}
