// SPDX-License-Identifier: MIT
#include "flow/target_check.hpp"

#include <algorithm>
#include <utility>

#include "compose/fix.hpp"
#include "dns/dns64.hpp"
#include "fcrdns/special_use.hpp"

namespace fcrdns {
namespace {

constexpr std::uint32_t lookup_part = 0xffffffff;

bool worth_explaining(const Evidence& evidence, const Verdict& verdict) {
    if (is_clean_pass(verdict) || has_local_scope(evidence.address)) return false;
    return verdict.kind != VerdictKind::temperror || is_settled_failure(evidence, verdict);
}

bool has_ipv6_records(const Answer& answer) {
    return answer.question.type == RecordType::aaaa && (answer.outcome == Outcome::records || !answer.forged.empty());
}

// Stands in until the answer comes, and stays where the check ends before.
Answer timed_out(const DnsName& name, RecordType type) {
    Answer answer;
    answer.question = {name, type};
    return answer;
}

}  // namespace

const Verdict& TargetCheck::Member::judged() {
    if (!verdict) verdict = judge(check.evidence(), subject.origin);
    return *verdict;
}

std::vector<TargetQuestion> TargetCheck::start(InputItem item) {
    item_ = std::move(item);
    lookups_.clear();
    members_.clear();
    ipv4_lookup_.reset();
    prefix_.reset();
    synthesised_.clear();
    lookups_open_ = open_ = 0;
    if (const auto* address = std::get_if<AddressTarget>(&item_.target)) {
        add_member(address->address);
        members_.front().subject.origin.ipv4_mapped = address->ipv4_mapped;
        return start_members();
    }
    const auto* host = std::get_if<HostTarget>(&item_.target);
    if (host == nullptr) return {};
    std::vector<Question> questions;
    if (options_.ask_ipv4) questions.push_back({host->name, RecordType::a});
    if (options_.ask_ipv6) questions.push_back({host->name, RecordType::aaaa});
    for (const Question& question : questions) lookups_.push_back(timed_out(question.name, question.type));
    lookups_open_ = questions.size();
    return tagged(std::move(questions), lookup_part);
}

std::vector<TargetQuestion> TargetCheck::feed(std::uint32_t part, Answer&& answer) {
    --open_;
    if (part == lookup_part) return feed_lookup(std::move(answer));
    Member& member = members_[part];
    member.verdict.reset();
    auto questions = tagged(member.check.feed(std::move(answer)), part);
    if (!questions.empty() || !member.check.done()) return questions;
    return explain(part);
}

std::vector<TargetQuestion> TargetCheck::feed_lookup(Answer&& answer) {
    --lookups_open_;
    const auto asked = std::find_if(lookups_.begin(), lookups_.end(),
                                    [&](const Answer& lookup) { return lookup.question == answer.question; });
    if (asked != lookups_.end()) {
        *asked = std::move(answer);
    } else {
        (answer.question.type == RecordType::a ? ipv4_lookup_ : prefix_) = std::move(answer);
    }
    if (lookups_open_ != 0) return {};
    if (const auto question = further_lookup()) {
        ++lookups_open_;
        return tagged({*question}, lookup_part);
    }
    set_apart_synthesised_addresses();
    for (const Answer& lookup : lookups_) {
        for (const AddressRecord& record : lookup.addresses) add_member(record.ip);
    }
    return start_members();
}

// What it takes to tell the host's IPv6 addresses from those that a DNS64 made of its IPv4 ones.
std::optional<Question> TargetCheck::further_lookup() {
    const Answer& ipv6 = lookups_.back();
    if (!has_ipv6_records(ipv6)) return std::nullopt;
    if (lookups_.size() == 1 && !ipv4_lookup_) return Question{ipv6.question.name, RecordType::a};
    const Answer& ipv4 = lookups_.size() == 1 ? *ipv4_lookup_ : lookups_.front();
    if (prefix_ || !may_be_synthesised(ipv6, ipv4.addresses)) return std::nullopt;
    return prefix_discovery();
}

void TargetCheck::set_apart_synthesised_addresses() {
    Answer& ipv6 = lookups_.back();
    if (!has_ipv6_records(ipv6)) return;
    const Answer& ipv4 = lookups_.size() == 1 ? *ipv4_lookup_ : lookups_.front();
    for (const AddressRecord& made : set_apart_synthesised(ipv6, ipv4.addresses, prefix_ ? &*prefix_ : nullptr)) {
        synthesised_.push_back(made.ip);
    }
}

std::vector<TargetQuestion> TargetCheck::explain(std::uint32_t part) {
    Member& member = members_[part];
    if (!options_.explain || member.explained) return {};
    const Evidence& evidence = member.check.evidence();
    const bool failed = member.judged().reason == Reason::ptr_lookup_failed;
    if (!failed && !worth_explaining(evidence, member.judged())) return {};
    member.explained = true;
    if (failed) return tagged(member.check.find_failed_alias(), part);
    auto questions = tagged(member.check.find_reverse_zone(), part);
    tag(member.check.look_around(member.subject.origin.host_name), part, questions);
    return questions;
}

void TargetCheck::add_member(const IpAddress& address) {
    const auto mapped = address.mapped_ipv4();
    const IpAddress judged = mapped ? *mapped : address;
    const bool known = std::any_of(members_.begin(), members_.end(),
                                   [&](const Member& m) { return m.check.evidence().address == judged; });
    if (known) return;
    if (members_.empty()) members_.reserve(1);  // nearly always the only one
    Member& member = members_.emplace_back(subject_without_address(), judged, options_);
    member.subject.family = judged.family();
    member.subject.origin.ipv4_mapped = mapped.has_value();
}

std::vector<TargetQuestion> TargetCheck::start_members() {
    std::vector<TargetQuestion> questions;
    for (std::uint32_t part = 0; part < members_.size(); ++part) {
        tag(members_[part].check.start(), part, questions);
    }
    return questions;
}

std::vector<TargetQuestion> TargetCheck::tagged(std::vector<Question> questions, std::uint32_t part) {
    std::vector<TargetQuestion> tagged;
    tag(std::move(questions), part, tagged);
    return tagged;
}

void TargetCheck::tag(std::vector<Question> questions, std::uint32_t part, std::vector<TargetQuestion>& into) {
    for (Question& question : questions) into.push_back({std::move(question), part});
    open_ += questions.size();
}

bool TargetCheck::settled() const {
    return lookups_open_ == 0 &&
           std::all_of(members_.begin(), members_.end(), [](const Member& m) { return m.check.settled(); });
}

bool TargetCheck::needs_nothing_more(Member& member) const {
    const Evidence& evidence = member.check.evidence();
    const bool confirmed = std::any_of(evidence.names.begin(), evidence.names.end(),
                                       [&](const PtrName& n) { return leads_back(n, evidence.address); });
    return confirmed && (!options_.explain || !worth_explaining(evidence, member.judged()));
}

bool TargetCheck::finished() {
    if (open_ == 0) return true;
    return settled() &&
           std::all_of(members_.begin(), members_.end(), [this](Member& m) { return needs_nothing_more(m); });
}

void TargetCheck::give_up(std::optional<bool> server_works) {
    for (Member& member : members_) member.check.give_up(server_works);
    for (Answer& lookup : lookups_) {
        if (lookups_open_ != 0 && lookup.tries == 0) lookup.server_works = server_works;
    }
    lookups_open_ = 0;
    open_ = 0;
}

Subject TargetCheck::subject_without_address() const {
    Subject subject;
    subject.input = item_.input;
    subject.line = item_.line;
    subject.taken_from = item_.taken_from;
    subject.origin.helo = options_.helo;
    subject.origin.synthesised = synthesised_;
    if (const auto* host = std::get_if<HostTarget>(&item_.target)) subject.origin.host_name = host->name;
    subject.origin.address_disputed = std::any_of(lookups_.begin(), lookups_.end(), [](const Answer& lookup) {
        return lookup.source && lookup.source->servers_differ();
    });
    return subject;
}

void TargetCheck::add_host_reports(std::vector<Report>& reports) {
    if (members_.empty()) {
        reports.push_back(compose_without_address(subject_without_address(), lookups_));
        return;
    }
    const bool ipv4_passes =
        std::any_of(reports.begin(), reports.end(), [](const Report& r) { return r.subject.family == Family::ipv4; }) &&
        std::all_of(reports.begin(), reports.end(), [](const Report& r) {
            return r.subject.family != Family::ipv4 || r.verdict.kind == VerdictKind::pass;
        });
    for (Report& report : reports) {
        report.address_lookups = lookups_;
        report.ipv4_unaffected =
            ipv4_passes && report.subject.family == Family::ipv6 && report.verdict.kind == VerdictKind::fail;
        const auto right = std::find_if(reports.begin(), reports.end(), [&](const Report& other) {
            return other.subject.family == report.subject.family && is_clean_pass(other.verdict);
        });
        if (right != reports.end() && report.verdict.kind == VerdictKind::fail) {
            report.right_address = right->evidence->address;
        }
    }
    for (const Answer& lookup : lookups_) {
        if (is_definite(lookup.outcome)) continue;
        Subject subject = subject_without_address();
        subject.family = lookup.question.type == RecordType::a ? Family::ipv4 : Family::ipv6;
        const auto place = *subject.family == Family::ipv4 ? reports.begin() : reports.end();
        reports.insert(place, compose_without_address(std::move(subject), {lookup}));
    }
}

void TargetCheck::take_reports(std::vector<Report>& reports) {
    reports.clear();
    if (const auto* error = std::get_if<Error>(&item_.target)) {
        reports.push_back(compose_invalid(subject_without_address(), error->message));
        return;
    }
    for (Member& member : members_) {
        Report report;  // emplace_back() would set all of its octets to zero first
        (void)member.judged();
        report.verdict = std::move(*member.verdict);
        report.subject = std::move(member.subject);
        report.evidence = member.check.take();
        complete(report, options_.compose);
        reports.push_back(std::move(report));
    }
    if (std::holds_alternative<HostTarget>(item_.target)) add_host_reports(reports);
}

}  // namespace fcrdns
