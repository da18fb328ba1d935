package import SearchIndex
package import TextModel
package import Writers

/// What building a packet has made.
package struct PacketBuild: Sendable {
    /// Named `NAME-KIND.FORMAT`, in the order of the packet.
    package var files: [WrittenFile] = []
    /// With an error among them a sheet is missing from the files.
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Makes all sheets of a packet.
    ///
    /// - Throws: a `Diagnostic` or a `QueryError` where there is nothing to make sheets of.
    package func build(
        _ packet: Packet, date: String, index: () throws -> CorpusIndex
    ) throws -> PacketBuild {
        var (selection, problems) = try selection(for: packet, date: date, index: index)
        if let edition = packet.edition { problems += selection.choose(edition: edition, for: packet.path) }
        let writer = try sheetWriter(language: selection.language)
        var build = PacketBuild(diagnostics: problems + warnings(of: packet, selection))
        let formats = [.html] + formats(of: packet, &build.diagnostics)
        var options = SheetOptions()
        options.paper = packet.paper
        options.preset = packet.preset
        options.hidden = packet.hidden
        options.shown = packet.shown
        options.notesBeneath = packet.notesBeneath
        options.index.showsIncipits = packet.showsQuotations
        options.showsQuotations = packet.showsQuotations || packet.audience == .parent
        var material = writer.material(selection, options: options)
        for kind in packet.sheets {
            for variant in 0..<(kind.hasVariants ? packet.variants : 1) {
                material.options.worksheet = Self.options(variant: variant, of: packet)
                let suffix = variant == 0 ? "" : "-" + Self.letter(variant)
                for format in formats where kind.formats.contains(format) {
                    var file: WrittenFile
                    let warnings: [Diagnostic]
                    do {
                        (file, warnings) = try sheet(kind, material, format: format, writer: writer)
                    } catch var problem as Diagnostic where format.isPublication {
                        // The other sheets are made all the same; a program that is missing is no fault of theirs.
                        if problem.identifier == "missing-tool" {
                            problem.severity = .warning
                            problem.summary = "no sheets as \(format.rawValue): " + problem.summary
                        } else {
                            problem.summary = "\(kind.rawValue) as \(format.rawValue): " + problem.summary
                        }
                        build.add([problem], of: packet)
                        continue
                    }
                    build.add(warnings, of: packet)
                    guard !warnings.contains(where: { $0.severity == .error }) else { continue }
                    file.name = "\(packet.name)-\(kind.rawValue)\(suffix).\(format.rawValue)"
                    build.files.append(file)
                }
            }
        }
        return build
    }

    /// The first variant has the packet's own order, the others an order of their own that is the same every time.
    private static func options(variant: Int, of packet: Packet) -> WorksheetOptions {
        guard packet.variants > 1 else { return WorksheetOptions() }
        var options = WorksheetOptions(seed: packet.seed &+ UInt64(variant), variant: letter(variant))
        if variant == 0 { options.seed = nil }
        return options
    }

    private static func letter(_ variant: Int) -> String {
        String(UnicodeScalar(UInt8(ascii: "A") + UInt8(variant)))
    }

    private func formats(of packet: Packet, _ diagnostics: inout [Diagnostic]) -> [SheetFormat] {
        packet.formats.filter { $0 != "html" }.compactMap { name in
            if let format = SheetFormat(name: name) { return format }
            let known = SheetFormat.allCases.map(\.rawValue)
            diagnostics.append(
                Diagnostic(
                    "unknown-format", .warning, file: packet.path, "no format “\(name)”: its sheets are left out",
                    advice: nearestNames(to: name, among: known).first.map { "Did you mean “\($0)”?" }
                        ?? "There are " + known.joined(separator: ", ") + "."))
            return nil
        }
    }

    /// What a teacher would see too late.
    private func warnings(of packet: Packet, _ selection: TeachingSelection) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        if packet.moment != .after, packet.sheets.contains(.handout), packet.sheets.contains(.worksheet),
            !packet.hidden.contains(.marks)
        {
            warnings.append(
                Diagnostic(
                    "answers-given-away", .warning, file: packet.path,
                    "the handout shows the marks that the worksheet asks for, and both are for the same class",
                    advice: "Hand it out afterwards (`moment: after`), or write `hide: [marks, evidence]`."))
        }
        if selection.places.isEmpty {
            warnings.append(
                Diagnostic("empty-packet", .warning, file: packet.path, "nothing was found: the sheets are empty"))
        }
        return warnings
    }
}

extension TeachingSelection {
    /// Cites pages of an edition; a warning where there are none of it.
    package mutating func choose(edition: String, for sheet: String) -> [Diagnostic] {
        guard !choose(edition: edition, key: Work.editionKey) else { return [] }
        let known = editions
        return [
            Diagnostic(
                "unknown-edition", .warning, file: sheet, "no text here has pages of an edition “\(edition)”",
                advice: known.isEmpty
                    ? "No text has pages of more than one edition." : "There are: \(known.joined(separator: ", ")).")
        ]
    }
}

extension PacketBuild {
    /// All sheets of a packet say the same of their selection: once is enough.
    mutating func add(_ warnings: [Diagnostic], of packet: Packet) {
        for var warning in warnings {
            let isOfSheet = SheetKind(rawValue: warning.file) != nil
            if isOfSheet { warning.file = packet.path }
            if !diagnostics.contains(warning) { diagnostics.append(warning) }
        }
    }
}
