package import QueryLanguage
import TextModel

/// Hits as JSON lines: always the same keys, null where empty, because scripts read them.
package enum HitRecords {
    package static func write(_ hit: Hit, into writer: inout JSONWriter) {
        object(hit, into: &writer, withPartner: true)
        writer.endLine()
    }

    private static func object(_ hit: Hit, into writer: inout JSONWriter, withPartner: Bool) {
        writer.beginObject()
        writer.key("document")
        writer.string(hit.document)
        writer.key("title")
        writer.string(hit.title)
        writer.key("passage")
        writer.string(hit.passage)
        writer.key("kind")
        writer.string(hit.kind?.rawValue)
        writer.key("locator")
        if let locator = hit.locator { write(locator, into: &writer) } else { writer.null() }
        writer.key("start")
        write(hit.start, into: &writer)
        writer.key("end")
        write(hit.end, into: &writer)
        writer.key("ranges")
        writer.beginArray()
        for range in hit.ranges {
            writer.beginObject()
            writer.key("passage")
            writer.string(range.passage)
            writer.key("start")
            writer.int(range.start)
            writer.key("end")
            writer.int(range.end)
            writer.key("quote")
            writer.string(range.quote)
            writer.endObject()
        }
        writer.endArray()
        writer.key("text")
        writer.string(hit.text)
        writer.key("display")
        writer.string(hit.display)
        writer.key("concepts")
        writer.strings(hit.concepts)
        writer.key("annotations")
        writer.strings(hit.annotations)
        writer.key("layers")
        writer.strings(hit.layers)
        writer.key("layer")
        writer.string(hit.layer)
        writer.key("about")
        writer.strings(hit.about)
        writer.key("stance")
        writer.string(hit.stance?.rawValue)
        writer.key("basis")
        writer.string(hit.basis?.rawValue)
        writer.key("anchor")
        writer.string(hit.anchor?.rawValue)
        writer.key("partner")
        if withPartner, let partner = hit.partner {
            object(partner, into: &writer, withPartner: false)
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private static func write(_ locator: Locator, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("parts")
        writer.strings(locator.parts)
        writer.key("page")
        writer.string(locator.page)
        writer.key("line")
        writer.string(locator.line)
        writer.key("paragraph")
        write(locator.paragraph, into: &writer)
        writer.key("label")
        writer.string(locator.label)
        writer.endObject()
    }

    private static func write(_ number: Int?, into writer: inout JSONWriter) {
        if let number { writer.int(number) } else { writer.null() }
    }
}
