// SPDX-License-Identifier: MIT
#include "world.hpp"

#include <array>

namespace bench {
namespace {

constexpr std::string_view consonants = "bcdfghjklmnpqrstvwxz";
constexpr std::string_view vowels = "aeiou";
constexpr std::size_t syllables = 5;  // 100 different ones each: enough for 2^32 addresses
constexpr std::array<std::string_view, 4> host_labels = {"mail", "mx", "smtp", "mta"};
constexpr std::string_view second_label = "www";
constexpr std::string_view suffix = ".example";

constexpr std::uint32_t multiplier = 0x9E3779B1;

// Newton's iteration doubles the number of right bits: 3, 6, 12, 24, 48.
constexpr std::uint32_t inverse_of(std::uint32_t odd) {
    std::uint32_t inverse = odd;
    for (int step = 0; step < 5; ++step) {
        inverse *= 2 - odd * inverse;
    }
    return inverse;
}
static_assert(multiplier * inverse_of(multiplier) == 1);

std::uint32_t mixed(std::uint32_t address) {
    return (address ^ (address >> 16U)) * multiplier;
}
std::uint32_t unmixed(std::uint32_t code) {
    const std::uint32_t product = code * inverse_of(multiplier);
    return product ^ (product >> 16U);
}

// Words without digits, so that no name looks generic; every address has its own.
std::string word_of(std::uint32_t address) {
    std::string word;
    std::uint32_t rest = mixed(address);
    for (std::size_t i = 0; i < syllables; ++i) {
        word += consonants[rest % 20];
        word += vowels[rest / 20 % 5];
        rest /= 100;
    }
    return word;
}

std::optional<std::uint32_t> address_of_word(std::string_view word) {
    if (word.size() != 2 * syllables) {
        return std::nullopt;
    }
    std::uint64_t code = 0;
    for (std::size_t i = syllables; i-- > 0;) {
        const std::size_t consonant = consonants.find(word[2 * i]);
        const std::size_t vowel = vowels.find(word[2 * i + 1]);
        if (consonant == consonants.npos || vowel == vowels.npos) {
            return std::nullopt;
        }
        code = code * 100 + vowel * 20 + consonant;
    }
    if (code > UINT32_MAX) {
        return std::nullopt;
    }
    return unmixed(static_cast<std::uint32_t>(code));
}

std::string_view host_label(std::uint32_t address) {
    return host_labels[scatter(address) >> 32U & 3U];
}

std::uint32_t elsewhere(std::uint32_t address) {
    return 0xCB007100U | (scatter(address) >> 40U & 0xFFU);  // 203.0.113.0/24
}

}  // namespace

std::uint64_t scatter(std::uint64_t value) {  // the finalizer of splitmix64
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

Kind kind_of(std::uint32_t address) {
    const std::uint64_t percent = scatter(address) % 100;
    if (percent < 70) {
        return Kind::confirmed;
    }
    if (percent < 82) {
        return Kind::no_ptr;
    }
    if (percent < 92) {
        return Kind::elsewhere;
    }
    return percent < 97 ? Kind::unknown_name : Kind::two_names;
}

bool reverse_name_exists(std::uint32_t address) {
    return kind_of(address) != Kind::no_ptr || (scatter(address) >> 48U & 3U) == 0;
}

std::vector<std::string> ptr_names(std::uint32_t address) {
    const Kind kind = kind_of(address);
    if (kind == Kind::no_ptr) {
        return {};
    }
    const std::string domain = word_of(address).append(suffix);
    const auto in_domain = [&domain](std::string_view label) { return std::string(label).append(".").append(domain); };
    std::vector<std::string> names = {in_domain(host_label(address))};
    if (kind == Kind::two_names) {
        const bool confirmed_first = (scatter(address) >> 50U & 1U) == 0;
        names.insert(confirmed_first ? names.end() : names.begin(), in_domain(second_label));
    }
    return names;
}

std::optional<std::uint32_t> address_of(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == name.npos || !name.ends_with(suffix) || name.size() < dot + 1 + suffix.size()) {
        return std::nullopt;
    }
    const std::string_view label = name.substr(0, dot);
    const auto address = address_of_word(name.substr(dot + 1, name.size() - dot - 1 - suffix.size()));
    if (!address) {
        return std::nullopt;
    }
    const Kind kind = kind_of(*address);
    if (label == second_label && kind == Kind::two_names) {
        return elsewhere(*address);
    }
    if (label != host_label(*address) || kind == Kind::no_ptr || kind == Kind::unknown_name) {
        return std::nullopt;
    }
    return kind == Kind::elsewhere ? elsewhere(*address) : *address;
}

bool is_silent(std::uint32_t address, double share) {
    // Chosen so that a share of 3 % is one in the blocks the benchmark uses: 61 of 2,048 zones, 8 of 256.
    constexpr std::uint64_t salt = 0x0298000000000000U;
    const std::uint64_t drawn = scatter(salt | (address >> 8U)) >> 11U;
    return static_cast<double>(drawn) * 0x1p-53 < share;
}

Truth truth_of(std::uint32_t address, double silent_share) {
    if (is_silent(address, silent_share)) {
        return {"temperror", "ptr_lookup_failed"};
    }
    switch (kind_of(address)) {
        case Kind::confirmed:
        case Kind::two_names: return {"pass", "forward_confirmed"};
        case Kind::no_ptr: return {"fail", "no_ptr"};
        case Kind::elsewhere: return {"fail", "forward_mismatch"};
        case Kind::unknown_name: break;
    }
    return {"fail", "forward_nxdomain"};
}

std::string address_text(std::uint32_t address) {
    return std::to_string(address >> 24U) + "." + std::to_string(address >> 16U & 0xFFU) + "." +
           std::to_string(address >> 8U & 0xFFU) + "." + std::to_string(address & 0xFFU);
}

std::string reverse_name(std::uint32_t address) {
    return std::to_string(address & 0xFFU) + "." + std::to_string(address >> 8U & 0xFFU) + "." +
           std::to_string(address >> 16U & 0xFFU) + "." + std::to_string(address >> 24U) + ".in-addr.arpa";
}

}  // namespace bench
