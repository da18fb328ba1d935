import ArgumentParser
import Casebook

/// Words of a text: quotes, or scalars of passages.
struct PlaceOptions: ParsableArguments {
    @Option(help: "Words of the text; repeat for a target in several pieces.")
    var quote: [String] = []

    @Option(help: "Id of the passage; goes with --range, or says where the quote stands.")
    var passage: [String] = []

    @Option(help: ArgumentHelp("Scalars of the passage's raw text, half-open.", valueName: "start:end"))
    var range: [String] = []

    var isEmpty: Bool { quote.isEmpty && range.isEmpty }

    func validate() throws {
        if !range.isEmpty, passage.count != range.count {
            throw ValidationError("Each --range needs a --passage.")
        }
        if range.isEmpty, passage.count > 1, passage.count != quote.count {
            throw ValidationError("Give one --passage for all quotes, or one for each.")
        }
    }

    func places() throws -> [AnnotationDraft.Place] {
        var places: [AnnotationDraft.Place] = []
        for (index, quote) in quote.enumerated() {
            let passage = range.isEmpty ? (passage.count > 1 ? passage[index] : passage.first) : nil
            places.append(.quote(quote, passage: passage))
        }
        for (passage, range) in zip(passage, range) {
            let ends = range.split(separator: ":").compactMap { Int($0) }
            guard ends.count == 2 else { throw CommandFailure(.usage, "--range is START:END, not “\(range)”") }
            places.append(.range(passage: passage, start: ends[0], end: ends[1]))
        }
        return places
    }
}
