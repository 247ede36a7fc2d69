// SPDX-License-Identifier: MIT
// A steady clock that goes thirty times as fast, so that a minute is over in two seconds.
// Loaded before the C library.
#include <dlfcn.h>

#include <cstdint>
#include <ctime>

extern "C" int clock_gettime(clockid_t clock, timespec* now) {
    using Function = int (*)(clockid_t, timespec*);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int status = real(clock, now);
    if (clock != CLOCK_MONOTONIC) return status;
    constexpr std::int64_t second = 1'000'000'000;
    const auto nanoseconds = [&] { return std::int64_t{now->tv_sec} * second + now->tv_nsec; };
    static const std::int64_t first = nanoseconds();
    const std::int64_t hurried = first + 30 * (nanoseconds() - first);
    now->tv_sec = static_cast<time_t>(hurried / second);
    now->tv_nsec = static_cast<long>(hurried % second);
    return status;
}
