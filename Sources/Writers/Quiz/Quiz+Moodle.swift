extension Quiz {
    /// The question bank as Moodle imports it.
    ///
    /// https://docs.moodle.org/en/Moodle_XML_format: the elements and their order are those of the samples there.
    package var moodleXML: [UInt8] {
        var xml = MarkupText()
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n")
        xml.raw("<question type=\"category\">\n<category><text>")
        // A slash would begin a category inside.
        xml.text("$course$/top/" + material.title.replacing("/", with: "-"))
        xml.raw("</text></category>\n</question>\n")
        for (index, question) in questions.enumerated() { write(question, number: index + 1, &xml) }
        xml.raw("</quiz>\n")
        return xml.bytes
    }

    private func write(_ question: QuizQuestion, number: Int, _ xml: inout MarkupText) {
        let type =
            switch question.body {
            case .choice: "multichoice"
            case .truth: "truefalse"
            case .order: "matching"
            }
        xml.raw("<question type=\"\(type)\">\n<name><text>")
        xml.text("\(number). \(question.name)")
        xml.raw("</text></name>\n<questiontext format=\"html\"><text>")
        xml.text(html(of: question))
        xml.raw("</text></questiontext>\n<generalfeedback format=\"html\"><text>")
        xml.text(Flashcards.html(question.reason ?? ""))
        xml.raw("</text></generalfeedback>\n<defaultgrade>1</defaultgrade>\n")
        // A third of the mark for each further try is Moodle's own default; true or false has one try.
        let penalty = type == "truefalse" ? "1" : "0.3333333"
        xml.raw("<penalty>\(penalty)</penalty>\n<hidden>0</hidden>\n<idnumber>")
        xml.text("casebook-\(material.checksum)-\(number)")
        xml.raw("</idnumber>\n")
        switch question.body {
        case .choice(let options):
            xml.raw(
                "<single>true</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>abc</answernumbering>\n"
            )
            for option in options { answer(option.text, option.isRight, option.feedback, &xml) }
        case .truth(let isTrue):
            for value in [true, false] {
                answer(value ? "true" : "false", value == isTrue, question.reason, &xml, format: "moodle_auto_format")
            }
        case .order(let items):
            xml.raw("<shuffleanswers>true</shuffleanswers>\n")
            for (place, item) in items.enumerated() {
                xml.raw("<subquestion format=\"html\"><text>")
                xml.text(Flashcards.html(item.text))
                xml.raw("</text><answer><text>\(place + 1)</text></answer></subquestion>\n")
            }
        }
        xml.raw("</question>\n")
    }

    private func answer(
        _ text: String, _ isRight: Bool, _ feedback: String?, _ xml: inout MarkupText, format: String = "html"
    ) {
        xml.raw("<answer fraction=\"\(isRight ? 100 : 0)\" format=\"\(format)\"><text>")
        xml.text(format == "html" ? Flashcards.html(text) : text)
        xml.raw("</text><feedback format=\"html\"><text>")
        xml.text(Flashcards.html(feedback ?? ""))
        xml.raw("</text></feedback></answer>\n")
    }

    /// Question, quotation and its source, as the HTML of a question's text.
    func html(of question: QuizQuestion) -> String {
        var html = "<p>" + Flashcards.html(question.text) + "</p>"
        if let quote = question.quote {
            html += "<blockquote>" + Flashcards.html(strings.quoted(quote)) + "</blockquote>"
        }
        let source = [question.source, question.note].compactMap(\.self).joined(separator: ". ")
        if !source.isEmpty { html += "<p><small>" + Flashcards.html(source) + "</small></p>" }
        return html
    }
}

/// XML as bytes: what is markup, and what is text and escaped.
struct MarkupText {
    private(set) var bytes: [UInt8] = []

    mutating func raw(_ text: String) { bytes += text.utf8 }

    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            // Control characters are no XML, whatever stands for them.
            case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20: break
            default: bytes.append(byte)
            }
        }
    }
}
