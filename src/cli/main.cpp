// SPDX-License-Identifier: MIT
// fcrdns-check: parse, run, exit.
#include <fmt/format.h>
#include <unistd.h>

#include <new>

#include "cli/output.hpp"
#include "cli/run.hpp"
#include "fcrdns/resolver.hpp"
#include "fcrdns/version.hpp"

namespace {

using namespace fcrdns::cli;

ExitStatus complain(const std::string& sentence) {
    fmt::print(stderr, "fcrdns-check: {}\n", sentence);
    return ExitStatus::trouble;
}

ExitStatus print(const std::string& text, const StandardStreams& streams) {
    if (!streams.output_open) return complain("standard output is closed");
    Output output(STDOUT_FILENO, false, false);
    output.append(text);
    return output.write_all() ? ExitStatus::success : complain("standard output: " + output.error());
}

ExitStatus act(const Options& options, const StandardStreams& streams) {
    switch (options.action) {
        case Action::help: return print(help_text(), streams);
        case Action::version:
            return print(fmt::format("fcrdns-check {} (c-ares {})\n", fcrdns::version, fcrdns::cares_version()), streams);
        case Action::run: break;
    }
    if (options.operands.empty() && !options.file) {
        fmt::print(stderr, "{}", usage_text());
        return ExitStatus::trouble;
    }
    return run(options, streams);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const StandardStreams streams = secure_standard_descriptors();
        const auto options = parse_arguments(argc, argv);
        const ExitStatus status = options ? act(*options, streams) : complain(options.error().message);
        return static_cast<int>(status);
    } catch (const std::bad_alloc&) {
        constexpr char sentence[] = "fcrdns-check: out of memory\n";
        (void)!write(STDERR_FILENO, sentence, sizeof sentence - 1);
        return static_cast<int>(ExitStatus::trouble);
    }
}
