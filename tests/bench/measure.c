/* Runs commands in turn, A B A B ..., and prints the medians: wall clock, processor, peak memory, and A's wall clock against B's pair by pair.
 * Usage: measure RUNS LABEL COMMAND [LABEL COMMAND]; a command is one string of words with spaces between (no shell takes part in what is measured). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <fcntl.h>
#include <unistd.h>

enum { MOST = 101 };

typedef struct {
	double wall, cpu, memory; /* ms, ms, MiB */
} Run;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static Run run_once(const char *command)
{
	static char words[8192], *list[256];
	int count = 0;

	snprintf(words, sizeof words, "%s", command);
	for (char *word = strtok(words, " "); word != NULL && count < 255; word = strtok(NULL, " "))
		list[count++] = word;
	list[count] = NULL;
	double start = now();
	struct rusage usage;
	int status;
	pid_t child = fork();

	if (child == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execvp(list[0], list);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "measure: failed: %s\n", command);
		exit(1);
	}
	return (Run){now() - start,
	             (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3,
	             (double)usage.ru_maxrss / 1024};
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, compare);
	return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

int main(int argc, char **argv)
{
	int runs = argc > 3 ? atoi(argv[1]) : 0, commands = (argc - 2) / 2;
	static Run all[2][MOST];
	double values[MOST];

	if (runs < 1 || runs > MOST || commands < 1 || commands > 2) {
		fprintf(stderr, "usage: measure RUNS LABEL COMMAND [LABEL COMMAND]\n");
		return 2;
	}
	for (int k = 0; k < commands; k++)
		run_once(argv[3 + 2 * k]);
	for (int i = 0; i < runs; i++)
		for (int k = 0; k < commands; k++)
			all[k][i] = run_once(argv[3 + 2 * k]);
	for (int k = 0; k < commands; k++) {
		printf("%-58s", argv[2 + 2 * k]);
		for (int i = 0; i < runs; i++)
			values[i] = all[k][i].wall;
		printf(" %9.1f ms", median(values, runs));
		for (int i = 0; i < runs; i++)
			values[i] = all[k][i].cpu;
		printf("  cpu %9.1f ms", median(values, runs));
		for (int i = 0; i < runs; i++)
			values[i] = all[k][i].memory;
		printf("  %7.1f MiB\n", median(values, runs));
	}
	if (commands == 2) {
		for (int i = 0; i < runs; i++)
			values[i] = all[1][i].wall / all[0][i].wall;
		printf("%-58s %9.2f times as long (median of the pairs)\n", "  the second against the first:", median(values, runs));
	}
	return 0;
}
