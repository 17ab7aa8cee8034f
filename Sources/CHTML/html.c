// gumbo takes all of its memory from an arena here: giving a tree back is then a matter of a few blocks (gumbo's own
// way recurses as deep as the tree), and a document that asks for too much is left by longjmp, which is sound because
// the arena is all that gumbo holds.
#include "CHTML.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1 << 18, ALIGNMENT = 16 };

typedef struct block {
  struct block *previous;
  // Keeps what follows aligned as malloc's own memory is.
  size_t unused;
} block;

typedef struct {
  const GumboNode *node;
  unsigned next_child;
} frame;

struct chtml_document {
  block *last;
  char *free_start;
  char *free_end;
  size_t used;
  size_t limit;
  jmp_buf out_of_memory;
  frame *stack;
  size_t depth;
  size_t stack_capacity;
  const GumboNode *root;
};

static void *arena_allocate(void *context, size_t size) {
  chtml_document *document = context;
  size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (rounded < size || rounded > document->limit - document->used) longjmp(document->out_of_memory, 1);
  if (rounded > (size_t)(document->free_end - document->free_start)) {
    size_t room = rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE;
    block *fresh = malloc(sizeof(block) + room);
    if (fresh == NULL) longjmp(document->out_of_memory, 1);
    fresh->previous = document->last;
    document->last = fresh;
    document->free_start = (char *)(fresh + 1);
    document->free_end = document->free_start + room;
  }
  void *memory = document->free_start;
  document->free_start += rounded;
  document->used += rounded;
  return memory;
}

static void arena_deallocate(void *context, void *memory) {
  (void)context;
  (void)memory;
}

chtml_document *chtml_parse(const uint8_t *bytes, size_t count, size_t memory_limit) {
  chtml_document *document = calloc(1, sizeof(chtml_document));
  if (document == NULL) return NULL;
  document->limit = memory_limit;
  if (setjmp(document->out_of_memory) != 0) {
    chtml_free(document);
    return NULL;
  }
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = arena_allocate;
  options.deallocator = arena_deallocate;
  options.userdata = document;
  options.max_errors = 0;
  document->root = gumbo_parse_with_options(&options, (const char *)bytes, count)->document;
  return document;
}

void chtml_free(chtml_document *document) {
  if (document == NULL) return;
  block *last = document->last;
  while (last != NULL) {
    block *previous = last->previous;
    free(last);
    last = previous;
  }
  free(document->stack);
  free(document);
}

static bool push(chtml_document *document, const GumboNode *node) {
  if (document->depth == document->stack_capacity) {
    size_t capacity = document->stack_capacity * 2 + 64;
    frame *stack = realloc(document->stack, capacity * sizeof(frame));
    if (stack == NULL) return false;
    document->stack = stack;
    document->stack_capacity = capacity;
  }
  document->stack[document->depth++] = (frame){node, 0};
  return true;
}

static bool is_skipped(const GumboNode *node) {
  if (node->type == GUMBO_NODE_TEMPLATE) return true;
  switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_IFRAME:
      return true;
    default:
      return false;
  }
}

static chtml_role role_of(const GumboNode *node, int *level) {
  // An SVG drawing has titles of its own.
  bool is_html = node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
  switch (node->v.element.tag) {
    case GUMBO_TAG_TITLE: return is_html ? CHTML_TITLE : CHTML_BLOCK;
    case GUMBO_TAG_H1: *level = 1; return CHTML_HEADING;
    case GUMBO_TAG_H2: *level = 2; return CHTML_HEADING;
    case GUMBO_TAG_H3: *level = 3; return CHTML_HEADING;
    case GUMBO_TAG_H4: *level = 4; return CHTML_HEADING;
    case GUMBO_TAG_H5: *level = 5; return CHTML_HEADING;
    case GUMBO_TAG_H6: *level = 6; return CHTML_HEADING;
    case GUMBO_TAG_BR: return CHTML_LINE_BREAK;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return CHTML_CELL;
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_IMAGE:
    case GUMBO_TAG_AREA:
      return CHTML_IMAGE;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_PLAINTEXT:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_TEXTAREA:
      return CHTML_PREFORMATTED;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_P:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return CHTML_BLOCK;
    default:
      return CHTML_INLINE;
  }
}

static chtml_event element_event(const GumboNode *node, chtml_event_kind kind) {
  chtml_event event = {kind, CHTML_INLINE, 0, NULL, 0};
  if (node->type == GUMBO_NODE_DOCUMENT) return event;
  event.role = role_of(node, &event.level);
  if (kind == CHTML_ENTER && event.role == CHTML_IMAGE) {
    const GumboAttribute *alternative = gumbo_get_attribute(&node->v.element.attributes, "alt");
    if (alternative != NULL) {
      event.bytes = (const uint8_t *)alternative->value;
      event.count = strlen(alternative->value);
    }
  }
  return event;
}

chtml_event chtml_next(chtml_document *document) {
  const chtml_event end = {CHTML_END, CHTML_INLINE, 0, NULL, 0};
  if (document->root != NULL) {
    const GumboNode *root = document->root;
    document->root = NULL;
    return push(document, root) ? element_event(root, CHTML_ENTER) : end;
  }
  while (document->depth > 0) {
    frame *top = &document->stack[document->depth - 1];
    const GumboVector *children =
        top->node->type == GUMBO_NODE_DOCUMENT ? &top->node->v.document.children : &top->node->v.element.children;
    if (top->next_child >= children->length) {
      chtml_event event = element_event(top->node, CHTML_LEAVE);
      document->depth--;
      return event;
    }
    const GumboNode *child = children->data[top->next_child++];
    switch (child->type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE: {
        const char *text = child->v.text.text;
        return (chtml_event){CHTML_TEXT, CHTML_INLINE, 0, (const uint8_t *)text, strlen(text)};
      }
      case GUMBO_NODE_COMMENT:
        break;
      default:
        if (is_skipped(child)) break;
        if (!push(document, child)) return end;
        return element_event(child, CHTML_ENTER);
    }
  }
  return end;
}
