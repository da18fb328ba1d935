import Foundation
import Testing

/// A page of a PDF with the places of its words, in points from the top left.
struct PrintedPage {
    struct Word {
        var text: String
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
    }

    var width: Double
    var height: Double
    var words: [Word] = []

    /// All pages of a file, as `pdftotext` reads them.
    static func all(of file: String, in folder: URL) throws -> [PrintedPage] {
        let text = try SystemTool.run("pdftotext", "-bbox", file, "-", in: folder).text
        var pages: [PrintedPage] = []
        for part in text.components(separatedBy: "<page ").dropFirst() {
            let measure = try #require(part.firstMatch(of: /width="([\d.]+)" height="([\d.]+)"/))
            var page = PrintedPage(width: Double(measure.1) ?? .nan, height: Double(measure.2) ?? .nan)
            for match in part.matches(
                of: /xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</)
            {
                page.words.append(
                    Word(
                        text: String(match.5).replacing("&amp;", with: "&"), left: Double(match.1) ?? .nan,
                        top: Double(match.2) ?? .nan, right: Double(match.3) ?? .nan,
                        bottom: Double(match.4) ?? .nan))
            }
            pages.append(page)
        }
        return pages
    }
}
