#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Rows of numbers in one array, eight by eight.
struct NumberRows {
    let blocks: Int
    private(set) var values: [SIMD8<Float>] = []
    private(set) var count = 0

    init(width: Int) { blocks = (width + 7) / 8 }

    mutating func append(_ row: [Float]) {
        for start in stride(from: 0, to: blocks * 8, by: 8) {
            var block = SIMD8<Float>()
            for lane in 0..<min(8, max(0, row.count - start)) { block[lane] = row[start + lane] }
            values.append(block)
        }
        count += 1
    }

    func product(_ row: Int, _ vector: [SIMD8<Float>]) -> Float {
        var sum = SIMD8<Float>()
        for block in 0..<blocks { sum += values[row * blocks + block] * vector[block] }
        return sum.sum()
    }

    func add(_ row: Int, times factor: Float, to vector: inout [SIMD8<Float>]) {
        for block in 0..<blocks { vector[block] += values[row * blocks + block] * factor }
    }
}

/// A logistic regression that starts from given log odds and is held near them by a ridge; fitted by Newton's method,
/// each step by conjugate gradients, so that no matrix is ever made.
///
/// Everything is done in the order of the rows: the same examples give the same numbers.
struct LogisticFit {
    var rows: NumberRows
    /// Log odds before anything is learned.
    var base: [Float] = []
    var isPositive: [Bool] = []
    var weights: [Float] = []
    /// Half of it times the squared length of what is learned is the price of learning.
    let ridge: Float

    /// Newton converges in some six steps here; more are a sign of a flat end, where they change nothing.
    private static let mostSteps = 25
    private static let mostGradients = 60
    /// Of log odds; far finer than a score shows.
    private static let precision: Float = 1e-4

    init(width: Int, ridge: Float) {
        rows = NumberRows(width: width)
        self.ridge = ridge
    }

    mutating func append(_ row: [Float], base: Float, isPositive: Bool, weight: Float) {
        rows.append(row)
        self.base.append(base)
        self.isPositive.append(isPositive)
        weights.append(weight)
    }

    /// What is added to the log odds: one number a column.
    func solve() -> [Float] {
        var learned = [SIMD8<Float>](repeating: SIMD8(), count: rows.blocks)
        var loss = self.loss(learned)
        for _ in 0..<Self.mostSteps {
            var gradient = learned.map { $0 * ridge }
            var curvature = [Float](repeating: 0, count: rows.count)
            for row in 0..<rows.count {
                let share = 1 / (1 + exp(-(base[row] + rows.product(row, learned))))
                rows.add(row, times: weights[row] * (share - (isPositive[row] ? 1 : 0)), to: &gradient)
                curvature[row] = weights[row] * share * (1 - share)
            }
            guard Self.length(gradient) > Self.precision else { break }
            let direction = newton(gradient, curvature)
            // A step that is too long is halved; the direction always leads down.
            var factor: Float = 1
            var next = learned
            var nextLoss = loss
            repeat {
                for block in next.indices { next[block] = learned[block] - direction[block] * factor }
                nextLoss = self.loss(next)
                factor /= 2
            } while nextLoss > loss && factor > 1e-4
            guard nextLoss < loss else { break }
            let gain = loss - nextLoss
            (learned, loss) = (next, nextLoss)
            if gain < Double(Self.precision) * 1e-2 { break }
        }
        return learned.flatMap { block in (0..<8).map { block[$0] } }
    }

    private func loss(_ learned: [SIMD8<Float>]) -> Double {
        var loss = Double(ridge) / 2 * Double(Self.product(learned, learned))
        for row in 0..<rows.count {
            let odds = Double(base[row] + rows.product(row, learned))
            let against = isPositive[row] ? -odds : odds
            loss += Double(weights[row]) * (against > 30 ? against : log1p(exp(against)))
        }
        return loss
    }

    /// Solves (rowsᵀ · curvature · rows + ridge) · x = gradient.
    private func newton(_ gradient: [SIMD8<Float>], _ curvature: [Float]) -> [SIMD8<Float>] {
        var found = [SIMD8<Float>](repeating: SIMD8(), count: rows.blocks)
        var rest = gradient
        var direction = gradient
        var square = Self.product(rest, rest)
        let enough = square * 1e-8
        for _ in 0..<Self.mostGradients where square > enough {
            var image = direction.map { $0 * ridge }
            for row in 0..<rows.count {
                rows.add(row, times: curvature[row] * rows.product(row, direction), to: &image)
            }
            let factor = square / Self.product(direction, image)
            for block in found.indices {
                found[block] += direction[block] * factor
                rest[block] -= image[block] * factor
            }
            let next = Self.product(rest, rest)
            for block in direction.indices { direction[block] = rest[block] + direction[block] * (next / square) }
            square = next
        }
        return found
    }

    private static func product(_ first: [SIMD8<Float>], _ second: [SIMD8<Float>]) -> Float {
        var sum = SIMD8<Float>()
        for block in first.indices { sum += first[block] * second[block] }
        return sum.sum()
    }

    private static func length(_ vector: [SIMD8<Float>]) -> Float { product(vector, vector).squareRoot() }
}
