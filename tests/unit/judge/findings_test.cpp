// SPDX-License-Identifier: MIT
// The findings: when each is there and when it is not, and that none changes a verdict.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "fcrdns/verdict.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";  // in no special-use block

DnsName reverse() {
    return ip(client).reverse_name();
}

// One PTR name that leads back.
World passing(const std::string& host) {
    World world;
    return world.ptr(client, {host}).address(host, {std::string(client)});
}

std::string codes(const Verdict& verdict) {
    std::string text;
    for (const Finding& finding : verdict.findings) {
        if (!text.empty()) text += ' ';
        text += to_word(finding.code);
    }
    return text;
}

std::string findings(const World& world, const Origin& origin = {}) {
    return codes(world.verdict(client, origin));
}

Answer local(Answer answer) {
    answer.aa = true;
    answer.ra = true;
    for (NameRecord& record : answer.names) record.ttl = 0;
    for (AddressRecord& record : answer.addresses) record.ttl = 0;
    return answer;
}

}  // namespace

TEST_CASE("a clean pass has no finding") {
    const Verdict verdict = passing("mail.example.com").verdict(client);
    CHECK(codes(verdict).empty());
    CHECK(verdict.kind == VerdictKind::pass);
    CHECK_FALSE(has_warning(verdict));
}

TEST_CASE("several PTR names, some of which do not lead back") {
    World world = passing("mail.example.com");
    world.ptr(client, {"a.example", "mail.example.com", "b.example", "1.2.3.4"});
    world.says("a.example", RecordType::a, Outcome::nxdomain).says("b.example", RecordType::a, Outcome::servfail);
    const Verdict verdict = world.verdict(client);
    CHECK(verdict.kind == VerdictKind::pass);
    CHECK(codes(verdict) == "unconfirmed_ptr multiple_ptr");
    CHECK(verdict.findings[0].names == std::vector<std::size_t>{0, 2, 3});
    CHECK(has_warning(verdict));
    world.address("a.example", {std::string(client)}).address("b.example", {std::string(client)});
    CHECK(findings(world.ptr(client, {"a.example", "b.example"})) == "multiple_ptr");
    CHECK(findings(world.ptr(client, {"a.example", "A.example"})).empty());
    world.says("a.example", RecordType::a, Outcome::nxdomain).says("b.example", RecordType::a, Outcome::nxdomain);
    CHECK(findings(world) == "");
    CHECK(findings(world.ptr(client, {"a.example", "b.example"})) == "multiple_ptr");
}

TEST_CASE("odd names") {
    struct Row {
        std::string host, findings;
    };
    const std::vector<Row> rows = {
        {"mailhost", "single_label_name"},
        {"localhost", "single_label_name"},
        {"mail.corp.lan", "unknown_tld"},
        {"mail.invalidtld", "unknown_tld"},
        {"mail.example", ""},
        {"mail.test", ""},
        {"mail.home.arpa", ""},
        {"mail.example.co.uk", ""},
        {"mail_1.example.com", "underscore_in_name"},
        {"mail.example.com.4.8.8.in-addr.arpa", "ptr_target_not_absolute"},
        {"mail.example.com.8.b.d.0.1.0.0.2.IP6.arpa", "ptr_target_not_absolute"},
        {"mail_1.lan", "unknown_tld underscore_in_name"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.host);
        const Verdict verdict = passing(row.host).verdict(client);
        CHECK(verdict.kind == VerdictKind::pass);
        CHECK(codes(verdict) == row.findings);
    }
    // What is no host name has no top-level domain to know.
    World world;
    CHECK(findings(world.ptr(client, {"sp ace.lan"})).empty());
    CHECK(findings(world.ptr(client, {"a/b.4.8.8.in-addr.arpa"})) == "ptr_target_not_absolute");
    // Nothing is left of a name that is all reverse zone: no dot is missing, it says nothing but the address.
    CHECK(findings(world.ptr(client, {"1/2.4.8.8.in-addr.arpa"})) == "generic_name");
}

TEST_CASE("aliases on the way there and back") {
    World world = passing("mail.example.com");
    Answer ptr = world[{reverse(), RecordType::ptr}];
    ptr.cname_chain = {{reverse(), name("25.0-63.4.8.8.in-addr.arpa"), 60}};
    CHECK(findings(World(world).put(ptr)) == "ptr_alias");
    Answer forward = world[{name("mail.example.com"), RecordType::a}];
    forward.cname_chain = {{name("mail.example.com"), name("host.example.com"), 60}};
    const Verdict verdict = World(world).put(forward).verdict(client);
    CHECK(codes(verdict) == "forward_alias");
    CHECK(verdict.findings[0].names == std::vector<std::size_t>{0});
    CHECK_FALSE(has_warning(verdict));
}

TEST_CASE("an answer from the resolver's own data: AA, RA and nothing but TTLs of 0") {
    const World world = passing("mail.example.com");
    const Answer ptr = world[{reverse(), RecordType::ptr}];
    const Answer forward = world[{name("mail.example.com"), RecordType::a}];
    CHECK(findings(World(world).put(local(ptr))) == "local_answer");
    CHECK(findings(World(world).put(local(forward))) == "local_answer");
    for (int missing = 0; missing < 3; ++missing) {
        CAPTURE(missing);
        Answer almost = local(ptr);
        if (missing == 0) almost.aa = false;
        if (missing == 1) almost.ra = false;
        if (missing == 2) almost.names.front().ttl = 1;
        CHECK(findings(World(world).put(almost)) == (missing == 2 ? "own_zone_answer" : ""));
    }
    Answer aliased = local(forward);
    aliased.cname_chain = {{name("mail.example.com"), name("host.example.com"), 1}};
    CHECK(findings(World(world).put(aliased)) == "own_zone_answer forward_alias");
    aliased.cname_chain.front().ttl = 0;
    CHECK(findings(World(world).put(aliased)) == "local_answer forward_alias");
}

TEST_CASE("of a hosts file nothing follows for receivers, and nothing is published") {
    World elsewhere;
    elsewhere.ptr(client, {"mail.example.com"}).address("mail.example.com", {"198.51.100.9"});
    elsewhere.put(local(elsewhere[{name("mail.example.com"), RecordType::a}]));
    const Report mismatch = elsewhere.report(client);
    CHECK(codes(mismatch.verdict) == "local_answer");
    CHECK(mismatch.message == "mail.example.com -> 198.51.100.9 (answered from the resolver's own data)");
    CHECK_FALSE(mismatch.smtp);
    CHECK(mismatch.fix.empty());
    World bare;
    bare.ptr(client, {"ubuntu"}).address("ubuntu", {std::string(client)});
    const Report listed = World(bare).put(local(bare[{reverse(), RecordType::ptr}])).report(client);
    CHECK(codes(listed.verdict) == "single_label_name local_answer");
    CHECK(listed.fix.empty());
    // Whatever a hosts file says of a name that the public DNS cannot have, the PTR record is wrong.
    World localhost;
    localhost.ptr(client, {"localhost"}).address("localhost", {"127.0.0.1"});
    const Report wrong = World(localhost).put(local(localhost[{name("localhost"), RecordType::a}])).report(client);
    CHECK(codes(wrong.verdict) == "single_label_name");
    CHECK(wrong.smtp);
    CHECK(wrong.fix.size() == 2);
}

TEST_CASE("a name with the other family's addresses only") {
    World world;
    world.ptr(client, {"mail.example.com"}).says("mail.example.com", RecordType::a, Outcome::nodata);
    CHECK(findings(World(world).address("mail.example.com", {"2001:db8::25"})) == "other_family_only");
    CHECK(findings(World(world).says("mail.example.com", RecordType::aaaa, Outcome::nodata)).empty());
    CHECK(findings(World(world).says("mail.example.com", RecordType::aaaa, Outcome::servfail)).empty());
    // A pass does not wait for that answer, so it must not speak of it.
    world.ptr(client, {"mail.example.com", "mx.example.com"}).address("mx.example.com", {std::string(client)});
    CHECK(findings(world.address("mail.example.com", {"2001:db8::25"})) == "unconfirmed_ptr multiple_ptr");
}

TEST_CASE("the input: special-use, mapped, a name that no PTR record names") {
    World world = passing("mail.example.com");
    Origin origin;
    origin.ipv4_mapped = true;
    origin.host_name = name("MAIL.example.com");
    CHECK(findings(world, origin) == "ipv4_mapped");
    origin.host_name = name("www.example.com");
    CHECK(findings(world, origin) == "ipv4_mapped input_name_not_in_ptr");
    CHECK(findings(World().put(answer(reverse(), RecordType::ptr, Outcome::nxdomain)), origin) == "ipv4_mapped");
    CHECK(codes(World().says("1.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain).verdict("192.0.2.1")) ==
          "special_use_address");
}

TEST_CASE("the HELO name") {
    struct Row {
        std::string helo, findings;
    };
    World world = passing("mail.example.com");
    world.address("mx.example.com", {std::string(client)});
    world.address("www.example.com", {"198.51.100.1"}).says("gone.example.com", RecordType::a, Outcome::nxdomain);
    world.says("slow.example.com", RecordType::a, Outcome::timeout);
    const std::vector<Row> rows = {
        {"mail.example.com", ""},
        {"MAIL.example.com.", ""},
        {"mx.example.com", "helo_mismatch"},
        {"www.example.com", "helo_mismatch helo_not_resolving"},
        {"gone.example.com", "helo_mismatch helo_not_resolving"},
        {"slow.example.com", "helo_mismatch"},
        {"mailhost", "helo_mismatch helo_not_resolving"},
        {"bad..name", "helo_mismatch helo_not_resolving"},
        {"[8.8.4.25]", "helo_mismatch"},
        {"[8.8.4.26]", "helo_mismatch helo_not_resolving"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.helo);
        const Helo helo = parse_helo(row.helo);
        Origin origin;
        origin.helo = helo;
        const Verdict verdict = world.verdict(client, origin);
        CHECK(codes(verdict) == row.findings);
        CHECK(verdict.kind == VerdictKind::pass);
    }
}

TEST_CASE("servers that do not agree") {
    World world = passing("mail.example.com");
    const auto said = [](std::string_view server, Outcome outcome, std::vector<std::string> data) {
        return AuthoritativeAnswer{
            name("4.8.8.in-addr.arpa"), name(server), Endpoint{ip("192.0.2.53"), 53}, outcome, false, std::move(data)};
    };
    Answer ptr = world[{reverse(), RecordType::ptr}];
    SourceView source;
    source.resolver.outcome = Outcome::records;
    source.resolver.answers = {"mail.example.com."};
    source.servers = {said("ns1.example", Outcome::records, {"mail.example.com."}),
                      said("ns2.example", Outcome::records, {"mail.example.com."})};
    ptr.source = std::make_shared<const SourceView>(source);
    CHECK(findings(World(world).put(ptr)).empty());
    source.servers[1] = said("ns2.example", Outcome::nxdomain, {});
    ptr.source = std::make_shared<const SourceView>(source);
    CHECK(findings(World(world).put(ptr)) == "servers_disagree");
}

TEST_CASE("a resolver that does not give what the servers publish") {
    World world = passing("mail.example.com");
    Answer ptr = world[{reverse(), RecordType::ptr}];
    SourceView source;
    source.servers = {AuthoritativeAnswer{name("4.8.8.in-addr.arpa"),
                                          name("ns1.example"),
                                          Endpoint{ip("192.0.2.53"), 53},
                                          Outcome::records,
                                          false,
                                          {"mail.example.com"}}};
    const auto with_source = [&] {
        ptr.source = std::make_shared<const SourceView>(source);
        return ptr;
    };
    struct Row {
        Outcome outcome;
        bool own_zone;
        std::vector<std::string> answers;
        std::string_view severity;  // empty: no finding
    };
    const std::vector<Row> rows = {
        {Outcome::records, false, {"mail.example.com"}, ""},
        {Outcome::records, true, {"mail.example.com"}, ""},
        {Outcome::records, false, {"old.example.com"}, "info"},
        {Outcome::nxdomain, false, {}, "info"},
        {Outcome::nxdomain, true, {}, "warning"},
        {Outcome::records, true, {"inside.example.com"}, "warning"},
        {Outcome::servfail, false, {}, "warning"},
        {Outcome::filtered, false, {}, "warning"},
    };
    for (const Row& row : rows) {
        CAPTURE(to_word(row.outcome), row.own_zone);
        source.resolver.outcome = row.outcome;
        source.resolver.own_zone = row.own_zone;
        source.resolver.answers = row.answers;
        const Verdict verdict = World(world).put(with_source()).verdict(client);
        CHECK(verdict.kind == VerdictKind::pass);
        CHECK(codes(verdict) == (row.severity.empty() ? "" : "resolver_differs"));
        CHECK(has_warning(verdict) == (row.severity == "warning"));
    }
    // The made-up SOA of an absence shows a resolver's own answer too.
    ptr.outcome = Outcome::nxdomain;
    ptr.names.clear();
    source.servers[0].outcome = source.resolver.outcome = Outcome::nxdomain;
    source.servers[0].answers.clear();
    source.resolver.answers.clear();
    source.resolver.own_zone = false;
    source.soa = soa("4.8.8.in-addr.arpa", "ns1.example", "h.example", 600, 600);
    source.resolver.soa = source.soa;
    CHECK(codes(World().put(with_source()).verdict(client)).empty());
    source.resolver.soa = soa("4.8.8.in-addr.arpa", "filter.example", "h.example", 600, 600);
    CHECK(codes(World().put(with_source()).verdict(client)) == "resolver_differs");
}

TEST_CASE("a public address whose name leads inside: nothing is known of receivers, nothing is published") {
    for (const char* inside : {"172.22.1.10", "0.0.0.0", "127.0.0.1", "100.64.0.1", "169.254.9.9"}) {
        CAPTURE(inside);
        World world;
        world.ptr(client, {"mail.example.com"}).address("mail.example.com", {inside});
        const Report report = world.report(client);
        CHECK(codes(report.verdict) == "private_forward_address");
        CHECK(report.verdict.reason == Reason::forward_mismatch);
        CHECK_FALSE(report.smtp);
        CHECK(report.fix.empty());
    }
    for (const char* inside : {"fe80::1", "fd00::1", "::", "::1", "::ffff:10.0.0.1"}) {
        CAPTURE(inside);
        World world;
        world.ptr("2400:cb00::25", {"mail.example.com"}).address("mail.example.com", {inside});
        world.says("mail.example.com", RecordType::a, Outcome::nodata);
        CHECK(codes(world.verdict("2400:cb00::25")) == "private_forward_address");
    }
    World world;
    world.ptr(client, {"mail.example.com"}).address("mail.example.com", {"10.0.0.1", "8.8.4.26"});
    CHECK(findings(world).empty());
    CHECK(world.report(client).smtp);
    world.ptr("10.0.0.2", {"mail.example.com"});
    CHECK(codes(world.verdict("10.0.0.2")) == "special_use_address");
}

TEST_CASE("a zone of the resolver's own: AA and RA, with TTLs or without records") {
    World world = passing("mail.example.com");
    Answer ptr = world[{reverse(), RecordType::ptr}];
    ptr.aa = ptr.ra = true;
    CHECK(findings(World(world).put(ptr)) == "own_zone_answer");
    CHECK_FALSE(has_warning(World(world).put(ptr).verdict(client)));
    ptr.outcome = Outcome::nxdomain;
    ptr.names.clear();
    CHECK(findings(World(world).put(ptr)) == "own_zone_answer");
    ptr.ra = false;
    CHECK(findings(World(world).put(ptr)).empty());
}

TEST_CASE("a name that exists for the other family exists, whatever its server says") {
    World world;
    world.ptr("2400:cb00::25", {"mail.example.com"}).address("mail.example.com", {"8.8.4.25"});
    world.says("mail.example.com", RecordType::aaaa, Outcome::nxdomain);
    const Report report = world.report("2400:cb00::25");
    CHECK(report.verdict.reason == Reason::forward_nodata);
    CHECK(report.verdict.names[0].reason == NameReason::forward_nodata);
    CHECK(codes(report.verdict) == "other_family_only");
    CHECK(report.message == "mail.example.com has no AAAA record");
}

TEST_CASE("whose failure it is decides what is said of receivers") {
    struct Row {
        Outcome outcome;
        std::optional<bool> works;
        std::uint16_t error;
        bool own;
    };
    const std::vector<Row> rows = {
        {Outcome::servfail, {}, 0, false},  {Outcome::timeout, {}, 0, false},   {Outcome::timeout, true, 0, false},
        {Outcome::timeout, false, 0, true}, {Outcome::refused, true, 0, false}, {Outcome::refused, false, 0, true},
        {Outcome::refused, true, 18, true}, {Outcome::referral, {}, 0, true},   {Outcome::unreachable, {}, 0, true},
        {Outcome::filtered, {}, 15, true},  {Outcome::malformed, {}, 0, false}, {Outcome::formerr, {}, 0, false},
        {Outcome::not_sent, {}, 0, true},
    };
    for (const Row& row : rows) {
        CAPTURE(to_word(row.outcome), row.error);
        Answer ptr = answer(reverse(), RecordType::ptr, row.outcome);
        ptr.server_works = row.works;
        if (row.error != 0) ptr.extended_errors = {{row.error, ""}};
        CHECK(is_own_failure(ptr) == row.own);
        const Report report = World().put(ptr).report(client);
        CHECK(report.smtp.has_value() != row.own);
        CHECK(report.verdict.kind == VerdictKind::temperror);
    }
}

TEST_CASE("warnings come first, each code has its word and its severity") {
    const std::vector<std::string> words = {"generic_name",
                                            "unconfirmed_ptr",
                                            "single_label_name",
                                            "unknown_tld",
                                            "ptr_target_not_absolute",
                                            "local_answer",
                                            "private_forward_address",
                                            "resolver_differs",
                                            "helo_mismatch",
                                            "helo_not_resolving",
                                            "servers_disagree",
                                            "other_family_only",
                                            "own_zone_answer",
                                            "synthesised_address",
                                            "mail_domain",
                                            "multiple_ptr",
                                            "ptr_alias",
                                            "forward_alias",
                                            "underscore_in_name",
                                            "special_use_address",
                                            "ipv4_mapped",
                                            "input_name_not_in_ptr"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        CAPTURE(words[i]);
        const auto code = static_cast<FindingCode>(i);
        CHECK(to_word(code) == words[i]);
        CHECK(to_word(usual_severity(code)) == (i < 12 ? "warning" : "info"));
    }
}
