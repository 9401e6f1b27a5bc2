#include "layout/line.h"
gboolean layout_check_loss(const FoTree *t, const AreaTree *a, Diagnostics *d) { (void)t; (void)a; (void)d; return TRUE; }
LineParagraph *line_paragraph_new(LayoutContext *c, const FoNode *block, const FoNode *first, const FoNode *end) { (void)c; (void)block; (void)first; (void)end; return NULL; }
void line_paragraph_free(LineParagraph *p) { (void)p; }
GPtrArray *line_paragraph_break(LineParagraph *p, int measure) { (void)p; (void)measure; return NULL; }
