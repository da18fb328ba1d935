import Readers
import Testing
import TextModel

@Suite struct XMLReaderTests {
    @Test func `tells elements, attributes, text, comments and instructions in order`() {
        let (log, diagnostics) = log(
            "<?xml version='1.0'?><a xmlns='urn:x' b=\"1 &amp; 2\" xml:id='q'>one<!-- c --><![CDATA[<&]]>&#x2014;"
                + "<?go on?><b:d xmlns:b='urn:y'/>two&lt;</a>")
        #expect(diagnostics.isEmpty)
        #expect(
            log.events == [
                "<{urn:x}a b=[1 & 2] id=[q]", "! c ", "?go on", "<{urn:y}d", "/{urn:y}d", "/{urn:x}a",
            ])
        #expect(log.text == "one<&—two<")
    }

    @Test func `knows the bytes of each tag whatever the line ends and the encoding`() {
        let xml = "<TEI n='é>/' >\r\n<p\r\n a='ü'>é — x</p >\r\n<lb/><pb n='1' />ö</TEI>"
        let tags = [
            "<TEI n='é>/' >", "<p\r\n a='ü'>", "</p >", "<lb/>", "<lb/>", "<pb n='1' />", "<pb n='1' />", "</TEI>",
        ]
        #expect(log(xml).log.tags == tags)
        #expect(log([0xEF, 0xBB, 0xBF] + Array(xml.utf8)).log.tags == tags)
        #expect(log(xml).log.text == "\né — x\nö")

        let latin = "<?xml version='1.0' encoding='ISO-8859-1'?>\n" + xml.replacingDash()
        let (fromLatin, diagnostics) = log(latin.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        #expect(diagnostics.isEmpty)
        #expect(fromLatin.text == "\né - x\nö")
        #expect(
            fromLatin.tags
                == tags.map { tag in
                    String(decoding: tag.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self)
                })
    }

    @Test func `knows the bytes of tags in long files`() {
        for (encoding, letter) in [("UTF-8", [UInt8](Array("ä".utf8))), ("ISO-8859-1", [0xE4])] {
            var bytes = Array("<?xml version='1.0' encoding='\(encoding)'?>\n<r>".utf8)
            var expected = ["<r>"]
            for index in 0..<9000 {
                bytes += letter + Array("<p n='\(index)'>".utf8) + letter + letter + Array("</p >\r\n".utf8)
                expected += ["<p n='\(index)'>", "</p >"]
            }
            bytes += Array("</r>".utf8)
            let (log, diagnostics) = log(bytes)
            #expect(diagnostics.isEmpty)
            #expect((log.tags == expected + ["</r>"]) == true)
        }
    }

    @Test func `reads UTF-16 with and without a byte order mark`() {
        let xml = "<?xml version='1.0' encoding='UTF-16'?>\n<a>é𝄞</a>"
        for isLittle in [true, false] {
            for mark in ["\u{FEFF}", ""] {
                let bytes = (mark + xml).utf16.flatMap { unit in
                    isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
                }
                let (log, diagnostics) = log(bytes)
                #expect(diagnostics.isEmpty)
                #expect(log.text == "é𝄞")
            }
        }
    }

    @Test func `expands entities of plain text and nothing else`() {
        let (log, diagnostics) = log(
            "<!DOCTYPE a SYSTEM 'tei.dtd' [<!ENTITY x 'one — &#x201C;'><!ENTITY x 'second'>]><a b='&x;!'>&x; &amp;</a>")
        #expect(diagnostics.isEmpty)
        #expect(log.text == "one — “ &")
        #expect(log.events.first == "<a b=[one — “!]")
    }

    @Test(arguments: [
        ("<a>\n  &ldquo;x</a>", "undeclared-entity 2:3"),
        ("<!DOCTYPE a SYSTEM 'x.dtd'><a>\né&ldquo;x</a>", "undeclared-entity 2:2"),
        ("<!DOCTYPE a SYSTEM 'x.dtd'><a>\n<b c='&ldquo;'/></a>", "undeclared-entity 2:7"),
        ("<!DOCTYPE a [<!ENTITY % p SYSTEM 'p.ent'> %p;]><a>\n&y;</a>", "undeclared-entity 2:1"),
        ("<!DOCTYPE a [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><a>\n&y;</a>", "refused-entity 2:1"),
        ("<!DOCTYPE a [<!ENTITY y '<b/>'>]><a>\n&y;</a>", "refused-entity 2:1"),
        ("<!DOCTYPE a [<!ENTITY z 'z'><!ENTITY y '&z;&z;'>]><a>\n&y;</a>", "refused-entity 2:1"),
        ("<a>\n<b></a>", "not-well-formed 2:8"),
        ("<a>\n<b:c/></a>", "namespace 2:5"),
        ("<a x='1'\n x='2'/>", "not-well-formed 2:7"),
        ("<a>&</a>", "not-well-formed 1:5"),
        ("<a>", "not-well-formed 1:4"),
        ("", "not-well-formed 1:1"),
        ("<a>\n<<<<<<< HEAD\nx\n=======\n</a>", "forgotten-merge 2:1"),
        ("<?xml version='1.0' encoding='UTF-7'?><a/>", "unknown-encoding 1:1"),
        ("<?xml version='1.0' encoding='UTF-8'?><a>\u{1}</a>", "not-well-formed 1:42"),
    ])
    func `reports one error with its place`(xml: String, place: String) {
        #expect(places(log(xml).diagnostics) == [place])
    }

    @Test func `reports bytes that are not in the declared encoding`() {
        let (_, diagnostics) = log(Array("<a>".utf8) + [0xE9, 0x20] + Array("</a>".utf8))
        #expect(places(diagnostics).count == 1)
        #expect(diagnostics.first?.severity == .error)
    }

    @Test func `tolerates ids that are no names`() {
        let (log, diagnostics) = log("<a xml:id='#020431 x'/>")
        #expect(diagnostics.isEmpty)
        #expect(log.events.first == "<a id=[#020431 x]")
    }

    @Test func `hashes bytes`() {
        #expect(
            sha256Hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}

extension String {
    /// Latin-1 has no dash.
    fileprivate func replacingDash() -> String { String(map { $0 == "—" ? "-" : $0 }) }
}
