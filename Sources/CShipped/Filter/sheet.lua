-- From a sheet's page to documents, books and slides: a filter for pandoc (2.17 and later).
--
-- The page comes with its classes on divs and spans. What a class means is said here and in the files beside this one,
-- each once: a style of word processors, a comment in the margin, a footnote, a slide. Whatever is not named passes
-- as it is.

-- What the files share: each gets this table and adds to it what the others call.
local sheet = {
  format = FORMAT,
  isDocument = FORMAT == "docx" or FORMAT == "odt" or FORMAT == "opendocument",
  isBook = FORMAT:match("^epub") ~= nil,
  isSlides = FORMAT == "pptx",
  -- What the program says of the sheet, and what a part has to know of the one around it.
  meta = { author = "Casebook", date = "1980-01-01T00:00:00Z" },
}

-- Paragraph styles by class.
sheet.paragraphStyles = {
  kicker = "Kicker", byline = "Byline", subtitle = "Byline", definition = "Lead", ["note-above"] = "Headnote",
  source = "Source", invented = "Byline", answer = "Answer Line", statement = "Small Print", scope = "Body Text",
  fill = "Fill In", care = "Care", speaker = "Speaker", checked = "Small Print", none = "Byline",
  example = "Care", colophon = "Small Print", headnote = "Body Text", footnote = "Footnote Text",
  sources = "Small Print", comments = "Margin Note", marginalia = "Margin Note", aloud = "Block Text",
  entry1 = "Index 1", entry2 = "Index 2", entry3 = "Index 3", ["run-in"] = "Run In",
}
-- Styles of words by class.
sheet.wordStyles = {
  where = "Locator", key = "Mark Key", number = "Item Number", siglum = "Siglum", tag = "Locator",
  about = "Locator", question = "Locator", ["for"] = "Locator", clock = "Locator",
}
-- What only a browser needs.
sheet.dropped = { skip = true, alphabet = true, foot = true, unseen = true, slot = true }

function sheet.has(element, class)
  for _, name in ipairs(element.classes or {}) do
    if name == class then return true end
  end
  return false
end

function sheet.any(element, set)
  if element.classes == nil then return nil end
  for _, class in ipairs(element.classes) do
    if set[class] then return set[class] end
  end
  return nil
end

function sheet.raw(text)
  if sheet.format == "docx" then return pandoc.RawInline("openxml", text) end
  return pandoc.RawInline("opendocument", text)
end

function sheet.tab()
  return sheet.raw(sheet.format == "docx" and "<w:r><w:tab/></w:r>" or "<text:tab/>")
end

-- OpenDocument writes a blank in the name of a style as its number.
local function styleName(style)
  return sheet.format == "docx" and style or (style:gsub(" ", "_20_"))
end

function sheet.styled(inlines, style)
  if sheet.format ~= "docx" then
    -- Pandoc gives OpenDocument styles of paragraphs alone.
    local words = pandoc.List({ sheet.raw(('<text:span text:style-name="%s">'):format(styleName(style))) })
    words:extend(inlines)
    words:insert(sheet.raw("</text:span>"))
    return pandoc.Span(words)
  end
  return pandoc.Span(inlines, pandoc.Attr("", {}, { ["custom-style"] = styleName(style) }))
end

function sheet.styledBlocks(content, style)
  return pandoc.Div(content, pandoc.Attr("", {}, { ["custom-style"] = styleName(style) }))
end

function sheet.text(element) return pandoc.utils.stringify(element) end

function sheet.escaped(words)
  return (words:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

local folder = PANDOC_SCRIPT_FILE:match("^.*/") or ""
for _, name in ipairs({ "words", "passages", "parts", "blocks", "slides", "contents" }) do
  assert(loadfile(folder .. name .. ".lua"))(sheet)
end

function Pandoc(doc)
  if doc.meta["casebook-date"] then sheet.meta.date = sheet.text(doc.meta["casebook-date"]) .. "T00:00:00Z" end
  if doc.meta["casebook-page"] then sheet.meta.page = sheet.text(doc.meta["casebook-page"]) end
  local isShort = false
  for _, block in ipairs(doc.blocks) do
    if sheet.has(block, "seminar") or sheet.has(block, "worksheet") then isShort = true end
  end
  if sheet.isSlides then
    doc.blocks = sheet.slides(doc.blocks, doc)
    return doc
  end
  local result = sheet.blocks(doc.blocks)
  local whole = pandoc.List()
  for _, block in ipairs(result) do
    if not sheet.has(block, "contents-here") then
      whole:insert(block)
    elseif sheet.isDocument and not isShort and #sheet.outline >= 6 then
      whole:insert(sheet.contents(sheet.text(doc.meta["casebook-contents"] or "Contents")))
    end
  end
  if sheet.isDocument then doc.meta.title, doc.meta["pagetitle"] = nil, nil end
  doc.blocks = whole
  return doc
end
