// SPDX-License-Identifier: MIT
// Forward cache: which are kept, for how long, and how many.
#include "resolver/forward_cache.hpp"

#include "catch.hpp"

using namespace fcrdns;

namespace {

ForwardCache::TimePoint at(std::uint64_t seconds) {
    return ForwardCache::TimePoint(std::chrono::hours(1)) + std::chrono::seconds(seconds);
}

DnsName named(const std::string& text) {
    return *DnsName::from_text(text);
}

Answer with_addresses(const std::string& name, const std::vector<std::uint32_t>& ttls) {
    Answer answer;
    answer.question = {named(name), RecordType::a};
    answer.outcome = Outcome::records;
    for (const std::uint32_t ttl : ttls) answer.addresses.push_back({*IpAddress::parse("192.0.2.1"), ttl});
    return answer;
}

Answer absent(const std::string& name, Outcome outcome, std::shared_ptr<const Soa> soa) {
    Answer answer;
    answer.question = {named(name), RecordType::aaaa};
    answer.outcome = outcome;
    answer.soa = std::move(soa);
    return answer;
}

std::shared_ptr<const Soa> soa_of(std::uint32_t ttl, std::uint32_t minimum) {
    return std::make_shared<const Soa>(Soa{named("example"), {}, {}, ttl, minimum});
}

}  // namespace

TEST_CASE("An answer is kept until its shortest TTL is over") {
    ForwardCache shared(10);
    const Answer answer = with_addresses("mail.example", {300, 60, 900});
    shared.keep(answer, at(0));
    CHECK(shared.find(answer.question, at(0)) != nullptr);
    CHECK(shared.find(answer.question, at(59)) != nullptr);
    CHECK(shared.find(answer.question, at(60)) == nullptr);
    CHECK(shared.find({named("MAIL.Example"), RecordType::a}, at(0)) != nullptr);
    CHECK(shared.find({named("mail.example"), RecordType::aaaa}, at(0)) == nullptr);
}

TEST_CASE("The chain's TTLs count too") {
    ForwardCache shared(10);
    Answer answer = with_addresses("mail.example", {300});
    answer.cname_chain.push_back({named("mail.example"), named("b.example"), 5});
    shared.keep(answer, at(0));
    CHECK(shared.find(answer.question, at(4)) != nullptr);
    CHECK(shared.find(answer.question, at(5)) == nullptr);
}

TEST_CASE("A TTL of 0 is for this once; the largest one does not overflow") {
    ForwardCache shared(10);
    const Answer fleeting = with_addresses("a.example", {0, 300});
    shared.keep(fleeting, at(0));
    CHECK(shared.find(fleeting.question, at(0)) == nullptr);
    const Answer lasting = with_addresses("b.example", {0xffffffffU});
    shared.keep(lasting, at(0));
    CHECK(shared.find(lasting.question, at(86400)) != nullptr);
}

TEST_CASE("Absence is kept for the smaller of the SOA's TTL and minimum (RFC 2308 5), and not without SOA") {
    for (const Outcome outcome : {Outcome::nodata, Outcome::nxdomain}) {
        ForwardCache shared(10);
        const Answer by_minimum = absent("a.example", outcome, soa_of(600, 40));
        const Answer by_ttl = absent("b.example", outcome, soa_of(40, 600));
        const Answer unsaid = absent("c.example", outcome, nullptr);
        for (const Answer* answer : {&by_minimum, &by_ttl, &unsaid}) shared.keep(*answer, at(0));
        for (const Answer* answer : {&by_minimum, &by_ttl}) {
            CHECK(shared.find(answer->question, at(39)) != nullptr);
            CHECK(shared.find(answer->question, at(40)) == nullptr);
        }
        CHECK(shared.find(unsaid.question, at(0)) == nullptr);
    }
}

TEST_CASE("Failures and reverse answers are not kept") {
    ForwardCache shared(10);
    for (const Outcome outcome : {Outcome::servfail, Outcome::timeout, Outcome::malformed, Outcome::referral}) {
        Answer failed = with_addresses("mail.example", {300});
        failed.outcome = outcome;
        shared.keep(failed, at(0));
        CHECK(shared.find(failed.question, at(0)) == nullptr);
    }
    Answer reverse;
    reverse.question = {named("1.2.0.192.in-addr.arpa"), RecordType::ptr};
    reverse.outcome = Outcome::records;
    reverse.names.push_back({named("mail.example"), 300});
    shared.keep(reverse, at(0));
    CHECK(shared.find(reverse.question, at(0)) == nullptr);
}

TEST_CASE("Not more than the limit are kept: the oldest go first") {
    ForwardCache shared(3);
    std::vector<Answer> answers;
    for (int i = 0; i < 5; ++i) {
        answers.push_back(with_addresses("host" + std::to_string(i) + ".example", {300}));
        shared.keep(answers.back(), at(0));
    }
    for (std::size_t i = 0; i < 5; ++i) CHECK((shared.find(answers[i].question, at(1)) != nullptr) == (i >= 2));
    // An answer that is renewed takes no second place.
    for (int i = 0; i < 10; ++i) shared.keep(answers[4], at(1));
    for (std::size_t i = 2; i < 5; ++i) CHECK(shared.find(answers[i].question, at(2)) != nullptr);
    ForwardCache none(0);
    none.keep(answers[0], at(0));
    CHECK(none.find(answers[0].question, at(0)) == nullptr);
}
