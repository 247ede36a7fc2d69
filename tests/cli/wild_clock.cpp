// SPDX-License-Identifier: MIT
// A system clock that jumps by a year, forward and back, each time it is read. Loaded
// before the C library; the steady clock is left alone.
#include <dlfcn.h>
#include <sys/time.h>

#include <ctime>

namespace {

time_t jump() {
    static unsigned readings = 0;
    constexpr time_t year = time_t{365} * 24 * 3600;
    return ++readings % 2 == 0 ? year : -year;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) {
    using Function = int (*)(clockid_t, timespec*);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int status = real(clock, now);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += jump();
    return status;
}

extern "C" int gettimeofday(timeval* now, void*) {
    timespec precise{};
    const int status = clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return status;
}

extern "C" time_t time(time_t* stored) {
    timespec precise{};
    clock_gettime(CLOCK_REALTIME, &precise);
    if (stored != nullptr) *stored = precise.tv_sec;
    return precise.tv_sec;
}
