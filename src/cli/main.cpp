// SPDX-License-Identifier: MIT
// fcrdns-check: parse, run, exit.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>

#include "cli/exit/complain.hpp"
#include "cli/exit/exit_status.hpp"
#include "cli/exit/output.hpp"
#include "cli/exit/signals.hpp"
#include "cli/exit/terminal.hpp"
#include "cli/run/run.hpp"
#include "render/nagios.hpp"

namespace {

using namespace fcrdns;
using namespace fcrdns::cli;

Result<int> print(const std::string& text, const StandardStreams& streams) {
    if (!streams.output_open) return Error{"standard output is closed"};
    Output output(STDOUT_FILENO, false, false);
    output.append(text);
    if (!output.write_all()) return Error{"standard output: " + output.error()};
    return static_cast<int>(ExitStatus::success);
}

// What is wrong, for standard error, and for a monitoring core, which reads standard output.
int give_up(const std::string& words, const std::string& cause, bool plugin, const StandardStreams& streams) {
    write_to_stderr(words);
    if (!plugin) return static_cast<int>(ExitStatus::trouble);
    RunSummary summary;
    summary.trouble = cause;
    std::string line;
    append_nagios(line, summary, {});
    (void)print(line, streams);
    return static_cast<int>(PluginStatus::unknown);
}

void say_out_of_memory() {
    constexpr char sentence[] = "fcrdns-check: out of memory\n";
    (void)!write(STDERR_FILENO, sentence, sizeof sentence - 1);
}

// Without an exception: it would pass through c-ares, which calls back into the program, and leave it in a state that
// it cannot be ended from.
[[noreturn]] void end_without_memory() {
    say_out_of_memory();
    _exit(static_cast<int>(ExitStatus::trouble));
}

// Where there is no memory even for the std::bad_alloc of others.
[[noreturn]] void end_early() {
    try {
        if (const auto exception = std::current_exception()) std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
    } catch (...) {
        std::abort();
    }
    end_without_memory();
}

// The libraries' own objects are made before main begins, and memory may end there.
[[gnu::constructor(101)]] void prepare_for_early_end() {
    std::set_new_handler(end_without_memory);
    std::set_terminate(end_early);
}

bool names_targets(const Options& options) {
    return !options.operands.empty() || options.file || options.bounce || options.me;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const StandardStreams streams = secure_standard_descriptors();
        ignore_broken_pipes();
        forget_resolver_options();
        const auto [options, plugin] = parse_arguments(argc, argv);
        if (options && !options->print && !names_targets(*options)) {
            return give_up(usage_text(input_is_redirected()), "no target given", plugin, streams);
        }
        const auto status = !options         ? Result<int>(options.error())
                            : options->print ? print(*options->print, streams)
                                             : run(*options, streams);
        if (status) return *status;
        const std::string& sentence = status.error().message;
        return give_up(fmt::format("fcrdns-check: {}\n", sentence), sentence, plugin, streams);
    } catch (const std::bad_alloc&) {
        say_out_of_memory();
        return static_cast<int>(ExitStatus::trouble);
    }
}
