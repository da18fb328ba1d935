import Foundation
import Writers

/// The text of a new packet: short, with a comment wherever something can be filled in.
package enum PacketFile {
    /// `query` chooses the passages where no `picks` are made; these are written with their first words.
    package static func text(title: String, query: String?, picks: [Packet.Place]) -> String {
        """
        # A teaching packet. `casebook packet build` makes its sheets: one selection, the same numbers on all.
        format: 1
        title: \(quoted(title))
        course:
        date:                  # of the class: 2027-02-11
        audience: student      # student, instructor or parent
        paper: auto            # auto, A4 or letter
        preset: seminar        # seminar: one class; reader: everything
        show: []               # what the preset leaves out: charts, glossary, index …
        hide: []               # \(SheetPart.allCases.map(\.rawValue).joined(separator: ", "))

        # What is read: a query, or passages one by one in the order of the sheets.
        \(selection(query, picks))
        concepts: []           # what the sheets are about; empty: the concepts of the query, else all

        # Which sheets; each is made in HTML, and in those of the formats named here that it can be made in.
        sheets: [handout, worksheet, key]
        formats: []            # \(SheetFormat.allCases.filter { $0 != .html }.map(\.rawValue).joined(separator: ", "))
        variants: 1            # of worksheet and key, each in another order
        minutes:               # for the worksheet; empty: reckoned

        # In place of the scheme's own aims and questions.
        aims: []
        prompts:
          notice: []
          interpret: []
          apply: []
        unknown: []            # what these pages do not tell
        # replacements:        # what is read in place of a passage that somebody may want to skip
        #   suicide-self-harm: love-story#p8

        # Printed where a passage speaks of depression after a birth, and on every sheet for parents.
        help:
          emergency:           # the number to call where you teach: "112"
          lines: []
          checked:             # the day on which you have checked them

        """
    }

    private static func selection(_ query: String?, _ picks: [Packet.Place]) -> String {
        guard !picks.isEmpty else { return "query: " + (query.map(quoted) ?? "") }
        var lines = query.map { ["# Found by: \($0.replacing("\n", with: " "))"] } ?? []
        lines.append("passages:")
        for pick in picks {
            lines.append("  - at: " + quoted([pick.work, pick.element].compactMap(\.self).joined(separator: "#")))
            if let begins = pick.begins { lines.append("    begins: " + quoted(begins)) }
            lines.append("    headnote:")
        }
        return lines.joined(separator: "\n")
    }

    /// In double quotes wherever YAML could take a text for something else.
    static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " -_.".unicodeScalars.contains(scalar)
                    || scalar == "#" || scalar == "/"
            } && !text.contains(" #") && text.last != " "
            && !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased())
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
