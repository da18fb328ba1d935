#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Log odds of a probability; held off 0 and 1, where they have none.
func logOdds(_ probability: Double) -> Double {
    // Beyond one in a million no score of ours means anything.
    let held = min(max(probability, 1e-6), 1 - 1e-6)
    return log(held / (1 - held))
}

/// Probability of log odds.
func logistic(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
