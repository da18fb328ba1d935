extension Quiz {
    /// The questions in GIFT, which Moodle and others read.
    ///
    /// https://docs.moodle.org/en/GIFT_format
    package var gift: [UInt8] {
        // A slash would begin a category inside.
        var text = "$CATEGORY: $course$/top/" + Self.line(material.title.replacing("/", with: "-")) + "\n\n"
        for (index, question) in questions.enumerated() {
            text += "::" + Self.escaped("\(index + 1). \(question.name)") + "::[html]"
            text += Self.escaped(html(of: question)) + "{\n"
            switch question.body {
            case .choice(let options):
                for option in options {
                    text += "\t" + (option.isRight ? "=" : "~") + Self.escaped(Flashcards.html(option.text))
                    if let feedback = option.feedback { text += "#" + Self.escaped(Flashcards.html(feedback)) }
                    text += "\n"
                }
            case .truth(let isTrue):
                text += "\t" + (isTrue ? "TRUE" : "FALSE")
                if let reason = question.reason {
                    let reason = Self.escaped(Flashcards.html(reason))
                    // First what is said to a wrong answer, then to a right one.
                    text += "#" + reason + "#" + reason
                }
                text += "\n"
            case .order(let items):
                for (place, item) in items.enumerated() {
                    text += "\t=" + Self.escaped(Flashcards.html(item.text)) + " -> \(place + 1)\n"
                }
            }
            text += "}\n\n"
        }
        return Array(text.utf8)
    }

    /// A backslash before each character that means something in GIFT; a blank line would end the question.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in line(text) {
            if "~=#{}:\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
