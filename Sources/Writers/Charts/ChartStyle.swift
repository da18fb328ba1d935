/// The style of a picture, inside it: no file and no font is fetched. Light, and dark where the reader's screen is.
enum ChartStyle {
    /// Steps of the heat map's ramp, from nothing to the most.
    static let heatSteps = 7

    /// Rules of a picture with some concepts.
    static func style(_ palette: ChartPalette, concepts: [String]) -> String {
        """
        <style>
        .cb{font-family:sans-serif;font-size:12px}
        .cb .solid{fill:currentColor}
        .cb .hollow,.cb .half{stroke:currentColor;stroke-width:1.6;stroke-linejoin:round}
        .cb .stretch{stroke:currentColor;fill:none}
        .cb .weak{fill:currentColor;fill-opacity:.35;stroke:currentColor;stroke-width:.8}
        .cb .h1{font-size:16px;font-weight:bold}
        .cb .h2{font-size:13px;font-weight:bold}
        .cb .b{font-weight:bold}
        .cb .small{font-size:10.5px}
        .cb .work{font-style:italic}
        .cb .line,.cb .rule,.cb .rel,.cb .dots{fill:none}
        .cb .dots{stroke-dasharray:1 3}
        .cb a:hover .hit,.cb a:focus .hit,.cb g:hover>.hit{stroke:currentColor;stroke-width:1;fill-opacity:0}
        .cb .hit{fill-opacity:0}
        \(ground(ink: "#211d1a", soft: "#5b544d", rule: "#d6cec3", tint: "#f5efe5", paper: ChartPalette.light.text, rel: "#6d655c"))
        \(heat(from: "#f7f1e7", to: "#7c2438"))
        \(palette.rules(for: concepts, isDark: false))
        @media screen and (prefers-color-scheme:dark){
        \(ground(ink: "#ece6dd", soft: "#b9afa3", rule: "#4d463f", tint: "#2a2622", paper: ChartPalette.dark.text, rel: "#9c9186"))
        \(heat(from: "#2a2622", to: "#f2a9b6"))
        \(palette.rules(for: concepts, isDark: true))
        }
        @media print{
        .cb .ground{fill:none}
        }
        </style>

        """
    }

    /// The colours of a sheet, under the names that pictures use.
    private static func ground(
        ink: String, soft: String, rule: String, tint: String, paper: String, rel: String
    ) -> String {
        """
        .cb text,.cb .ink{fill:\(ink)}
        .cb,.cb .node{color:\(ink)}
        .cb .soft,.cb text.soft{fill:\(soft)}
        .cb .ground,.cb .paper{fill:\(paper)}
        .cb .hollow,.cb .half{fill:\(paper)}
        .cb .tint{fill:\(tint)}
        .cb .rule,.cb .dots{stroke:\(rule)}
        .cb .line{stroke:\(soft)}
        .cb .rel{stroke:\(rel)}
        .cb .node{fill:\(paper);stroke:\(ink)}
        .cb .disc{fill:\(ink)}
        .cb text.disctext{fill:\(paper)}
        """
    }

    /// The ramp of the heat map, and the ink that can be read on each step.
    private static func heat(from start: String, to end: String) -> String {
        guard let start = ChartColour(start), let end = ChartColour(end) else { return "" }
        return (0..<heatSteps).map { step in
            let colour = start.mixed(with: end, Double(step) / Double(heatSteps - 1))
            // Of white and black one has a contrast of 4.5 with any colour; softer inks have not.
            let isDarkStep = ChartColour.white.contrast(with: colour) > ChartColour.black.contrast(with: colour)
            let ink = isDarkStep ? ChartColour.white : .black
            return ".cb .q\(step){fill:\(colour.text)}\n.cb text.on\(step),.cb .i\(step){fill:\(ink.text)}"
        }
        .joined(separator: "\n")
    }
}
