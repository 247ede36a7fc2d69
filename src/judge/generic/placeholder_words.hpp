// SPDX-License-Identifier: MIT
// The words of placeholders: those that say by themselves that nobody named the address,
// and those that say so only together. The tables are placeholder_words.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace fcrdns {

enum class Extent : std::uint8_t {
    beginning,  ///< a whole label, or its beginning up to a `-`
    whole,      ///< alone it says so; as the beginning of a label it may be anything
    direct,     ///< alone, directly under a domain; deeper it may be anything
    hoster,     ///< alone, under a hoster's domain; elsewhere it may be anything
    carrier,    ///< alone, below a place or under the domain of who sells lines; elsewhere somebody has one line
};

struct Placeholder {
    std::string_view text;
    Extent extent;
};

enum class Sense : std::uint8_t {
    negation,  ///< no, not: says so with the reverse name or with what stands between, for `no` is Norway, too
    nothing,   ///< that nothing is set, or nobody has it
    vacant,    ///< the same of an address; of other things it may be said, too
    reverse,   ///< the reverse name
    server,    ///< what a hoster lets; with a word for what it is, a placeholder
    glue,      ///< what stands between others
};

struct Vocable {
    std::string_view text;
    Sense sense;
};

/// True for labels that say so by their beginning, whatever follows: unassignedip4.
bool begins_with_placeholder(std::string_view label);
/// The placeholder with exactly this text, or null.
const Placeholder* placeholder_of(std::string_view text);
/// The word of placeholders' phrases with exactly these letters, or null.
const Vocable* vocable_of(std::string_view letters);

}  // namespace fcrdns
