// SPDX-License-Identifier: MIT
#include "fcrdns/helo.hpp"

#include <algorithm>

#include "dns/case.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

// RFC 5321 4.1.3: [203.0.113.1] or [IPv6:2001:db8::1].
std::optional<IpAddress> read_literal(std::string_view text) {
    if (text.size() < 3 || text.front() != '[' || text.back() != ']') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    constexpr std::string_view tag = "IPv6:";
    const bool tagged = text.size() > tag.size() && equals_ignoring_case(text.substr(0, tag.size()), tag);
    const auto address = IpAddress::parse(tagged ? text.substr(tag.size()) : text);
    if (!address || address->is_ipv4() == tagged) return std::nullopt;
    return address;
}

// Postfix's valid_hostname(): a name of digits alone is none, but unlike DnsName::is_host_name() it may end in them.
bool has_valid_syntax(const DnsName& name) {
    const auto labels = name.split();
    const auto plain = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
    const auto digits = [](std::string_view label) { return std::all_of(label.begin(), label.end(), is_digit); };
    const auto valid = [&](std::string_view label) {
        return label.front() != '-' && label.back() != '-' && std::all_of(label.begin(), label.end(), plain);
    };
    return std::all_of(labels.begin(), labels.end(), valid) && !std::all_of(labels.begin(), labels.end(), digits);
}

HeloForm form_of(const Helo& helo, std::string_view text) {
    if (helo.literal) return HeloForm::address_literal;
    if (text.ends_with('.') && !text.ends_with("..")) text.remove_suffix(1);
    if (IpAddress::parse(text)) return HeloForm::not_fqdn;  // Postfix takes a bare address as syntax, not as a name
    if (!helo.name || !has_valid_syntax(*helo.name)) return HeloForm::invalid;
    return helo.name->label_count() > 1 ? HeloForm::host_name : HeloForm::not_fqdn;
}

std::optional<bool> resolves(const Helo& helo, const Evidence& evidence) {
    switch (helo.form) {
        case HeloForm::address_literal: return *helo.literal == evidence.address;
        case HeloForm::invalid:
        case HeloForm::not_fqdn: return false;
        case HeloForm::host_name: break;
    }
    if (!evidence.helo || !is_definite(evidence.helo->outcome)) return std::nullopt;
    const auto& addresses = evidence.helo->addresses;
    return std::any_of(addresses.begin(), addresses.end(),
                       [&](const AddressRecord& r) { return r.ip == evidence.address; });
}

}  // namespace

Helo parse_helo(std::string_view text) {
    Helo helo;
    helo.text = std::string(text);
    helo.literal = read_literal(text);
    if (text.find('\\') == std::string_view::npos) helo.name = DnsName::from_text(text);
    helo.form = form_of(helo, text);
    if (helo.form != HeloForm::host_name) helo.name.reset();
    return helo;
}

HeloResult judge_helo(const Helo& helo, const Evidence& evidence) {
    HeloResult result;
    result.name = helo.name ? helo.name->to_text() : quoted_input(helo.text);
    result.outcome = std::string(helo.form == HeloForm::host_name && evidence.helo ? to_word(evidence.helo->outcome)
                                                                                   : to_word(helo.form));
    if (evidence.helo) result.addresses = evidence.helo->addresses;
    result.resolves_to_ip = resolves(helo, evidence);
    bool equals_any = false;
    for (const PtrName& name : evidence.names) {
        if (!helo.name || name.name != *helo.name) continue;
        equals_any = true;
        result.equals_ptr = result.equals_ptr || leads_back(name, evidence.address);
    }
    result.names_other_ptr = !evidence.names.empty() && !equals_any;
    return result;
}

std::string_view to_word(HeloForm form) {
    switch (form) {
        case HeloForm::host_name: return "host_name";
        case HeloForm::not_fqdn: return "not_fqdn";
        case HeloForm::address_literal: return "address_literal";
        case HeloForm::invalid: return "invalid";
    }
    return "";
}

}  // namespace fcrdns
