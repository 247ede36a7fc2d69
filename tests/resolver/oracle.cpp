// SPDX-License-Identifier: MIT
// The oracle of the structured adversary: what a reply must come to, by its model alone.
#include <algorithm>
#include <set>

#include "adversary.hpp"

namespace fcrdns::test {
namespace {

// The sections as the counts in the header cut them, which is not as they were written when the counts lie.
struct Sections {
    std::vector<Entry> answer;
    std::vector<Entry> authority;
    std::size_t opts = 0;  // in the additional section
    bool past_the_end = false;
};

Sections sections_of(const Reply& reply) {
    Sections sections;
    const std::size_t opts = reply.two_opts ? 2 : 1;
    const std::size_t answers = reply.counted_answers();
    std::vector<Entry> all = reply.answer;
    all.insert(all.end(), reply.authority.begin(), reply.authority.end());
    sections.past_the_end = answers + reply.authority.size() > all.size();
    if (sections.past_the_end) return sections;
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(answers);
    const auto second = first + static_cast<std::ptrdiff_t>(reply.authority.size());
    sections.answer.assign(all.begin(), first);
    sections.authority.assign(first, second);
    // What follows is read as additional, as many records as there are OPT records; the first are others.
    const auto others = static_cast<std::size_t>(all.end() - second);
    for (auto at = second; at != all.end() && static_cast<std::size_t>(at - second) < opts; ++at) {
        if (at->length_lies() || at->looping_owner) sections.past_the_end = true;
    }
    sections.opts = opts - std::min(others, opts);
    return sections;
}

bool is_broken(const Reply& reply, const Sections& sections) {
    const auto bad = [](const Entry& entry) { return entry.length_lies() || entry.looping_owner; };
    return sections.past_the_end || sections.opts > 1 || reply.octets_cut > 0 ||
           std::any_of(sections.answer.begin(), sections.answer.end(), bad) ||
           std::any_of(sections.authority.begin(), sections.authority.end(), bad);
}

bool counts_as(const Entry& entry, RecordType type) {
    return entry.type == type && !entry.other_class && !entry.other_type;
}

// The name at the end of the chain; empty where the chain loops.
std::string end_of_chain(const std::string& start, const std::vector<Entry>& answer) {
    std::set<std::string> seen = {start};
    std::string name = start;
    while (true) {
        const auto link = std::find_if(answer.begin(), answer.end(), [&](const Entry& entry) {
            return counts_as(entry, RecordType::cname) && entry.owner == name;
        });
        if (link == answer.end()) return name;
        if (!seen.insert(link->data).second) return {};
        name = link->data;
    }
}

bool speaks_of(const std::vector<Entry>& authority, RecordType type, const std::string& name) {
    return std::any_of(authority.begin(), authority.end(), [&](const Entry& entry) {
        return counts_as(entry, type) && (name == entry.owner || name.ends_with("." + entry.owner));
    });
}

Meaning absence(const std::string& start, const std::string& end, const Sections& sections) {
    if (speaks_of(sections.authority, RecordType::soa, end)) return {Outcome::nodata, {}};
    if (end != start) return {Outcome::nxdomain, {}};  // asked on at the target
    return {speaks_of(sections.authority, RecordType::ns, end) ? Outcome::referral : Outcome::nodata, {}};
}

}  // namespace

Meaning meaning_of(const Reply& reply) {
    if (reply.wrong_id || reply.wrong_question || reply.no_response) return {Outcome::timeout, {}};
    const Sections sections = sections_of(reply);
    if (reply.truncated || is_broken(reply, sections)) return {Outcome::malformed, {}};
    switch (reply.rcode) {
        case 0:
        case 3: break;
        case 1: return {Outcome::formerr, {}};
        case 2: return {Outcome::servfail, {}};
        case 4: return {Outcome::notimp, {}};
        case 5: return {Outcome::refused, {}};
        default: return {Outcome::other, {}};
    }
    const std::string start = reply.question.name.to_text();
    const std::string end = end_of_chain(start, sections.answer);
    if (end.empty()) return {Outcome::malformed, {}};
    if (reply.rcode == 3) return {Outcome::nxdomain, {}};
    Meaning meaning{Outcome::records, {}};
    for (const Entry& entry : sections.answer) {
        if (counts_as(entry, reply.question.type) && entry.owner == end) meaning.data.push_back(entry.data);
    }
    return meaning.data.empty() ? absence(start, end, sections) : meaning;
}

}  // namespace fcrdns::test
