// SPDX-License-Identifier: MIT
#include "cli/terminal.hpp"

#include <fcntl.h>
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

bool can_show_progress() {
    return isatty(STDERR_FILENO) == 1 && !dumb_terminal();
}

StandardStreams secure_standard_descriptors() {
    StandardStreams streams;
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        if (descriptor == STDIN_FILENO) streams.input_open = false;
        if (descriptor == STDOUT_FILENO) streams.output_open = false;
        // The lowest free descriptor is this one, since the ones below are open by now.
        (void)open("/dev/null", O_RDWR);
    }
    return streams;
}

}  // namespace fcrdns::cli
