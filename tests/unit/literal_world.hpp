// SPDX-License-Identifier: MIT
// A literal world for unit tests: the answers of a DNS that exists only as values.
// Checks are fed from it exactly as from a resolver, so that judge, compose and the
// renderers are tested on evidence that a check really makes. A question that the
// world has no answer for fails the test.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fcrdns/check.hpp"
#include "fcrdns/report.hpp"

namespace fcrdns::test {

DnsName name(std::string_view text);
IpAddress ip(std::string_view text);
std::shared_ptr<const Soa> soa(std::string_view zone, std::string_view mname, std::string_view rname, std::uint32_t ttl,
                               std::uint32_t minimum);
/// An answer of 192.0.2.53 over UDP in 2.1 ms, its rcode that of the outcome.
Answer answer(const DnsName& name, RecordType type, Outcome outcome);

class World {
public:
    /// Also NXDOMAIN for the name's addresses of which nothing is known, where the answer is NXDOMAIN for one type.
    World& put(Answer answer);
    /// PTR records of the address, TTL 3600.
    World& ptr(std::string_view address, const std::vector<std::string>& names);
    /// A or AAAA records, TTL 300, by the family of the first address.
    World& address(std::string_view name, const std::vector<std::string>& addresses);
    World& says(std::string_view name, RecordType type, Outcome outcome);
    /// The same answer, with the SOA record of a negative answer.
    World& says(std::string_view name, RecordType type, Outcome outcome, std::shared_ptr<const Soa> soa);

    const Answer& operator[](const Question& question) const;
    /// The answer, or null where the world has none.
    const Answer* find(const Question& question) const;
    Evidence evidence(std::string_view address, bool find_zone = false,
                      const std::optional<Helo>& helo = std::nullopt) const;
    Verdict verdict(std::string_view address, const Origin& origin = {}) const;
    Report report(std::string_view address, const Origin& origin = {}, bool find_zone = false) const;

private:
    std::unordered_map<Question, Answer, QuestionHash> answers_;
};

/// The full text of the report, without colour.
std::string full_text(const Report& report);
/// The same without its line breaks.
std::string flowing_text(const Report& report);
/// True where the words stand in the text.
bool says(std::string_view text, std::string_view words);

}  // namespace fcrdns::test
