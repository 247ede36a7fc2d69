// SPDX-License-Identifier: MIT
#include "flow/host_addresses.hpp"

#include <algorithm>
#include <utility>

#include "dns/dns64.hpp"

namespace fcrdns {
namespace {

// Stands in until the answer comes, and stays where the check ends before.
Answer timed_out(const DnsName& name, RecordType type) {
    Answer answer;
    answer.question = {name, type};
    return answer;
}

bool has_ipv6_records(const Answer& answer) {
    return answer.question.type == RecordType::aaaa && (answer.outcome == Outcome::records || !answer.forged.empty());
}

// What is beyond is counted.
void keep_some(std::vector<AddressRecord>& addresses, std::size_t& beyond, std::size_t most) {
    if (addresses.size() <= most) return;
    beyond += addresses.size() - most;
    addresses.resize(most);
}

}  // namespace

HostAddresses::HostAddresses(const DnsName& name, bool ask_ipv4, bool ask_ipv6, std::size_t most)
    : name_(name), most_(most) {
    if (!name.is_host_name()) return;
    if (ask_ipv4) lookups_.push_back(timed_out(name, RecordType::a));
    if (ask_ipv6) lookups_.push_back(timed_out(name, RecordType::aaaa));
    open_ = lookups_.size();
}

std::vector<Question> HostAddresses::start() const {
    std::vector<Question> questions;
    for (const Answer& lookup : lookups_) questions.push_back(lookup.question);
    return questions;
}

std::vector<Question> HostAddresses::feed(Answer&& answer) {
    --open_;
    const auto asked = std::find_if(lookups_.begin(), lookups_.end(),
                                    [&](const Answer& lookup) { return lookup.question == answer.question; });
    if (asked != lookups_.end()) {
        *asked = std::move(answer);
        keep_some(asked->addresses, asked->addresses_beyond, most_);
    } else {
        (answer.question == prefix_discovery() ? prefix_ : other_lookup_) = std::move(answer);
    }
    if (open_ != 0) return {};
    if (const auto question = further_lookup()) {
        ++open_;
        return {*question};
    }
    // Then the name exists, whatever its server says of this family.
    Answer& asked_for = lookups_.back();
    if (asked_for.outcome == Outcome::nxdomain && other_lookup_ && other_lookup_->outcome == Outcome::records)
        asked_for.outcome = Outcome::nodata;
    set_apart_synthesised_addresses();
    return {};
}

// What it takes to tell the host's IPv6 addresses from those that a DNS64 made of its IPv4 ones.
std::optional<Question> HostAddresses::further_lookup() const {
    const Answer& ipv6 = lookups_.back();
    if (lookups_.size() == 1 && !other_lookup_ && (has_ipv6_records(ipv6) || ipv6.outcome == Outcome::nxdomain)) {
        const bool of_ipv4 = ipv6.question.type == RecordType::a;
        return Question{ipv6.question.name, of_ipv4 ? RecordType::aaaa : RecordType::a};
    }
    if (!has_ipv6_records(ipv6)) return std::nullopt;
    const Answer& ipv4 = lookups_.size() == 1 ? *other_lookup_ : lookups_.front();
    if (prefix_ || !may_be_synthesised(ipv6, ipv4.addresses)) return std::nullopt;
    return prefix_discovery();
}

void HostAddresses::set_apart_synthesised_addresses() {
    Answer& ipv6 = lookups_.back();
    if (!has_ipv6_records(ipv6)) return;
    const Answer& ipv4 = lookups_.size() == 1 ? *other_lookup_ : lookups_.front();
    for (const AddressRecord& made : set_apart_synthesised(ipv6, ipv4.addresses, prefix_ ? &*prefix_ : nullptr)) {
        synthesised_.push_back(made.ip);
    }
}

void HostAddresses::give_up(std::optional<bool> server_works) {
    for (Answer& lookup : lookups_) {
        if (open_ != 0 && lookup.tries == 0) lookup.server_works = server_works;
    }
    open_ = 0;
}

}  // namespace fcrdns
