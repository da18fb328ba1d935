import ArgumentParser
import Casebook

/// How a command ends. Scripts test the numbers, so they do not change: 64, 66 and 70 are those of BSD's sysexits.
enum ExitStatus: Int32 {
    case done = 0
    /// Something is wrong in the user's material; the rest was done.
    case problems = 1
    case usage = 64
    case notFound = 66
    case fault = 70
}

/// A command cannot go on.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
