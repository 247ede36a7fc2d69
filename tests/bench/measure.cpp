// SPDX-License-Identifier: MIT
// Runs a command on one core and writes what it cost: one line per run with wall, user and
// system seconds, peak memory in KiB and exit status. A program of its own because the
// kernel's peak of a child begins with that of the process that started it: Python's is
// larger than what is measured here.
// usage: bench_measure REPORT CPU REPETITIONS COMMAND [ARGUMENT]...   (CPU -1: any)
#include <cstdio>
#include <cstdlib>

#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "argument.hpp"

namespace {

double seconds() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

bool measure_once(std::FILE* report, char** command) {
    const double start = seconds();
    const pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        std::perror(command[0]);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        return false;
    }
    const double wall = seconds() - start;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    (void)std::fprintf(report, "%.6f %.6f %.6f %ld %d\n", wall, seconds(usage.ru_utime), seconds(usage.ru_stime),
                       usage.ru_maxrss, code);
    return code != 127;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        (void)std::fputs("usage: bench_measure REPORT CPU REPETITIONS COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    const int cpu = bench::number<int>(argv[2]);
    if (cpu >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(static_cast<unsigned>(cpu), &set);
        if (sched_setaffinity(0, sizeof set, &set) != 0) {
            std::perror("sched_setaffinity");
            return 2;
        }
    }
    std::FILE* report = std::fopen(argv[1], "we");
    if (report == nullptr) {
        std::perror(argv[1]);
        return 2;
    }
    bool good = true;
    for (int repetition = bench::number<int>(argv[3]); repetition > 0 && good; --repetition) {
        good = measure_once(report, argv + 4);
    }
    return std::fclose(report) == 0 && good ? 0 : 2;
}
