// SPDX-License-Identifier: MIT
#include "flow/target_check.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "compose/fix.hpp"
#include "compose/fix_names.hpp"
#include "dns/mail_hosts.hpp"
#include "fcrdns/special_use.hpp"
#include "flow/related_addresses.hpp"

namespace fcrdns {
namespace {

// Parts below are members.
constexpr std::uint32_t first_host_part = 0x80000000;
constexpr std::uint32_t mx_part = 0xffffffff;

constexpr std::size_t most_addresses_of_mail_host = 128;  // of each family

bool worth_explaining(const Evidence& evidence, const Verdict& verdict) {
    if (is_clean_pass(verdict) || has_local_scope(evidence.address)) return false;
    return verdict.kind != VerdictKind::temperror || is_settled_failure(evidence, verdict);
}

bool has_disputed_addresses(const HostAddresses& host) {
    return std::any_of(host.lookups().begin(), host.lookups().end(),
                       [](const Answer& lookup) { return lookup.source && lookup.source->servers_differ(); });
}

bool names(const Evidence& evidence, const DnsName& host) {
    return std::any_of(evidence.names.begin(), evidence.names.end(), [&](const PtrName& n) { return n.name == host; });
}

}  // namespace

const Verdict& TargetCheck::Member::judged() {
    if (!verdict) verdict = judge(check.evidence(), subject.origin);
    return *verdict;
}

std::vector<TargetQuestion> TargetCheck::start(InputItem item) {
    item_ = std::move(item);
    hosts_.clear();
    members_.clear();
    mx_.reset();
    mx_open_ = false;
    open_ = 0;
    if (const auto* address = std::get_if<AddressTarget>(&item_.target)) {
        add_member(address->address, 0);
        members_.front().subject.origin.ipv4_mapped = address->ipv4_mapped;
        members_.front().subject.block_length = address->block_length;
        return start_members(0);
    }
    if (const auto* own = std::get_if<OwnAddressesTarget>(&item_.target)) {
        for (const IpAddress& address : own->addresses) add_member(address, 0);
        return start_members(0);
    }
    const DnsName* name = name_given();
    if (name == nullptr) return {};
    return options_.mail_domains ? ask_for_mail_hosts(*name) : start_host(*name);
}

std::vector<TargetQuestion> TargetCheck::feed(std::uint32_t part, Answer&& answer) {
    --open_;
    auto questions = part == mx_part           ? feed_mx(std::move(answer))
                     : part >= first_host_part ? feed_host(part - first_host_part, std::move(answer))
                                               : feed_member(part, std::move(answer));
    if (may_be_mail_domain()) {
        for (TargetQuestion& question : ask_for_mail_hosts(*name_given())) questions.push_back(std::move(question));
    }
    return questions;
}

std::vector<TargetQuestion> TargetCheck::feed_member(std::uint32_t part, Answer&& answer) {
    Member& member = members_[part];
    member.verdict.reset();
    auto questions = tagged(member.check.feed(std::move(answer)), part);
    if (!questions.empty() || !member.check.done()) return questions;
    return explain(part);
}

std::vector<TargetQuestion> TargetCheck::ask_for_mail_hosts(const DnsName& name) {
    mx_open_ = true;
    return tagged({{name, RecordType::mx}}, mx_part);
}

std::vector<TargetQuestion> TargetCheck::feed_mx(Answer&& answer) {
    mx_open_ = false;
    mx_ = std::make_shared<const Answer>(std::move(answer));
    std::vector<TargetQuestion> questions;
    if (options_.mail_domains) {
        for (const NameRecord& host : mail_hosts(*mx_).hosts) {
            for (TargetQuestion& question : start_host(host.name)) questions.push_back(std::move(question));
        }
        return questions;
    }
    for (Member& member : members_) {
        member.subject.origin.mx = mx_;
        member.verdict.reset();
    }
    return questions;
}

std::vector<TargetQuestion> TargetCheck::start_host(const DnsName& name) {
    const auto part = first_host_part + static_cast<std::uint32_t>(hosts_.size());
    const HostAddresses& host = hosts_.emplace_back(name, options_.ask_ipv4, options_.ask_ipv6,
                                                    options_.mail_domains ? most_addresses_of_mail_host : SIZE_MAX);
    return tagged(host.start(), part);
}

std::vector<TargetQuestion> TargetCheck::feed_host(std::size_t host, Answer&& answer) {
    const auto part = first_host_part + static_cast<std::uint32_t>(host);
    auto questions = tagged(hosts_[host].feed(std::move(answer)), part);
    if (!hosts_[host].done()) return questions;
    const std::size_t first = members_.size();
    for (const Answer& lookup : hosts_[host].lookups()) {
        for (const AddressRecord& record : lookup.addresses) add_member(record.ip, host);
    }
    return start_members(first);
}

// Where it is not what the PTR records of its addresses say, or has no address, while it exists.
bool TargetCheck::may_be_mail_domain() const {
    const DnsName* name = name_given();
    if (!options_.look_for_mail_hosts || options_.mail_domains || name == nullptr || mx_open_ || mx_) return false;
    if (!hosts_.front().done()) return false;
    if (members_.empty()) {
        const auto& lookups = hosts_.front().lookups();
        return std::all_of(lookups.begin(), lookups.end(), [](const Answer& a) { return is_definite(a.outcome); }) &&
               std::any_of(lookups.begin(), lookups.end(),
                           [](const Answer& a) { return a.outcome == Outcome::nodata; });
    }
    const auto of = [](const Member& member) -> const Evidence& { return member.check.evidence(); };
    return std::all_of(members_.begin(), members_.end(),
                       [&](const Member& m) { return m.check.knows_ptr() && !names(of(m), *name); }) &&
           std::any_of(members_.begin(), members_.end(),
                       [&](const Member& m) { return is_definite(of(m).ptr.outcome); });
}

std::vector<TargetQuestion> TargetCheck::explain(std::uint32_t part) {
    Member& member = members_[part];
    if (!options_.explain || member.explained) return {};
    const Evidence& evidence = member.check.evidence();
    if (worth_explaining(evidence, member.judged())) {
        member.explained = true;
        auto questions = tagged(member.check.find_reverse_zone(), part);
        tag(member.check.find_common_mistakes(member.subject.origin.host_name), part, questions);
        return questions;
    }
    if (member.judged().kind != VerdictKind::temperror) return {};
    member.explained = true;
    const PtrName* name = failed_name(evidence);
    return tagged(member.check.find_failed_alias(name == nullptr ? evidence.ptr : *name->forward), part);
}

void TargetCheck::add_member(const IpAddress& address, std::size_t host) {
    const auto mapped = address.mapped_ipv4();
    const IpAddress judged = mapped ? *mapped : address;
    const bool known = std::any_of(members_.begin(), members_.end(), [&](const Member& m) {
        return m.host == host && m.check.evidence().address == judged;
    });
    if (known) return;
    if (members_.empty()) members_.reserve(1);  // nearly always the only one
    Subject about = hosts_.empty() ? subject() : subject_of_host(host);
    Member& member = members_.emplace_back(std::move(about), host, judged, options_);
    member.subject.family = judged.family();
    member.subject.origin.ipv4_mapped = mapped.has_value();
}

std::vector<TargetQuestion> TargetCheck::start_members(std::size_t first) {
    std::vector<TargetQuestion> questions;
    for (std::size_t i = first; i < members_.size(); ++i) {
        tag(members_[i].check.start(), static_cast<std::uint32_t>(i), questions);
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
    return !(options_.mail_domains && mx_open_) &&
           std::all_of(hosts_.begin(), hosts_.end(), [](const HostAddresses& h) { return h.done(); }) &&
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
    return settled() && !mx_open_ &&
           std::all_of(members_.begin(), members_.end(), [this](Member& m) { return needs_nothing_more(m); });
}

void TargetCheck::give_up(std::optional<bool> server_works) {
    for (Member& member : members_) member.check.give_up(server_works);
    for (HostAddresses& host : hosts_) host.give_up(server_works);
    if (options_.mail_domains && std::exchange(mx_open_, false)) {
        Answer silence;
        silence.question = {*name_given(), RecordType::mx};
        silence.server_works = server_works;
        mx_ = std::make_shared<const Answer>(std::move(silence));
    }
    mx_open_ = false;
    open_ = 0;
}

const DnsName* TargetCheck::name_given() const {
    const auto* host = std::get_if<HostTarget>(&item_.target);
    return host == nullptr ? nullptr : &host->name;
}

Subject TargetCheck::subject() const {
    Subject subject;
    subject.input = item_.input;
    subject.line = item_.line;
    subject.taken_from = item_.taken_from;
    subject.origin.helo = options_.helo;
    subject.origin.is_own = std::holds_alternative<OwnAddressesTarget>(item_.target);
    const DnsName* name = name_given();
    if (name == nullptr) return subject;
    subject.origin.host_name = *name;
    subject.origin.mx = mx_;
    subject.origin.is_mail_host = options_.mail_domains;
    return subject;
}

Subject TargetCheck::subject_of_host(std::size_t host) const {
    Subject about = subject();
    about.origin.host_name = hosts_[host].name();
    about.origin.synthesised = hosts_[host].synthesised();
    about.origin.address_disputed = has_disputed_addresses(hosts_[host]);
    return about;
}

void TargetCheck::add_report(Member& member, std::vector<Report>& reports) const {
    Report& report = reports.emplace_back();
    (void)member.judged();
    report.verdict = std::move(*member.verdict);
    report.subject = std::move(member.subject);
    report.evidence = member.check.take();
    compose(report, options_.compose);
}

void TargetCheck::add_host_reports(std::size_t host, std::vector<Report>& reports) {
    const auto& lookups = hosts_[host].lookups();
    std::vector<Report> own;
    for (Member& member : members_) {
        if (member.host == host) add_report(member, own);
    }
    if (own.empty()) {
        reports.push_back(compose_without_address(subject_of_host(host), lookups));
        return;
    }
    relate_addresses(own);
    for (Report& report : own) report.address_lookups = lookups;
    for (const Answer& lookup : lookups) {
        if (is_definite(lookup.outcome)) continue;
        Subject subject = subject_of_host(host);
        subject.family = lookup.question.type == RecordType::a ? Family::ipv4 : Family::ipv6;
        const auto place = *subject.family == Family::ipv4 ? own.begin() : own.end();
        own.insert(place, compose_without_address(std::move(subject), {lookup}));
    }
    std::move(own.begin(), own.end(), std::back_inserter(reports));
}

void TargetCheck::take_reports(std::vector<Report>& reports) {
    reports.clear();
    if (const auto* error = std::get_if<Error>(&item_.target)) {
        reports.push_back(compose_invalid(subject(), error->message));
    } else if (name_given() == nullptr) {
        for (Member& member : members_) add_report(member, reports);
        if (reports.size() > 1) relate_addresses(reports);
    } else if (hosts_.empty()) {
        reports.push_back(compose_without_address(subject(), {}));
    }
    for (std::size_t host = 0; host < hosts_.size(); ++host) add_host_reports(host, reports);
}

}  // namespace fcrdns
