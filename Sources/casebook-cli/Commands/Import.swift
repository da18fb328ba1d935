import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring a text into the casebook: notes on a paper copy.",
        discussion: """
            --paper SHEET makes a text of what stands in the margins of a book that is at hand on paper only. SHEET is
            CSV, or the first table of a DOCX (read with pandoc). Its first row names the columns: page, speaker,
            paraphrase (in your own words), quote (at most 25 words of the book), concept (several with ;); also
            chapter, about (Jane > Max), stance, basis, comment, content. Each row becomes a passage with its page;
            its concepts become an annotation on the quoted words, or on the paraphrase where none are quoted.

            The edition is named, because pages are those of one edition. --other-edition and --offset give the pages
            of a second one, which sheets print with --edition.

            EXAMPLES
              casebook import --paper notes.csv --title 'This Is a Love Story' --author 'Soffer, Jessica' \\
                --edition 'Dutton, 2025'
              casebook import --paper notes.docx --title 'Emma' --edition 'Penguin, 2003' --words 160000
              casebook import --paper notes.csv --title 'Emma' --edition 'Penguin, 2003' \\
                --other-edition 'Oxford, 2008' --offset=-12
            """)

    @Option(help: ArgumentHelp("Notes on a paper copy, CSV or DOCX.", valueName: "sheet"))
    var paper: String

    @Option(help: "Title of the book.")
    var title: String

    @Option(help: "Author, as “Soffer, Jessica”.")
    var author: String?

    @Option(help: "The edition whose pages the sheet gives: “Dutton, 2025”.")
    var edition: String

    @Option(help: "A second edition, with --offset.")
    var otherEdition: String?

    @Option(help: "What is added to a page to find its page in the second edition; --offset=-12 for fewer.")
    var offset: Int?

    @Option(help: "Words of the whole book, for the share that is quoted.")
    var words: Int?

    @Option(help: "Name of the text in Corpus/; by default made of the title.")
    var name: String?

    @Option(help: "Language of the sheet; by default that of casebook.yml.")
    var language: String?

    @OptionGroup var authorship: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (otherEdition == nil) == (offset == nil) else {
            throw ValidationError("--other-edition and --offset go together.")
        }
        guard words ?? 1 > 0 else { throw ValidationError("--words is a number of words.") }
        let isBlank = [title, edition].contains { $0.allSatisfy(\.isWhitespace) }
        guard !isBlank else { throw ValidationError("--title and --edition are not empty.") }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            var copy = PaperCopy(
                title: title, author: author, edition: edition, language: language ?? project.configuration.language)
            if let otherEdition, let offset { copy.otherEdition = (otherEdition, offset) }
            copy.words = words
            let path = paper.hasPrefix("/") ? paper : FileManager.default.currentDirectoryPath + "/" + paper
            let (sheet, problems) = try PaperSheet.read(path: path, as: paper)
            let made = try project.importPaper(
                sheet, of: copy, named: name ?? Annotator.id(for: title),
                by: try authorship.authorship(in: project), problems: problems)
            // The sheet lies in the working folder, not in the casebook.
            Reporter(console: common.console, project: nil).report(made.diagnostics)
            guard let text = made.text else {
                throw CommandFailure(.problems, "\(paper): nothing was imported")
            }
            let output = common.openOutput()
            output.write(text + "\n")
            for id in made.annotations { output.write(id + "\n") }
            try output.finish()
            common.console.note(Self.summary(sheet, made))
        }
    }

    private static func summary(_ sheet: PaperSheet, _ made: PaperImport) -> String {
        func counted(_ count: Int, _ one: String, _ other: String) -> String { "\(count) \(count == 1 ? one : other)" }
        let items = [
            counted(sheet.rows.count, "passage", "passages"),
            counted(made.annotations.count, "annotation", "annotations"),
            counted(made.persons.count, "person", "persons")
                + (made.persons.isEmpty ? "" : " (" + made.persons.map(\.id).joined(separator: ", ") + ")"),
        ]
        return items.joined(separator: ", ")
    }
}
