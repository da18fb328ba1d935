extension Quiz {
    /// The questions as a content package of QTI 2.1: a manifest, a test, an item each.
    package var qtiPackage: [UInt8] {
        var archive = ZipArchive()
        let names = questions.indices.map { "q\($0 + 1)" }
        archive.add(manifest(names), named: "imsmanifest.xml")
        archive.add(test(names), named: "test.xml")
        for (name, question) in zip(names, questions) {
            archive.add(item(question, named: name), named: "items/\(name).xml")
        }
        return archive.bytes
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let namespace = "http://www.imsglobal.org/xsd/imsqti_v2p1"
    private static let schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"

    private static func root(_ name: String) -> String {
        "\(declaration)<\(name) xmlns=\"\(namespace)\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            + "xsi:schemaLocation=\"\(namespace) \(schema)\""
    }

    private func manifest(_ names: [String]) -> [UInt8] {
        var xml = MarkupText()
        let packaging = "http://www.imsglobal.org/xsd/imscp_v1p1"
        xml.raw(
            """
            \(Self.declaration)<manifest xmlns="\(packaging)" identifier="casebook-\(material.checksum)">
            <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
            <organizations/>
            <resources>
            <resource identifier="test" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/>

            """)
        for name in names { xml.raw("<dependency identifierref=\"\(name)\"/>\n") }
        xml.raw("</resource>\n")
        for name in names {
            xml.raw(
                "<resource identifier=\"\(name)\" type=\"imsqti_item_xmlv2p1\" href=\"items/\(name).xml\">"
                    + "<file href=\"items/\(name).xml\"/></resource>\n")
        }
        xml.raw("</resources>\n</manifest>\n")
        return xml.bytes
    }

    private func test(_ names: [String]) -> [UInt8] {
        var xml = MarkupText()
        xml.raw(Self.root("assessmentTest") + " identifier=\"casebook-\(material.checksum)\" title=\"")
        xml.text(material.title)
        xml.raw(
            "\">\n<testPart identifier=\"part\" navigationMode=\"nonlinear\" submissionMode=\"individual\">\n"
                + "<assessmentSection identifier=\"section\" visible=\"true\" title=\"")
        xml.text(material.title)
        xml.raw("\">\n")
        for name in names { xml.raw("<assessmentItemRef identifier=\"\(name)\" href=\"items/\(name).xml\"/>\n") }
        xml.raw("</assessmentSection>\n</testPart>\n</assessmentTest>\n")
        return xml.bytes
    }

    // MARK: - Items

    private func item(_ question: QuizQuestion, named name: String) -> [UInt8] {
        var xml = MarkupText()
        let isOrder = question.type == .order
        xml.raw(Self.root("assessmentItem") + " identifier=\"\(name)\" title=\"")
        xml.text(question.name)
        xml.raw("\" adaptive=\"false\" timeDependent=\"false\" xml:lang=\"\(strings.language)\">\n")
        let choices = choices(of: question)
        xml.raw(
            "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"\(isOrder ? "ordered" : "single")\" "
                + "baseType=\"identifier\"><correctResponse>")
        for choice in choices where choice.isRight { xml.raw("<value>\(choice.id)</value>") }
        xml.raw(
            """
            </correctResponse></responseDeclaration>
            <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
            <outcomeDeclaration identifier="FEEDBACK" cardinality="\(isOrder ? "ordered" : "single")" baseType="identifier"/>
            <itemBody>

            """)
        body(of: question, &xml)
        let interaction = isOrder ? "orderInteraction" : "choiceInteraction"
        // Truth comes before falsehood, always.
        xml.raw(
            "<\(interaction) responseIdentifier=\"RESPONSE\" shuffle=\"\(question.type != .truth)\""
                + (isOrder ? ">\n" : " maxChoices=\"1\">\n"))
        // A shuffled order must not be the right one to begin with.
        for choice in choices.sorted(by: { $0.shown < $1.shown }) {
            xml.raw("<simpleChoice identifier=\"\(choice.id)\">")
            xml.text(choice.text)
            xml.raw("</simpleChoice>\n")
        }
        xml.raw(
            """
            </\(interaction)>
            </itemBody>
            <responseProcessing>
            <responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>\
            <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>\
            <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>\
            </responseElse></responseCondition>
            <setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>
            </responseProcessing>

            """)
        for choice in choices {
            guard let feedback = choice.feedback else { continue }
            xml.raw("<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"\(choice.id)\" showHide=\"show\"><p>")
            xml.text(feedback)
            xml.raw("</p></modalFeedback>\n")
        }
        xml.raw("</assessmentItem>\n")
        return xml.bytes
    }

    private func body(of question: QuizQuestion, _ xml: inout MarkupText) {
        func paragraph(_ text: String) {
            xml.raw("<p>")
            xml.text(text)
            xml.raw("</p>\n")
        }
        paragraph(question.text)
        if let quote = question.quote {
            xml.raw("<blockquote>")
            paragraph(strings.quoted(quote))
            xml.raw("</blockquote>\n")
        }
        let source = [question.source, question.note].compactMap(\.self).joined(separator: ". ")
        if !source.isEmpty { paragraph(source) }
    }

    private struct Choice {
        var id: String
        var text: String
        var isRight: Bool
        var shown: Int
        var feedback: String?
    }

    /// In the right order where the order is asked for.
    private func choices(of question: QuizQuestion) -> [Choice] {
        switch question.body {
        case .choice(let options):
            options.enumerated().map { index, option in
                Choice(
                    id: "c\(index + 1)", text: option.text, isRight: option.isRight, shown: index,
                    feedback: option.feedback)
            }
        case .truth(let isTrue):
            [true, false].map { value in
                Choice(
                    id: value ? "true" : "false", text: strings(value ? "quiz.true" : "quiz.false"),
                    isRight: value == isTrue, shown: value ? 0 : 1, feedback: question.reason)
            }
        case .order(let items):
            items.map { Choice(id: "c\($0.shown + 1)", text: $0.text, isRight: true, shown: $0.shown) }
        }
    }
}
