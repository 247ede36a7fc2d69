// SPDX-License-Identifier: MIT
// The benchmark's world: what the DNS says about any IPv4 address, as a pure function.
// Of the addresses about 70 % have a name that leads back, 12 % have no PTR record,
// 10 % a name that leads elsewhere, 5 % a name that does not exist, and 3 % two names
// of which one leads back. The zone files, the responder and the expected verdicts
// all come from here; nothing of the program under test is used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Kind : std::uint8_t { confirmed, no_ptr, elsewhere, unknown_name, two_names };

/// What the world says about the address (host byte order).
Kind kind_of(std::uint32_t address);
/// Without a PTR record the name may still exist (NODATA) or not (NXDOMAIN).
bool reverse_name_exists(std::uint32_t address);
/// The PTR names in the order of the answer, without the final dot; empty for Kind::no_ptr.
std::vector<std::string> ptr_names(std::uint32_t address);
/// The address that the name leads to; none where the world has no such name.
std::optional<std::uint32_t> address_of(std::string_view lower_case_name);
/// True when the reverse zone (/24) of the address is one of the given share that never answers.
bool is_silent(std::uint32_t address, double share);

/// The expected verdict and reason, in the program's words.
struct Truth {
    std::string_view verdict;
    std::string_view reason;
};
Truth truth_of(std::uint32_t address, double silent_share);

/// "198.18.0.1"
std::string address_text(std::uint32_t address);
/// "1.0.18.198.in-addr.arpa"
std::string reverse_name(std::uint32_t address);
/// A number that looks drawn at random but depends on `value` alone.
std::uint64_t scatter(std::uint64_t value);

inline constexpr std::uint32_t record_ttl = 3600;
inline constexpr std::uint32_t negative_ttl = 600;

}  // namespace bench
