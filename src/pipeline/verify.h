/* Whether finished files are what was released: each against the release record (release.h) beside it, or against one that is named. */
#ifndef ROTONDE_PIPELINE_VERIFY_H
#define ROTONDE_PIPELINE_VERIFY_H

#include "pipeline/release.h"

typedef enum {
	VERIFY_RELEASED,
	VERIFY_CHANGED,   /* its record has other bytes under its name */
	VERIFY_UNLISTED,  /* its record does not know it */
	VERIFY_NO_RECORD,
	VERIFY_BROKEN,    /* its record cannot be read */
	VERIFY_GONE       /* a record names it, and it is not there */
} VerifyState;

typedef struct {
	char *path; /* as it was named, or below the folder that was */
	VerifyState state;
	char *record;          /* path; NULL: there is none */
	const Release *release; /* NULL unless released; all three borrowed from the verification */
	const ReleaseBuild *build;
	const ReleaseOutput *output;
} VerifiedFile;

typedef struct {
	GPtrArray *files;    /* VerifiedFile, in the order asked, of a folder by name */
	GHashTable *records; /* path -> Release, NULL when it cannot be read */
} Verification;

/* paths: outputs, records (then all they name) and folders, relative to directory, NULL-terminated. record: to be used for all, NULL: the one beside each file.
 * Everything that is not as it was released is reported at its file. The caller's. */
Verification *pipeline_verify(const char *directory, const char *const *paths, const char *record, Diagnostics *d);
void verification_free(Verification *v);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verification, verification_free)

#endif
