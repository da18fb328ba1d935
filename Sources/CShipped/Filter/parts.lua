-- Small parts of documents: lists without dots, columns, entries of an index.

local sheet = ...
local has, text, tab, styledBlocks = sheet.has, sheet.text, sheet.tab, sheet.styledBlocks

-- The paragraphs of the items of all lists among some blocks, in a style; what is no list stays before them.
function sheet.unlisted(list, style)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "BulletList" or block.t == "OrderedList" then
      for _, item in ipairs(block.content) do
        for _, part in ipairs(item) do
          if part.t == "Plain" or part.t == "Para" then
            result:insert(styledBlocks({ pandoc.Para(part.content) }, style))
          elseif part.t == "Div" then
            result:extend(sheet.unlisted(part.content, style))
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
function sheet.sideBySide(left, right)
  local function parts(list)
    local heading, items = pandoc.List({ pandoc.Plain({}) }), pandoc.List()
    for _, block in ipairs(list) do
      if block.t == "Header" then
        heading = pandoc.List({ pandoc.Plain(block.content) })
      elseif block.t == "BulletList" then
        for _, item in ipairs(block.content) do items:insert(sheet.unlisted(item, "Table Entry")) end
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
function sheet.onOneLine(list, style)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "DefinitionList" then
      for _, item in ipairs(block.content) do
        local words = pandoc.List({ pandoc.Strong(sheet.inlines(item[1])), tab() })
        for _, definition in ipairs(item[2]) do
          words:extend(sheet.inlines(pandoc.utils.blocks_to_inlines(definition)))
        end
        result:insert(styledBlocks({ pandoc.Para(words) }, style))
      end
    elseif block.t == "Div" then
      result:extend(sheet.onOneLine(block.content, style))
    else
      result:extend(sheet.blocks({ block }))
    end
  end
  return result
end

-- Items that bring their letters, each on a line of its own with its words at the stop.
function sheet.lettered(list)
  local result = pandoc.List()
  for _, block in ipairs(list) do
    for _, item in ipairs(block.content) do
      local letter, words = pandoc.List(), pandoc.List()
      for _, inline in ipairs(pandoc.utils.blocks_to_inlines(item)) do
        if has(inline, "letter") then letter = inline.content
        elseif #words > 0 or inline.t ~= "Space" then words:insert(inline) end
      end
      local line = pandoc.List({ pandoc.Strong(letter), tab() })
      line:extend(sheet.inlines(words))
      result:insert(styledBlocks({ pandoc.Para(line) }, "Option Line"))
    end
  end
  return result
end

-- The items of a list in one paragraph.
function sheet.runOn(list)
  local words = pandoc.List()
  for _, block in ipairs(list) do
    if block.t == "BulletList" then
      for index, item in ipairs(block.content) do
        if index > 1 then words:extend({ pandoc.Str(";"), pandoc.Space() }) end
        words:extend(sheet.inlines(pandoc.utils.blocks_to_inlines(item)))
      end
    end
  end
  return pandoc.Para(words)
end

-- Columns of a page, up to here: Word has them by sections. Running lines are named as pandoc numbers them, after
-- the eight parts of its own; without them the first section has none.
function sheet.section(columnCount, isFirst)
  local lines = isFirst
      and '<w:headerReference w:type="default" r:id="rId9"/><w:headerReference w:type="first" r:id="rId10"/><w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="first" r:id="rId11"/>'
    or ""
  return pandoc.RawBlock(
    "openxml",
    ('<w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr>%s<w:type w:val="continuous"/>%s<w:cols w:num="%d" w:space="454"/>%s</w:sectPr></w:pPr></w:p>'):format(
      lines, sheet.meta.page or "", columnCount, isFirst and "<w:titlePg/>" or ""))
end

function sheet.columns(parts)
  local content = pandoc.List()
  for _, part in ipairs(parts) do
    content:insert(pandoc.Div(part.content, pandoc.Attr("", { "column" }, { width = part.width })))
  end
  return pandoc.Div(content, pandoc.Attr("", { "columns" }))
end

-- Entries of an index, each level in a style of its own.
function sheet.indexEntries(list, level)
  local result = pandoc.List()
  for _, item in ipairs(list.content) do
    for _, block in ipairs(item) do
      if block.t == "Div" then
        result:extend(sheet.indexEntries({ content = { block.content } }, level))
      elseif block.t == "BulletList" then
        result:extend(sheet.indexEntries(block, level + 1))
      else
        -- *See also* closes an entry, below its sub-entries.
        local words, also = pandoc.List(), pandoc.List()
        for _, inline in ipairs(block.content) do
          if has(inline, "also") then also:insert(inline) else words:insert(inline) end
        end
        if #words > 0 and text(words) ~= "" then
          result:insert(styledBlocks({ pandoc.Para(sheet.inlines(words)) }, "Index " .. level))
        end
        for _, reference in ipairs(also) do
          result:insert(styledBlocks({ pandoc.Para(sheet.inlines(reference.content)) }, "Index " .. (level + 1)))
        end
      end
    end
  end
  return result
end

-- The width of a column by its longest cell: a number needs little, and beyond a full line no cell needs more.
local narrowest, widest = 11, 60

-- Gives the columns of a table the widths that their words ask for; without them all would be as wide.
function sheet.fitColumns(block)
  local weights = {}
  local function measure(rows)
    for _, row in ipairs(rows) do
      -- In pandoc 2.17 rows and cells are lists of their parts: attributes, then cells; contents stand fifth.
      local cells = row.cells or row[2]
      for column, cell in ipairs(cells) do
        local words = text(pandoc.Div(cell.contents or cell[5]))
        weights[column] = math.max(weights[column] or narrowest, math.min(utf8.len(words) or 0, widest))
      end
    end
  end
  measure(block.head.rows or block.head[2])
  for _, body in ipairs(block.bodies) do measure(body.body) end
  local sum = 0
  for _, weight in ipairs(weights) do sum = sum + weight end
  for column, spec in ipairs(block.colspecs) do
    block.colspecs[column] = { spec[1], weights[column] and weights[column] / sum or spec[2] }
  end
end
