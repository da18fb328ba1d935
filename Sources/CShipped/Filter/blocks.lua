-- Blocks of documents and books: what each class on a div is there.

local sheet = ...
local format, isDocument, isBook = sheet.format, sheet.isDocument, sheet.isBook
local has, any, text, tab, styledBlocks = sheet.has, sheet.any, sheet.text, sheet.tab, sheet.styledBlocks
local paragraphStyles, dropped = sheet.paragraphStyles, sheet.dropped

-- Headings, for the table of contents.
sheet.outline = pandoc.List()
-- Names of parts: each stands once in a book.
local seen = {}

local function isHeaded(block) return block.t == "Header" end

-- The last heading before a block.
local heading = nil

-- Headings of small parts; a table of contents leaves them out.
local minor = {
  care = true, opening = true, aims = true, reading = true, task = true, example = true, item = true,
  headnote = true, sigla = true,
}

local function div(block)
  if any(block, dropped) then return {} end
  if isDocument then
    if has(block, "cover") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "Header" then
          result:insert(styledBlocks({ pandoc.Para(sheet.inlines(part.content)) }, "Title"))
        else
          result:extend(sheet.blocks({ part }))
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
        sheet.meta.notes = sheet.marginNotes(notes)
      end
      local result = sheet.blocks(rest)
      if has(block, "spread") and sheet.meta.notes == nil then
        for _, part in ipairs(beside) do result:extend(sheet.blocks({ part })) end
      end
      if has(block, "passage") then sheet.meta.notes = nil end
      return result
    end
    if has(block, "quotation") then
      if has(block, "numbered") then return sheet.passage(block, sheet.meta.notes or {}, sheet.meta) end
      return { pandoc.BlockQuote(sheet.blocks(block.content)) }
    end
    if has(block, "pans") and #block.content == 2 then
      return { sheet.sideBySide(sheet.blocks(block.content[1].content), sheet.blocks(block.content[2].content)) }
    end
    if has(block, "signs") or has(block, "sigla") then return sheet.onOneLine(block.content, "Term Line") end
    if has(block, "locorum") then
      local result = pandoc.List()
      local function add(list)
        for _, part in ipairs(list) do
          if part.t == "DefinitionList" then
            for _, item in ipairs(part.content) do
              local words = sheet.inlines(item[1])
              for _, definition in ipairs(item[2]) do
                words:extend({ pandoc.Str(":"), pandoc.Space() })
                words:extend(sheet.inlines(pandoc.utils.blocks_to_inlines(definition)))
              end
              result:insert(styledBlocks({ pandoc.Para(words) }, "Index 1"))
            end
          elseif part.t == "Div" and not any(part, paragraphStyles) then
            add(part.content)
          else
            result:extend(sheet.blocks({ part }))
          end
        end
      end
      add(block.content)
      if format == "docx" then result:insert(sheet.section(2, false)) end
      return result
    end
    if has(block, "passages") or has(block, "answers") then
      -- Its items bring their numbers.
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "OrderedList" then
          for _, item in ipairs(part.content) do
            for _, inner in ipairs(sheet.blocks(item)) do
              result:insert(inner.t == "Plain" and pandoc.Para(inner.content) or inner)
            end
          end
        else
          result:extend(sheet.blocks({ part }))
        end
      end
      return result
    end
    if has(block, "options") then return sheet.lettered(block.content) end
    if has(block, "persons") or has(block, "relations") then return { sheet.runOn(block.content) } end
    if has(block, "references") then return sheet.unlisted(sheet.blocks(block.content), "Bibliography") end
    if has(block, "fill") then
      local words = pandoc.List()
      for _, part in ipairs(block.content) do
        for _, inline in ipairs(part.content) do
          if inline.t == "Span" and #words > 0 then words:insert(tab()) end
          words:extend(sheet.inlines({ inline }))
        end
      end
      return { styledBlocks({ pandoc.Para(words) }, "Fill In") }
    end
    if has(block, "columns") and format == "docx" then
      local result = pandoc.List({ sheet.section(1, true) })
      result:extend(sheet.blocks(block.content))
      result:insert(sheet.section(2, false))
      return result
    end
    if has(block, "letter") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "BulletList" then
          result:extend(sheet.indexEntries(part, 1))
        elseif part.t == "Header" then
          result:insert(styledBlocks({ pandoc.Para(part.content) }, "Index Letter"))
        else
          result:extend(sheet.blocks({ part }))
        end
      end
      return result
    end
    if has(block, "passage-index") then
      local result = pandoc.List()
      for _, part in ipairs(block.content) do
        if part.t == "BulletList" then result:extend(sheet.indexEntries(part, 1)) else result:extend(sheet.blocks({ part })) end
      end
      return result
    end
    local style = any(block, paragraphStyles)
    local content = pandoc.List()
    for _, part in ipairs(block.content) do
      if part.t == "Header" and any(block, minor) then
        content:insert(styledBlocks({ pandoc.Para(sheet.inlines(part.content)) }, "Minor Heading"))
      else
        content:extend(sheet.blocks({ part }))
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
  local content = sheet.blocks(block.content)
  return { pandoc.Div(content, pandoc.Attr(identifier, block.classes, language and { lang = language } or {})) }
end

function sheet.blocks(list)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "Div" then
      result:extend(div(block))
    elseif block.t == "Header" then
      block.content = sheet.inlines(block.content)
      heading = text(block.content)
      if isDocument or isBook then block.level = math.max(1, block.level - 1) end
      if isDocument then
        block.classes = {}
        sheet.outline:insert(block)
      end
      result:insert(block)
    elseif block.t == "Para" or block.t == "Plain" then
      block.content = sheet.inlines(block.content)
      if #block.content > 0 then result:insert(block) end
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      for index, item in ipairs(block.content) do block.content[index] = sheet.blocks(item) end
      result:insert(block)
    elseif block.t == "DefinitionList" then
      for _, item in ipairs(block.content) do
        item[1] = sheet.inlines(item[1])
        for index, definition in ipairs(item[2]) do item[2][index] = sheet.blocks(definition) end
      end
      result:insert(block)
    elseif block.t == "BlockQuote" then
      block.content = sheet.blocks(block.content)
      result:insert(block)
    elseif block.t == "Table" then
      -- Who sees the heading needs no caption that repeats it.
      if text(pandoc.Div(block.caption.long)) == heading then block.caption = { long = {} } end
      -- Pandoc leaves cells that head a row out of OpenDocument; as plain cells they are there.
      if isDocument and format ~= "docx" then
        block = pandoc.utils.from_simple_table(pandoc.utils.to_simple_table(block))
      end
      if isDocument then sheet.fitColumns(block) end
      result:insert(pandoc.walk_block(block, {
        Blocks = function(list) return isDocument and sheet.unlisted(list, "Table Entry") or list end,
        Inlines = function(words) return sheet.inlines(words) end,
      }))
    else
      result:insert(block)
    end
  end
  return result
end
