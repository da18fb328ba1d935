-- Slides: each part of a deck's page as pandoc has to find it to leave it on its slide.

local sheet = ...
local has, any, text = sheet.has, sheet.any, sheet.text
local dropped = sheet.dropped

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
      for _, item in ipairs(block.content) do result:extend(undotted(sheet.blocks(item))) end
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
    result:insert(pandoc.Para({ pandoc.Strong(sheet.inlines(item[1])) }))
    for _, definition in ipairs(item[2]) do result:extend(undotted(sheet.blocks(definition))) end
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
      else result:insert(sheet.columns({ { width = "64%", content = words }, { width = "36%", content = notes } })) end
    elseif block.t == "Div" and has(block, "pans") then
      local parts = pandoc.List()
      for _, part in ipairs(block.content) do
        parts:insert({ width = "50%", content = slideBlocks(part.content) })
      end
      result:insert(sheet.columns(parts))
    elseif block.t == "Div" and has(block, "quotation") and has(block, "numbered") then
      result:extend(sheet.passage(block, {}, sheet.meta))
    elseif block.t == "Div" and has(block, "picture") then
      for _, part in ipairs(block.content) do result:insert(titledPicture(part)) end
    elseif block.t == "Div" and (has(block, "note-above") or has(block, "source")) then
      result:extend(sheet.besideText(block))
    elseif block.t == "Div" and has(block, "references") then
      result:extend(undotted(block.content))
    elseif block.t == "DefinitionList" then
      result:extend(paired(block))
    elseif block.t == "Div" then
      result:extend(slideBlocks(block.content))
    elseif block.t == "Header" then
      result:insert(pandoc.Para({ pandoc.Strong(sheet.inlines(block.content)) }))
    else
      result:extend(sheet.blocks({ block }))
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

function sheet.slides(list, doc)
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
          if part.t == "Header" and heading == nil then heading = sheet.inlines(part.content) else rest:insert(part) end
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
      result:extend(sheet.slides(block.content, doc))
    end
  end
  return result
end
