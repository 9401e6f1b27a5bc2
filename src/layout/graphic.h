/* Inside lay-out: pictures. Where they come from, how large they are set, and what stands in for one that is not there. */
#ifndef ROTONDE_LAYOUT_GRAPHIC_H
#define ROTONDE_LAYOUT_GRAPHIC_H

#include "layout/line.h"

typedef struct {
	AreaPicture *picture;    /* NULL: missing; reported */
	int ipd, bpd;            /* of the viewport: the content rectangle of the area */
	int x, y, width, height; /* of the picture itself, from the viewport's corner */
	AreaBox *box;            /* border and padding around the viewport; NULL: none */
	int edge[4];             /* border and padding together, by SIDE_ */
} Graphic;

/* Of an fo:external-graphic or fo:instream-foreign-object. measure, height: what percentages refer to (the containing block's; height FO_AUTO: unknown),
 * and what scale-to-fit without a size of its own fits in. Owned by c->areas. */
const Graphic *graphic_new(LayoutContext *c, const FoNode *n, int measure, int height);

/* The picture of a uri (also for background-image), or NULL after reporting at `at`. Read once. */
AreaPicture *graphic_load(LayoutContext *c, const char *uri, const Position *at);

/* The area at 0, 0: the picture, or a frame with the alt text in it. */
Area *graphic_area(LayoutContext *c, const FoNode *n, const Graphic *g);

#endif
