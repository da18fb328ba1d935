-- The table of contents of a document.

local sheet = ...
local format = sheet.format
local text, escaped = sheet.text, sheet.escaped

-- As pandoc names the bookmark of a heading in Word.
local function bookmark(identifier)
  if #identifier <= 40 and identifier:match("^%a") then return identifier end
  return "X" .. pandoc.utils.sha1(identifier):sub(2)
end

-- A table of contents with its entries in it. Page numbers are added by Word when it refreshes the list, which it does
-- when the file is opened; in OpenDocument they are fields of their own.
function sheet.contents(title)
  local entries = {}
  for _, header in ipairs(sheet.outline) do
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
