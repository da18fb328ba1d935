package import TextModel

/// A lesson plan for the instructor: two lengths of class, what to read aloud, what to expect, how to end.
package struct LessonPlanBuilder {
    private let material: SheetMaterial

    private var strings: SheetStrings { material.strings }

    package init(_ material: SheetMaterial) { self.material = material }

    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        let works = Set(material.passages.map(\.work)).sorted()
            .map { strings.quoted(WorkCitation.title(material.selection.works[$0].document.work.title)) }
        let script = strings(
            "lesson.script",
            [
                "passages": strings.counted("handout.passages", material.passages.count),
                "works": strings.list(works),
                "concepts": strings.list(material.focus.map(material.label)),
            ])
        let focus = Set(material.questions.compactMap(\.concept?.id))
        let quoted = material.quotedMarks { $0.annotation.concepts.contains { focus.contains($0.id) } }
        let sheet = material.frame(
            .lessonPlan, title: material.title, audience: .instructor, moment: .before, quoted: quoted,
            [
                .init("aims", .strings(material.aims)),
                .init("plans", .array(LessonTimetable.allCases.map(timetable))),
                .init("script", .string(script)),
                .init("missingReplacement", .text(material.missingReplacement)),
                .init("readAloud", .text([material.contentNote, statement].compactMap(\.self).joined(separator: " "))),
                .init("passages", .array(material.passages.map(passage))),
                .init("prompts", .array(prompts())),
                .init("debrief", .strings(["1", "2", "3", "4"].map { strings("lesson.debrief.d\($0)") })),
                .init("rubric", .array(rubric())),
                .init("levels", .strings(["yes", "partly", "not-yet"].map { strings("lesson.levels.\($0)") })),
            ])
        return (sheet, material.helpWarnings("lesson-plan") + material.quotationWarnings(quoted))
    }

    private var statement: String? { material.statement("concepts-statement", "concepts") }

    // MARK: - Time

    private func timetable(_ table: LessonTimetable) -> SheetValue {
        var clock = 0
        let steps = table.steps.map { step -> SheetValue in
            defer { clock += step.minutes }
            return [
                "from": .int(clock), "to": .int(clock + step.minutes), "minutes": .int(step.minutes),
                "name": .string(strings("lesson.steps.\(step.name).name")),
                "what": .string(what(step)),
            ]
        }
        return [
            "minutes": .int(table.rawValue), "heading": .string(strings.counted("lesson.minutes", table.rawValue)),
            "steps": .array(steps),
        ]
    }

    private func what(_ step: LessonTimetable.Step) -> String {
        let text = strings("lesson.steps.\(step.name).what")
        guard step.name == "worksheet" else { return text }
        // As many items as fit at the sheet's own pace; the others are homework.
        let all = material.passages.count
        let needed = max(1, Worksheet(material).minutes)
        let fitting = min(all, max(1, all * step.minutes / needed))
        guard fitting < all else { return text }
        return text + " " + strings("lesson.some-items", ["count": String(fitting), "all": String(all)])
    }

    // MARK: - Passages and prompts

    /// What is marked, so that the instructor has it before their eyes without turning pages.
    private func passage(_ passage: MarkedPassage) -> SheetValue {
        [
            "number": .int(passage.number), "title": .string(material.title(of: passage)),
            "locator": .text(passage.locator.label), "headnote": .text(material.headnote(of: passage)),
            "marks": .array(
                passage.marks.map { mark in
                    let annotation = material.annotation(mark, passage).annotation
                    let start = material.selection.works[passage.work].document
                        .passages[Int(passage.passage)].reading.start
                    return [
                        "key": .string(mark.key), "sign": .text((annotation.stance ?? .supports).sign),
                        "heading": .string(material.labels(of: annotation).joined(separator: ", ")),
                        "about": .text(material.about(annotation, in: passage.work)),
                        "lines": .text(passage.lineReference(of: mark, start: start, strings: strings)),
                        "isFocus": .bool(material.isFocus(annotation)),
                    ]
                }),
        ]
    }

    private func prompts() -> [SheetValue] {
        material.questions.map { question in
            var expected = [question.plan?.expected].compactMap(\.self)
            var misreadings = [question.plan?.misreading].compactMap(\.self)
            if let concept = question.concept {
                expected = words(of: concept, .supports)
                let against = words(of: concept, .contradicts)
                misreadings = material.confusions(of: concept).prefix(2).map(\.text)
                if !against.isEmpty {
                    misreadings.insert(
                        strings("lesson.overlooked", ["words": strings.list(against)]), at: 0)
                }
            }
            return [
                "level": .string(strings("discussion.\(question.level)")), "text": .string(question.text),
                "concept": .text(question.concept.map(material.label)), "expected": .strings(expected),
                "misreadings": .strings(misreadings),
            ]
        }
    }

    /// Up to three stretches of words that carry a concept, with their references: “felt nothing at all” (1c).
    private func words(of concept: Concept, _ stance: Stance) -> [String] {
        var words: [String] = []
        for passage in material.passages {
            for mark in passage.marks {
                let annotation = material.annotation(mark, passage).annotation
                guard (annotation.stance ?? .supports) == stance,
                    annotation.concepts.contains(where: { $0.id == concept.id })
                else { continue }
                words.append(
                    strings.quoted(material.quote(mark, passage).shortened(to: 12))
                        + " (\(material.reference(mark, passage)))")
            }
        }
        return Array(words.prefix(3))
    }

    // MARK: - Rubric

    private func rubric() -> [SheetValue] {
        ["words", "concept", "against", "care"].map { name in
            [
                "name": .string(strings("lesson.rubric.\(name).name")),
                "levels": .strings(["yes", "partly", "not-yet"].map { strings("lesson.rubric.\(name).\($0)") }),
            ]
        }
    }
}

/// Steps of a class of 50 and of 90 minutes, the lengths of a lesson and of a seminar.
private enum LessonTimetable: Int, CaseIterable {
    case short = 50
    case long = 90

    struct Step {
        var name: String
        var minutes: Int

        init(_ name: String, _ minutes: Int) {
            self.name = name
            self.minutes = minutes
        }
    }

    var steps: [Step] {
        switch self {
        case .short:
            [
                Step("opening", 4), Step("care", 3), Step("concepts", 6), Step("worksheet", 14), Step("pairs", 6),
                Step("evidence", 7), Step("discussion", 6), Step("debrief", 4),
            ]
        case .long:
            [
                Step("opening", 5), Step("care", 4), Step("concepts", 9), Step("worksheet", 20), Step("pairs", 8),
                Step("evidence", 12), Step("rival", 12), Step("discussion", 13), Step("debrief", 7),
            ]
        }
    }
}

extension String {
    /// At most so many words, with an ellipsis where some were left out.
    func shortened(to limit: Int) -> String {
        let words = split { $0.isWhitespace }
        guard words.count > limit else { return self }
        return words.prefix(limit).joined(separator: " ") + " …"
    }
}
