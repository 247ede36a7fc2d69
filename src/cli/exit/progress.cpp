// SPDX-License-Identifier: MIT
#include "cli/exit/progress.hpp"

#include <fmt/format.h>

#include "cli/exit/complain.hpp"
#include "dns/server_address.hpp"
#include "text/phrases.hpp"

namespace fcrdns::cli {
namespace {

// Back to the first column and clear the line (ECMA-48 EL).
constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

std::string pending_text(const PendingQuestion& pending) {
    const DnsName& name = pending.question.name;
    const auto address = pending.question.type == RecordType::ptr ? address_of_reverse_name(name) : std::nullopt;
    return fmt::format(
        "{} of {}: {}, try {} of {}", to_word(pending.question.type), address ? address->to_text() : name.to_text(),
        pending.silent ? server_text(pending.server) + " silent" : "asking " + server_text(pending.server),
        pending.round, pending.rounds);
}

std::string progress_text(const ProgressState& state, std::chrono::milliseconds elapsed) {
    if (state.one_target && state.waits_for.empty()) return state.pending ? pending_text(*state.pending) : "";
    const double seconds = std::chrono::duration<double>(elapsed).count();
    const double rate = static_cast<double>(state.done) / seconds;
    std::string text =
        state.total ? fmt::format("{} of {} done", state.done, *state.total) : fmt::format("{} done", state.done);
    if (rate >= 1) text += fmt::format(", {:.0f}/s", rate);
    if (state.total && state.done != 0 && state.put_off == 0) {
        constexpr double longest = 30.0 * 86400;
        const double left = static_cast<double>(*state.total - state.done) / rate;
        if (left < longest) text += fmt::format(", {} left", duration_text(static_cast<std::uint32_t>(left) + 1));
    }
    text += fmt::format(", {} failed", state.tally.fail);
    if (state.tally.temporary != 0) text += fmt::format(", {} temporary", state.tally.temporary);
    if (state.put_off != 0) text += fmt::format(", {} to be checked again", state.put_off);
    if (!state.waits_for.empty()) text += fmt::format(", waiting for {}", state.waits_for);
    return text;
}

std::optional<Progress::Clock::time_point> Progress::due() const {
    return columns_ == 0 ? std::nullopt : std::optional(next_);
}

void Progress::show(const ProgressState& state, Clock::time_point now) {
    if (columns_ == 0 || now < next_) return;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun_);
    // The last column stays free: some terminals wrap as soon as it is filled.
    write_to_stderr(clear_line + progress_text(state, elapsed).substr(0, columns_ - 1));
    next_ = now + pause;
    shown_ = true;
}

void Progress::erase() {
    if (shown_) write_to_stderr(clear_line);
    shown_ = false;
}

}  // namespace fcrdns::cli
