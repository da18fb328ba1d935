/// How wide text is, without a font at hand.
///
/// Pictures name no font but `sans-serif`, and every system has another. The widths are those of DejaVu Sans, the
/// widest of the usual ones (Arial and Helvetica are about an eighth narrower): what fits here fits everywhere.
enum TextWidth {
    /// Hundredths of the font size, from blank to tilde.
    private static let widths: [Int] = [
        32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34,
        84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99,
        69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52,
        39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
    ]

    /// Bold DejaVu Sans is a tenth wider on the average, some letters a little more.
    private static let bold = 1.14

    /// Width in pixels at a font size in pixels.
    static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
        var sum = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20..<0x7F: sum += widths[Int(scalar.value) - 0x20]
            // Marks that stand over the letter before.
            case 0x300..<0x370, 0x200B...0x200F: continue
            // Latin with accents, Greek, Cyrillic: most letters are as wide as their kin, the widest decide.
            case 0x80..<0x530: sum += 72
            case 0x2000..<0x2070: sum += 60
            // Chinese, Japanese, Korean and other wide scripts fill a square.
            default: sum += 102
            }
        }
        return Double(sum) * size / 100 * (isBold ? bold : 1)
    }

    /// The text, cut after a word where it can be and ended with an ellipsis, so that it fits.
    static func fitted(_ text: String, into width: Double, size: Double, isBold: Bool = false) -> String {
        guard of(text, size: size, isBold: isBold) > width else { return text }
        var kept = text[...]
        while let last = kept.last {
            kept = kept.dropLast()
            // A blank before the ellipsis would look like a missing word.
            if last.isWhitespace { continue }
            while kept.last?.isWhitespace == true { kept = kept.dropLast() }
            if of(kept + "…", size: size, isBold: isBold) <= width { break }
        }
        return kept + "…"
    }

    /// Lines that fit, broken between words; a word that is too long is cut. At most `limit` lines, the last cut.
    static func wrapped(
        _ text: String, into width: Double, size: Double, isBold: Bool = false, limit: Int = .max
    ) -> [String] {
        var lines: [String] = []
        var line = ""
        var words = text.split(separator: " ")[...]
        while let word = words.first {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if line.isEmpty || of(longer, size: size, isBold: isBold) <= width {
                line = longer
                words = words.dropFirst()
                continue
            }
            if lines.count == limit - 1 {
                line = ([line] + words.map(String.init)).joined(separator: " ")
                break
            }
            lines.append(line)
            line = ""
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { fitted($0, into: width, size: size, isBold: isBold) }
    }
}

private func + (text: Substring, tail: String) -> String { String(text) + tail }
