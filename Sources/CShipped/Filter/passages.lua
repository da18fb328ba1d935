-- Passages in their lines, with margin notes as comments and notes as footnotes.

local sheet = ...
local format, isDocument, isSlides = sheet.format, sheet.isDocument, sheet.isSlides
local has, text, tab, raw = sheet.has, sheet.text, sheet.tab, sheet.raw
local styled, styledBlocks, escaped = sheet.styled, sheet.styledBlocks, sheet.escaped

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
        pandoc.Span(note.text, pandoc.Attr("", { "comment-start" }, { { "id", id }, { "author", author }, { "date", date } })))
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

-- What stands over a passage on a slide or under it: not the text’s own words.
function sheet.besideText(block)
  return pandoc.List(sheet.blocks(block.content)):map(function(part)
    return pandoc.Para({ pandoc.Emph(part.content) })
  end)
end

-- A passage in its own lines; calls of notes become footnotes where the format has them.
function sheet.passage(div, notes, meta)
  local footnotes = {}
  local body = pandoc.List()
  for _, block in ipairs(div.content) do
    if has(block, "footnote") then
      local call = text(block):match("^(%S+)")
      local content = block.content[1] and block.content[1].content or pandoc.List()
      -- The call at the start of the note is the program's own.
      footnotes[call] = pandoc.Para(sheet.inlines(pandoc.List({ table.unpack(content, 3) })))
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
    if isSlides and (has(block, "note-above") or has(block, "source")) then
      result:extend(sheet.besideText(block))
    elseif #lines == 0 then
      result:extend(sheet.blocks({ block }))
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
            content:extend(sheet.inlines({ inline }))
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
function sheet.marginNotes(list)
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
