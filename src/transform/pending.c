#include "transform/transform.h"
Stylesheet *stylesheet_load(const char*p,Diagnostics*d){(void)p;(void)d;return NULL;}
void stylesheet_free(Stylesheet*s){(void)s;}
xmlDoc*stylesheet_apply(Stylesheet*s,xmlDoc*d,const char*const*p,Diagnostics*g){(void)s;(void)d;(void)p;(void)g;return NULL;}
GBytes*stylesheet_serialise(Stylesheet*s,xmlDoc*r,Diagnostics*d){(void)s;(void)r;(void)d;return NULL;}
void transform_start(const char*const*r){(void)r;}
