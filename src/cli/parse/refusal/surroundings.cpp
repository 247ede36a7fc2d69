// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/surroundings.hpp"

#include <algorithm>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

constexpr std::size_t farthest_before = 120;
constexpr std::size_t farthest_behind = 64;

bool is_word_char(char c) {
    return is_alnum(c) || c == '_' || c == '.' || c == '-' || c == '\'';
}

bool looks_like_host(std::string_view word) {
    return (word.find('.') != std::string_view::npos && std::any_of(word.begin(), word.end(), is_letter)) ||
           equals_ignoring_case("unknown", word) || equals_ignoring_case("localhost", word);
}

// Reads a text backwards, from an address to the words before it.
class Backwards {
public:
    Backwards(std::string_view text, std::size_t at, std::size_t begin)
        : text_(text), at_(at), begin_(at - begin > farthest_before ? at - farthest_before : begin) {}

    char peek() const { return at_ > begin_ ? text_[at_ - 1] : '\0'; }
    void skip() { --at_; }
    bool skip_blanks() {
        const std::size_t from = at_;
        while (at_ > begin_ && is_blank(text_[at_ - 1])) --at_;
        return from != at_;
    }
    std::string_view word() {
        const std::size_t end = at_;
        while (at_ > begin_ && is_word_char(text_[at_ - 1])) --at_;
        std::string_view found = text_.substr(at_, end - at_);
        const bool in_reply =
            found.size() > 4 && found[3] == '-' && std::all_of(found.begin(), found.begin() + 3, is_digit);
        return in_reply ? found.substr(4) : found;
    }
    // A group such as `(HELO name)` that ends here.
    void skip_group() {
        const std::size_t from = at_;
        while (at_ > begin_ && text_[at_ - 1] != '(') --at_;
        at_ = at_ > begin_ ? at_ - 1 : from;
    }

private:
    std::string_view text_;
    std::size_t at_;
    std::size_t begin_;
};

void read_brackets(Backwards& back, Surroundings& around) {
    constexpr std::string_view signs = "[(<{\"'`";
    for (unsigned i = 0; i < 6; ++i) {
        const char c = back.peek();
        if (c == '\0' || signs.find(c) == std::string_view::npos) break;
        if (around.open == 0 && c != '"' && c != '\'' && c != '`') around.open = c;
        around.angle = around.angle || c == '<';
        back.skip();
    }
    around.before = back.peek();
    if (around.before == '/') {
        Backwards ahead = back;
        ahead.skip();
        around.url_host = ahead.peek() == '/';
    }
}

void read_name(Backwards& back, Surroundings& around) {
    const bool apart = back.skip_blanks();
    if (around.open != '[' && around.open != '(') return;
    if (around.open == '[' && back.peek() == ')') {
        back.skip();
        back.skip_group();
        back.skip_blanks();
    }
    Backwards ahead = back;
    const std::string_view word = ahead.word();
    if (word.empty() || word.find('\'') != std::string_view::npos ||
        !(looks_like_host(word) || (around.open == '[' && !apart)))
        return;
    around.name = word;
    back = ahead;
    if (back.peek() == '<') {
        around.angle = true;
        back.skip();
    }
    back.skip_blanks();
}

// The signs between two words, or between a word and the address. A sentence or a clause that ends there
// says nothing of what follows.
bool read_joint(Backwards& back, char& joint) {
    for (unsigned i = 0; i < 8; ++i) {
        back.skip_blanks();
        const char c = back.peek();
        if (c == '\0') return false;
        if (is_word_char(c) && c != '.' && !(c == '-' && joint == 0)) return true;
        if (c == ';' || c == '.' || c == ')' || c == '?' || c == '!') return false;
        if (joint == 0 && (c == '=' || c == ':' || c == '-' || c == ',')) joint = c;
        back.skip();
    }
    return false;
}

void read_words(Backwards& back, Surroundings& around) {
    char joint = 0;
    for (std::size_t i = 0; i < around.words.size(); ++i) {
        if (!read_joint(back, joint)) break;
        if (i == 0) around.joint = joint;
        if (i > 0 && (joint == '=' || joint == ':')) break;  // what is said there is another thing
        around.words[i] = back.word();
        joint = 0;
    }
}

void read_behind(std::string_view text, std::size_t at, Surroundings& around) {
    const std::size_t limit = std::min(text.size(), at + farthest_behind);
    const auto skip_blanks = [&] {
        while (at < limit && is_blank(text[at])) ++at;
    };
    around.behind = at < limit ? text[at] : '\0';
    around.name_server = around.behind == '#' && at + 1 < limit && is_digit(text[at + 1]);
    const auto read_port = [&] {
        if (around.port != 0 || at + 1 >= limit || text[at] != ':' || !is_digit(text[at + 1])) return;
        for (++at; at < limit && is_digit(text[at]) && around.port < 100000; ++at) {
            around.port = around.port * 10 + static_cast<std::size_t>(text[at] - '0');
        }
    };
    read_port();
    // Google writes a number into the brackets: `[192.0.2.1      15]`.
    if (around.open == '[' && around.behind == ' ') {
        std::size_t ahead = at;
        while (ahead < limit && (text[ahead] == ' ' || is_digit(text[ahead]))) ++ahead;
        if (ahead < limit && text[ahead] == ']') at = ahead;
    }
    constexpr std::string_view closing = "])>}\"'`";
    while (at < limit && closing.find(text[at]) != std::string_view::npos) {
        ++at;
        read_port();
    }
    if (at < limit && text[at] == ':') ++at;
    skip_blanks();
    around.after = text.substr(at, limit - at);
}

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

Role role_of_words(const Surroundings& around) {
    const std::string_view last = around.words[0];
    const std::string_view other = around.words[1];
    if (last.empty()) return Role::unknown;
    constexpr std::array<std::string_view, 9> whose = {"client", "your",   "sending", "sender", "from",
                                                       "the",    "remote", "mail",    "smtp"};
    constexpr std::array<std::string_view, 4> towards = {"to", "by", "with", "via"};
    if (is_one_of(other, towards) && !equals_ignoring_case("to", last) && !equals_ignoring_case("from", last) &&
        !equals_ignoring_case("for", last)) {
        return is_negated(around) ? Role::client : Role::receiver;
    }
    if (equals_ignoring_case("is", last) &&
        (equals_ignoring_case("ip", other) || equals_ignoring_case("address", other)))
        return Role::client;
    if (equals_ignoring_case("host", last) || equals_ignoring_case("hosts", last)) {
        if (equals_ignoring_case("the", other) || equals_ignoring_case("remote", other)) return Role::unknown;
        return is_one_of(other, whose) ? Role::client : Role::receiver;
    }
    if (equals_ignoring_case("server", last) || equals_ignoring_case("at", last)) {
        const auto says = [&](const auto& which) {
            return std::any_of(around.words.begin(), around.words.end(),
                               [&](std::string_view word) { return is_one_of(word, which); });
        };
        if (says(std::array<std::string_view, 3>{"our", "by", "to"})) return Role::receiver;
        return says(std::array<std::string_view, 4>{"your", "sending", "connecting", "client"}) ? Role::client
                                                                                                : Role::unknown;
    }
    if (equals_ignoring_case("to", last)) return is_negated(around) ? Role::client : Role::receiver;
    if (equals_ignoring_case("address", last) || equals_ignoring_case("addresses", last)) {
        constexpr std::array<std::string_view, 10> of_a_client = {"ip",     "ipv4",    "ipv6",   "your", "source",
                                                                  "client", "sending", "sender", "this", "remote"};
        return is_one_of(other, of_a_client) ? Role::client : Role::unknown;
    }
    if (equals_ignoring_case("ip", last) && equals_ignoring_case("local", other)) return Role::receiver;
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

bool is_mail_port(std::size_t port) {
    return port == 25 || port == 465 || port == 587 || port == 2525 || port == 26 || port == 24;
}

}  // namespace

Surroundings surroundings_of(std::string_view text, const AddressToken& token, std::size_t begin) {
    Surroundings around;
    Backwards back(text, token.begin, begin);
    if (token.begin >= 5 && equals_ignoring_case("ipv6:", text.substr(token.begin - 5, 5)))
        back = {text, token.begin - 5, begin};
    read_brackets(back, around);
    read_name(back, around);
    read_words(back, around);
    read_behind(text, token.end, around);
    return around;
}

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
