import Testing
import Writers

@Suite struct HandoutIndexTests {
    @Test(
        arguments: [
            ([2...2, 3...3, 3...3], [2...2, 3...3]), ([3...4, 4...5], [3...5]),
            ([5...5, 1...2, 2...2], [1...2, 5...5]), ([], []),
        ] as [([ClosedRange<Int>], [ClosedRange<Int>])])
    func `pages that say the same are one, neighbours are not`(
        stretches: [ClosedRange<Int>], expected: [ClosedRange<Int>]
    ) {
        #expect(PageLocators.merged(stretches) == expected)
    }

    @Test func `places of a PDF are read from the list of its destinations`() {
        let text = """
            Page  Destination                 Name
               1 [ XYZ   51  603 null      ] "content"
              12 [ XYZ   51  603 null      ] "m10a"
            """
        #expect(PageLocators.destinations(in: text) == ["content": 1, "m10a": 12])
    }

    /// Where places have come to stand decides what an index says; the passages say it before.
    @Test func `an index names marks, and pages when they are known`() throws {
        let writer = try SheetWriter(language: "en")
        var material = writer.material(Fixture.selection())
        let before = writer.sheet(.handout, material, format: .html).file.text
        #expect(before.contains("Numbers are passages of this handout"))
        var pages: [String: Int] = [:]
        for match in before.matches(of: /id="(m(\d+)[a-z]+)"/) { pages[String(match.1)] = Int(match.2) == 1 ? 2 : 3 }
        #expect(pages.count > 3)
        material.options.pages = pages
        let after = writer.sheet(.handout, material, format: .html).file.text
        #expect(after.contains("Numbers are pages of this handout"))
        let start = try #require(after.firstRange(of: "class=\"passage-index\"")).upperBound
        let index = after[start...].prefix { _ in true }
        let end = try #require(index.firstRange(of: "</section>")).lowerBound
        for item in index[..<end].split(separator: "<li>").dropFirst() {
            let locators = item.matches(of: />(\d+[†?]?)<\/a>/).map { String($0.1) }
            #expect(Set(locators).count == locators.count, "a page stands once: \(locators)")
        }
    }
}
