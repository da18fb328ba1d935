/// A distance as a limit on one side.
enum DistanceLimit {
    case atMost(Int)
    case atLeast(Int)

    init(_ distance: Distance) {
        switch distance.comparison {
        case .less: self = .atMost(distance.number - 1)
        case .lessOrEqual, .equal: self = .atMost(distance.number)
        case .greater: self = .atLeast(distance.number + 1)
        case .greaterOrEqual: self = .atLeast(distance.number)
        }
    }

    func holds(_ distance: Int) -> Bool {
        switch self {
        case .atMost(let limit): distance <= limit
        case .atLeast(let limit): distance >= limit
        }
    }
}
