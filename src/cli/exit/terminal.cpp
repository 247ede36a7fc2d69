// SPDX-License-Identifier: MIT
#include "cli/exit/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace fcrdns::cli {
namespace {

bool dumb_terminal() {
    const char* term = std::getenv("TERM");
    return term != nullptr && std::string_view(term) == "dumb";
}

}  // namespace

bool use_color(ColorWhen when) {
    if (when != ColorWhen::automatic) return when == ColorWhen::always;
    const char* no_color = std::getenv("NO_COLOR");
    if (no_color != nullptr && *no_color != '\0') return false;
    return isatty(STDOUT_FILENO) == 1 && !dumb_terminal();
}

std::size_t progress_columns() {
    if (isatty(STDERR_FILENO) != 1 || dumb_terminal()) return 0;
    constexpr std::size_t usual = 80;
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : usual;
}

bool input_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

bool input_is_redirected() {
    struct stat status {};
    return fstat(STDIN_FILENO, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISREG(status.st_mode));
}

bool output_is_terminal() {
    return isatty(STDOUT_FILENO) == 1;
}

void forget_resolver_options() {
    (void)unsetenv("RES_OPTIONS");
}

StandardStreams secure_standard_descriptors() {
    StandardStreams streams;
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        if (descriptor == STDIN_FILENO) streams.input_open = false;
        if (descriptor == STDOUT_FILENO) streams.output_open = false;
        // The lowest free descriptor is this one, since the ones below are open by now.
        if (open("/dev/null", O_RDWR) == -1) (void)open("/", O_RDONLY | O_DIRECTORY);
    }
    return streams;
}

}  // namespace fcrdns::cli
