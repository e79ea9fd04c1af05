/* Runs a program and writes what it used: CPU time in microseconds, peak memory in KiB.
 *
 *     usage REPORT PROGRAM [ARGUMENT...]
 *
 * Ends as the program ends. A program of its own, because the standard library of Rust does not give a child's
 * resource usage, and because the peak of a child starts at that of the process it was forked from: here, next to
 * nothing. */

#define _DEFAULT_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long microseconds(struct timeval time) {
    return time.tv_sec * 1000000L + time.tv_usec;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: usage REPORT PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    pid_t child = fork();
    if (child == 0) {
        execv(arguments[2], arguments + 2);
        perror("usage: failed to run the program");
        _exit(127);
    }
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("usage: failed to run the program");
        return 2;
    }
    FILE *report = fopen(arguments[1], "w");
    if (report == NULL) {
        perror("usage: failed to write the report");
        return 2;
    }
    fprintf(report, "%ld %ld\n", microseconds(used.ru_utime) + microseconds(used.ru_stime), used.ru_maxrss);
    fclose(report);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
