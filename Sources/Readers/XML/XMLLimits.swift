/// How much of a file is read before it counts as hostile or broken.
///
/// The limits lie far above what editions need and low enough that no file costs more than 20 seconds or 600 MB.
package struct XMLLimits: Sendable {
    /// Bytes of the file. The largest text that is known to us, a dictionary, has 20 MB; a layer of 100 000
    /// annotations has 82 MB.
    package var fileSize = 128 << 20
    /// Elements inside each other. Letters reach 17; libxml2's own limit is 256.
    package var depth = 500
    /// Bytes of text, entities expanded.
    package var text = 48 << 20
    /// Bytes of one tag, and of the document type declaration.
    package var tag = 1 << 20
    /// Attributes of one tag, namespace declarations included.
    package var attributes = 10_000
    /// Sum over all tags of the squared number of attributes: libxml2 compares each attribute with each other one,
    /// about 2 ns a comparison.
    package var attributeWork = 1_000_000_000
    /// Namespace declarations in scope: each name of an element is looked up among them, one by one.
    package var namespaces = 200
    /// Different names of elements, attributes, prefixes and instructions. TEI has 1 000; libxml2's table of names
    /// gets slow where there are hundreds of thousands.
    package var names = 50_000
    /// Characters of an entity that the file declares itself.
    package var entity = 1_000

    package static let standard = XMLLimits()

    package init() {}
}
