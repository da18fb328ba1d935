import TextModel

/// What stands before the reading and after it: care, help, sources.
extension SlidesBuilder {
    func care() -> [SheetValue] {
        let lines = [material.contentNote, statement].compactMap(\.self)
        let heading = strings("handout.content-note")
        return numbered(heading, SlideRoom.pages(lines, .list, height: Self.height(ofLarge:))) { heading, page in
            slide("care", heading, [.init("lines", .strings(page))])
        }
    }

    /// References, then the small print, on as many pages as they need.
    func sources() -> [SheetValue] {
        let references = ReferenceList.sorted(material.works(), strings: strings)
            .map { SourceItem(reference: $0, text: Self.text(of: $0)) }
        let frame = material.frame(.slides, title: material.title, moment: .inClass, [])
        var smallPrint: [SheetValue] = []
        for key in ["disclaimer", "quoted", "citation"] {
            switch frame[key] {
            case .string(let text)?: smallPrint.append(["text": .string(text)])
            case .array(let lines)?: smallPrint += lines
            default: break
            }
        }
        let items =
            references
            + smallPrint.map { SourceItem(smallPrint: $0, text: Self.text(of: $0)) }
        let pages = SlideRoom.pages(items, .sources) { 0.25 + SlideRoom.lines($0.text, in: 38) }
        return numbered(strings("handout.references"), pages) { heading, page in
            slide(
                "sources", heading,
                [
                    .init("references", .array(page.compactMap(\.reference))),
                    .init("smallPrint", .array(page.compactMap(\.smallPrint))),
                ])
        }
    }

    private struct SourceItem {
        var reference: SheetValue?
        var smallPrint: SheetValue?
        var text: String
    }

    /// The words of a reference or of a line of small print.
    private static func text(of value: SheetValue) -> String {
        var words = ""
        for key in ["text", "warning", "url"] {
            if case .string(let text)? = value[key] { words += text + " " }
        }
        if case .array(let pieces)? = value["pieces"] { words += pieces.map(text(of:)).joined() }
        return words
    }

    /// Where help is to be had: the lines that the teacher has filled in, on as many slides as they need.
    func help() -> [SheetValue] {
        guard material.urgentHelpIsShown else { return [] }
        let help = material.urgentHelp
        var items = [HelpItem(key: "text", text: Self.string(help["text"]))]
        if case .array(let lines)? = help["lines"] {
            items += lines.map { line in HelpItem(key: "line", text: Self.string(line)) }
        }
        items.append(HelpItem(key: "checked", text: Self.string(help["checked"])))
        let pages = SlideRoom.pages(items, .list) { Self.height(ofLarge: $0.text) }
        return numbered(strings("help.heading"), pages) { heading, page in
            func texts(_ key: String) -> [String] { page.filter { $0.key == key }.map(\.text) }
            return slide(
                "help", heading,
                [
                    .init("helpText", .text(texts("text").first)), .init("helpLines", .strings(texts("line"))),
                    .init("helpChecked", .text(texts("checked").first)),
                ])
        }
    }

    private struct HelpItem {
        var key: String
        var text: String
    }

    private static func string(_ value: SheetValue?) -> String {
        if case .string(let text)? = value { text } else { "" }
    }
}
