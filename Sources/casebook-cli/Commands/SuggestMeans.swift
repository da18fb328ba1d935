import ArgumentParser
import Casebook
import LanguageModels
import Tagging

/// Who suggests, and with how much effort: options of `suggest` and `evaluate`.
struct SuggestMeans: ParsableArguments {
    @Option(
        help:
            "Who suggests: cues, encoder, combined, which is both (default where there is a model), or language-model, which casebook.yml names and which is sent the passages."
    )
    var suggester: String?

    @Option(
        help: ArgumentHelp(
            "How much is read: low (cues alone), normal (the encoders read where a cue fires or a family is named), high (they read everything; the default). On written passages the F1 is 0.27, 0.62 and 0.66; a core reads a novel in a tenth of a second with low and some ninety passages a second with high.",
            valueName: "low|normal|high"))
    var effort: Effort?

    func validate() throws {
        if let suggester, !SuggestOptions.suggesters.contains(suggester) {
            throw ValidationError(
                "There is no suggester “\(suggester)”. There are: \(SuggestOptions.suggesters.joined(separator: ", "))."
            )
        }
        if effort == .low, suggester == LearnedSuggester.encoderName || suggester == LearnedSuggester.combinedName {
            throw ValidationError("--effort low is cues alone; leave --suggester out or raise the effort.")
        }
    }

    /// Passages are sent to somebody: not without asking.
    var asksLanguageModel: Bool { suggester == LanguageModel.name }

    /// `--min-score 0` shows all: then no passage is skipped.
    func options(minScore: Double?) -> SuggestOptions {
        SuggestOptions(suggester: suggester, effort: minScore == 0 && effort != .low ? .high : effort)
    }
}

extension Effort: ExpressibleByArgument {}
