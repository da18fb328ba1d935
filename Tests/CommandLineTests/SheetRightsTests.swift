import Foundation
import TestSupport
import Testing

/// What a teacher is told of words that are quoted, and of help that is missing.
@Suite struct SheetRightsTests {
    @Test func `a limit of the casebook, one of a work, and a sheet without quotations`() throws {
        try withAnnotatedCasebook { place in
            func said(_ kind: String, _ more: String...) throws -> String {
                let run = try place.run(["export", kind, "impaired-bonding", "-o", "sheet.html"] + more)
                #expect(run.status == 0, "\(run.error)")
                return run.error
            }
            let settings = try place.read("casebook.yml")
            #expect(
                try !said("handout").contains("words of a restricted work"), "nobody has said that it is restricted")
            try place.write(settings + "\nworks:\n  door:\n    availability: restricted\n", to: "casebook.yml")
            // 37 words; a tenth of them may be quoted.
            #expect(try said("handout").contains("the limit is 3"))
            #expect(try said("concept-index").contains("words of a restricted work are quoted"))
            try place.write(
                settings + "\nquotation-limit: 20\nworks:\n  door:\n    availability: restricted\n",
                to: "casebook.yml")
            #expect(try said("handout").contains("the limit is 20"))
            let own = "\nquotation-limit: 20\nworks:\n  door:\n    availability: restricted\n    quotation-limit: 90\n"
            try place.write(settings + own, to: "casebook.yml")
            #expect(try !said("handout").contains("words of a restricted work"))
            try place.write(settings + "\nworks:\n  door:\n    availability: restricted\n", to: "casebook.yml")
            for kind in ["handout", "worksheet", "key", "concept-index", "quiz", "flashcards", "slides", "case-sheet"] {
                #expect(try !said(kind, "--no-quotations").contains("words of a restricted work"), "\(kind)")
                let page = try place.read("sheet.html")
                #expect(!page.contains("felt nothing for the child") && !page.contains("He slept"), "\(kind)")
                #expect(page.contains("The Door: 0 words"), "\(kind)")
            }
        }
    }

    @Test func `help that is missing is a warning for students, for parents nothing is written`() throws {
        try withAnnotatedCasebook { place in
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "0:3", "--concept", "postpartum-depression")
            let student = try place.run("export", "handout", "postpartum-depression", "-o", "student.html")
            #expect(student.status == 0)
            #expect(student.error.contains("warning: the urgent-help statement lacks emergency number, help lines"))
            #expect(try place.read("student.html").contains("needs help today: __________"))
            let parent = try place.run(
                "export", "handout", "postpartum-depression", "--audience", "parent", "-o", "parent.html")
            #expect(parent.status == 1 && !place.exists("parent.html"), "\(parent.error)")
            let filled = try place.run(
                "export", "handout", "postpartum-depression", "-o", "student.html", "--emergency-number", "112",
                "--help-line", "A line, 0800", "--checked", "2026-03-07")
            #expect(filled.status == 0 && !filled.error.contains("urgent-help"), "\(filled.error)")
            #expect(try place.read("student.html").contains("Checked on 7 March 2026."))
        }
    }
}
