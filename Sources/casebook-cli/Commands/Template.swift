import ArgumentParser
import Casebook

struct Template: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Templates of the sheets, to be changed in the casebook.",
        discussion: """
            Sheets are mustache templates and one style, sheet.css. One that lies in Templates/ of the casebook is used
            in place of the shipped one of its name; a part that several sheets include begins with _.

            EXAMPLES
              casebook template list
              casebook template eject handout.html sheet.css
            """,
        subcommands: [TemplateList.self, TemplateEject.self])
}

struct TemplateList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Names of the templates, one a line; * marks the casebook's own.",
        discussion: """
            EXAMPLES
              casebook template list
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.projectIfAny()
        let output = common.openOutput()
        for name in Project.shippedTemplates {
            output.write(name + (project?.hasOwnTemplate(name) == true ? " *" : "") + "\n")
        }
        try output.finish()
    }
}

struct TemplateEject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eject", abstract: "Copy shipped templates into Templates/ of the casebook.",
        discussion: """
            Without names all of them. A template that is there already is left as it is, unless --force says so; take
            the file away, and the shipped one is used again.

            EXAMPLES
              casebook template eject handout.html
              casebook template eject _colophon.html _colophon.md sheet.css
            """)

    @Argument(help: "Names, with or without .mustache.")
    var names: [String] = []

    @Flag(help: "Write over templates that are there.")
    var force = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let output = common.openOutput()
            for file in try project.ejectTemplates(names, overwrites: force) { output.write(file + "\n") }
            try output.finish()
        }
    }
}
