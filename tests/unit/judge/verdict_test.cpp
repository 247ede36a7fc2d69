// SPDX-License-Identifier: MIT
// The truth table of judge: every outcome of the PTR lookup, and of the forward lookups
// of one and of two names, written out apart from the code (RFC 8601, sections 2.7.3 and 3); and its properties.
#include "fcrdns/verdict.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"
#include "random.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "192.0.2.25";

// What can become of one PTR name.
enum class Fate { confirmed, elsewhere, nodata, nxdomain, failed, not_a_host_name };
constexpr Fate fates[] = {Fate::confirmed, Fate::elsewhere, Fate::nodata,
                          Fate::nxdomain,  Fate::failed,    Fate::not_a_host_name};
constexpr Outcome failures[] = {Outcome::not_sent,  Outcome::servfail, Outcome::refused, Outcome::formerr,
                                Outcome::notimp,    Outcome::referral, Outcome::timeout, Outcome::unreachable,
                                Outcome::malformed, Outcome::other};

struct Name {
    Fate fate;
    Outcome failure = Outcome::servfail;
};

std::string name_text(std::size_t i, const Name& name) {
    return name.fate == Fate::not_a_host_name ? "10.0.0." + std::to_string(i) : "n" + std::to_string(i) + ".example";
}

void add_name(World& world, std::size_t i, const Name& entry) {
    const std::string owner = name_text(i, entry);
    world.says(owner, RecordType::aaaa, Outcome::nodata);
    switch (entry.fate) {
        case Fate::confirmed: world.address(owner, {"198.51.100.1", std::string(client)}); break;
        case Fate::elsewhere: world.address(owner, {"198.51.100.1", "198.51.100.2"}); break;
        case Fate::nodata: world.says(owner, RecordType::a, Outcome::nodata); break;
        case Fate::nxdomain: world.says(owner, RecordType::a, Outcome::nxdomain); break;
        case Fate::failed: world.says(owner, RecordType::a, entry.failure); break;
        case Fate::not_a_host_name: break;
    }
}

Verdict verdict_of(const std::vector<Name>& names) {
    World world;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        add_name(world, i, names[i]);
        texts.push_back(name_text(i, names[i]));
    }
    return world.ptr(client, texts).verdict(client);
}

// What must come out, in other words than those of the code under test.
std::pair<VerdictKind, Reason> expected_verdict(const std::vector<Name>& names) {
    const auto any = [&](Fate fate) {
        return std::any_of(names.begin(), names.end(), [&](const Name& n) { return n.fate == fate; });
    };
    if (any(Fate::confirmed)) return {VerdictKind::pass, Reason::forward_confirmed};
    if (any(Fate::failed)) return {VerdictKind::temperror, Reason::forward_lookup_failed};
    if (any(Fate::elsewhere)) return {VerdictKind::fail, Reason::forward_mismatch};
    if (any(Fate::nodata)) return {VerdictKind::fail, Reason::forward_nodata};
    if (any(Fate::nxdomain)) return {VerdictKind::fail, Reason::forward_nxdomain};
    return {VerdictKind::fail, Reason::ptr_not_a_hostname};
}

NameReason reason_of(Fate fate) {
    switch (fate) {
        case Fate::confirmed: return NameReason::confirmed;
        case Fate::elsewhere: return NameReason::forward_mismatch;
        case Fate::nodata: return NameReason::forward_nodata;
        case Fate::nxdomain: return NameReason::forward_nxdomain;
        case Fate::failed: return NameReason::forward_lookup_failed;
        case Fate::not_a_host_name: break;
    }
    return NameReason::not_a_hostname;
}

void check_row(const std::vector<Name>& names) {
    const Verdict verdict = verdict_of(names);
    const auto [kind, reason] = expected_verdict(names);
    CHECK(verdict.kind == kind);
    CHECK(verdict.reason == reason);
    REQUIRE(verdict.names.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) CHECK(verdict.names[i].reason == reason_of(names[i].fate));
}

std::vector<Name> every_name() {
    std::vector<Name> all;
    for (const Fate fate : fates) {
        if (fate != Fate::failed) all.push_back({fate});
    }
    for (const Outcome failure : failures) all.push_back({Fate::failed, failure});
    return all;
}

}  // namespace

TEST_CASE("no PTR record is a definite failure only when the DNS said so") {
    const DnsName reverse = ip(client).reverse_name();
    const auto judged = [&](Outcome outcome) {
        return World().put(answer(reverse, RecordType::ptr, outcome)).verdict(client);
    };
    for (const Outcome outcome : {Outcome::nodata, Outcome::nxdomain}) {
        const Verdict verdict = judged(outcome);
        CHECK(verdict.kind == VerdictKind::fail);
        CHECK(verdict.reason == Reason::no_ptr);
        CHECK(iprev(verdict) == "permerror");
        CHECK(verdict.names.empty());
    }
    for (const Outcome outcome : failures) {
        CAPTURE(to_word(outcome));
        const Verdict verdict = judged(outcome);
        CHECK(verdict.kind == VerdictKind::temperror);
        CHECK(verdict.reason == Reason::ptr_lookup_failed);
        CHECK(iprev(verdict) == "temperror");
    }
}

TEST_CASE("truth table: one name, every outcome") {
    for (const Name& entry : every_name()) {
        CAPTURE(static_cast<int>(entry.fate), to_word(entry.failure));
        check_row({entry});
    }
}

TEST_CASE("truth table: two names, every pair of outcomes in both orders") {
    for (const Name& first : every_name()) {
        for (const Name& second : every_name()) {
            CAPTURE(static_cast<int>(first.fate), to_word(first.failure), static_cast<int>(second.fate),
                    to_word(second.failure));
            check_row({first, second});
        }
    }
}

TEST_CASE("more than 100 names") {
    std::vector<Name> names(101, {Fate::nxdomain});
    CHECK(verdict_of(names).reason == Reason::too_many_ptr);
    CHECK(verdict_of(names).kind == VerdictKind::fail);
    CHECK(verdict_of(names).names[100].reason == NameReason::not_asked);
    names[100] = {Fate::confirmed};
    CHECK(verdict_of(names).reason == Reason::too_many_ptr);
    names[99] = {Fate::confirmed};
    CHECK(verdict_of(names).reason == Reason::forward_confirmed);
    names[99] = {Fate::failed};
    CHECK(verdict_of(names).reason == Reason::forward_lookup_failed);
    names.pop_back();
    names[99] = {Fate::nxdomain};
    CHECK(verdict_of(names).reason == Reason::forward_nxdomain);
    names.emplace_back(Name{Fate::not_a_host_name});
    CHECK(verdict_of(names).reason == Reason::forward_nxdomain);
}

TEST_CASE("no address of the other family, and no mapped one, confirms") {
    World world;
    world.ptr("2001:db8::25", {"mail.example"}).says("mail.example", RecordType::a, Outcome::nodata);
    Answer mixed = answer(name("mail.example"), RecordType::aaaa, Outcome::records);
    mixed.addresses = {{ip("::ffff:192.0.2.25"), 300}, {ip("2001:db8::26"), 300}};
    CHECK(world.put(mixed).verdict("2001:db8::25").reason == Reason::forward_mismatch);
    mixed.addresses.push_back({ip("2001:db8::25"), 300});
    CHECK(world.put(mixed).verdict("2001:db8::25").reason == Reason::forward_confirmed);
}

TEST_CASE("the words of the verdicts") {
    Verdict verdict;
    CHECK(iprev(verdict).empty());
    CHECK(to_word(verdict.kind) == "invalid");
    CHECK(to_word(verdict.reason) == "invalid_input");
    CHECK(iprev({VerdictKind::pass, Reason::forward_confirmed, {}, {}, {}}) == "pass");
    CHECK(iprev({VerdictKind::fail, Reason::forward_mismatch, {}, {}, {}}) == "fail");
    CHECK(iprev({VerdictKind::fail, Reason::too_many_ptr, {}, {}, {}}) == "fail");
    CHECK(iprev({VerdictKind::fail, Reason::no_address, {}, {}, {}}) == "fail");
    const std::vector<std::string> reasons = {
        "forward_confirmed",  "ptr_lookup_failed", "forward_lookup_failed", "no_ptr",
        "ptr_not_a_hostname", "too_many_ptr",      "forward_mismatch",      "forward_nodata",
        "forward_nxdomain",   "no_address",        "address_lookup_failed", "invalid_input"};
    for (std::size_t i = 0; i < reasons.size(); ++i) CHECK(to_word(static_cast<Reason>(i)) == reasons[i]);
    const std::vector<std::string> names = {"confirmed",        "forward_mismatch",      "forward_nodata",
                                            "forward_nxdomain", "forward_lookup_failed", "not_a_hostname",
                                            "not_asked"};
    for (std::size_t i = 0; i < names.size(); ++i) CHECK(to_word(static_cast<NameReason>(i)) == names[i]);
}

TEST_CASE("property: a confirming address never turns a pass into anything else, and makes one of everything") {
    const auto seed = test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    Random random(seed);
    const std::vector<Name> all = every_name();
    for (int round = 0; round < 1000; ++round) {
        std::vector<Name> names(1 + random.below(8));
        for (Name& entry : names) entry = random.pick(all);
        const Verdict before = verdict_of(names);
        std::vector<Name> more = names;
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(random.below(more.size() + 1)), Name{Fate::confirmed});
        REQUIRE(verdict_of(more).kind == VerdictKind::pass);
        names[random.below(names.size())] = {Fate::confirmed};
        REQUIRE(verdict_of(names).kind == VerdictKind::pass);
        // The converse: what passes has a name that leads back.
        const bool confirmed = std::any_of(before.names.begin(), before.names.end(),
                                           [](const NameVerdict& n) { return n.reason == NameReason::confirmed; });
        REQUIRE((before.kind == VerdictKind::pass) == confirmed);
    }
}

TEST_CASE("property: within 100 names the order of the records never changes the verdict") {
    const auto seed = test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    Random random(seed);
    const std::vector<Name> all = every_name();
    for (int round = 0; round < 300; ++round) {
        World world;
        std::vector<std::string> texts;
        const std::size_t count = 1 + random.below(random.chance(10) ? 100 : 8);
        for (std::size_t i = 0; i < count; ++i) {
            const Name entry = random.pick(all);
            add_name(world, i, entry);
            texts.push_back(name_text(i, entry));
            if (random.chance(8)) texts.push_back(texts.back());  // the same record twice
        }
        const Verdict before = world.ptr(client, texts).verdict(client);
        std::shuffle(texts.begin(), texts.end(), random.engine());
        const Verdict after = world.ptr(client, texts).verdict(client);
        REQUIRE(after.kind == before.kind);
        REQUIRE(after.reason == before.reason);
        REQUIRE(after.findings.size() == before.findings.size());
        for (std::size_t i = 0; i < after.findings.size(); ++i)
            REQUIRE(after.findings[i].code == before.findings[i].code);
    }
}
