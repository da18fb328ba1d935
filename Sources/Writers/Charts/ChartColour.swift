import Foundation

/// A colour of the screen, sRGB, parts 0…1.
struct ChartColour: Equatable {
    var red: Double
    var green: Double
    var blue: Double

    /// `#rrggbb`; anything else is none.
    init?(_ text: String) {
        guard text.utf8.count == 7, text.hasPrefix("#"), let value = Int(text.dropFirst(), radix: 16) else {
            return nil
        }
        red = Double(value >> 16 & 0xFF) / 255
        green = Double(value >> 8 & 0xFF) / 255
        blue = Double(value & 0xFF) / 255
    }

    init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let black = ChartColour(red: 0, green: 0, blue: 0)
    static let white = ChartColour(red: 1, green: 1, blue: 1)

    var text: String {
        let parts = [red, green, blue].map { part -> String in
            let value = Int((min(max(part, 0), 1) * 255).rounded())
            return (value < 16 ? "0" : "") + String(value, radix: 16)
        }
        return "#" + parts.joined()
    }

    /// WCAG's relative luminance.
    private var luminance: Double {
        let parts = [red, green, blue].map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// WCAG's contrast, 1…21.
    func contrast(with other: ChartColour) -> Double {
        (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }

    func mixed(with other: ChartColour, _ share: Double) -> ChartColour {
        ChartColour(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }

    /// The nearest shade of this colour that stands out from a ground: darker on a light one, lighter on a dark one.
    func readable(on ground: ChartColour, contrast wanted: Double) -> ChartColour {
        let towards = ground.contrast(with: .black) > ground.contrast(with: .white) ? Self.black : Self.white
        // Twentieths: finer steps cannot be told apart.
        for step in 0...20 {
            let shade = mixed(with: towards, Double(step) / 20)
            if shade.contrast(with: ground) >= wanted { return shade }
        }
        return towards
    }
}
