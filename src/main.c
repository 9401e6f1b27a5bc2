/* The program: options, the command table, the exit status. */
#include "base/xml.h"

int main(void)
{
	xml_start();
	return 2;
}
