// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/roles.hpp"

#include <algorithm>
#include <array>

#include "cli/parse/refusal/letters.hpp"

namespace fcrdns::refusal {
namespace {

template <std::size_t Count>
bool is_one_of(std::string_view word, const std::array<std::string_view, Count>& lower) {
    return std::any_of(lower.begin(), lower.end(), [&](std::string_view w) { return equals_ignoring_case(w, word); });
}

// Names of fields, before `=` or `:`.
constexpr std::array<std::string_view, 24> client_keys = {
    "ip",         "client-ip",    "client_ip", "clientip",    "client_address", "client", "client_addr",
    "cip",        "remote_ip",    "remoteip",  "remote_addr", "remote_address", "remote", "rip",
    "iprev",      "policy.iprev", "rhost",     "peer",        "smtp.remote-ip", "ipaddr", "ip-adresse",
    "ip-address", "remote-ip",    "src_ip"};
constexpr std::array<std::string_view, 6> sender_keys = {"source",    "sending-ip", "sending_ip",
                                                         "sender_ip", "sender-ip",  "source-ip"};
constexpr std::array<std::string_view, 29> receiver_keys = {
    "relay",       "i",      "local_ip",   "local-ip",    "local_addr", "localip", "lip",
    "dst",         "dest",   "dest_ip",    "destination", "mx",         "mx_ip",   "mx-host",
    "remotemtaip", "mxhost", "remote-mta", "remote_mta",  "host",       "server",  "server_ip",
    "interface",   "bind",   "listen",     "nexthop",     "fqdn",       "called",  "remote-host"};
constexpr std::array<std::string_view, 6> other_keys = {"helo", "ehlo", "smtp_helo", "x-originating-ip", "dns", "ptr"};

Role role_of_key(const Surroundings& around, Facts facts) {
    const std::string_view key = around.words[0];
    // The same words stand before both sides, and the line tells which one it is about.
    if (equals_ignoring_case("h", key) && around.joint == '=') {
        return (facts & exim_delivery) != 0 ? Role::receiver : Role::client;
    }
    if (equals_ignoring_case("relay", key)) {
        const bool incoming = (facts & own_reject) != 0 && (facts & delivery_line) == 0;
        return incoming ? Role::client : Role::receiver;
    }
    if (equals_ignoring_case("address", key) || equals_ignoring_case("addr", key)) {
        if (equals_ignoring_case("ip", around.words[1]) || equals_ignoring_case("source", around.words[1]))
            return Role::client;
        return (facts & client_session) != 0 && (facts & delivery_line) == 0 ? Role::client : Role::receiver;
    }
    if (is_one_of(key, receiver_keys)) return Role::receiver;
    if (is_one_of(key, other_keys)) return Role::ignored;
    if (equals_ignoring_case("ip", key) &&
        is_one_of(around.words[1], std::array<std::string_view, 4>{"server", "mx", "destination", "local"})) {
        return Role::receiver;
    }
    if (equals_ignoring_case("ip", key) && (facts & delivery_line) != 0 && (facts & delivery_failed) == 0)
        return Role::receiver;
    if (is_one_of(key, sender_keys)) return Role::sender;
    if (is_one_of(key, client_keys)) return Role::client;
    return Role::unknown;
}

bool is_negated(const Surroundings& around) {
    return std::any_of(around.words.begin() + 1, around.words.end(), [](std::string_view word) {
        return is_one_of(word, std::array<std::string_view, 6>{"not", "doesn't", "back", "cannot", "didn't", "n't"});
    });
}

// Behind the address of a server that answered: `[192.0.2.1] said: 550 ...`.
bool is_spoken_of_as_server(std::string_view after) {
    constexpr std::array<std::string_view, 14> phrases = {
        "said",       "refused to talk", "does not like", "failed after",  "but greeting",
        "but sender", "but my name",     "responded",     "returned",      "while ",
        "replied",    "did not ",        "closed ",       "but connection"};
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view p) { return starts_with_word(after, p); });
}

// The words for a host: "the host", "your host", "host".
Role role_of_host(const Surroundings& around) {
    constexpr std::array<std::string_view, 9> whose = {"client", "your",   "sending", "sender", "from",
                                                       "the",    "remote", "mail",    "smtp"};
    if (is_one_of(around.words[1], std::array<std::string_view, 2>{"the", "remote"})) return Role::unknown;
    return is_one_of(around.words[1], whose) ? Role::client : Role::receiver;
}

// The words for a server: "our server", "your server at".
Role role_of_server(const Surroundings& around) {
    const auto says = [&](const auto& which) {
        return std::any_of(around.words.begin(), around.words.end(),
                           [&](std::string_view word) { return is_one_of(word, which); });
    };
    if (says(std::array<std::string_view, 3>{"our", "by", "to"})) return Role::receiver;
    const bool client = says(std::array<std::string_view, 4>{"your", "sending", "connecting", "client"});
    return client ? Role::client : Role::unknown;
}

Role role_of_last_word(std::string_view last) {
    constexpr std::array<std::string_view, 15> receiver = {"with",   "by",        "via",     "trying",    "mx",
                                                           "called", "interface", "respond", "through",   "was",
                                                           "using",  "listening", "gateway", "connected", "relay"};
    if (is_one_of(last, receiver)) return Role::receiver;
    constexpr std::array<std::string_view, 13> others = {"version",    "v",        "esmtp",    "release", "build",
                                                         "exim",       "postfix",  "sendmail", "helo",    "ehlo",
                                                         "nameserver", "resolver", "queried"};
    if (is_one_of(last, others)) return Role::ignored;
    constexpr std::array<std::string_view, 17> client = {
        "from",      "for", "client", "ip",       "ipv4",        "ipv6", "ips", "of",     "hostname",
        "host-name", "mta", "sender", "messages", "connections", "your", "von", "adresse"};
    return is_one_of(last, client) ? Role::client : Role::unknown;
}

Role role_of_words(const Surroundings& around) {
    const std::string_view last = around.words[0];
    const std::string_view other = around.words[1];
    const auto is_last = [&](std::string_view word) { return equals_ignoring_case(word, last); };
    const Role towards = is_negated(around) ? Role::client : Role::receiver;
    if (last.empty()) return Role::unknown;
    if (is_one_of(other, std::array<std::string_view, 4>{"to", "by", "with", "via"}) &&
        !is_one_of(last, std::array<std::string_view, 3>{"to", "from", "for"}))
        return towards;
    if (is_last("is") && is_one_of(other, std::array<std::string_view, 2>{"ip", "address"})) return Role::client;
    if (is_last("host") || is_last("hosts")) return role_of_host(around);
    if (is_last("server") || is_last("at")) return role_of_server(around);
    if (is_last("to")) return towards;
    if (is_last("address") || is_last("addresses")) {
        constexpr std::array<std::string_view, 10> of_a_client = {"ip",     "ipv4",    "ipv6",   "your", "source",
                                                                  "client", "sending", "sender", "this", "remote"};
        return is_one_of(other, of_a_client) ? Role::client : Role::unknown;
    }
    if (is_last("ip") && equals_ignoring_case("local", other)) return Role::receiver;
    return role_of_last_word(last);
}

bool is_mail_port(std::size_t port) {
    return port == 25 || port == 465 || port == 587 || port == 2525 || port == 26 || port == 24;
}

}  // namespace

bool begins_with_verdict(std::string_view after) {
    constexpr std::array<std::string_view, 15> beginnings = {"hostname ", "address not listed",
                                                             "must ",     "has ",
                                                             "is ",       "does ",
                                                             "doesn't ",  "did ",
                                                             "was ",      "not ",
                                                             "found",     "listed",
                                                             "blocked",   "cannot ",
                                                             "failed"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view b) { return starts_with_word(after, b); });
}

Role role_of(const Surroundings& around, Facts facts) {
    if (around.before == '@') return Role::ignored;  // of a mail address, or a name server of dig
    if (around.name_server) return Role::ignored;
    if (around.url_host) return Role::ignored;
    if (around.behind == '/' && around.port == 0) return Role::ignored;
    if (is_spoken_of_as_server(around.after)) return Role::receiver;
    if (is_mail_port(around.port)) return Role::receiver;
    if (around.joint == '=' || around.joint == ':') {
        const Role role = role_of_key(around, facts);
        if (role != Role::unknown) return role;
        if (around.joint == '=') return Role::unknown;
    }
    const Role role = role_of_words(around);
    const bool logged = equals_ignoring_case("address", around.words[0]) && (facts & client_session) != 0;
    return role == Role::unknown && logged ? Role::client : role;
}

}  // namespace fcrdns::refusal
