-- From a sheet's page to documents, books and slides: a filter for pandoc (2.17 and later).
--
-- The page comes with its classes on divs and spans. What a class means is said here once: a style of word
-- processors, a comment in the margin, a footnote, a slide. Whatever is not named passes as it is.

local format = FORMAT
local isDocument = format == "docx" or format == "odt" or format == "opendocument"
local isBook = format:match("^epub") ~= nil
local isSlides = format == "pptx"

-- Paragraph styles by class.
local paragraphStyles = {
  kicker = "Kicker", byline = "Byline", subtitle = "Byline", definition = "Lead", ["note-above"] = "Headnote",
  source = "Source", invented = "Byline", answer = "Answer Line", statement = "Small Print", scope = "Body Text",
  fill = "Fill In", care = "Care", speaker = "Speaker", checked = "Small Print", none = "Byline",
  example = "Care", colophon = "Small Print", headnote = "Body Text", footnote = "Footnote Text",
  sources = "Small Print", comments = "Margin Note", marginalia = "Margin Note", aloud = "Block Text",
  entry1 = "Index 1", entry2 = "Index 2", entry3 = "Index 3", run_in = "Body Text",
}
-- Styles of words by class.
local wordStyles = {
  where = "Locator", key = "Mark Key", number = "Item Number", siglum = "Siglum", tag = "Locator",
  about = "Locator", reason = "Locator", question = "Locator", ["for"] = "Locator", clock = "Locator",
}
-- What only a browser needs.
local dropped = { skip = true, alphabet = true, foot = true, unseen = true, slot = true }

local function has(element, class)
  for _, name in ipairs(element.classes or {}) do
    if name == class then return true end
  end
  return false
end

local function any(element, set)
  if element.classes == nil then return nil end
  for _, class in ipairs(element.classes) do
    if set[class] then return set[class] end
  end
  return nil
end

local function raw(text)
  if format == "docx" then return pandoc.RawInline("openxml", text) end
  return pandoc.RawInline("opendocument", text)
end

local function tab()
  return raw(format == "docx" and "<w:r><w:tab/></w:r>" or "<text:tab/>")
end

-- OpenDocument writes a blank in the name of a style as its number.
local function styleName(style)
  return format == "docx" and style or (style:gsub(" ", "_20_"))
end

local function styled(inlines, style)
  if format ~= "docx" then
    -- Pandoc gives OpenDocument styles of paragraphs alone.
    local words = pandoc.List({ raw(('<text:span text:style-name="%s">'):format(styleName(style))) })
    words:extend(inlines)
    words:insert(raw("</text:span>"))
    return pandoc.Span(words)
  end
  return pandoc.Span(inlines, pandoc.Attr("", {}, { ["custom-style"] = styleName(style) }))
end

local function styledBlocks(content, style)
  return pandoc.Div(content, pandoc.Attr("", {}, { ["custom-style"] = styleName(style) }))
end

local function text(element) return pandoc.utils.stringify(element) end

local function escaped(words)
  return (words:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

local blocks, inlines

-- What the program says of the sheet, and what a part has to know of the one around it.
local meta = { author = "Casebook", date = "1980-01-01T00:00:00Z" }

-- Words ---------------------------------------------------------------------------------------------------------

local function markStyle(span)
  if has(span, "contradicts") then return "Mark Against" end
  if has(span, "ambiguous") then return "Mark Open" end
  return has(span, "focus") and "Mark Focus" or "Mark"
end

inlines = function(list)
  local result = pandoc.List()
  for _, inline in ipairs(list) do
    if any(inline, dropped) then
      -- left out
    elseif inline.t == "Span" and isSlides and has(inline, "key") then
      result:insert(pandoc.Superscript(inlines(inline.content)))
    elseif inline.t == "Span" then
      local content = inlines(inline.content)
      local style = any(inline, wordStyles)
      if isBook then
        inline.content = content
        result:insert(inline)
      elseif has(inline, "mark") then
        result:insert(isSlides and pandoc.Underline(content) or styled(content, markStyle(inline)))
      elseif has(inline, "strong") or has(inline, "what") then
        result:insert(pandoc.Strong(content))
      elseif has(inline, "also") then
        result:insert(pandoc.LineBreak())
        result:extend(content)
      elseif style then
        if has(inline, "where") or has(inline, "about") or has(inline, "question") then
          result:insert(pandoc.LineBreak())
        end
        result:insert(styled(content, style))
      elseif inline.identifier ~= "" then
        inline.content = content
        result:insert(inline)
      else
        result:extend(content)
      end
    elseif isSlides and has(inline, "key") then
      result:insert(pandoc.Superscript(inlines(inline.content)))
    elseif inline.t == "Link" and has(inline, "key") and not isBook then
      result:insert(styled(inlines(inline.content), "Mark Key"))
    elseif inline.t == "Link" and not isBook and inline.target:sub(1, 1) == "#" then
      -- Inside a document a reference keeps its link and loses the look of one.
      inline.content = inlines(inline.content)
      inline.classes = {}
      result:insert(inline)
    elseif inline.content ~= nil and inline.t ~= "Note" then
      inline.content = inlines(inline.content)
      result:insert(inline)
    else
      result:insert(inline)
    end
  end
  return result
end

-- Passages ------------------------------------------------------------------------------------------------------

-- The rows of a passage: a list of lists of words, each with the number that stands before it.
local function rows(block)
  local found = pandoc.List()
  for _, inline in ipairs(block.content) do
    if has(inline, "row") then
      local number = nil
      local content = pandoc.List()
      for _, part in ipairs(inline.content) do
        if has(part, "line") then number = text(part) else content:insert(part) end
      end
      found:insert({ number = number, content = content })
    end
  end
  return found
end

local function holds(inline, key)
  local found = false
  pandoc.walk_inline(pandoc.Span({ inline }), {
    Span = function(span)
      if span.attributes["mark"] == key or span.attributes["data-mark"] == key then found = true end
    end,
  })
  return found
end

local commentCount = 0

-- Puts the margin notes of a passage around their words, as comments.
local function comment(lines, notes, author, date)
  for _, note in ipairs(notes) do
    local first, last
    for number, line in ipairs(lines) do
      for index, inline in ipairs(line.content) do
        if inline.t == "Link" and has(inline, "key") and text(inline):match("^%a+") == note.key then
          first = first or { number, index }
        end
        if holds(inline, note.key) then last = { number, index } end
      end
    end
    if first and last then
      commentCount = commentCount + 1
      local id = tostring(commentCount)
      lines[last[1]].content:insert(
        last[2] + 1, pandoc.Span({}, pandoc.Attr("", { "comment-end" }, { id = id })))
      lines[first[1]].content:insert(
        first[2],
        pandoc.Span(note.text, pandoc.Attr("", { "comment-start" }, { id = id, author = author, date = date })))
    end
  end
end

-- Pandoc writes comments for Word alone: what OpenDocument has for them.
local function openDocumentComment(span)
  local name = "note" .. span.attributes["id"]
  if has(span, "comment-end") then return raw(('<office:annotation-end office:name="%s"/>'):format(name)) end
  return raw(
    ('<office:annotation office:name="%s"><dc:creator>%s</dc:creator><dc:date>%s</dc:date><text:p>%s</text:p></office:annotation>'):format(
      name, escaped(span.attributes["author"]), (span.attributes["date"]:gsub("Z$", "")), escaped(text(span))))
end

-- A passage in its own lines; calls of notes become footnotes where the format has them.
local function passage(div, notes, meta)
  local footnotes = {}
  local body = pandoc.List()
  for _, block in ipairs(div.content) do
    if has(block, "footnote") then
      local call = text(block):match("^(%S+)")
      local content = block.content[1] and block.content[1].content or pandoc.List()
      -- The call at the start of the note is the program's own.
      footnotes[call] = pandoc.Para(inlines(pandoc.List({ table.unpack(content, 3) })))
    else
      body:insert(block)
    end
  end
  local function withNotes(list)
    return pandoc.walk_inline(pandoc.Span(list), {
      Span = function(span)
        if has(span, "call") then
          local note = footnotes[text(span)]
          return note and pandoc.Note({ note }) or pandoc.Superscript(span.content)
        end
      end,
    }).content
  end
  local result = pandoc.List()
  for _, block in ipairs(body) do
    local lines = (block.t == "Para" or block.t == "Plain") and rows(block) or {}
    if #lines == 0 then
      result:extend(blocks({ block }))
    else
      if isDocument then comment(lines, notes, meta.author, meta.date) end
      local content = pandoc.List()
      -- On a slide prose runs on; the lines of verse are short and stay.
      local longest = 0
      for index = 1, #lines - 1 do
        longest = math.max(longest, utf8.len(text(pandoc.Span(lines[index].content))) or 0)
      end
      local isVerse = longest < 48
      for index, line in ipairs(lines) do
        -- A line of prose ends with its blank.
        if index > 1 and (not isSlides or isVerse) then content:insert(pandoc.LineBreak()) end
        if isDocument then
          if line.number then content:insert(styled({ pandoc.Str(line.number) }, "Line Number")) end
          content:insert(tab())
        end
        -- Comments are no words: they are put beside what `inlines` makes of the rest.
        for _, inline in ipairs(withNotes(line.content)) do
          if has(inline, "comment-start") or has(inline, "comment-end") then
            content:insert(format == "docx" and inline or openDocumentComment(inline))
          else
            content:extend(inlines({ inline }))
          end
        end
      end
      local paragraph = pandoc.Para(content)
      result:insert(isDocument and styledBlocks({ paragraph }, "Passage") or paragraph)
    end
  end
  return result
end

-- The notes beside a passage: their key and what they say.
local function marginNotes(list)
  local notes = pandoc.List()
  local byKey = {}
  for _, block in ipairs(list) do
    for _, inner in ipairs(block.content or {}) do
      if inner.t == "BulletList" then
        for _, item in ipairs(inner.content) do
          local content = pandoc.List()
          pandoc.walk_block(pandoc.Div(item), {
            Plain = function(plain) content:extend(plain.content) end,
            Para = function(para) content:extend(para.content) end,
          })
          local key = text(content):match("^(%a+)")
          if key then
            local words = pandoc.List()
            for index = 2, #content do words:insert(content[index]) end
            while words[1] and words[1].t == "Space" do words:remove(1) end
            local said = pandoc.Str(text(words):gsub("^[†?]%s*", ""))
            if byKey[key] then
              byKey[key].text:extend({ pandoc.Str(". "), said })
            else
              local parts = pandoc.List()
              for _, word in ipairs(words) do
                if has(word, "about") then parts:insert(pandoc.Str(": ")) end
                parts:insert(pandoc.Str(text(word)))
              end
              byKey[key] = { key = key, text = parts }
              notes:insert(byKey[key])
            end
          end
        end
      end
    end
  end
  return notes
end

-- Blocks --------------------------------------------------------------------------------------------------------

local outline = pandoc.List()
-- Names of parts: each stands once in a book.
local seen = {}

local function isHeaded(block) return block.t == "Header" end

-- Headings of small parts; a table of contents leaves them out.
local minor = {
  care = true, opening = true, aims = true, reading = true, task = true, example = true, item = true,
  headnote = true, sigla = true, run_in = true,
}

-- The paragraphs of the items of all lists among some blocks, in a style; what is no list stays before them.
local function unlisted(list, style)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "BulletList" or block.t == "OrderedList" then
      for _, item in ipairs(block.content) do
        for _, part in ipairs(item) do
          if part.t == "Plain" or part.t == "Para" then
            result:insert(styledBlocks({ pandoc.Para(part.content) }, style))
          elseif part.t == "Div" then
            result:extend(unlisted(part.content, style))
          else
            result:insert(part)
          end
        end
      end
    elseif block.t == "Plain" then
      result:insert(styledBlocks({ pandoc.Para(block.content) }, style))
    else
      result:insert(block)
    end
  end
  return result
end

-- A table with what speaks for a concept on the left and what speaks against it on the right, item beside item.
local function sideBySide(left, right)
  local function parts(list)
    local heading, items = pandoc.List({ pandoc.Plain({}) }), pandoc.List()
    for _, block in ipairs(list) do
      if block.t == "Header" then
        heading = pandoc.List({ pandoc.Plain(block.content) })
      elseif block.t == "BulletList" then
        for _, item in ipairs(block.content) do items:insert(unlisted(item, "Table Entry")) end
      else
        items:insert({ block })
      end
    end
    return heading, items
  end
  local leftHeading, leftItems = parts(left)
  local rightHeading, rightItems = parts(right)
  local rows = pandoc.List()
  for index = 1, math.max(#leftItems, #rightItems) do
    rows:insert({ leftItems[index] or {}, rightItems[index] or {} })
  end
  local simple = pandoc.SimpleTable(
    "", { pandoc.AlignDefault, pandoc.AlignDefault }, { 0.5, 0.5 }, { leftHeading, rightHeading }, rows)
  return pandoc.utils.from_simple_table(simple)
end

-- Terms and what they mean on one line each, the meaning at a stop.
local function onOneLine(list, style)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "DefinitionList" then
      for _, item in ipairs(block.content) do
        local words = pandoc.List({ pandoc.Strong(inlines(item[1])), tab() })
        for _, definition in ipairs(item[2]) do
          words:extend(inlines(pandoc.utils.blocks_to_inlines(definition)))
        end
        result:insert(styledBlocks({ pandoc.Para(words) }, style))
      end
    elseif block.t == "Div" then
      result:extend(onOneLine(block.content, style))
    else
      result:extend(blocks({ block }))
    end
  end
  return result
end

-- The items of a list in one paragraph.
local function runOn(list)
  local words = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "BulletList" then
      for index, item in ipairs(block.content) do
        if index > 1 then words:extend({ pandoc.Str(";"), pandoc.Space() }) end
        words:extend(inlines(pandoc.utils.blocks_to_inlines(item)))
      end
    end
  end
  return pandoc.Para(words)
end

-- Columns of a page, up to here: Word has them by sections. Running lines are named as pandoc numbers them, after
-- the eight parts of its own; without them the first section has none.
local function section(columnCount, isFirst)
  local lines = isFirst
      and '<w:headerReference w:type="default" r:id="rId9"/><w:headerReference w:type="first" r:id="rId10"/><w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="first" r:id="rId11"/>'
    or ""
  return pandoc.RawBlock(
    "openxml",
    ('<w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr>%s<w:type w:val="continuous"/>%s<w:cols w:num="%d" w:space="454"/>%s</w:sectPr></w:pPr></w:p>'):format(
      lines, meta.page or "", columnCount, isFirst and "<w:titlePg/>" or ""))
end

local function columns(parts)
  local content = pandoc.List()
  for _, part in ipairs(parts) do
    content:insert(pandoc.Div(part.content, pandoc.Attr("", { "column" }, { width = part.width })))
  end
  return pandoc.Div(content, pandoc.Attr("", { "columns" }))
end

-- Entries of an index, each level in a style of its own.
local function indexEntries(list, level)
  local result = pandoc.List()
  for _, item in ipairs(list.content) do
    for _, block in ipairs(item) do
      if block.t == "Div" then
        result:extend(indexEntries({ content = { block.content } }, level))
      elseif block.t == "BulletList" then
        result:extend(indexEntries(block, level + 1))
      else
        -- *See also* closes an entry, below its sub-entries.
        local words, also = pandoc.List(), pandoc.List()
        for _, inline in ipairs(block.content) do
          if has(inline, "also") then also:insert(inline) else words:insert(inline) end
        end
        if #words > 0 and text(words) ~= "" then
          result:insert(styledBlocks({ pandoc.Para(inlines(words)) }, "Index " .. level))
        end
        for _, reference in ipairs(also) do
          result:insert(styledBlocks({ pandoc.Para(inlines(reference.content)) }, "Index " .. (level + 1)))
        end
      end
    end
  end
  return result
end

local function div(block)
  if any(block, dropped) then return {} end
  if isDocument then
    if has(block, "cover") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "Header" then
          result:insert(styledBlocks({ pandoc.Para(inlines(part.content)) }, "Title"))
        else
          result:extend(blocks({ part }))
        end
      end
      result:insert(pandoc.Div({}, pandoc.Attr("", { "contents-here" })))
      return result
    end
    if has(block, "spread") or has(block, "passage") then
      local notes, rest = pandoc.List(), pandoc.List()
      local beside = pandoc.List()
      for _, part in ipairs(block.content) do
        if has(part, "marginalia") or has(part, "comments") then beside:insert(part) else rest:insert(part) end
      end
      if has(block, "passage") then
        for _, part in ipairs(rest) do
          if has(part, "spread") then
            for _, inner in ipairs(part.content) do
              if has(inner, "marginalia") then notes:extend({ inner }) end
            end
          end
        end
        notes:extend(beside)
        meta.notes = marginNotes(notes)
      end
      local result = blocks(rest)
      if has(block, "spread") and meta.notes == nil then
        for _, part in ipairs(beside) do result:extend(blocks({ part })) end
      end
      if has(block, "passage") then meta.notes = nil end
      return result
    end
    if has(block, "quotation") then
      if has(block, "numbered") then return passage(block, meta.notes or {}, meta) end
      return { pandoc.BlockQuote(blocks(block.content)) }
    end
    if has(block, "pans") and #block.content == 2 then
      return { sideBySide(blocks(block.content[1].content), blocks(block.content[2].content)) }
    end
    if has(block, "signs") or has(block, "sigla") then return onOneLine(block.content, "Term Line") end
    if has(block, "locorum") then
      local result = pandoc.List()
      local function add(list)
        for _, part in ipairs(list) do
          if part.t == "DefinitionList" then
            for _, item in ipairs(part.content) do
              local words = inlines(item[1])
              for _, definition in ipairs(item[2]) do
                words:extend({ pandoc.Str(":"), pandoc.Space() })
                words:extend(inlines(pandoc.utils.blocks_to_inlines(definition)))
              end
              result:insert(styledBlocks({ pandoc.Para(words) }, "Index 1"))
            end
          elseif part.t == "Div" and not any(part, paragraphStyles) then
            add(part.content)
          else
            result:extend(blocks({ part }))
          end
        end
      end
      add(block.content)
      if format == "docx" then result:insert(section(2, false)) end
      return result
    end
    if has(block, "persons") or has(block, "relations") then return { runOn(block.content) } end
    if has(block, "references") then return unlisted(blocks(block.content), "Bibliography") end
    if has(block, "fill") then
      local words = pandoc.List()
      for _, part in ipairs(block.content) do
        for _, inline in ipairs(part.content) do
          if inline.t == "Span" and #words > 0 then words:insert(tab()) end
          words:extend(inlines({ inline }))
        end
      end
      return { styledBlocks({ pandoc.Para(words) }, "Fill In") }
    end
    if has(block, "columns") and format == "docx" then
      local result = pandoc.List({ section(1, true) })
      result:extend(blocks(block.content))
      result:insert(section(2, false))
      return result
    end
    if has(block, "letter") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "BulletList" then
          result:extend(indexEntries(part, 1))
        elseif part.t == "Header" then
          result:insert(styledBlocks({ pandoc.Para(part.content) }, "Index Letter"))
        else
          result:extend(blocks({ part }))
        end
      end
      return result
    end
    if has(block, "passage-index") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "BulletList" then result:extend(indexEntries(part, 1)) else result:extend(blocks({ part })) end
      end
      return result
    end
    local style = any(block, paragraphStyles)
    local content = pandoc.List()
    for _, part in ipairs(block.content) do
      if part.t == "Header" and any(block, minor) then
        content:insert(styledBlocks({ pandoc.Para(inlines(part.content)) }, "Minor Heading"))
      else
        content:extend(blocks({ part }))
      end
    end
    if style then
      -- Headings and lists inside keep their own styles; the rest takes this one.
      local result = pandoc.List()
      for _, part in ipairs(content) do
        if part.t == "Para" or part.t == "Plain" then
          result:insert(styledBlocks({ pandoc.Para(part.content) }, style))
        else
          result:insert(part)
        end
      end
      return result
    end
    if block.identifier ~= "" and #content > 0 and not isHeaded(content[1]) then
      return { pandoc.Div(content, pandoc.Attr(block.identifier)) }
    end
    return content
  end
  if has(block, "cover") then
    -- The book has a page of its own for its title.
    local rest = pandoc.List()
    for _, part in ipairs(block.content) do
      if part.t ~= "Header" then rest:insert(part) end
    end
    block.content = rest
  end
  local identifier = block.identifier
  if seen[identifier] then identifier = "" end
  seen[identifier] = true
  local language = block.attributes["lang"]
  local content = blocks(block.content)
  return { pandoc.Div(content, pandoc.Attr(identifier, block.classes, language and { lang = language } or {})) }
end

blocks = function(list)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "Div" then
      result:extend(div(block))
    elseif block.t == "Header" then
      block.content = inlines(block.content)
      if isDocument or isBook then block.level = math.max(1, block.level - 1) end
      if isDocument then
        block.classes = {}
        outline:insert(block)
      end
      result:insert(block)
    elseif block.t == "Para" or block.t == "Plain" then
      block.content = inlines(block.content)
      if #block.content > 0 then result:insert(block) end
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      for index, item in ipairs(block.content) do block.content[index] = blocks(item) end
      result:insert(block)
    elseif block.t == "DefinitionList" then
      for _, item in ipairs(block.content) do
        item[1] = inlines(item[1])
        for index, definition in ipairs(item[2]) do item[2][index] = blocks(definition) end
      end
      result:insert(block)
    elseif block.t == "BlockQuote" then
      block.content = blocks(block.content)
      result:insert(block)
    elseif block.t == "Table" then
      result:insert(pandoc.walk_block(block, {
        Blocks = function(list) return isDocument and unlisted(list, "Table Entry") or list end,
        Inlines = function(words) return inlines(words) end,
      }))
    else
      result:insert(block)
    end
  end
  return result
end

-- Slides --------------------------------------------------------------------------------------------------------

-- A picture says in its title what it shows: of the words beside it pandoc would make a second heading under it.
local function titledPicture(block)
  return pandoc.walk_block(block, {
    Image = function(image)
      return pandoc.Image({}, image.src, text(pandoc.Span(image.caption)), image.attr)
    end,
  })
end

-- The items of lists as paragraphs, without dots before them.
local function undotted(list)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "BulletList" then
      for _, item in ipairs(block.content) do result:extend(undotted(blocks(item))) end
    elseif block.t == "Div" then
      result:extend(undotted(block.content))
    elseif block.t == "Plain" then
      result:insert(pandoc.Para(block.content))
    else
      result:insert(block)
    end
  end
  return result
end

-- A term on a line of its own, in bold, over what it means: slides know no definition lists but with a deep indent.
local function paired(list)
  local result = pandoc.List()
  for _, item in ipairs(list.content) do
    result:insert(pandoc.Para({ pandoc.Strong(inlines(item[1])) }))
    for _, definition in ipairs(item[2]) do result:extend(undotted(blocks(definition))) end
  end
  return result
end

-- Without boxes around them, lines as they are cut.
local function slideBlocks(list)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if any(block, dropped) then
      -- left out
    elseif block.t == "Div" and has(block, "spread") then
      local words, notes = pandoc.List(), pandoc.List()
      for _, part in ipairs(block.content) do
        if has(part, "marginalia") then notes:extend(undotted(part.content))
        else words:extend(slideBlocks({ part })) end
      end
      if #notes == 0 then result:extend(words)
      else result:insert(columns({ { width = "64%", content = words }, { width = "36%", content = notes } })) end
    elseif block.t == "Div" and has(block, "pans") then
      local parts = pandoc.List()
      for _, part in ipairs(block.content) do
        parts:insert({ width = "50%", content = slideBlocks(part.content) })
      end
      result:insert(columns(parts))
    elseif block.t == "Div" and has(block, "quotation") and has(block, "numbered") then
      result:extend(passage(block, {}, meta))
    elseif block.t == "Div" and has(block, "picture") then
      for _, part in ipairs(block.content) do result:insert(titledPicture(part)) end
    elseif block.t == "Div" and has(block, "references") then
      result:extend(undotted(block.content))
    elseif block.t == "DefinitionList" then
      result:extend(paired(block))
    elseif block.t == "Div" then
      result:extend(slideBlocks(block.content))
    elseif block.t == "Header" then
      result:insert(pandoc.Para({ pandoc.Strong(inlines(block.content)) }))
    else
      result:extend(blocks({ block }))
    end
  end
  return result
end

-- What stands over a passage or under it goes into its column: before columns and after them a new slide would begin.
local function withSources(list)
  local spread = nil
  for _, part in ipairs(list) do
    if has(part, "spread") and part.content[1] and part.content[1].t == "Div" then spread = part.content[1] end
  end
  if spread == nil then return list end
  local above = 0
  local result = pandoc.List()
  for _, part in ipairs(list) do
    if has(part, "note-above") then
      above = above + 1
      spread.content:insert(above, part)
    elseif has(part, "source") then
      spread.content:insert(part)
    else
      result:insert(part)
    end
  end
  return result
end

local function slides(list, doc)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "Div" and has(block, "slide") then
      if has(block, "opening") then
        pandoc.walk_block(block, {
          Header = function(header) doc.meta.title = pandoc.MetaInlines(header.content) end,
          Div = function(part)
            if has(part, "subtitle") then
              doc.meta.subtitle = pandoc.MetaInlines(pandoc.utils.blocks_to_inlines(part.content))
            end
          end,
        })
      else
        local heading, rest = nil, pandoc.List()
        for _, part in ipairs(block.content) do
          if part.t == "Header" and heading == nil then heading = inlines(part.content) else rest:insert(part) end
        end
        heading = heading or pandoc.List({ pandoc.Str("") })
        result:insert(pandoc.Header(2, heading, pandoc.Attr(block.identifier)))
        local isAfterColumns = false
        for _, part in ipairs(withSources(rest)) do
          local made = slideBlocks({ part })
          -- After columns pandoc begins a new slide: it gets the same heading.
          if isAfterColumns and #made > 0 then result:insert(pandoc.Header(2, heading)) end
          isAfterColumns = #made > 0 and has(made[#made], "columns")
          result:extend(made)
        end
      end
    elseif block.t == "Div" then
      result:extend(slides(block.content, doc))
    end
  end
  return result
end

-- The outline of a document -------------------------------------------------------------------------------------

-- As pandoc names the bookmark of a heading in Word.
local function bookmark(identifier)
  if #identifier <= 40 and identifier:match("^%a") then return identifier end
  return "X" .. pandoc.utils.sha1(identifier):sub(2)
end

-- A table of contents with its entries in it. Page numbers are added by Word when it refreshes the list, which it does
-- when the file is opened; in OpenDocument they are fields of their own.
local function contents(title)
  local entries = {}
  for _, header in ipairs(outline) do
    if header.level == 1 and header.identifier ~= "" then
      local name = escaped(text(header.content))
      if format == "docx" then
        table.insert(
          entries,
          ('<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>%s<w:hyperlink w:anchor="%s"><w:r><w:t>%s</w:t></w:r></w:hyperlink></w:p>'):format(
            header.level, #entries == 0 and '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">TOC \\o "1-1" \\h \\z</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' or "",
            bookmark(header.identifier), name))
      else
        table.insert(
          entries,
          ('<text:p text:style-name="toc_20_1"><text:a xlink:type="simple" xlink:href="#%s">%s</text:a><text:tab/><text:bookmark-ref text:reference-format="page" text:ref-name="%s">–</text:bookmark-ref></text:p>'):format(
            header.identifier, name, header.identifier))
      end
    end
  end
  if #entries == 0 then return nil end
  if format ~= "docx" then
    return pandoc.RawBlock(
      "opendocument",
      ('<text:table-of-content text:name="Contents"><text:table-of-content-source text:outline-level="1"><text:index-title-template text:style-name="TOC_20_Heading">%s</text:index-title-template><text:table-of-content-entry-template text:outline-level="1" text:style-name="toc_20_1"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-link-end/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/></text:table-of-content-entry-template></text:table-of-content-source><text:index-body><text:index-title text:name="Contents-Title"><text:p text:style-name="TOC_20_Heading">%s</text:p></text:index-title>%s</text:index-body></text:table-of-content>'):format(
        escaped(title), escaped(title), table.concat(entries)))
  end
  return pandoc.RawBlock(
    "openxml",
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>'
      .. escaped(title) .. "</w:t></w:r></w:p>" .. table.concat(entries)
      .. '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>')
end

function Pandoc(doc)
  if doc.meta["casebook-date"] then meta.date = text(doc.meta["casebook-date"]) .. "T00:00:00Z" end
  if doc.meta["casebook-page"] then meta.page = text(doc.meta["casebook-page"]) end
  local isShort = false
  for _, block in ipairs(doc.blocks) do
    if has(block, "seminar") or has(block, "worksheet") then isShort = true end
  end
  if isSlides then
    doc.blocks = slides(doc.blocks, doc)
    return doc
  end
  local result = blocks(doc.blocks)
  local whole = pandoc.List()
  for _, block in ipairs(result) do
    if not has(block, "contents-here") then
      whole:insert(block)
    elseif isDocument and not isShort and #outline >= 6 then
      whole:insert(contents(text(doc.meta["casebook-contents"] or "Contents")))
    end
  end
  if isDocument then doc.meta.title, doc.meta["pagetitle"] = nil, nil end
  doc.blocks = whole
  return doc
end
