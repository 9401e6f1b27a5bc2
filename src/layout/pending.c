#include "layout/line.h"
gboolean layout_check_loss(const FoTree *t, const AreaTree *a, Diagnostics *d) { (void)t; (void)a; (void)d; return TRUE; }
