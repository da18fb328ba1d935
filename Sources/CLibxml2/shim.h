// What Swift cannot call of libxml2 by itself: functions with a variable argument list, macros, and types that
// changed between versions.
#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>
#include <libxml/xmlreader.h>
#include <libxml/xpathInternals.h>

// The error argument of structured handlers became const in libxml2 2.12: one type for both.
typedef void (*casebook_error_handler)(void *context, const xmlError *error);

// Makes a SAX handler a SAX2 handler (the magic number is a macro) that reports to one function.
static inline void casebook_prepare_sax(xmlSAXHandler *sax, casebook_error_handler handler) {
    sax->initialized = XML_SAX2_MAGIC;
    sax->serror = (xmlStructuredErrorFunc)handler;
}

// xmlFree is a variable, which Swift takes for shared mutable state.
static inline void casebook_xml_free(const void *memory) { xmlFree((void *)memory); }

// Reports of the RELAX NG validator: the parser of the grammar and the run over a file.
static inline void casebook_relaxng_parser_errors(
    xmlRelaxNGParserCtxt *parser, casebook_error_handler handler, void *context
) {
    xmlRelaxNGSetParserStructuredErrors(parser, (xmlStructuredErrorFunc)handler, context);
}

static inline void casebook_relaxng_valid_errors(
    xmlRelaxNGValidCtxt *validator, casebook_error_handler handler, void *context
) {
    xmlRelaxNGSetValidStructuredErrors(validator, (xmlStructuredErrorFunc)handler, context);
}
