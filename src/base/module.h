/* Parts of the program that are opened when they are needed: shared objects that stand beside it, or in ../lib/rotonde once installed. They use
 * this room's functions, which the program exports; no other room's. */
#ifndef ROTONDE_BASE_MODULE_H
#define ROTONDE_BASE_MODULE_H

#include "base/diagnostic.h"

/* Where a file with this name that was made with the program ("print.so", "rules.xml") stands, or should stand. The caller's. */
char *module_file(const char *name);
/* The same of the module with this name (as "print"). */
char *module_path(const char *name);

/* The address of a symbol in a module, which stays open from then on. From any thread. NULL after reporting. */
gconstpointer module_open(const char *name, const char *symbol, Diagnostics *d);

#endif
