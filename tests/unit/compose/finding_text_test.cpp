// SPDX-License-Identifier: MIT
// Findings in words: one sentence for each, that names what it speaks of, in the singular or the plural.
#include "compose/finding_text.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";

std::string detail(const Report& report, FindingCode code) {
    for (const FindingText& finding : report.findings) {
        if (finding.code == code) return finding.detail;
    }
    return "no such finding";
}

// PTR records for these names, each of which leads back.
World leading_back(const std::vector<std::string>& hosts) {
    World world;
    world.ptr(client, hosts);
    for (const std::string& host : hosts) world.address(host, {std::string(client)});
    return world;
}

Report with_alias(const std::vector<std::string>& hosts) {
    World world = leading_back(hosts);
    for (const std::string& host : hosts) {
        Answer forward = world[{name(host), RecordType::a}];
        forward.cname_chain = {{name(host), name("real." + host), 60}};
        world.put(forward);
    }
    return world.report(client);
}

bool mentions(const std::string& sentence, const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& w) { return sentence.find(w) != std::string::npos; });
}

}  // namespace

TEST_CASE("a local answer says what it is") {
    World world = leading_back({"mail.example.com"});
    Answer ptr = world[{ip(client).reverse_name(), RecordType::ptr}];
    ptr.aa = true;
    ptr.names.front().ttl = 0;
    ptr.server = Endpoint{ip("127.0.0.53"), 53};
    CHECK(detail(world.put(ptr).report(client), FindingCode::local_answer) ==
          "127.0.0.53 answered from its own data (often /etc/hosts), not from the public DNS. Ask another resolver: "
          "fcrdns-check @ADDRESS 8.8.4.25");
}

TEST_CASE("each sentence names what it speaks of") {
    using enum FindingCode;
    const auto check = [](const Report& report, FindingCode code, const std::vector<std::string>& words) {
        const std::string sentence = detail(report, code);
        CAPTURE(to_word(code), sentence);
        CHECK(mentions(sentence, words));
        CHECK(sentence.back() == '.');
    };
    check(leading_back({"25.4.8.8.dyn.isp.example"}).report(client), generic_name,
          {"25.4.8.8.dyn.isp.example looks", "provider"});
    check(leading_back({"mailhost"}).report(client), single_label_name, {"mailhost has"});
    check(leading_back({"mail.corp.lan"}).report(client), unknown_tld, {"mail.corp.lan ends"});
    check(leading_back({"mail.example.com.4.8.8.in-addr.arpa"}).report(client), ptr_target_not_absolute,
          {"mail.example.com.4.8.8.in-addr.arpa ends", "dot"});
    check(leading_back({"a.example.com", "b.example.com"}).report(client), multiple_ptr, {"2 PTR names"});
    check(leading_back({"mail_1.example.com"}).report(client), underscore_in_name, {"mail_1.example.com contains"});
    check(with_alias({"mail.example.com"}), forward_alias,
          {"mail.example.com is", "real.mail.example.com", "RFC 2181 10.2"});

    World gone = leading_back({"mail.example.com"}).ptr(client, {"mail.example.com", "gone.example.com"});
    gone.says("gone.example.com", RecordType::a, Outcome::nxdomain);
    check(gone.report(client), unconfirmed_ptr, {"gone.example.com is", "8.8.4.25"});

    World other = World().ptr(client, {"mail.example.com"}).says("mail.example.com", RecordType::a, Outcome::nodata);
    check(other.address("mail.example.com", {"2001:db8::1"}).report(client), other_family_only,
          {"mail.example.com has only IPv6 addresses", "an A record"});

    Answer ptr = answer(ip(client).reverse_name(), RecordType::ptr, Outcome::nodata);
    ptr.cname_chain = {{ptr.question.name, name("25.0-63.4.8.8.in-addr.arpa"), 60}};
    check(World().put(ptr).report(client), ptr_alias,
          {"25.4.8.8.in-addr.arpa is", "25.0-63.4.8.8.in-addr.arpa", "RFC 2317"});
    check(World().says("1.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain).report("192.0.2.1"),
          special_use_address, {"192.0.2.1", "192.0.2.0/24", "TEST-NET-1", "RFC 5737"});

    Origin origin;
    origin.ipv4_mapped = true;
    origin.host_name = name("www.example.com");
    const Report named = leading_back({"mail.example.com"}).report(client, origin);
    check(named, ipv4_mapped, {"IPv4-mapped", "8.8.4.25"});
    check(named, input_name_not_in_ptr, {"www.example.com", "mail.example.com"});
}

TEST_CASE("several names are told in the plural, and not all of very many") {
    using enum FindingCode;
    const std::vector<std::string> hosts = {"a_a.lan", "b_b.lan", "c_c.lan", "d_d.lan"};
    const Report report = leading_back(hosts).report(client);
    CHECK(mentions(detail(report, unknown_tld), {"a_a.lan, b_b.lan, c_c.lan and 1 more end "}));
    CHECK(mentions(detail(report, underscore_in_name), {"and 1 more contain "}));
    CHECK(mentions(detail(with_alias({"a.example.com", "b.example.com"}), forward_alias),
                   {"a.example.com and b.example.com are"}));
    World world = leading_back({"ok.example.com"});
    std::vector<std::string> names = {"ok.example.com"};
    for (int i = 0; i < 60; ++i) {
        names.push_back("n" + std::to_string(i) + ".example.com");
        world.says(names.back(), RecordType::a, Outcome::nxdomain);
    }
    const std::string sentence = detail(world.ptr(client, names).report(client), unconfirmed_ptr);
    CHECK(mentions(sentence, {"and 57 more are"}));
    CHECK(sentence.size() < 300);
}

TEST_CASE("a list line has a few words for every warning and none for information") {
    for (int code = 0; code <= static_cast<int>(FindingCode::input_name_not_in_ptr); ++code) {
        const auto finding = static_cast<FindingCode>(code);
        CAPTURE(to_word(finding));
        CHECK(short_words(finding).empty() == (usual_severity(finding) == Severity::info));
        CHECK(short_words(finding).size() < 60);
    }
    const Report report = leading_back({"mail_1.lan", "mailhost"}).report(client);
    CHECK(report.message == "mail_1.lan (single label, unknown top-level domain)");
}
