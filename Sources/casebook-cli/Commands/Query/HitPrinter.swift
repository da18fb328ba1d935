import QueryLanguage
import TextModel
import Writers

/// Hits in one of the formats, one after the other.
struct HitPrinter {
    let format: QueryCommand.Format
    let colours: Bool
    let width: Int
    let context: Int
    let query: ResolvedQuery
    /// Lines of several works are mixed: each names its work, in the place of a heading.
    var placesWorksBeside = false
    private(set) var count = 0
    private var lastDocument: String?
    private var json = JSONWriter()
    private var csv = CSVWriter()

    init(format: QueryCommand.Format, context: Int?, common: CommonOptions, query: ResolvedQuery) {
        self.format = format
        self.query = query
        colours = common.coloursResults
        width = Terminal.width
        // A third of the line on each side leaves a third for the match and its place.
        self.context = context ?? max(20, width / 3)
    }

    var head: [UInt8] {
        var csv = CSVWriter()
        switch format {
        case .csv:
            csv.row(HitRecords.columns)
            return csv.bytes
        case .html: return Array(HitRecords.htmlHead(title: query.printed).utf8)
        case .table, .kwic, .jsonl: return []
        }
    }

    var foot: [UInt8] { format == .html ? Array(HitRecords.htmlFoot.utf8) : [] }

    mutating func bytes(of hit: Hit) -> [UInt8] {
        count += 1
        switch format {
        case .jsonl:
            json.removeAll()
            HitRecords.write(hit, into: &json)
            return json.bytes
        case .csv:
            csv.removeAll()
            csv.row(HitRecords.cells(of: hit))
            return csv.bytes
        case .table: return Array(HitRecords.text(hit, colours: colours, width: width).utf8)
        case .html: return Array(HitRecords.html(hit).utf8)
        case .kwic:
            guard let display = hit.display else { return Array("\(hit.document)\n".utf8) }
            let hasHeading = !placesWorksBeside && hit.document != lastDocument
            var lines = hasHeading ? "\(hit.title)  (\(hit.document))\n" : ""
            lastDocument = hit.document
            var place = hit.locator?.label ?? ""
            if placesWorksBeside { place = hit.title + (place.isEmpty ? "" : ", ") + place }
            for mark in hit.marks.isEmpty ? [0..<0] : hit.marks {
                let line = ConcordanceLine(text: display, range: mark, context: context)
                lines += line.padded(context: context) + "  " + place + "\n"
            }
            return Array(lines.utf8)
        }
    }
}
