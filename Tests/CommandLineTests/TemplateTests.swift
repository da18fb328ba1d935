import Foundation
import TestSupport
import Testing

/// A casebook's own templates.
@Suite struct TemplateTests {
    private func annotated(_ body: (Workplace) throws -> Void) throws {
        try withCasebook { place in
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "0:16", "--concept", "impaired-bonding")
            try body(place)
        }
    }

    @Test func `a template that was taken out is used, and the shipped one again when it is gone`() throws {
        try annotated { place in
            let run = try place.run("template", "eject", "handout.md", "sheet.css")
            #expect(run.output == "Templates/handout.md.mustache\nTemplates/sheet.css\n")
            let shipped = try place.read("Templates/handout.md.mustache")
            let before = try place.run("export", "handout", "impaired-bonding", "--format", "md").output
            try place.write(shipped + "\nOur school.\n", to: "Templates/handout.md.mustache")
            let own = try place.run("export", "handout", "impaired-bonding", "--format", "md").output
            #expect(own.hasSuffix("Our school.\n"))
            #expect(try place.run("template", "list").lines.contains("handout.md.mustache *"))
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent("Templates/handout.md.mustache"))
            #expect(try place.run("export", "handout", "impaired-bonding", "--format", "md").output == before)
        }
    }

    @Test func `all of them, and none that is there already`() throws {
        try annotated { place in
            let all = try place.run("template", "eject").lines
            #expect(all.count > 30)
            let page = try place.run("export", "handout", "impaired-bonding")
            #expect(page.status == 0, "\(page.error)")
            try place.write("mine", to: "Templates/handout.html.mustache")
            #expect(try place.run("template", "eject", "handout.html").status == 1)
            #expect(try place.read("Templates/handout.html.mustache") == "mine")
            #expect(try place.run("template", "eject", "handout.html", "--force").status == 0)
            let wrong = try place.run("template", "eject", "handuot.html")
            #expect(wrong.status == 66)
            #expect(wrong.error.contains("Did you mean “handout.html”?"), "\(wrong.error)")
        }
    }

    struct Fault: CustomTestStringConvertible {
        var template: String
        var message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Fault(template: "# {{title}}\n\n{{#cases}}\n{{title}}\n", message: "Templates/handout.md.mustache:5:1:"),
        Fault(template: "# {{title}}\n{{title\n", message: "Templates/handout.md.mustache:3:1:"),
        Fault(template: "# {{title}}\n\n  {{> _covre.md}}\n", message: "Templates/handout.md.mustache:3:3:"),
    ])
    func `an error in a template has its file and line`(fault: Fault) throws {
        try annotated { place in
            try place.write(fault.template, to: "Templates/handout.md.mustache")
            let run = try place.run("export", "handout", "impaired-bonding", "--format", "md")
            #expect(run.status == 1)
            #expect(run.error.contains(fault.message), "\(run.error)")
            #expect(run.output.isEmpty)
        }
    }

    @Test func `a part of one's own can be included`() throws {
        try annotated { place in
            try place.write("{{% CONTENT_TYPE:MARKDOWN}}School of {{title}}\n", to: "Templates/_school.md.mustache")
            try place.write("{{% CONTENT_TYPE:MARKDOWN}}{{> _school.md}}\n", to: "Templates/handout.md.mustache")
            let run = try place.run("export", "handout", "impaired-bonding", "--format", "md", "--title", "Doors")
            #expect(run.output == "School of Doors\n", "\(run.error)")
        }
    }
}
