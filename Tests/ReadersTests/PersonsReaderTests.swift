import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct PersonsReaderTests {
    private let file = """
        <TEI xmlns="http://www.tei-c.org/ns/1.0" type="casebook-persons"><teiHeader/><standOff><listPerson>
         <person xml:id="nurse" role="nurse" sex="F"><persName type="alt">Sister Blunt</persName><persName>the nurse</persName></person>
         <personGrp xml:id="neighbours"><persName>the neighbours</persName></personGrp>
         <person><persName>without an id</persName></person>
         <listRelation><relation xml:id="r" name="cared_for_by" active="hard.xml#ada" passive="#nurse"/>
          <relation name="wikidata" active="https://dracor.org/x" passive="https://www.wikidata.org/y"/></listRelation>
        </listPerson></standOff></TEI>
        """

    @Test func `reads persons, groups and relations into another file`() {
        let reading = PersonsReader.read(Array(file.utf8), path: "hard.persons.xml")
        #expect(reading.diagnostics == [])
        #expect(
            reading.persons == [
                Person(id: "nurse", names: ["the nurse", "Sister Blunt"], sex: .female, role: "nurse"),
                Person(id: "neighbours", names: ["the neighbours"], sex: nil, role: nil, isGroup: true),
            ])
        #expect(
            reading.relations == [
                Relation(id: "r", name: "cared_for_by", active: ["ada"], passive: ["nurse"], mutual: [])
            ])
        #expect(TEIReader.read(Array(file.utf8), path: "hard.persons.xml").kind == .persons)
    }

    @Test func `reads nothing of a file with an error`() {
        let reading = PersonsReader.read(Array(file.utf8.dropLast(3)), path: "hard.persons.xml")
        #expect(reading.persons == [])
        #expect(reading.diagnostics.map(\.identifier) == ["not-well-formed"])
    }
}
