import ArgumentParser

@main
struct CasebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "casebook", abstract: "Annotate, query and teach with literary case studies.")
}
