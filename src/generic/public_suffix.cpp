// SPDX-License-Identifier: MIT
#include "generic/public_suffix.hpp"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <string>

namespace fcrdns {
namespace {

// Names that nobody can register, but that people rightly use (RFC 2606 2, RFC 6761 6, RFC 6762 3,
// RFC 8375 3; .internal: ICANN board resolution of 2024-07-29).
constexpr std::array<std::string_view, 9> reserved_tlds = {"arpa",     "example", "home",      "internal", "invalid",
                                                           "local",    "localhost", "onion",   "test"};

// The longest suffixes of the list's ICANN section have four labels (pvt.k12.ma.us).
constexpr std::size_t most_suffix_labels = 4;

bool is_suffix(const char* name) {
    return psl_is_public_suffix2(psl_builtin(), name, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

}  // namespace

std::string_view registrable_domain(std::string_view lowered) {
    // libpsl takes a terminated string, and a host name has at most 253 octets.
    std::array<char, 256> text{};
    if (lowered.size() >= text.size()) return {};
    std::copy(lowered.begin(), lowered.end(), text.begin());

    // Where the last labels begin, from right to left.
    std::array<std::size_t, most_suffix_labels + 1> starts{};
    std::size_t count = 0;
    for (std::size_t end = lowered.size(); count < starts.size(); end = starts[count - 1] - 1) {
        const std::size_t dot = end == 0 ? std::string_view::npos : lowered.rfind('.', end - 1);
        starts[count++] = dot == std::string_view::npos ? 0 : dot + 1;
        if (starts[count - 1] == 0) break;
    }
    // psl_registrable_domain() looks at the private section too, so the suffix is looked for label by
    // label, the longest first: rules such as *.kawasaki.jp leave gaps between the shorter ones.
    for (std::size_t labels = std::min(count, most_suffix_labels); labels > 0; --labels) {
        const std::size_t suffix = starts[labels - 1];
        if (!is_suffix(text.data() + suffix)) continue;
        return suffix == 0 ? std::string_view{} : lowered.substr(starts[labels]);
    }
    // No known suffix: the last label is one (the list's own default rule).
    return count < 2 ? std::string_view{} : lowered.substr(starts[1]);
}

bool has_known_tld(const DnsName& name) {
    if (name.is_root()) return false;
    const std::string tld = [&] {
        std::string text(name.split().back());
        std::transform(text.begin(), text.end(), text.begin(), to_lower);
        return text;
    }();
    if (std::find(reserved_tlds.begin(), reserved_tlds.end(), tld) != reserved_tlds.end()) return true;
    return is_suffix(tld.c_str());
}

}  // namespace fcrdns
