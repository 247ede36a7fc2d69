// SPDX-License-Identifier: MIT
#include "fcrdns/check.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "dns/dns64.hpp"
#include "dns/families.hpp"
#include "dns/reverse_trees.hpp"

namespace fcrdns {
namespace {

RecordType other_type(const IpAddress& address) {
    return address.is_ipv4() ? RecordType::aaaa : RecordType::a;
}

// Of the HELO name, besides the one that is checked.
constexpr std::size_t most_other_addresses = 4;

Answer timed_out(Question question, std::optional<bool> server_works) {
    Answer answer;
    answer.server_works = server_works;
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

std::size_t ptr_count(const Evidence& evidence) {
    return evidence.names.size() + evidence.ptr.names_beyond;
}

const std::vector<Alias>& reverse_chain(const Evidence& evidence) {
    const bool left_out = evidence.ptr.cname_chain.empty() && evidence.ptr.outcome != Outcome::records &&
                          !evidence.zone_walk.empty() &&
                          evidence.zone_walk.front().question.name == evidence.ptr.question.name;
    return left_out ? evidence.zone_walk.front().cname_chain : evidence.ptr.cname_chain;
}

const DnsName& ptr_owner(const Evidence& evidence) {
    const std::vector<Alias>& chain = reverse_chain(evidence);
    return chain.empty() ? evidence.ptr.question.name : chain.back().target;
}

Check::Check(const IpAddress& address, std::optional<DnsName> helo, bool for_receivers)
    : reverse_name_(address.reverse_name()),
      helo_(std::move(helo)),
      for_receivers_(for_receivers),
      may_be_made_(is_under_well_known_prefix(address) || !embedded_ipv4(address).empty()),
      needs_other_family_(for_receivers || may_be_made_) {
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
        case RecordType::ptr:
            if (!ptr_known_) return feed_ptr(std::move(answer));
            feed_other_ptr(std::move(answer));
            return {};
        case RecordType::soa: return feed_soa(std::move(answer));
        case RecordType::cname: return feed_alias(std::move(answer));
        case RecordType::ns: return feed_servers(std::move(answer));
        default: return feed_address(std::move(answer));
    }
}

std::vector<Question> Check::ask(std::vector<Question> questions, bool needed) {
    open_ += questions.size();
    if (needed) needed_open_ += questions.size();
    return questions;
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
    std::unordered_set<DnsName, DnsNameHash> seen;
    for (const NameRecord& record : evidence_.ptr.names) {
        if (!seen.insert(record.name).second) continue;
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
    questions = ask(std::move(questions), true);
    if (helo_place) {
        for (Question& question : take_forward(evidence_.names[*helo_place], Answer(*evidence_.helo))) {
            questions.push_back(std::move(question));
        }
    }
    return questions;
}

bool Check::wants_other_family(const PtrName& name) const {
    switch (name.forward->outcome) {
        case Outcome::nodata:
        case Outcome::nxdomain: return true;
        case Outcome::records:
            // An IPv6 address may be made of an IPv4 one: the A records show which.
            return !evidence_.address.is_ipv4() && (!leads_back(name, evidence_.address) || may_be_made_);
        // A DNS64 may have forged it of the A records.
        default: return for_receivers_ || !name.forward->forged.empty();
    }
}

std::vector<Question> Check::take_forward(PtrName& name, Answer&& answer) {
    name.forward = std::move(answer);
    if (!wants_other_family(name)) return {};
    return ask({{name.name, other_type(evidence_.address)}}, needs_other_family_);
}

// What the resolver made of A records is no AAAA record of the host.
std::vector<Question> Check::take_other_family(PtrName& name) {
    if (!name.forward || !name.other_family || name.forward->question.type != RecordType::aaaa) return {};
    const auto& ipv4 = name.other_family->addresses;
    auto made = set_apart_synthesised(*name.forward, ipv4, evidence_.prefix.get());
    name.synthesised.insert(name.synthesised.end(), made.begin(), made.end());
    if (!may_be_synthesised(*name.forward, ipv4) || std::exchange(discovering_, true)) return {};
    return ask({prefix_discovery()}, needs_other_family_);
}

std::vector<Question> Check::feed_address(Answer&& answer) {
    if (discovering_ && !evidence_.prefix && answer.question == prefix_discovery()) {
        if (needs_other_family_) --needed_open_;
        evidence_.prefix = std::make_shared<const Answer>(std::move(answer));
        for (PtrName& name : evidence_.names) (void)take_other_family(name);
        return {};
    }
    const bool forward = answer.question.type == forward_type(evidence_.address);
    if (forward || needs_other_family_) --needed_open_;
    if (forward && is_helo(answer.question.name)) evidence_.helo = std::make_shared<const Answer>(answer);
    std::size_t host_names = 0;
    for (PtrName& name : evidence_.names) {
        // Only the HELO name can be met beyond the limit, and there it must not confirm.
        if (name.host_name && ++host_names > max_ptr_names) break;
        if (name.name != answer.question.name) continue;
        if (forward) return take_forward(name, std::move(answer));
        name.other_family = std::make_shared<const Answer>(std::move(answer));
        return take_other_family(name);
    }
    return {};
}

std::vector<Question> Check::find_reverse_zone() {
    if (!is_definite(evidence_.ptr.outcome)) return {};
    // Some forwarders keep an absence and forget the CNAME that led to it. Then the zone that they name is not above
    // the reverse name, or the name exists, which without a PTR record only an alias does.
    const Answer& ptr = evidence_.ptr;
    const bool exists = ptr.outcome == Outcome::nodata && !ptr.aa && !ptr.source;
    const bool lost_alias = evidence_.reverse_zone && ptr.cname_chain.empty() &&
                            (exists || !reverse_name_.is_under(evidence_.reverse_zone->zone));
    if (evidence_.reverse_zone && !lost_alias) return {};
    return ask({{evidence_.ptr.final_name(), RecordType::soa}}, false);
}

std::vector<Question> Check::find_common_mistakes(const std::optional<DnsName>& host) {
    const std::optional<DnsName>& given = host ? host : helo_;
    std::vector<Question> questions;
    if (given && *given != reverse_name_) questions.push_back({*given, RecordType::ptr});
    if (evidence_.helo) {
        for (const AddressRecord& record : evidence_.helo->addresses) {
            if (questions.size() > most_other_addresses) break;
            if (record.ip != evidence_.address) questions.push_back({record.ip.reverse_name(), RecordType::ptr});
        }
    }
    open_ += questions.size();
    return questions;
}

void Check::feed_other_ptr(Answer&& answer) {
    const DnsName& name = answer.question.name;
    if (is_in_reverse_tree(name)) {
        evidence_.other_addresses.push_back(std::move(answer));
    } else {
        evidence_.ptr_at_name = std::make_shared<const Answer>(std::move(answer));
    }
}

std::vector<Question> Check::feed_soa(Answer&& answer) {
    const DnsName asked = answer.final_name();
    const bool definite = is_definite(answer.outcome);
    if (answer.soa) evidence_.reverse_zone = answer.soa;
    evidence_.zone_walk.push_back(std::move(answer));
    if (evidence_.reverse_zone || !definite || is_tree_root(asked)) return {};
    return ask({{asked.parent(), RecordType::soa}}, false);
}

std::vector<Question> Check::find_failed_alias(const Answer& failed) {
    // A server that answers this machine nothing at all says no more of another type.
    const bool of_ptr = failed.question.type == RecordType::ptr;
    const bool may_be_alias = failed.outcome == Outcome::servfail || failed.outcome == Outcome::refused ||
                              (failed.outcome == Outcome::timeout && of_ptr);
    if (!may_be_alias || failed.server_works == false || evidence_.deadline_reached || failed.source) return {};
    const DnsName& name = failed.question.name;
    if (failed.cname_chain.empty()) return ask({{name, RecordType::cname}}, false);
    return take_alias(name, failed.final_name());
}

std::vector<Question> Check::take_alias(const DnsName& owner, const DnsName& target) {
    FailedAlias& alias = evidence_.failed_alias.emplace(FailedAlias{owner, target, std::nullopt, {}});
    if (owner != reverse_name_) return {};
    const bool above_is_zone = target.label_count() > 2;
    alias.zone = above_is_zone ? target.parent() : target;
    if (!above_is_zone || is_tree_root(*alias.zone)) return {};
    return ask({{*alias.zone, RecordType::ns}}, false);
}

std::vector<Question> Check::feed_alias(Answer&& answer) {
    const auto alias = answer.outcome == Outcome::records && !answer.names.empty()
                           ? std::optional(answer.names.front().name)
                           : std::nullopt;
    const DnsName owner = answer.question.name;
    evidence_.zone_walk.push_back(std::move(answer));
    return alias ? take_alias(owner, *alias) : std::vector<Question>();
}

std::vector<Question> Check::feed_servers(Answer&& answer) {
    FailedAlias& alias = *evidence_.failed_alias;
    for (const NameRecord& server : answer.names) alias.servers.push_back(server.name);
    // Then it is part of a zone that can be asked, and the target a zone of its own.
    if (is_definite(answer.outcome) && answer.names.empty()) alias.zone = alias.target;
    evidence_.zone_walk.push_back(std::move(answer));
    return {};
}

void Check::give_up(std::optional<bool> server_works) {
    const auto timed_out_now = [&](const DnsName& name, RecordType type) {
        return timed_out({name, type}, server_works);
    };
    evidence_.deadline_reached = evidence_.deadline_reached || !settled();
    if (!ptr_known_) evidence_.ptr = timed_out_now(reverse_name_, RecordType::ptr);
    const RecordType forward = forward_type(evidence_.address);
    if (helo_ && !evidence_.helo) evidence_.helo = std::make_shared<const Answer>(timed_out_now(*helo_, forward));
    std::size_t asked = 0;
    for (PtrName& name : evidence_.names) {
        if (!name.host_name || asked == max_ptr_names) continue;
        ++asked;
        if (!name.forward) name.forward = timed_out_now(name.name, forward);
    }
    open_ = needed_open_ = 0;
}

}  // namespace fcrdns
