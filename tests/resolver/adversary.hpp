// SPDX-License-Identifier: MIT
// Structured adversary: correct answers, changed by one hand that knows DNS. A reply is
// kept as a model beside its octets, so that what it must mean is known without reading
// the octets: an oracle that shares nothing with the reader under test.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "message_builder.hpp"
#include "random.hpp"

namespace fcrdns::test {

/// A record as the model knows it; `data` is a name or an address, by the type.
struct Entry {
    std::string owner;
    RecordType type;
    std::string data;
    std::uint32_t ttl = 300;
    bool other_class = false;
    bool other_type = false;  ///< the type number is one that nobody asks for
    int length_lie = 0;       ///< added to the RDLENGTH
    bool looping_owner = false;

    /// The length of data that nobody reads moves the records behind it: no lie whose meaning is known.
    bool length_lies() const { return length_lie != 0 && !other_class && !other_type; }
};

/// A reply, and everything that is wrong with it.
struct Reply {
    Question question;
    std::vector<Entry> answer;
    std::vector<Entry> authority;
    unsigned rcode = 0;
    bool truncated = false;
    bool upper_case = false;
    bool wrong_id = false;
    bool wrong_question = false;
    bool no_response = false;  ///< QR clear
    bool two_opts = false;
    int count_lie = 0;  ///< added to the number of answers
    std::size_t octets_cut = 0;
    std::size_t octets_added = 0;
    std::string story;  ///< the changes, for the message of a failing test

    /// How many answers the header counts.
    std::size_t counted_answers() const;
    std::string octets(const Query& query) const;
};

/// What a reply must come to.
struct Meaning {
    Outcome outcome;
    std::vector<std::string> data;  ///< names or addresses, for `records`
};

/// A correct reply to the question: `data` at the end of a chain of some links.
Reply correct_reply(Random& random, const Question& question, const std::string& data);
/// One more change: records dropped, doubled, reordered, retargeted, moved; the message cut; counts and lengths that
/// lie.
void mutate(Random& random, Reply& reply);
/// The oracle. Whoever is asked on at the target of a chain says NXDOMAIN.
Meaning meaning_of(const Reply& reply);

}  // namespace fcrdns::test
