// SPDX-License-Identifier: MIT
// OpenSMTPD 6.8.0p2 and 7.8.0p1: usr.sbin/smtpd/smtp_session.c (smtp_getnameinfo_cb,
// smtp_getaddrinfo_cb), lka_filter.c (filter_check_fcrdns, filter_check_rdns); libasr 05b8bf7.
// libasr takes the first PTR name that is legal and says "no name" for every failure of the PTR
// lookup; `!fcrdns` holds for an error of the forward lookup too. So nothing is ever temporary,
// unless the administrator's own reply is.
#include <algorithm>

#include "compose/receivers/glibc_stub.hpp"
#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

// The administrator writes the reply; the prediction is for a permanent one.
const Response refusal = {ReceiverOutcome::reject, std::nullopt};

// HOST_NAME_MAX on Linux: the size of the session's field for the name.
constexpr std::size_t longest_name = 64;

// libasr prints labels without escaping: a dot inside one becomes a separator, and a NUL ends
// the text, of which it then strips what it takes for the final dot.
std::string libasr_text(const DnsName& name) {
    std::string text = raw_text(name);
    const std::size_t nul = text.find('\0');
    if (nul != std::string::npos) text.resize(nul == 0 ? 0 : nul - 1);
    return text;
}

// res_hnok() over that text: it reads backslashes as escapes, which they were not.
bool libasr_takes(std::string_view text) {
    bool first = true;
    while (!text.empty()) {
        char c = text.front();
        const bool escaped = c == '\\';
        text.remove_prefix(1);
        if (escaped) {
            unsigned code = 0;
            const bool decimal = text.size() >= 3 && all_numeric(text.substr(0, 3)) && text.find('.') >= 3;
            if (text.empty() || (is_digit(text.front()) && !decimal)) return false;
            for (std::size_t i = 0; decimal && i < 3; ++i) code = code * 10 + static_cast<unsigned>(text[i] - '0');
            c = decimal ? static_cast<char>(code) : text.front();
            text.remove_prefix(decimal ? 3 : 1);
        }
        const bool separator = c == '.' && !escaped;
        if (!separator && !is_letter(c) && !is_digit(c) && c != '-' && c != '_') return false;
        if (first && c == '-') return false;
        first = false;
    }
    return true;
}

// text_to_netaddr(), by inet_net_pton(): one to four decimal octets, or up to eight
// hexadecimal digits, are a network.
bool is_network_number(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) return text.size() <= 10 && number_address(text).has_value();
    if (!all_numeric(text) || std::count(text.begin(), text.end(), '.') > 3) return false;
    unsigned octet = 0;
    for (const char c : text) {
        octet = c == '.' ? 0 : octet * 10 + static_cast<unsigned>(c - '0');
        if (octet > 255) return false;
    }
    return true;
}

NameCase fcrdns_case(const PtrName& name, const std::string& text, const IpAddress& address) {
    if (text.empty()) return refused_name("is an empty name to it");
    if (text.size() > longest_name) return refused_name("is longer than the 64 octets it keeps");
    if (const auto literal = IpAddress::parse(text)) {
        return *literal == address ? NameCase{NameEnd::leads_back, "is the address itself"}
                                   : refused_name("is another address");
    }
    return forward_case(name, address);
}

NameCase rdns_case(const std::string& text) {
    if (is_network_number(text)) return refused_name("is an address, not a name");
    return {NameEnd::leads_back, "is a name, and no more is asked"};
}

template <class NameRule>
std::vector<ReceiverCase> cases_of(const Evidence& evidence, NameRule rule) {
    if (evidence.ptr.outcome != Outcome::records) {
        std::string cause = ptr_cause(evidence.ptr);
        if (!is_definite(evidence.ptr.outcome)) cause += ", which it takes for a missing name";
        return one_case(refusal, cause);
    }
    std::vector<ReceiverCase> cases;
    for (const PtrName& name : evidence.names) {
        const std::string text = libasr_text(name.name);
        if (libasr_takes(text)) append_cases(cases, name, rule(name, text), {refusal, refusal});
    }
    return cases.empty() ? one_case(refusal, "No PTR record holds a host name") : cases;
}

}  // namespace

std::vector<ReceiverCase> opensmtpd_cases(const Evidence& evidence) {
    return cases_of(evidence, [&](const PtrName& name, const std::string& text) {
        return fcrdns_case(name, text, evidence.address);
    });
}

std::vector<ReceiverCase> opensmtpd_rdns_cases(const Evidence& evidence) {
    return cases_of(evidence, [](const PtrName&, const std::string& text) { return rdns_case(text); });
}

}  // namespace fcrdns
