// SPDX-License-Identifier: MIT
// check_address and check_host: the whole way over a scripted resolver.
#include "fcrdns/check_address.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "fcrdns/render.hpp"
#include "scripted_source.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

// mail.example.com with an address of each family, the IPv4 one confirmed.
World two_families() {
    World world;
    world.address("mail.example.com", {"192.0.2.25"}).address("mail.example.com", {"2001:db8::25"});
    world.ptr("192.0.2.25", {"mail.example.com"});
    return world.put(answer(ip("2001:db8::25").reverse_name(), RecordType::ptr, Outcome::nxdomain));
}

// Answers only what it is made to, when it is made to.
class Waiting : public Resolver {
public:
    void ask(const Question& question, Handler handler) override { open_.emplace_back(question, std::move(handler)); }
    void progress(std::chrono::milliseconds longest) override { longest_ = std::max(longest_, longest); }
    bool has_room() const override { return true; }
    std::size_t open_questions() const override { return open_.size(); }
    int descriptor() const override { return -1; }
    std::chrono::milliseconds next_timeout() const override { return longest_; }

    void answer_all() {
        for (auto& [question, handler] : std::exchange(open_, {})) {
            handler(answer(question.name, question.type, Outcome::nodata));
        }
    }

private:
    std::vector<std::pair<Question, Handler>> open_;
    std::chrono::milliseconds longest_{0};
};

bool has_finding(const Report& report, FindingCode code) {
    const auto& findings = report.verdict.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.code == code; });
}

}  // namespace

TEST_CASE("an address: verdict, words, and who runs the reverse zone") {
    World world;
    world.says("25.4.8.8.in-addr.arpa", RecordType::ptr, Outcome::nxdomain);
    world.says("25.4.8.8.in-addr.arpa", RecordType::soa, Outcome::nodata,
               soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 60, 60));
    Scripted resolver(&world);
    const Report report = check_address(resolver, ip("8.8.4.25"));
    CHECK(report.verdict.reason == Reason::no_ptr);
    CHECK(report.message == "no PTR record");
    REQUIRE(report.reverse_zone);
    CHECK(report.reverse_zone->zone == name("4.8.8.in-addr.arpa"));
    CHECK_FALSE(report.receivers);
    CHECK_FALSE(report.verdict.helo);
    CHECK(to_text(report).starts_with("FAIL  8.8.4.25 -> no PTR record\n"));
    CHECK(to_json(report).starts_with(R"({"schema":"fcrdns-check/1","input":"8.8.4.25",)"));
    CHECK(to_json(report).ends_with(R"("queries":null})"));
    CHECK(to_json(report, true).find(R"("queries":[{"qname":"25.4.8.8.in-addr.arpa")") != std::string::npos);
}

TEST_CASE("an IPv4-mapped address is checked as its IPv4 address") {
    const World world = two_families();
    Scripted resolver(&world);
    const Report report = check_address(resolver, ip("::ffff:192.0.2.25"));
    CHECK(report.subject.input == "::ffff:192.0.2.25");
    CHECK(report.evidence->address == ip("192.0.2.25"));
    CHECK(has_finding(report, FindingCode::ipv4_mapped));
}

TEST_CASE("the name said in EHLO and the receivers, where they are wanted") {
    World world = two_families();
    world.address("mx.example.com", {"192.0.2.99"});
    Scripted resolver(&world);
    const Report report = check_address(resolver, ip("192.0.2.25"), {.helo = "mx.example.com", .receivers = true});
    REQUIRE(report.verdict.helo);
    CHECK(report.verdict.helo->resolves_to_ip == false);
    CHECK(has_finding(report, FindingCode::helo_mismatch));
    CHECK(report.receivers);
}

TEST_CASE("a host name: a report for each address") {
    const World world = two_families();
    Scripted resolver(&world);
    const auto words = [&](const CheckOptions& options) {
        std::string text;
        for (const Report& report : check_host(resolver, name("mail.example.com"), options)) {
            text += report.subject.input + ' ' + report.evidence->address.to_text() + ' ' + report.message + '\n';
        }
        return text;
    };
    CHECK(words({}) == "mail.example.com 192.0.2.25 mail.example.com\nmail.example.com 2001:db8::25 no PTR record\n");
    CHECK(words({.ask_ipv6 = false}) == "mail.example.com 192.0.2.25 mail.example.com\n");
    const auto none = check_host(resolver, name("gone.example.com"));
    REQUIRE(none.size() == 1);
    CHECK(none[0].verdict.reason == Reason::no_address);
}

TEST_CASE("a deadline ends the call, and what was not answered is temporary, never absent") {
    Waiting resolver;
    const CheckOptions options = {.deadline = std::chrono::milliseconds(1)};
    const Report report = check_address(resolver, ip("192.0.2.25"), options);
    CHECK(report.verdict.reason == Reason::ptr_lookup_failed);
    CHECK(report.evidence->deadline_reached);
    CHECK(check_host(resolver, name("mail.example.com"), options).front().verdict.reason ==
          Reason::address_lookup_failed);
    CHECK(resolver.next_timeout() <= std::chrono::milliseconds(1));
    REQUIRE(resolver.open_questions() == 3);
    resolver.answer_all();  // nobody is there any more, and no further question is asked
    CHECK(resolver.open_questions() == 0);
}
