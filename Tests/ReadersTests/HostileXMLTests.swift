import Foundation
import Readers
import TestSupport
import Testing
import TextModel

/// Files that were made to break a reader: each ends soon, with one diagnostic, never in a crash.
@Suite struct HostileXMLTests {
    @Test func `stops at elements without end inside each other`() {
        let (_, diagnostics) = log(String(repeating: "<a>", count: 1_000_000), readsTags: false)
        #expect(places(diagnostics) == ["too-deep 1:1501"])
    }

    @Test func `stops at a billion laughs`() {
        var xml = "<!DOCTYPE a [<!ENTITY l0 'ha'>"
        for level in 1...30 { xml += "<!ENTITY l\(level) '&l\(level - 1);&l\(level - 1);'>" }
        #expect(places(log(xml + "]><a>&l30;</a>").diagnostics).map { $0.prefix(14) } == ["refused-entity"])

        var parameters = "<!DOCTYPE a [<!ENTITY % l0 '<!ENTITY x \"ha\">'>"
        for level in 1...30 { parameters += "<!ENTITY % l\(level) '&#37;l\(level - 1);&#37;l\(level - 1);'>" }
        let (parameterLog, diagnostics) = log(parameters + "%l30;]><a>text</a>")
        #expect(diagnostics.isEmpty)
        #expect(parameterLog.text == "text")
    }

    @Test func `stops at too much text from a small entity`() {
        let xml =
            "<!DOCTYPE a [<!ENTITY x '\(String(repeating: "x", count: 1000))'>]><a>"
            + String(repeating: "&x;", count: 100_000) + "</a>"
        #expect(places(log(xml, readsTags: false).diagnostics).map { $0.prefix(13) } == ["too-much-text"])
    }

    @Test func `stops at tags that are too long or have too many attributes`() {
        let many = (0..<100_000).map { " a\($0)='1'" }.joined()
        #expect(places(log("<r>\n<a\(many)/></r>").diagnostics) == ["tag-too-long 2:1"])
        let fewer = (0..<10_001).map { " a\($0)='1'" }.joined()
        #expect(places(log("<r>\n<a\(fewer)/></r>").diagnostics) == ["too-many-attributes 2:1"])
        let long = String(repeating: "x", count: 10_000_000)
        #expect(places(log("<r>\n<a b='\(long)'/></r>").diagnostics) == ["tag-too-long 2:1"])
        #expect(places(log("<!DOCTYPE r [ \(long)").diagnostics) == ["tag-too-long 1:1"])
        let allowed = "<a" + (0..<9_990).map { " a\($0)='1'" }.joined() + "/>"
        #expect(log("<r>\(allowed)</r>").diagnostics.isEmpty)
        #expect(
            places(log("<r>" + String(repeating: allowed, count: 30) + "</r>", readsTags: false).diagnostics)
                .map { $0.prefix(19) } == ["too-many-attributes"])
    }

    @Test func `stops at too many namespaces and defaults`() {
        let namespaces = (0..<300).map { " xmlns:n\($0)='urn:\($0)'" }.joined()
        #expect(places(log("<r\n\(namespaces)/>").diagnostics) == ["too-many-namespaces 1:1"])
        let defaults = "<!DOCTYPE r [<!ATTLIST a " + (0..<5_000).map { "b\($0) CDATA '1' " }.joined() + ">]>"
        let (_, diagnostics) = log(
            defaults + "<r>" + String(repeating: "<a/>", count: 100_000) + "</r>", readsTags: false)
        #expect(places(diagnostics).map { $0.prefix(19) } == ["too-many-attributes"])
    }

    @Test func `stops at too many different names`() {
        for pattern in ["<n%/>", "<n a%=''/>", "<n xmlns:a%='u'/>", "<?a%?>"] {
            let many = (0..<60_000).map { pattern.replacingOccurrences(of: "%", with: String($0)) }.joined()
            let (_, diagnostics) = log("<r>\(many)</r>", readsTags: false)
            #expect(places(diagnostics).map { $0.prefix(14) } == ["too-many-names"])
        }
    }

    @Test func `reads one text of many megabytes`() {
        let (_, diagnostics) = log("<r>" + String(repeating: "x &amp; ", count: 2_000_000) + "</r>", readsTags: false)
        #expect(diagnostics.isEmpty)
    }

    @Test func `survives every truncation`() {
        let xml =
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'é'>]><!-- c --><a b='&x;'><![CDATA[<]]>&x;&#65;<?p i?><c/></a>"
        let bytes = Array(xml.utf8)
        for length in 0..<bytes.count {
            let (_, diagnostics) = log(Array(bytes[..<length]))
            #expect(diagnostics.map(\.severity) == [.error], "cut at \(length)")
        }
    }

    @Test func `survives random changes of bytes`() {
        var random = SeededGenerator(seed: 20_260_728)
        let xml =
            "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE a [<!ENTITY x 'é'><!ENTITY % p '<!ENTITY q \"1\">'>%p;]>"
            + "<a xmlns='urn:a' xmlns:b='urn:b' b='&x;'><b:c xml:id='i'>one &lt; two</b:c><![CDATA[<]]>&x;<?p i?><!--n--></a>"
        let alphabet = Array("<>&;'\"/!?[]-= %#xa:\u{0}\u{FF}\n".utf8)
        var failures = 0
        for _ in 0..<3_000 {
            var bytes = Array(xml.utf8)
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                case 1: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1..<9, using: &random)))
                }
            }
            let (log, diagnostics) = log(bytes)
            if diagnostics.contains(where: { $0.severity == .error }) { failures += 1 }
            for diagnostic in diagnostics { #expect((diagnostic.location?.offset ?? 0) <= bytes.count) }
            #expect(log.elementCount < 10)
        }
        // Most changes break a file as dense as this one; that none did would mean that nothing was tested.
        #expect(failures > 1_000)
    }
}
