#include "CShipped.h"

// #embed is C23; clang has it in every mode of C.
#pragma clang diagnostic ignored "-Wc23-extensions"

// A file takes two places here: its bytes, and its line in the list.

static const unsigned char bonding_xml[] = {
#embed "../../Schemas/bonding.xml"
};
static const unsigned char bonding_cues_xml[] = {
#embed "../../Schemas/bonding.cues.xml"
};
static const unsigned char cues_rng[] = {
#embed "../../Schemas/cues.rng"
};
static const unsigned char casebook_rng[] = {
#embed "../../Schemas/casebook.rng"
};
static const unsigned char casebook_odd[] = {
#embed "../../Schemas/casebook.odd"
};

static const unsigned char template_part_also_html[] = {
#embed "Templates/_also.html.mustache"
};
static const unsigned char template_part_answer_html[] = {
#embed "Templates/_answer.html.mustache"
};
static const unsigned char template_part_answer_md[] = {
#embed "Templates/_answer.md.mustache"
};
static const unsigned char template_part_care_html[] = {
#embed "Templates/_care.html.mustache"
};
static const unsigned char template_part_care_md[] = {
#embed "Templates/_care.md.mustache"
};
static const unsigned char template_part_colophon_html[] = {
#embed "Templates/_colophon.html.mustache"
};
static const unsigned char template_part_colophon_md[] = {
#embed "Templates/_colophon.md.mustache"
};
static const unsigned char template_part_cover_html[] = {
#embed "Templates/_cover.html.mustache"
};
static const unsigned char template_part_cover_md[] = {
#embed "Templates/_cover.md.mustache"
};
static const unsigned char template_part_evidence_html[] = {
#embed "Templates/_evidence.html.mustache"
};
static const unsigned char template_part_evidence_md[] = {
#embed "Templates/_evidence.md.mustache"
};
static const unsigned char template_part_factor_html[] = {
#embed "Templates/_factor.html.mustache"
};
static const unsigned char template_part_head_html[] = {
#embed "Templates/_head.html.mustache"
};
static const unsigned char template_part_lines_md[] = {
#embed "Templates/_lines.md.mustache"
};
static const unsigned char template_part_locators_html[] = {
#embed "Templates/_locators.html.mustache"
};
static const unsigned char template_part_locators_md[] = {
#embed "Templates/_locators.md.mustache"
};
static const unsigned char template_part_pages_html[] = {
#embed "Templates/_pages.html.mustache"
};
static const unsigned char template_part_passage_html[] = {
#embed "Templates/_passage.html.mustache"
};
static const unsigned char template_part_pieces_html[] = {
#embed "Templates/_pieces.html.mustache"
};
static const unsigned char template_part_reference_html[] = {
#embed "Templates/_reference.html.mustache"
};
static const unsigned char template_part_reference_md[] = {
#embed "Templates/_reference.md.mustache"
};
static const unsigned char template_part_references_html[] = {
#embed "Templates/_references.html.mustache"
};
static const unsigned char template_part_rows_html[] = {
#embed "Templates/_rows.html.mustache"
};
static const unsigned char template_part_segment_html[] = {
#embed "Templates/_segment.html.mustache"
};
static const unsigned char template_part_segment_md[] = {
#embed "Templates/_segment.md.mustache"
};
static const unsigned char template_part_targets_md[] = {
#embed "Templates/_targets.md.mustache"
};
static const unsigned char template_part_unplaced_html[] = {
#embed "Templates/_unplaced.html.mustache"
};
static const unsigned char template_part_urgent_html[] = {
#embed "Templates/_urgent.html.mustache"
};
static const unsigned char template_case_sheet_html[] = {
#embed "Templates/case-sheet.html.mustache"
};
static const unsigned char template_case_sheet_md[] = {
#embed "Templates/case-sheet.md.mustache"
};
static const unsigned char template_chart_html[] = {
#embed "Templates/chart.html.mustache"
};
static const unsigned char template_concept_card_html[] = {
#embed "Templates/concept-card.html.mustache"
};
static const unsigned char template_concept_card_md[] = {
#embed "Templates/concept-card.md.mustache"
};
static const unsigned char template_concept_index_html[] = {
#embed "Templates/concept-index.html.mustache"
};
static const unsigned char template_concept_index_md[] = {
#embed "Templates/concept-index.md.mustache"
};
static const unsigned char template_decision_card_html[] = {
#embed "Templates/decision-card.html.mustache"
};
static const unsigned char template_decision_card_md[] = {
#embed "Templates/decision-card.md.mustache"
};
static const unsigned char template_flashcards_html[] = {
#embed "Templates/flashcards.html.mustache"
};
static const unsigned char template_flashcards_md[] = {
#embed "Templates/flashcards.md.mustache"
};
static const unsigned char template_handout_html[] = {
#embed "Templates/handout.html.mustache"
};
static const unsigned char template_handout_md[] = {
#embed "Templates/handout.md.mustache"
};
static const unsigned char template_key_html[] = {
#embed "Templates/key.html.mustache"
};
static const unsigned char template_key_md[] = {
#embed "Templates/key.md.mustache"
};
static const unsigned char template_lesson_plan_html[] = {
#embed "Templates/lesson-plan.html.mustache"
};
static const unsigned char template_lesson_plan_md[] = {
#embed "Templates/lesson-plan.md.mustache"
};
static const unsigned char template_parents_html[] = {
#embed "Templates/parents.html.mustache"
};
static const unsigned char template_parents_md[] = {
#embed "Templates/parents.md.mustache"
};
static const unsigned char template_quiz_html[] = {
#embed "Templates/quiz.html.mustache"
};
static const unsigned char template_quiz_md[] = {
#embed "Templates/quiz.md.mustache"
};
static const unsigned char template_paged_css[] = {
#embed "Templates/paged.css"
};
static const unsigned char filter_sheet_lua[] = {
#embed "Filter/sheet.lua"
};
static const unsigned char filter_words_lua[] = {
#embed "Filter/words.lua"
};
static const unsigned char filter_passages_lua[] = {
#embed "Filter/passages.lua"
};
static const unsigned char filter_parts_lua[] = {
#embed "Filter/parts.lua"
};
static const unsigned char filter_blocks_lua[] = {
#embed "Filter/blocks.lua"
};
static const unsigned char filter_slides_lua[] = {
#embed "Filter/slides.lua"
};
static const unsigned char filter_contents_lua[] = {
#embed "Filter/contents.lua"
};
static const unsigned char template_book_css[] = {
#embed "Templates/book.css"
};
static const unsigned char template_sheet_css[] = {
#embed "Templates/sheet.css"
};
static const unsigned char template_slides_html[] = {
#embed "Templates/slides.html.mustache"
};
static const unsigned char template_slides_md[] = {
#embed "Templates/slides.md.mustache"
};
static const unsigned char template_worksheet_html[] = {
#embed "Templates/worksheet.html.mustache"
};
static const unsigned char template_worksheet_md[] = {
#embed "Templates/worksheet.md.mustache"
};
static const unsigned char strings_de_json[] = {
#embed "Strings/de.json"
};
static const unsigned char strings_en_json[] = {
#embed "Strings/en.json"
};
static const unsigned char strings_es_json[] = {
#embed "Strings/es.json"
};
static const unsigned char strings_fr_json[] = {
#embed "Strings/fr.json"
};

#define SHIPPED(name, bytes) {name, bytes, sizeof bytes}

static const casebook_shipped_file files[] = {
    SHIPPED("Schemas/bonding.xml", bonding_xml),
    SHIPPED("Schemas/bonding.cues.xml", bonding_cues_xml),
    SHIPPED("Schemas/cues.rng", cues_rng),
    SHIPPED("Schemas/casebook.rng", casebook_rng),
    SHIPPED("Schemas/casebook.odd", casebook_odd),
    SHIPPED("Templates/_also.html.mustache", template_part_also_html),
    SHIPPED("Templates/_answer.html.mustache", template_part_answer_html),
    SHIPPED("Templates/_answer.md.mustache", template_part_answer_md),
    SHIPPED("Templates/_care.html.mustache", template_part_care_html),
    SHIPPED("Templates/_care.md.mustache", template_part_care_md),
    SHIPPED("Templates/_colophon.html.mustache", template_part_colophon_html),
    SHIPPED("Templates/_colophon.md.mustache", template_part_colophon_md),
    SHIPPED("Templates/_cover.html.mustache", template_part_cover_html),
    SHIPPED("Templates/_cover.md.mustache", template_part_cover_md),
    SHIPPED("Templates/_evidence.html.mustache", template_part_evidence_html),
    SHIPPED("Templates/_evidence.md.mustache", template_part_evidence_md),
    SHIPPED("Templates/_factor.html.mustache", template_part_factor_html),
    SHIPPED("Templates/_head.html.mustache", template_part_head_html),
    SHIPPED("Templates/_lines.md.mustache", template_part_lines_md),
    SHIPPED("Templates/_locators.html.mustache", template_part_locators_html),
    SHIPPED("Templates/_locators.md.mustache", template_part_locators_md),
    SHIPPED("Templates/_pages.html.mustache", template_part_pages_html),
    SHIPPED("Templates/_passage.html.mustache", template_part_passage_html),
    SHIPPED("Templates/_pieces.html.mustache", template_part_pieces_html),
    SHIPPED("Templates/_reference.html.mustache", template_part_reference_html),
    SHIPPED("Templates/_reference.md.mustache", template_part_reference_md),
    SHIPPED("Templates/_references.html.mustache", template_part_references_html),
    SHIPPED("Templates/_rows.html.mustache", template_part_rows_html),
    SHIPPED("Templates/_segment.html.mustache", template_part_segment_html),
    SHIPPED("Templates/_segment.md.mustache", template_part_segment_md),
    SHIPPED("Templates/_targets.md.mustache", template_part_targets_md),
    SHIPPED("Templates/_unplaced.html.mustache", template_part_unplaced_html),
    SHIPPED("Templates/_urgent.html.mustache", template_part_urgent_html),
    SHIPPED("Templates/case-sheet.html.mustache", template_case_sheet_html),
    SHIPPED("Templates/case-sheet.md.mustache", template_case_sheet_md),
    SHIPPED("Templates/chart.html.mustache", template_chart_html),
    SHIPPED("Templates/concept-card.html.mustache", template_concept_card_html),
    SHIPPED("Templates/concept-card.md.mustache", template_concept_card_md),
    SHIPPED("Templates/concept-index.html.mustache", template_concept_index_html),
    SHIPPED("Templates/concept-index.md.mustache", template_concept_index_md),
    SHIPPED("Templates/decision-card.html.mustache", template_decision_card_html),
    SHIPPED("Templates/decision-card.md.mustache", template_decision_card_md),
    SHIPPED("Templates/flashcards.html.mustache", template_flashcards_html),
    SHIPPED("Templates/flashcards.md.mustache", template_flashcards_md),
    SHIPPED("Templates/handout.html.mustache", template_handout_html),
    SHIPPED("Templates/handout.md.mustache", template_handout_md),
    SHIPPED("Templates/key.html.mustache", template_key_html),
    SHIPPED("Templates/key.md.mustache", template_key_md),
    SHIPPED("Templates/lesson-plan.html.mustache", template_lesson_plan_html),
    SHIPPED("Templates/lesson-plan.md.mustache", template_lesson_plan_md),
    SHIPPED("Templates/parents.html.mustache", template_parents_html),
    SHIPPED("Templates/parents.md.mustache", template_parents_md),
    SHIPPED("Templates/quiz.html.mustache", template_quiz_html),
    SHIPPED("Templates/quiz.md.mustache", template_quiz_md),
    SHIPPED("Templates/paged.css", template_paged_css),
    SHIPPED("Filter/sheet.lua", filter_sheet_lua),
    SHIPPED("Filter/words.lua", filter_words_lua),
    SHIPPED("Filter/passages.lua", filter_passages_lua),
    SHIPPED("Filter/parts.lua", filter_parts_lua),
    SHIPPED("Filter/blocks.lua", filter_blocks_lua),
    SHIPPED("Filter/slides.lua", filter_slides_lua),
    SHIPPED("Filter/contents.lua", filter_contents_lua),
    SHIPPED("Templates/book.css", template_book_css),
    SHIPPED("Templates/sheet.css", template_sheet_css),
    SHIPPED("Templates/slides.html.mustache", template_slides_html),
    SHIPPED("Templates/slides.md.mustache", template_slides_md),
    SHIPPED("Templates/worksheet.html.mustache", template_worksheet_html),
    SHIPPED("Templates/worksheet.md.mustache", template_worksheet_md),
    SHIPPED("Strings/de.json", strings_de_json),
    SHIPPED("Strings/en.json", strings_en_json),
    SHIPPED("Strings/es.json", strings_es_json),
    SHIPPED("Strings/fr.json", strings_fr_json),
};

size_t casebook_shipped_file_total(void) { return sizeof files / sizeof files[0]; }

const casebook_shipped_file *casebook_shipped_file_at(size_t index) { return &files[index]; }
