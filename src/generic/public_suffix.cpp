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

bool is_suffix(std::string_view name) {
    // libpsl takes a terminated string; a host name is at most 253 octets.
    return psl_is_public_suffix2(psl_builtin(), std::string(name).c_str(),
                                 PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

}  // namespace

std::string_view registrable_domain(std::string_view lowered) {
    // psl_registrable_domain() looks at the private section too, so the suffix is looked for label by label.
    std::string_view candidate;
    for (std::string_view rest = lowered;; rest.remove_prefix(rest.find('.') + 1)) {
        if (is_suffix(rest)) return candidate;
        candidate = rest;
        if (rest.find('.') == std::string_view::npos) break;
    }
    // No known suffix: the last label is one (the list's own default rule).
    const std::size_t last = lowered.rfind('.');
    if (last == std::string_view::npos) return {};
    const std::size_t before = lowered.rfind('.', last - 1);
    return before == std::string_view::npos ? lowered : lowered.substr(before + 1);
}

bool has_known_tld(const DnsName& name) {
    if (name.is_root()) return false;
    const std::string tld = [&] {
        std::string text(name.split().back());
        std::transform(text.begin(), text.end(), text.begin(), to_lower);
        return text;
    }();
    if (std::find(reserved_tlds.begin(), reserved_tlds.end(), tld) != reserved_tlds.end()) return true;
    return is_suffix(tld);
}

}  // namespace fcrdns
