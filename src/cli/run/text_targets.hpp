// SPDX-License-Identifier: MIT
// Targets out of texts: the clients that a bounce, a log or a message says were refused, as items of the input.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/parse/refused_addresses.hpp"
#include "fcrdns/result.hpp"
#include "flow/target.hpp"

namespace fcrdns::cli {

/// So long may the file of a text be.
constexpr std::size_t longest_text = std::size_t{16} << 20U;

/// The whole of a file ("-" is standard input), or the sentence that says why it cannot be read.
Result<std::string> read_text(const std::string& file);
/// True for what may be a text: it has blanks within.
bool may_be_text(std::string_view input);
/// The items that the findings in a text are; `file` is none for an operand.
std::vector<InputItem> items_of(const TextFindings& findings, const std::optional<std::string>& file);
/// What is said of a text that names no refused client, without its name.
std::string nothing_refused(const TextFindings& findings);

/// Remembers addresses within bounds: at least the last 131,072 different ones, at most twice as many.
class RecentAddresses {
public:
    /// True when `address` is not remembered; it is then.
    bool insert(const IpAddress& address);

private:
    struct Hash {
        std::size_t operator()(const IpAddress& address) const;
    };
    using Addresses = std::unordered_set<IpAddress, Hash>;

    Addresses now_;
    Addresses before_;
};

}  // namespace fcrdns::cli
