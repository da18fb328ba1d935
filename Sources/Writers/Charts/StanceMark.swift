import TextModel

/// The signs of the three stances: apart by shape, by fill and by side of the line, so that no colour is needed.
enum StanceMark {
    /// Half the height of a sign.
    static let radius = 4.6

    static func draw(_ stance: Stance, x: Double, y: Double, into svg: inout SVGWriter) {
        let r = radius
        var path = SVGPath()
        switch stance {
        case .supports:
            path.move(x, y - r)
            path.line(x + r, y + r * 0.8)
            path.line(x - r, y + r * 0.8)
            path.close()
            svg.path(path, "solid")
        case .contradicts:
            path.move(x, y + r)
            path.line(x + r, y - r * 0.8)
            path.line(x - r, y - r * 0.8)
            path.close()
            svg.path(path, "hollow")
        case .ambiguous:
            let radius = r - 0.6
            svg.circle(x: x, y: y, radius: radius, "half")
            // The left half.
            path.move(x, y + radius)
            path.arc(radius: radius, x, y - radius)
            path.close()
            svg.path(path, "solid")
        }
    }
}
