// SPDX-License-Identifier: MIT
#include "cli/run/text_targets.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

Error cannot_read(const std::string& file, std::string_view why) {
    return Error{fmt::format("{}: {}", file == "-" ? "standard input" : quoted_input(file), why)};
}

// Blocks until the text has ended: nothing can be done with a part of it.
Result<std::string> read_all(int descriptor, const std::string& file) {
    std::string text;
    constexpr std::size_t chunk = 65536;
    while (true) {
        const std::size_t kept = text.size();
        text.resize(kept + chunk);
        const ssize_t count = read(descriptor, text.data() + kept, chunk);
        const int problem = errno;
        text.resize(kept + (count > 0 ? static_cast<std::size_t>(count) : 0));
        if (count == 0) return text;
        if (count < 0 && problem == EAGAIN) {
            pollfd waited{descriptor, POLLIN, 0};
            (void)poll(&waited, 1, -1);
        } else if (count < 0 && problem != EINTR) {
            return cannot_read(file, fmt::format("cannot be read: {}", std::strerror(problem)));
        }
        if (text.size() > longest_text) {
            return cannot_read(file, "longer than 16 MiB; --file reads a log of any length, line by line");
        }
    }
}

}  // namespace

Result<std::string> read_text(const std::string& file) {
    if (file == "-") return read_all(STDIN_FILENO, file);
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return cannot_read(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    auto text = read_all(descriptor, file);
    close(descriptor);
    return text;
}

bool may_be_text(std::string_view input) {
    return without_outer_blanks(input).find_first_of(" \t\n") != std::string_view::npos;
}

std::vector<InputItem> items_of(const TextFindings& findings, const std::optional<std::string>& file) {
    std::vector<InputItem> items;
    items.reserve(findings.refused.size());
    for (const RefusedAddress& refused : findings.refused) {
        InputItem& item = items.emplace_back();
        item.input = refused.address.to_text();
        item.target = AddressTarget{refused.address, false};
        TakenFrom& from = item.taken_from.emplace();
        from.file = file;
        from.line = refused.line;
        from.words = refused.words;
        if (refused.cause != RefusalCause::reverse_dns) from.other_cause = cause_text(refused.cause);
        from.refused_here = refused.own_server;
    }
    return items;
}

std::string nothing_refused(const TextFindings& findings) {
    constexpr std::string_view what_then = "give your server's address or host name";
    if (findings.receivers.empty()) return fmt::format("names no client that was refused; {}", what_then);
    std::vector<std::string> receivers;
    for (const IpAddress& receiver : findings.receivers) receivers.push_back(receiver.to_text());
    return fmt::format("names only the receiver{}, {}; {}", receivers.size() == 1 ? "" : "s", join_some(receivers),
                       what_then);
}

std::size_t RecentAddresses::Hash::operator()(const IpAddress& address) const {
    const auto bytes = address.bytes();
    return std::hash<std::string_view>()({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool RecentAddresses::insert(const IpAddress& address) {
    constexpr std::size_t most = 131072;
    if (now_.count(address) != 0 || before_.count(address) != 0) return false;
    if (now_.size() == most) {
        before_ = std::exchange(now_, {});
    }
    now_.insert(address);
    return true;
}

}  // namespace fcrdns::cli
