package import TextModel

/// A quiz of a selection: which concept do these words show, which words show this concept, true or false and why,
/// in which order are things told.
///
/// Answers come from annotations; a wrong answer is one that no layer gives, so that nobody is marked down for what
/// another annotator has seen. What readers may differ on is not asked.
package struct Quiz: Sendable {
    let material: SheetMaterial
    package let questions: [QuizQuestion]

    var strings: SheetStrings { material.strings }

    package init(_ material: SheetMaterial) {
        self.material = material
        var maker = QuizMaker(material)
        questions = maker.questions()
    }

    /// For paper and screen: the questions, then their answers.
    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        let quoted = material.quotedMarks { material.isFocus($0.annotation) }
        let sheet = material.frame(
            .quiz, title: material.title, moment: .after, quoted: quoted,
            [.init("questions", .array(questions.enumerated().map { value($0.element, number: $0.offset + 1) }))])
        return (sheet, material.quotationWarnings(quoted) + material.helpWarnings("quiz"))
    }

    private func value(_ question: QuizQuestion, number: Int) -> SheetValue {
        let letters = Array("abcdefgh")
        var members: [SheetValue.Member] = [
            .init("number", .int(number)), .init("type", .string(question.type.rawValue)),
            .init("text", .string(question.text)), .init("quote", .text(question.quote)),
            .init("source", .text(question.source)), .init("note", .text(question.note)),
            .init("reason", .text(question.reason)), .init("asksReason", .bool(question.type != .order)),
        ]
        switch question.body {
        case .choice(let options):
            let right = options.firstIndex(where: \.isRight) ?? 0
            members += [
                .init(
                    "options",
                    .array(
                        options.enumerated().map { index, option in
                            [
                                "letter": .string(String(letters[index])), "text": .string(option.text),
                                "isRight": .bool(option.isRight),
                            ]
                        })),
                .init("answer", .string("\(letters[right]) (\(options[right].text.shortened(to: 8)))")),
            ]
        case .truth(let isTrue):
            members += [
                .init(
                    "options",
                    .array(
                        [true, false].map { value in
                            [
                                "letter": .string(value ? "a" : "b"),
                                "text": .string(strings(value ? "quiz.true" : "quiz.false")),
                                "isRight": .bool(value == isTrue),
                            ]
                        })), .init("answer", .string(strings(isTrue ? "quiz.true" : "quiz.false"))),
            ]
        case .order(let items):
            let shown = items.sorted { $0.shown < $1.shown }
            members += [
                .init(
                    "items",
                    .array(
                        shown.map { item in
                            ["letter": .string(String(letters[item.shown])), "text": .string(item.text)]
                        })),
                .init("answer", .string(items.map { String(letters[$0.shown]) }.joined(separator: ", "))),
            ]
        }
        return .object(members)
    }
}

/// A question with its answer.
package struct QuizQuestion: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case concept, passage, truth, order
    }

    package enum Body: Sendable, Equatable {
        /// One is right.
        case choice([QuizOption])
        case truth(Bool)
        /// In the right order; each with its place among those shown.
        case order([QuizItem])
    }

    package var type: Kind
    /// Short, for a question bank: "Which concept? 3a".
    package var name: String
    package var text: String
    package var quote: String?
    /// Title and locator of the quoted words.
    package var source: String?
    /// That the words are invented, or retold.
    package var note: String?
    package var body: Body
    package var reason: String?
}

package struct QuizOption: Sendable, Equatable {
    package var text: String
    package var isRight: Bool
    /// Why it is right or wrong.
    package var feedback: String?
}

package struct QuizItem: Sendable, Equatable {
    package var text: String
    /// Place among the items as they are shown, from 0.
    package var shown: Int
}
