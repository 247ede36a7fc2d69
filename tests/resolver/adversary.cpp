// SPDX-License-Identifier: MIT
#include "adversary.hpp"

#include <algorithm>

#include "conversation.hpp"

namespace fcrdns::test {
namespace {

Record record_of(const Entry& entry, const Query& query, std::size_t offset) {
    Record record;
    switch (entry.type) {
        case RecordType::a:
        case RecordType::aaaa: record = address(entry.data); break;
        case RecordType::cname: record = cname(entry.data); break;
        case RecordType::ns: record = ns(entry.data); break;
        case RecordType::soa: record = soa(entry.data); break;
        default: record = ptr(entry.data); break;
    }
    record = record.with_ttl(entry.ttl);
    const bool asked = entry.owner == query.question.name.to_text();
    record = asked ? record.owned_by_octets(pointer(12)) : record.owned_by(entry.owner);
    if (entry.looping_owner) record = record.owned_by_octets(pointer(static_cast<unsigned>(offset)));
    if (entry.other_class) record.record_class = 3;
    if (entry.other_type) record.type = 99;
    if (entry.length_lies()) {
        record.length = static_cast<std::uint16_t>(static_cast<int>(record.data.size()) + entry.length_lie);
    }
    return record;
}

Entry* any_entry(Random& random, Reply& reply) {
    if (reply.answer.empty()) return nullptr;
    return &reply.answer[random.below(reply.answer.size())];
}

// A name or address of the right kind that leads nowhere.
std::string elsewhere(Random& random, RecordType type) {
    const std::string number = std::to_string(random.below(200));
    if (type == RecordType::a) return "198.51.100." + number;
    if (type == RecordType::aaaa) return "2001:db8:ffff::" + number;
    return "elsewhere" + number + ".example.net";
}

using Change = void (*)(Random&, Reply&);

void drop(Random& random, Reply& reply) {
    if (reply.answer.empty()) return;
    reply.answer.erase(reply.answer.begin() + static_cast<std::ptrdiff_t>(random.below(reply.answer.size())));
    reply.story += " drop";
}

void duplicate(Random& random, Reply& reply) {
    if (const Entry* entry = any_entry(random, reply)) {
        const Entry copy = *entry;
        reply.answer.insert(reply.answer.begin() + static_cast<std::ptrdiff_t>(random.below(reply.answer.size() + 1)),
                            copy);
        reply.story += " duplicate";
    }
}

void reorder(Random& random, Reply& reply) {
    std::shuffle(reply.answer.begin(), reply.answer.end(), random.engine());
    reply.story += " reorder";
}

void retarget(Random& random, Reply& reply) {
    if (Entry* entry = any_entry(random, reply)) {
        entry->data = elsewhere(random, entry->type);
        reply.story += " retarget";
    }
}

void move_owner(Random& random, Reply& reply) {
    if (Entry* entry = any_entry(random, reply)) {
        entry->owner = elsewhere(random, RecordType::ptr);
        reply.story += " move-owner";
    }
}

void loop_chain(Random& random, Reply& reply) {
    std::vector<std::size_t> links;
    for (std::size_t i = 0; i < reply.answer.size(); ++i) {
        if (reply.answer[i].type == RecordType::cname) links.push_back(i);
    }
    if (links.empty()) return;
    reply.answer[random.pick(links)].data = reply.question.name.to_text();
    reply.story += " loop";
}

void move_section(Random& random, Reply& reply) {
    if (reply.answer.empty()) return;
    const auto at = reply.answer.begin() + static_cast<std::ptrdiff_t>(random.below(reply.answer.size()));
    reply.authority.push_back(*at);
    reply.answer.erase(at);
    reply.story += " move-section";
}

void add_stranger(Random& random, Reply& reply) {
    Entry entry{elsewhere(random, RecordType::ptr), reply.question.type, elsewhere(random, reply.question.type)};
    if (random.chance(2)) entry.other_class = true;
    reply.answer.insert(reply.answer.begin() + static_cast<std::ptrdiff_t>(random.below(reply.answer.size() + 1)),
                        entry);
    reply.story += " stranger";
}

void add_authority(Random& random, Reply& reply) {
    const std::string zone = random.chance(3) ? "unrelated.example.org" : reply.question.name.parent().to_text();
    if (random.chance(2)) {
        reply.authority.push_back({zone, RecordType::ns, "ns1.example.net"});
        reply.story += " ns";
    } else {
        reply.authority.push_back({zone, RecordType::soa, zone});
        reply.story += " soa";
    }
}

// From c-ares 1.28 on, octets behind the data of a record are skipped, and with them records that follow: what is
// left is a reply like any other, and what it leads to is not for the oracle to say.
void lie_about_length(Random& random, Reply& reply) {
    if (Entry* entry = any_entry(random, reply)) {
        entry->length_lie = cares_reads_replies() || random.chance(2) ? -1 - static_cast<int>(random.below(3))
                                                                      : 1 + static_cast<int>(random.below(300));
        reply.story += " length" + std::to_string(entry->length_lie);
    }
}

void lie_about_count(Random& random, Reply& reply) {
    if (random.chance(2) && !reply.answer.empty() && reply.octets_cut == 0) {
        reply.count_lie = -1 - static_cast<int>(random.below(reply.answer.size()));
    } else {
        reply.count_lie = 2 + static_cast<int>(reply.authority.size() + random.below(60000));
    }
    reply.story += " count" + std::to_string(reply.count_lie);
}

void change_header(Random& random, Reply& reply) {
    static const std::vector<unsigned> rcodes = {1, 2, 3, 3, 4, 5, 9};
    switch (random.below(5)) {
        case 0:
            reply.wrong_id = true;
            reply.story += " wrong-id";
            break;
        case 1:
            reply.wrong_question = true;
            reply.story += " wrong-question";
            break;
        case 2:
            reply.no_response = true;
            reply.story += " qr";
            break;
        case 3:
            reply.truncated = true;
            reply.story += " tc";
            break;
        default:
            reply.rcode = random.pick(rcodes);
            reply.story += " rcode" + std::to_string(reply.rcode);
            break;
    }
}

void change_entry(Random& random, Reply& reply) {
    Entry* entry = any_entry(random, reply);
    if (entry == nullptr) return;
    switch (random.below(4)) {
        case 0:
            entry->other_class = true;
            reply.story += " class";
            break;
        case 1:
            entry->other_type = true;
            reply.story += " type";
            break;
        case 2:
            entry->ttl = random.chance(2) ? 0 : 0xffffffffU;
            reply.story += " ttl";
            break;
        default:
            entry->looping_owner = true;
            reply.story += " owner-loop";
            break;
    }
}

void change_octets(Random& random, Reply& reply) {
    switch (random.below(4)) {
        case 0:
            // What a cut takes away must be counted, or nothing is known of it.
            reply.octets_cut = 1 + random.below(60);
            reply.octets_added = 0;
            reply.count_lie = std::max(0, reply.count_lie);
            reply.story += " cut";
            break;
        case 1:
            reply.octets_added = reply.octets_cut == 0 ? 1 + random.below(40) : 0;
            reply.story += " trailing";
            break;
        case 2:
            reply.two_opts = true;
            reply.story += " two-opt";
            break;
        default:
            reply.upper_case = true;
            reply.story += " case";
            break;
    }
}

}  // namespace

Reply correct_reply(Random& random, const Question& question, const std::string& data) {
    Reply reply;
    reply.question = question;
    std::string owner = question.name.to_text();
    for (std::size_t link = random.below(4); link > 0; --link) {
        const std::string target = "link" + std::to_string(link) + "." + question.name.to_text();
        reply.answer.push_back({owner, RecordType::cname, target});
        owner = target;
    }
    reply.answer.push_back({owner, question.type, data});
    return reply;
}

void mutate(Random& random, Reply& reply) {
    static const std::vector<Change> changes = {
        drop,         duplicate,     reorder,          retarget,        move_owner,    loop_chain,   move_section,
        add_stranger, add_authority, lie_about_length, lie_about_count, change_header, change_entry, change_octets};
    random.pick(changes)(random, reply);
}

std::size_t Reply::counted_answers() const {
    return static_cast<std::size_t>(std::max(0, static_cast<int>(answer.size()) + count_lie));
}

std::string Reply::octets(const Query& query) const {
    auto message = Message::reply_to(query).without_opt().rcode(rcode).truncated(truncated);
    if (wrong_id) message.id(query.id ^ 0x5a5aU);
    if (no_response) message.response(false);
    if (upper_case) {
        std::string name = question.name.wire();
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        message.question(name, static_cast<unsigned>(question.type));
    }
    if (wrong_question) message.question(wire("elsewhere.example.net"), static_cast<unsigned>(question.type));
    for (const Entry& entry : answer) message.answer(record_of(entry, query, message.octets().size()));
    for (const Entry& entry : authority) message.authority(record_of(entry, query, message.octets().size()));
    for (int i = two_opts ? 2 : 1; i > 0; --i) message.additional(opt());
    if (count_lie != 0) message.count(1, static_cast<unsigned>(counted_answers()));
    std::string made = message.octets();
    const std::size_t least = message.offset_of_answers();
    made.resize(std::max(made.size() - std::min(octets_cut, made.size()), std::min(least, made.size())));
    return made + std::string(octets_added, 'x');
}

}  // namespace fcrdns::test
