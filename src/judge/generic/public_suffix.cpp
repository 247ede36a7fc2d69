// SPDX-License-Identifier: MIT
#include "judge/generic/public_suffix.hpp"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <string>

namespace fcrdns {
namespace {

// Names that nobody can register, but that people rightly use (RFC 2606 2, RFC 6761 6, RFC 6762 3,
// RFC 8375 3; .internal: ICANN board resolution of 2024-07-29).
constexpr std::array<std::string_view, 9> reserved_tlds = {"arpa",  "example",   "home",  "internal", "invalid",
                                                           "local", "localhost", "onion", "test"};

// Of these, those that the public DNS has nothing under (RFC 6761 6, RFC 6762 3, RFC 7686, RFC 8375), and its
// infrastructure.
constexpr std::array<std::string_view, 7> local_tlds = {"arpa",  "home",      "internal", "invalid",
                                                        "local", "localhost", "onion"};

std::string last_label(const DnsName& name) {
    const std::string_view labels = name.labels();
    std::size_t last = 0;
    for (std::size_t at = 0; at < labels.size(); at += static_cast<unsigned char>(labels[at]) + 1U) last = at;
    std::string label(labels.substr(last + 1));
    std::transform(label.begin(), label.end(), label.begin(), to_lower);
    return label;
}

bool is_suffix(const char* name) {
    return psl_is_public_suffix2(psl_builtin(), name, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

}  // namespace

std::string_view registrable_domain(std::string_view lowered) {
    // libpsl takes a terminated string, and a host name has at most 253 octets.
    std::array<char, 256> text{};
    if (lowered.size() >= text.size()) return {};
    std::copy(lowered.begin(), lowered.end(), text.begin());

    const auto one_more_label = [&](std::size_t begin) {
        const std::size_t dot = begin < 2 ? std::string_view::npos : lowered.rfind('.', begin - 2);
        return dot == std::string_view::npos ? 0 : dot + 1;
    };
    // psl_registrable_domain() looks at the private section too, so the longest suffix is looked for by asking. The
    // last label is one, known or not (the list's own default rule). Below it the suffixes grow label by label, but
    // for rules such as *.kawasaki.jp: where kawasaki.jp is none, x.kawasaki.jp can be one.
    std::size_t suffix = lowered.rfind('.') + 1;
    std::size_t labels = 1;
    std::size_t begin = suffix;
    for (std::size_t asked = 2; begin != 0 && asked <= std::max<std::size_t>(labels + 1, 3); ++asked) {
        begin = one_more_label(begin);
        if (!is_suffix(text.data() + begin)) continue;
        suffix = begin;
        labels = asked;
    }
    return suffix == 0 ? std::string_view{} : lowered.substr(one_more_label(suffix));
}

bool has_known_tld(const DnsName& name) {
    if (name.is_root()) return false;
    const std::string tld = last_label(name);
    if (std::find(reserved_tlds.begin(), reserved_tlds.end(), tld) != reserved_tlds.end()) return true;
    return is_suffix(tld.c_str());
}

bool has_local_tld(const DnsName& name) {
    return !name.is_root() && std::find(local_tlds.begin(), local_tlds.end(), last_label(name)) != local_tlds.end();
}

bool may_be_public(const DnsName& name) {
    return name.label_count() > 1 && has_known_tld(name) && !has_local_tld(name);
}

}  // namespace fcrdns
