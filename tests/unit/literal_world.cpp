// SPDX-License-Identifier: MIT
#include "literal_world.hpp"

#include <chrono>
#include <deque>
#include <stdexcept>
#include <utility>

#include "fcrdns/render.hpp"

namespace fcrdns::test {

DnsName name(std::string_view text) {
    return DnsName::from_text(text).value();
}

IpAddress ip(std::string_view text) {
    return IpAddress::parse(text).value();
}

std::shared_ptr<const Soa> soa(std::string_view zone, std::string_view mname, std::string_view rname, std::uint32_t ttl,
                               std::uint32_t minimum) {
    return std::make_shared<const Soa>(Soa{name(zone), name(mname), name(rname), ttl, minimum});
}

Answer answer(const DnsName& name, RecordType type, Outcome outcome) {
    Answer answer;
    answer.question = {name, type};
    answer.outcome = outcome;
    switch (outcome) {
        case Outcome::not_sent:
        case Outcome::timeout:
        case Outcome::unreachable:
        case Outcome::malformed: break;
        case Outcome::nxdomain: answer.rcode = std::uint16_t{3}; break;
        case Outcome::formerr: answer.rcode = std::uint16_t{1}; break;
        case Outcome::servfail: answer.rcode = std::uint16_t{2}; break;
        case Outcome::notimp: answer.rcode = std::uint16_t{4}; break;
        case Outcome::refused: answer.rcode = std::uint16_t{5}; break;
        case Outcome::other: answer.rcode = std::uint16_t{16}; break;
        default: answer.rcode = std::uint16_t{0}; break;
    }
    answer.ra = true;
    answer.server = Endpoint{ip("192.0.2.53"), 53};
    answer.tries = 1;
    answer.elapsed = std::chrono::microseconds(2100);
    return answer;
}

World& World::put(Answer answer) {
    const Question question = answer.question;
    // NXDOMAIN is said of the name: it has no address of the other family either, unless the world knows one.
    if (answer.outcome == Outcome::nxdomain && question.type != RecordType::ptr) {
        for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
            answers_.try_emplace({question.name, type}, test::answer(question.name, type, Outcome::nxdomain));
        }
    }
    answers_.insert_or_assign(question, std::move(answer));
    return *this;
}

World& World::ptr(std::string_view address, const std::vector<std::string>& names) {
    Answer made = answer(ip(address).reverse_name(), RecordType::ptr, Outcome::records);
    for (const std::string& target : names) made.names.push_back({name(target), 3600});
    return put(std::move(made));
}

World& World::address(std::string_view owner, const std::vector<std::string>& addresses) {
    const RecordType type = ip(addresses.front()).is_ipv4() ? RecordType::a : RecordType::aaaa;
    Answer made = answer(name(owner), type, Outcome::records);
    for (const std::string& text : addresses) made.addresses.push_back({ip(text), 300});
    return put(std::move(made));
}

World& World::says(std::string_view owner, RecordType type, Outcome outcome) {
    return put(answer(name(owner), type, outcome));
}

World& World::says(std::string_view owner, RecordType type, Outcome outcome, std::shared_ptr<const Soa> soa) {
    Answer made = answer(name(owner), type, outcome);
    made.soa = std::move(soa);
    return put(std::move(made));
}

const Answer* World::find(const Question& question) const {
    const auto found = answers_.find(question);
    return found == answers_.end() ? nullptr : &found->second;
}

const Answer& World::operator[](const Question& question) const {
    if (const Answer* found = find(question)) return *found;
    throw std::logic_error("the world has no answer for " + question.name.to_text() + " " +
                           std::string(to_word(question.type)));
}

Evidence World::evidence(std::string_view address, bool find_zone, const std::optional<Helo>& helo) const {
    Check check(ip(address), helo ? helo->name : std::nullopt);
    std::deque<Question> open;
    const auto ask = [&](std::vector<Question> questions) {
        open.insert(open.end(), questions.begin(), questions.end());
    };
    ask(check.start());
    while (!open.empty()) {
        const Question question = open.front();
        open.pop_front();
        ask(check.feed((*this)[question]));
        if (open.empty() && std::exchange(find_zone, false)) ask(check.find_reverse_zone());
    }
    return check.take();
}

Verdict World::verdict(std::string_view address, const Origin& origin) const {
    return judge(evidence(address, false, origin.helo), origin);
}

Report World::report(std::string_view address, const Origin& origin, bool find_zone) const {
    Evidence facts = evidence(address, find_zone, origin.helo);
    Verdict opinion = judge(facts, origin);
    Subject subject;
    subject.input = std::string(address);
    subject.family = facts.address.family();
    subject.origin = origin;
    return compose(std::move(subject), std::move(facts), std::move(opinion), {});
}

std::string full_text(const Report& report) {
    std::string out;
    append_text_full(out, report, {});
    return out;
}

std::string flowing_text(const Report& report) {
    std::string flowing;
    for (const char c : full_text(report)) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank || !flowing.ends_with(' ')) flowing += blank ? ' ' : c;
    }
    return flowing;
}

bool says(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

}  // namespace fcrdns::test
