import TextModel

/// The colours and strokes of a chart's concepts: those of the scheme, made legible on light and dark ground.
///
/// Concepts under one facet share its hue, as the scheme gives them, and its stroke: no picture asks anybody to tell
/// two concepts apart by colour. They have a label each; colour and stroke show the facet they belong to.
struct ChartPalette {
    let scheme: ConceptScheme
    private let facets: [Int]

    /// Ground of the sheets, light and dark, as in their style.
    static let light = ChartColour(red: 1, green: 0xFE / 255.0, blue: 0xFB / 255.0)
    static let dark = ChartColour(red: 0x1B / 255.0, green: 0x19 / 255.0, blue: 0x17 / 255.0)

    /// For schemes without colours: Okabe and Ito (2008), which people with any of the common kinds of colour
    /// blindness can tell apart.
    private static let fallback = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]

    /// Solid, and patterns that stay apart in black and white.
    static let dashes: [String?] = [nil, "3 1.5", "1.5 1.5", "6 2", "6 2 1.5 2", "1 3"]

    init(_ scheme: ConceptScheme) {
        self.scheme = scheme
        facets = scheme.concepts.indices.filter { scheme.concepts[$0].broader == nil }
    }

    /// The facet of a concept: the concept at the top above it; its index in the scheme.
    func facet(of id: String) -> Int? {
        guard var index = scheme.index(of: id) else { return nil }
        while let broader = scheme.concepts[index].broader { index = broader }
        return index
    }

    func facetID(of id: String) -> String? { facet(of: id).map { scheme.concepts[$0].id } }

    /// Class of a concept; the style gives it its colour.
    func className(of id: String) -> String { scheme.index(of: id).map { "k\($0)" } ?? "kx" }

    /// Stroke of the concept's facet; `nil` is a line without gaps.
    func dash(of id: String) -> String? {
        guard let facet = facet(of: id), let rank = facets.firstIndex(of: facet) else { return nil }
        return Self.dashes[rank % Self.dashes.count]
    }

    /// Style rules for some concepts on light ground, or on dark.
    func rules(for concepts: [String], isDark: Bool) -> String {
        var lines: [String] = []
        for name in Set(concepts.map(className)).sorted(by: Self.byNumber) {
            let index = Int(name.dropFirst())
            let colour = index.map(colour(at:)) ?? (isDark ? Self.light : Self.dark)
            // 4.5 is WCAG's contrast for text; for lines and shapes it asks for 3 only.
            let shade = colour.readable(on: isDark ? Self.dark : Self.light, contrast: 4.5)
            lines.append(".cb .\(name){color:\(shade.text)}")
        }
        return lines.joined(separator: "\n")
    }

    private static func byNumber(_ left: String, _ right: String) -> Bool {
        (Int(left.dropFirst()) ?? .max) < (Int(right.dropFirst()) ?? .max)
    }

    private func colour(at index: Int) -> ChartColour {
        let own = scheme.concepts[index].colour.flatMap(ChartColour.init)
        if let own { return own }
        guard let facet = facet(of: scheme.concepts[index].id) else { return .black }
        if let shared = scheme.concepts[facet].colour.flatMap(ChartColour.init) { return shared }
        let rank = facets.firstIndex(of: facet) ?? 0
        return ChartColour(Self.fallback[rank % Self.fallback.count]) ?? .black
    }
}
