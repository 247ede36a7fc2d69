// SPDX-License-Identifier: MIT
// Terminal: the one place that asks what standard output and error are connected
// to, and the one place that knows the environment.
#pragma once

#include <cstddef>

#include "cli/parse/options.hpp"

namespace fcrdns::cli {

/// Whether to colour standard output: --color, then NO_COLOR, TERM=dumb and whether it is a terminal.
bool use_color(ColorWhen when);
/// The columns of the terminal that standard error is, if it can erase a line; else zero.
std::size_t progress_columns();
/// True when standard input is a terminal, at which somebody may type.
bool input_is_terminal();
/// True when standard input is a pipe or a file, which somebody may have meant to be read.
bool input_is_redirected();
/// True when results are written to a terminal, where they meet the progress line.
bool output_is_terminal();
/// Takes RES_OPTIONS out of the environment: c-ares 1.34 would obey its `use-vc` and ask by TCP.
void forget_resolver_options();
/// Which of the standard streams the program was started with.
struct StandardStreams {
    bool input_open = true;
    bool output_open = true;
};
/// Opens descriptors 0 to 2 on /dev/null where they are closed, so that no socket lands on them.
StandardStreams secure_standard_descriptors();

}  // namespace fcrdns::cli
