// SPDX-License-Identifier: MIT
#include "dns/server_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

#include "text/printable.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t longest_interface = 15;  // IFNAMSIZ without the final NUL

bool is_interface(std::string_view zone) {
    return !zone.empty() && zone.size() <= longest_interface && std::all_of(zone.begin(), zone.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '@';
    });
}

}  // namespace

std::optional<Endpoint> parse_endpoint(std::string_view address, std::uint16_t port) {
    const std::size_t percent = address.find('%');
    const auto ip = IpAddress::parse(address.substr(0, percent));
    if (!ip) return std::nullopt;
    if (percent == std::string_view::npos) return Endpoint{*ip, port};
    static const IpAddress link_local = *IpAddress::parse("fe80::");
    const std::string_view zone = address.substr(percent + 1);
    if (!ip->in_prefix(link_local, 10) || !is_interface(zone)) return std::nullopt;
    return Endpoint{*ip, port, std::string(zone)};
}

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
    auto endpoint = parse_endpoint(address, default_port);
    if (!endpoint) return wrong();
    if (!port) return *endpoint;
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port->data(), port->data() + port->size(), number);
    if (error != std::errc() || end != port->data() + port->size() || number == 0) {
        return Error{fmt::format("{}: a port is 1 to 65535", quoted_input(text))};
    }
    endpoint->port = number;
    return *endpoint;
}

std::string server_text(const Endpoint& server) {
    if (server.port != 53) return server.to_text();
    return server.zone.empty() ? server.ip.to_text() : server.ip.to_text() + '%' + server.zone;
}

}  // namespace fcrdns
