/* Between the parser of expressions and their functions. */
#ifndef ROTONDE_FO_EXPRESSION_H
#define ROTONDE_FO_EXPRESSION_H

#include "fo/build.h"

typedef struct {
	enum { OPERAND_NUMERIC, OPERAND_WORD, OPERAND_STRING, OPERAND_COLOUR, OPERAND_VALUE } kind;
	int power;                         /* numeric: 0 number, 1 length */
	double absolute, relative, shares; /* numeric: millipoints or plain; times the base; proportional-column-width()s */
	FoSpan span;                       /* word, string */
	guint32 colour;
	FoValue value; /* a computed value of another object */
} FoOperand;

/* functions.c */
gboolean fo_function_call(FoReading *r, FoSpan name, const FoOperand *arguments, guint n, FoOperand *out);

#endif
