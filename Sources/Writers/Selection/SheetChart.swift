/// A picture of the annotations on a sheet.
package struct SheetChart: Sendable, Equatable {
    package var heading: String
    /// An `svg` element with its own title and description.
    package var svg: String
    /// What the picture says, in a sentence.
    package var caption: String?

    package init(heading: String, svg: String, caption: String? = nil) {
        self.heading = heading
        self.svg = svg
        self.caption = caption
    }
}
