import TextModel

extension ConceptIndex {
    /// What an indexer would mend before the index is printed: references that lead nowhere or in a circle, entries
    /// with nothing at them, posted twice or out of order.
    func warnings(order: HeadingOrder) -> [Diagnostic] {
        ConceptIndexChecker.findings(in: entries, order: order).map { finding in
            Diagnostic(
                "unsound-index", .warning, file: SheetKind.conceptIndex.rawValue, finding.summary,
                advice: "Labels and relations of the scheme make the entries: mend them there.")
        }
    }
}

extension ConceptIndexChecker.Finding {
    var summary: String {
        switch kind {
        case .blind: "“\(heading)” leads to “\(detail)”, where there is nothing to look up"
        case .circular: "“\(heading)” leads to “\(detail)” and so back to itself"
        case .orphan where heading == detail: "“\(heading)” has nothing at it"
        case .orphan: "“\(detail)” under “\(heading)” has nothing at it"
        case .double where heading == detail: "“\(heading)” stands twice"
        case .double: "“\(heading)” and “\(detail)” are one concept with different places"
        case .disorder: "“\(heading)” stands after “\(detail)”, where nobody looks for it"
        }
    }
}

/// Looks for what indexers look for before an index goes to the printer.
package enum ConceptIndexChecker {
    package struct Finding: Sendable, Hashable {
        package enum Kind: String, Sendable {
            /// A reference to a heading that is not there, or that has no locators.
            case blind
            /// References that lead back to where they began.
            case circular
            /// A sub-entry, or an entry, with nothing at it.
            case orphan
            /// Two entries with one heading, or one concept posted twice with different locators.
            case double
            /// Entries out of order are found by their neighbours.
            case disorder
        }
        package var kind: Kind
        /// Heading of the entry.
        package var heading: String
        /// What it leads to, or lies under.
        package var detail: String
    }

    /// All findings, in the order of the entries; none means that the index is sound.
    package static func findings(in entries: [IndexEntry], order: HeadingOrder? = nil) -> [Finding] {
        var byHeading: [String: IndexEntry] = [:]
        var findings: [Finding] = []
        for entry in entries {
            if byHeading[entry.heading] != nil {
                findings.append(Finding(kind: .double, heading: entry.heading, detail: entry.heading))
            } else {
                byHeading[entry.heading] = entry
            }
        }
        var posted: [String: IndexEntry] = [:]
        for entry in entries {
            for reference in entry.see + entry.seeAlso + entry.seeSpecific {
                if reference.heading == entry.heading {
                    findings.append(Finding(kind: .circular, heading: entry.heading, detail: reference.heading))
                    continue
                }
                guard let target = byHeading[reference.heading], target.anchor == reference.anchor else {
                    findings.append(Finding(kind: .blind, heading: entry.heading, detail: reference.heading))
                    continue
                }
                // *See also* may lead to a facet, which leads on; *see* has to arrive.
                if target.locatorCount == 0, !entry.see.isEmpty || target.seeSpecific.isEmpty {
                    let kind: Finding.Kind = leads(target, to: entry.heading, byHeading) ? .circular : .blind
                    findings.append(Finding(kind: kind, heading: entry.heading, detail: reference.heading))
                }
            }
            // Whoever follows *see under* looks for the same heading among the sub-entries.
            for reference in entry.seeUnder {
                let target = byHeading[reference.heading]
                if target?.anchor != reference.anchor
                    || target?.subentries.contains(where: { $0.heading == entry.heading }) != true
                {
                    findings.append(Finding(kind: .blind, heading: entry.heading, detail: reference.heading))
                }
            }
            if entry.locatorCount == 0, entry.see.isEmpty, entry.seeUnder.isEmpty, entry.seeSpecific.isEmpty {
                findings.append(Finding(kind: .orphan, heading: entry.heading, detail: entry.heading))
            }
            findings += orphans(under: entry, entry.heading)
            if let concept = entry.concept, entry.see.isEmpty {
                if let first = posted[concept], !first.hasSameLocators(as: entry) {
                    findings.append(Finding(kind: .double, heading: entry.heading, detail: first.heading))
                }
                posted[concept] = posted[concept] ?? entry
            }
        }
        if let order {
            for (first, second) in zip(entries, entries.dropFirst())
            where order.compare(first.heading, second.heading) > 0 {
                findings.append(Finding(kind: .disorder, heading: second.heading, detail: first.heading))
            }
        }
        return findings
    }

    /// Do the *see* references of an entry come back to a heading.
    private static func leads(_ entry: IndexEntry, to heading: String, _ byHeading: [String: IndexEntry]) -> Bool {
        var seen: Set<String> = []
        var open = entry.see.map(\.heading)
        while let next = open.popLast() {
            if next == heading { return true }
            guard seen.insert(next).inserted, let target = byHeading[next] else { continue }
            open += target.see.map(\.heading)
        }
        return false
    }

    private static func orphans(under entry: IndexEntry, _ heading: String) -> [Finding] {
        entry.subentries.flatMap { subentry -> [Finding] in
            let own: [Finding] =
                subentry.locatorCount == 0
                ? [Finding(kind: .orphan, heading: heading, detail: subentry.heading)] : []
            return own + orphans(under: subentry, heading)
        }
    }
}

extension IndexEntry {
    fileprivate func hasSameLocators(as other: IndexEntry) -> Bool {
        locators == other.locators && subentries.count == other.subentries.count
            && zip(subentries, other.subentries).allSatisfy {
                $0.heading == $1.heading && $0.hasSameLocators(as: $1)
            }
    }
}
