// SPDX-License-Identifier: MIT
#include "dns/server_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "text/printable.hpp"

namespace fcrdns {

Result<Endpoint> parse_server(std::string_view text, std::uint16_t default_port) {
    const auto wrong = [&] {
        return Error{
            fmt::format("{}: expected a server's address: ADDR, ADDR:PORT or [ADDR]:PORT", quoted_input(text))};
    };
    std::string_view address = text;
    std::optional<std::string_view> port;
    if (!text.empty() && text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return wrong();
        address = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') return wrong();
        if (!rest.empty()) port = rest.substr(1);
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        address = text.substr(0, text.find(':'));
        port = text.substr(text.find(':') + 1);
    }
    const auto ip = IpAddress::parse(address);
    if (!ip) return wrong();
    if (!port) return Endpoint{*ip, default_port};
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port->data(), port->data() + port->size(), number);
    if (error != std::errc() || end != port->data() + port->size() || number == 0) {
        return Error{fmt::format("{}: a port is 1 to 65535", quoted_input(text))};
    }
    return Endpoint{*ip, number};
}

std::string server_text(const Endpoint& server) {
    return server.port == 53 ? server.ip.to_text() : server.to_text();
}

}  // namespace fcrdns
