/* The stages of a check and of a build, in their order. */
#ifndef ROTONDE_PIPELINE_H
#define ROTONDE_PIPELINE_H

#include "base/diagnostic.h"
#include "document/document.h"

#endif
