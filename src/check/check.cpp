// SPDX-License-Identifier: MIT
#include "fcrdns/check.hpp"

#include <algorithm>
#include <utility>

namespace fcrdns {
namespace {

RecordType forward_type(const IpAddress& address) {
    return address.is_ipv4() ? RecordType::a : RecordType::aaaa;
}

RecordType other_type(const IpAddress& address) {
    return address.is_ipv4() ? RecordType::aaaa : RecordType::a;
}

Answer timed_out(Question question) {
    Answer answer;
    answer.question = std::move(question);
    answer.outcome = Outcome::timeout;
    return answer;
}

// Of thousands of addresses, the first ones and the one that confirms say all there is to say; the others are counted.
void keep_some_addresses(Answer& answer, const IpAddress& ours) {
    constexpr std::size_t most = 64;
    auto& all = answer.addresses;
    if (all.size() <= most) return;
    const auto rest = all.begin() + most;
    const auto found = std::find_if(rest, all.end(), [&](const AddressRecord& r) { return r.ip == ours; });
    if (found != all.end()) *(rest - 1) = *found;
    answer.addresses_beyond += static_cast<std::size_t>(all.end() - rest);
    all.erase(rest, all.end());
    all.shrink_to_fit();
}

// Walking up ends at the trees' roots: nobody hands out addresses above them.
bool is_tree_root(const DnsName& name) {
    return name.label_count() <= 2;
}

}  // namespace

bool leads_back(const PtrName& name, const IpAddress& address) {
    if (!name.forward || name.forward->outcome != Outcome::records) return false;
    const auto& records = name.forward->addresses;
    return std::any_of(records.begin(), records.end(), [&](const AddressRecord& r) { return r.ip == address; });
}

Check::Check(const IpAddress& address, std::optional<DnsName> helo, bool for_receivers)
    : reverse_name_(address.reverse_name()), helo_(std::move(helo)), for_receivers_(for_receivers) {
    evidence_.address = address;
}

std::vector<Question> Check::start() {
    std::vector<Question> questions = {{reverse_name_, RecordType::ptr}};
    if (helo_) questions.push_back({*helo_, forward_type(evidence_.address)});
    open_ = needed_open_ = questions.size();
    return questions;
}

std::vector<Question> Check::feed(Answer answer) {
    --open_;
    keep_some_addresses(answer, evidence_.address);
    switch (answer.question.type) {
        case RecordType::ptr: return feed_ptr(std::move(answer));
        case RecordType::soa: return feed_soa(std::move(answer));
        default: return feed_address(std::move(answer));
    }
}

std::vector<Question> Check::feed_ptr(Answer&& answer) {
    --needed_open_;
    ptr_known_ = true;
    evidence_.ptr = std::move(answer);
    if (evidence_.ptr.outcome != Outcome::records) {
        evidence_.reverse_zone = evidence_.ptr.soa;
        return {};
    }
    std::vector<Question> questions;
    std::size_t followed = 0;
    std::optional<std::size_t> helo_place;
    for (const NameRecord& record : evidence_.ptr.names) {
        const bool seen = std::any_of(evidence_.names.begin(), evidence_.names.end(),
                                      [&](const PtrName& n) { return n.name == record.name; });
        if (seen) continue;
        PtrName& name = evidence_.names.emplace_back();
        name.name = record.name;
        name.ttl = record.ttl;
        name.host_name = record.name.is_host_name();
        if (!name.host_name || followed == max_ptr_names) continue;
        ++followed;
        // The name said in EHLO has been asked already, whether its answer is in or not.
        if (!is_helo(name.name)) {
            questions.push_back({name.name, forward_type(evidence_.address)});
        } else if (evidence_.helo) {
            helo_place = evidence_.names.size() - 1;
        }
    }
    open_ += questions.size();
    needed_open_ += questions.size();
    if (helo_place) {
        for (Question& question : take_forward(evidence_.names[*helo_place], Answer(*evidence_.helo))) {
            questions.push_back(std::move(question));
        }
    }
    return questions;
}

std::vector<Question> Check::take_forward(PtrName& name, Answer&& answer) {
    name.forward = std::move(answer);
    const bool failed = !is_definite(name.forward->outcome);
    if (name.forward->outcome != Outcome::nodata && !(failed && for_receivers_)) return {};
    ++open_;
    if (for_receivers_) ++needed_open_;
    return {{name.name, other_type(evidence_.address)}};
}

std::vector<Question> Check::feed_address(Answer&& answer) {
    const bool forward = answer.question.type == forward_type(evidence_.address);
    if (forward || for_receivers_) --needed_open_;
    if (forward && is_helo(answer.question.name)) evidence_.helo = answer;
    std::size_t host_names = 0;
    for (PtrName& name : evidence_.names) {
        // Only the HELO name can be met beyond the limit, and there it must not confirm.
        if (name.host_name && ++host_names > max_ptr_names) break;
        if (name.name != answer.question.name) continue;
        if (!forward) {
            name.other_family = std::move(answer);
            return {};
        }
        return take_forward(name, std::move(answer));
    }
    return {};
}

std::vector<Question> Check::find_reverse_zone() {
    if (evidence_.reverse_zone || !is_definite(evidence_.ptr.outcome)) return {};
    ++open_;
    return {{evidence_.ptr.final_name(), RecordType::soa}};
}

std::vector<Question> Check::feed_soa(Answer&& answer) {
    const DnsName asked = answer.final_name();
    const bool definite = is_definite(answer.outcome);
    evidence_.reverse_zone = answer.soa;
    evidence_.zone_walk.push_back(std::move(answer));
    if (evidence_.reverse_zone || !definite || is_tree_root(asked)) return {};
    ++open_;
    return {{asked.parent(), RecordType::soa}};
}

void Check::give_up() {
    evidence_.deadline_reached = evidence_.deadline_reached || !settled();
    if (!ptr_known_) evidence_.ptr = timed_out({reverse_name_, RecordType::ptr});
    if (helo_ && !evidence_.helo) evidence_.helo = timed_out({*helo_, forward_type(evidence_.address)});
    std::size_t asked = 0;
    for (PtrName& name : evidence_.names) {
        if (!name.host_name || asked == max_ptr_names) continue;
        ++asked;
        if (!name.forward) name.forward = timed_out({name.name, forward_type(evidence_.address)});
    }
    open_ = needed_open_ = 0;
}

}  // namespace fcrdns
