import Foundation

extension PersonGraph {
    /// Sine and cosine of a share of a whole turn.
    static func direction(_ turn: Double) -> (sine: Double, cosine: Double) {
        (sin(turn * 2 * Double.pi), cos(turn * 2 * Double.pi))
    }
}
