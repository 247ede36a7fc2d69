// SPDX-License-Identifier: MIT
// The servers of resolv.conf(5), read by ourselves: c-ares would take 127.0.0.1 in
// silence where none is named.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "dns/server_address.hpp"
#include "fcrdns/resolver.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t most_servers = 8;
// Larger than any real configuration; what is beyond is not read.
constexpr std::size_t most_octets = 1U << 20U;

Result<std::string> read_file(const std::string& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return Error{fmt::format("{}: cannot be read: {}", printable(path), std::strerror(errno))};
    std::string text;
    char buffer[16384];
    ssize_t count = 0;
    while (text.size() < most_octets && (count = read(descriptor, buffer, sizeof buffer)) > 0) {
        text.append(buffer, static_cast<std::size_t>(count));
    }
    const int problem = errno;
    close(descriptor);
    if (count < 0) return Error{fmt::format("{}: cannot be read: {}", printable(path), std::strerror(problem))};
    return text;
}

std::string_view next_word(std::string_view& line) {
    line = without_outer_blanks(line);
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    line.remove_prefix(word.size());
    return word;
}

bool has_word(std::string_view line, std::string_view wanted) {
    for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
        if (word == wanted) return true;
    }
    return false;
}

}  // namespace

Result<SystemServers> read_system_servers(const std::string& path, std::uint16_t port) {
    const auto text = read_file(path);
    if (!text) return text.error();
    SystemServers found;
    std::size_t ignored = 0;
    std::string first_bad;
    std::string_view rest = *text;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::string_view keyword = next_word(line);
        if (keyword == "options") found.use_tcp = found.use_tcp || has_word(line, "use-vc");
        if (keyword != "nameserver") continue;
        const std::string_view word = next_word(line);
        auto server = parse_endpoint(word, port);
        if (!server) {
            const std::string bad = fmt::format("nameserver {} is ignored: expected an address", quoted_input(word));
            if (first_bad.empty()) first_bad = " (" + bad + ')';
            found.warnings.push_back(fmt::format("{}: {}", printable(path), bad));
        } else if (found.servers.size() == most_servers) {
            ++ignored;
        } else {
            found.servers.push_back(std::move(*server));
        }
    }
    if (ignored != 0) {
        found.warnings.push_back(
            fmt::format("{}: only the first {} name servers are used", printable(path), most_servers));
    }
    if (found.servers.empty()) {
        return Error{fmt::format("{}: names no usable server{}", printable(path), first_bad)};
    }
    return found;
}

}  // namespace fcrdns
