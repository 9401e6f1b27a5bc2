/* Whether something is still what it was: a short text that differs when the bytes do. XXH3 (128 bits), which reads as fast as memory does (SHA-256
 * took a seventh of a build): no proof against who means harm, for which file_digest is there. */
#ifndef ROTONDE_BASE_FINGERPRINT_H
#define ROTONDE_BASE_FINGERPRINT_H

#include <glib.h>

typedef struct Fingerprint Fingerprint;

Fingerprint *fingerprint_start(void);
void fingerprint_add(Fingerprint *f, const void *data, gsize size); /* data may be NULL when size is 0 */
void fingerprint_add_text(Fingerprint *f, const char *text);        /* with its end: "a" "b" is not "ab" */
/* 32 hexadecimal digits. Frees f. The caller's. */
char *fingerprint_finish(Fingerprint *f);

char *fingerprint_of(GBytes *bytes);

#endif
