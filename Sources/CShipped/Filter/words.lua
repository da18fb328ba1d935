-- Words of a sheet: their styles, and what of them is left out.

local sheet = ...
local isBook, isSlides = sheet.isBook, sheet.isSlides
local has, any, styled = sheet.has, sheet.any, sheet.styled
local wordStyles, dropped = sheet.wordStyles, sheet.dropped

local function markStyle(span)
  if has(span, "contradicts") then return "Mark Against" end
  if has(span, "ambiguous") then return "Mark Open" end
  return has(span, "focus") and "Mark Focus" or "Mark"
end

function sheet.inlines(list)
  local result = pandoc.List()
  for _, inline in ipairs(list) do
    if any(inline, dropped) then
      -- left out
    elseif inline.t == "Span" and isSlides and has(inline, "key") then
      result:insert(pandoc.Superscript(sheet.inlines(inline.content)))
    elseif inline.t == "Span" then
      local content = sheet.inlines(inline.content)
      local style = any(inline, wordStyles)
      if isBook then
        inline.content = content
        result:insert(inline)
      elseif has(inline, "mark") then
        result:insert(isSlides and pandoc.Underline(content) or styled(content, markStyle(inline)))
      elseif has(inline, "strong") or has(inline, "what") then
        result:insert(pandoc.Strong(content))
      elseif has(inline, "reason") then
        result:insert(pandoc.LineBreak())
        result:extend(content)
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
      result:insert(pandoc.Superscript(sheet.inlines(inline.content)))
    elseif inline.t == "Link" and has(inline, "key") and not isBook then
      result:insert(styled(sheet.inlines(inline.content), "Mark Key"))
    elseif inline.t == "Link" and not isBook and inline.target:sub(1, 1) == "#" then
      -- Inside a document a reference keeps its link and loses the look of one.
      inline.content = sheet.inlines(inline.content)
      inline.classes = {}
      result:insert(inline)
    elseif inline.content ~= nil and inline.t ~= "Note" then
      inline.content = sheet.inlines(inline.content)
      result:insert(inline)
    else
      result:insert(inline)
    end
  end
  return result
end
