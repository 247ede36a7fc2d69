// SPDX-License-Identifier: MIT
#include "cli/parse/ascii_name.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace fcrdns {

std::optional<std::string> ascii_name(std::string_view text) {
    constexpr std::size_t longest = 1024;  // a name of 253 octets is shorter in UTF-8
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
    if (ascii || text.size() > longest || text.find('\0') != std::string_view::npos) return std::nullopt;
    char* converted = nullptr;
    if (idn2_to_ascii_8z(std::string(text).c_str(), &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
        return std::nullopt;
    const std::unique_ptr<char, void (*)(void*)> owned(converted, idn2_free);
    return std::string(owned.get());
}

}  // namespace fcrdns
