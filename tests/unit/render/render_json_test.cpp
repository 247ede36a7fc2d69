// SPDX-License-Identifier: MIT
// JSON Lines on literal evidence: whole samples to the byte, nulls and empty lists,
// and ASCII whatever the DNS said.
#include <algorithm>
#include <string>

#include "catch.hpp"
#include "fcrdns/render.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

std::string json(const Report& report, bool queries = false) {
    std::string out;
    append_json(out, report, queries);
    return out;
}

// The part of a record from `"key":` to the next key.
std::string member(const std::string& record, const std::string& key, const std::string& next) {
    const std::size_t from = record.find('"' + key + "\":");
    REQUIRE(from != std::string::npos);
    const std::size_t to = record.find(",\"" + next + "\":", from);
    REQUIRE(to != std::string::npos);
    return record.substr(from + key.size() + 3, to - from - key.size() - 3);
}

World no_ptr() {
    return World().says("1.113.0.203.in-addr.arpa", RecordType::ptr, Outcome::nxdomain,
                        soa("113.0.203.in-addr.arpa", "ns1.isp.example", "hostmaster.isp.example", 40, 600));
}

World mismatch() {
    return World().ptr("198.51.100.7", {"mail.example.com"}).address("mail.example.com", {"198.51.100.9"});
}

bool is_one_line_of_ascii(const std::string& text) {
    return text.back() == '\n' &&
           std::all_of(text.begin(), text.end() - 1, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

TEST_CASE("a record, to the byte") {
    CHECK(
        json(no_ptr().report("203.0.113.1")) ==
        R"({"schema":"fcrdns-check/1","input":"203.0.113.1","line":null,"ip":"203.0.113.1","family":"ipv4",)"
        R"("reverse_name":"1.113.0.203.in-addr.arpa",)"
        R"("verdict":"fail","reason":"no_ptr","status":"FAIL","iprev":"permerror","message":"no PTR record",)"
        R"("failure":null,"taken_from":null,)"
        R"("confirmed_names":[],"ptr":[],)"
        R"("findings":[{"code":"special_use_address","severity":"info","detail":"203.0.113.1 is in 203.0.113.0/24, )"
        R"(Documentation (TEST-NET-3) (RFC 5737)."}],)"
        R"("smtp":{"reply_code":550,"enhanced_status_code":"5.7.25","text":"Client host rejected: cannot find your )"
        R"(hostname, [203.0.113.1]","line":"550 5.7.25 Client host rejected: cannot find your hostname, [203.0.113.1]"},)"
        R"("reverse_zone":{"name":"113.0.203.in-addr.arpa","mname":"ns1.isp.example","rname":"hostmaster@isp.example",)"
        R"("negative_ttl_left":40,"soa_minimum":600},)"
        R"("fix":[{"option":1,"step":1,"who":"forward_zone","action":"add","record":"your.mail.host.name. IN A 203.0.113.1",)"
        R"("owner":"your.mail.host.name.","type":"A","data":"203.0.113.1","replaces":[]},)"
        R"({"option":1,"step":2,"who":"reverse_zone","action":"add","record":"1.113.0.203.in-addr.arpa. IN PTR your.mail.host.name.",)"
        R"("owner":"1.113.0.203.in-addr.arpa.","type":"PTR","data":"your.mail.host.name.","replaces":[]}],)"
        R"("helo":null,"receivers":null,"authoritative":null,"queries":null})"
        "\n");
}

TEST_CASE("failure: the lookup that left the verdict open, and nothing for other verdicts") {
    World world;
    Answer ptr = answer(ip("203.0.113.1").reverse_name(), RecordType::ptr, Outcome::servfail);
    ptr.extended_errors = {{6, "no \"DS\"\n"}};
    CHECK(member(json(world.put(ptr).report("203.0.113.1")), "failure", "taken_from") ==
          R"({"outcome":"servfail","rcode":"SERVFAIL","qname":"1.113.0.203.in-addr.arpa","qtype":"PTR",)"
          R"("server":"192.0.2.53:53","ede":[{"code":6,"name":"DNSSEC Bogus","text":"no \"DS\"\\010"}]})");
    World forward;
    forward.ptr("198.51.100.7", {"a.example.com", "b.example.com"})
        .says("a.example.com", RecordType::a, Outcome::nodata);
    forward.says("a.example.com", RecordType::aaaa, Outcome::nodata)
        .says("b.example.com", RecordType::a, Outcome::timeout);
    CHECK(member(json(forward.report("198.51.100.7")), "failure", "taken_from")
              .starts_with(R"({"outcome":"timeout","rcode":null,"qname":"b.example.com","qtype":"A",)"));
    forward.address("a.example.com", {"198.51.100.7"});
    CHECK(member(json(forward.report("198.51.100.7")), "failure", "taken_from") == "null");
    Subject subject;
    subject.input = "mail.example.com";
    subject.origin.host_name = name("mail.example.com");
    const Report none =
        compose_without_address(subject, {answer(name("mail.example.com"), RecordType::a, Outcome::nodata),
                                          answer(name("mail.example.com"), RecordType::aaaa, Outcome::refused)});
    CHECK(member(json(none), "failure", "taken_from")
              .starts_with(R"({"outcome":"refused","rcode":"REFUSED","qname":"mail.example.com","qtype":"AAAA",)"));
}

TEST_CASE("message: the warnings of a pass in brackets") {
    World world;
    world.ptr("192.0.2.77", {"192-0-2-77.dyn.isp.example"}).address("192-0-2-77.dyn.isp.example", {"192.0.2.77"});
    CHECK(member(json(world.report("192.0.2.77")), "message", "failure") ==
          R"x("192-0-2-77.dyn.isp.example (generic name)")x");
}

TEST_CASE("an entry of ptr, and one of queries") {
    CHECK(
        member(json(mismatch().report("198.51.100.7")), "ptr", "findings") ==
        R"([{"name":"mail.example.com","ttl":3600,"confirmed":false,"reason":"forward_mismatch",)"
        R"("addresses":[{"ip":"198.51.100.9","type":"A","ttl":300,"match":false}],"generic":{"match":false,"evidence":[]}}])");
    const std::string record = json(no_ptr().report("203.0.113.1"), true);
    CHECK(
        record.substr(record.find("\"queries\":")) ==
        R"("queries":[{"qname":"1.113.0.203.in-addr.arpa","qtype":"PTR","outcome":"nxdomain","rcode":"NXDOMAIN","ede":[],)"
        R"("server":"192.0.2.53:53","transport":"udp","tries":1,"aa":false,"ad":false,"elapsed_ms":2.1,"cname_chain":[]}]})"
        "\n");
}

TEST_CASE("a pass: no reply, no zone, no fix, but never a missing member") {
    World world;
    const std::string record = json(world.ptr("8.8.4.25", {"mail.example.com", "1.2.3.4"})
                                        .address("mail.example.com", {"8.8.4.26", "8.8.4.25"})
                                        .report("8.8.4.25"));
    CHECK(member(record, "confirmed_names", "ptr") == R"(["mail.example.com"])");
    CHECK(member(record, "smtp", "reverse_zone") == "null");
    CHECK(member(record, "reverse_zone", "fix") == "null");
    CHECK(member(record, "verdict", "reason") == R"("pass")");
    CHECK(member(record, "status", "iprev") == R"("WARN")");
    CHECK(member(record, "ptr", "findings")
              .find(R"("reason":"not_a_hostname","addresses":[],"generic":{"match":false,)") != std::string::npos);
    CHECK(member(record, "addresses", "generic").find(R"({"ip":"8.8.4.25","type":"A","ttl":300,"match":true})") !=
          std::string::npos);
}

TEST_CASE("what looks assigned carries its evidence") {
    const std::string host = "192-0-2-77.dyn.isp.example";
    const std::string record =
        json(World().ptr("192.0.2.77", {host}).address(host, {"192.0.2.77"}).report("192.0.2.77"));
    CHECK(record.find(R"("generic":{"match":true,"evidence":[{"text":"192-0-2-77","rule":"full_address"})") !=
          std::string::npos);
}

TEST_CASE("invalid input and host names without an address are records too") {
    using namespace std::string_literals;
    Subject subject;
    subject.input = "\x1b[2J\"\\\0\xff"s;
    subject.line = 7;
    const std::string invalid = json(compose_invalid(subject, "a sentence"));
    CHECK(
        invalid ==
        R"({"schema":"fcrdns-check/1","input":"\\027[2J\"\\092\\000\\255","line":7,"ip":null,"family":null,)"
        R"("reverse_name":null,"verdict":"invalid","reason":"invalid_input","status":"INVALID","iprev":null,)"
        R"("message":"a sentence","failure":null,"taken_from":null,"confirmed_names":[],"ptr":[],"findings":[],"smtp":null,"reverse_zone":null,)"
        R"("fix":[],"helo":null,"receivers":null,"authoritative":null,"queries":null})"
        "\n");
    subject.input = "mail.example.com";
    subject.family = Family::ipv6;
    subject.origin.host_name = name("mail.example.com");
    const std::string none =
        json(compose_without_address(subject, {answer(name("mail.example.com"), RecordType::aaaa, Outcome::servfail)}),
             true);
    CHECK(member(none, "ip", "family") == "null");
    CHECK(member(none, "family", "reverse_name") == R"("ipv6")");
    CHECK(member(none, "verdict", "reason") == R"("temperror")");
    CHECK(member(none, "reason", "status") == R"("address_lookup_failed")");
    CHECK(
        none.find(R"("queries":[{"qname":"mail.example.com","qtype":"AAAA","outcome":"servfail","rcode":"SERVFAIL")") !=
        std::string::npos);
}

TEST_CASE("the HELO object and the receivers") {
    const Helo helo = parse_helo("mail.example.com");
    Origin origin;
    origin.helo = helo;
    const std::string record = json(mismatch().report("198.51.100.7", origin));
    CHECK(member(record, "helo", "receivers") ==
          R"({"name":"mail.example.com","outcome":"records","addresses":[{"ip":"198.51.100.9","type":"A","ttl":300,)"
          R"("match":false}],"resolves_to_ip":false,"equals_ptr":false})");
    const Evidence evidence = mismatch().evidence("198.51.100.7");
    const std::string asked = json(compose({}, evidence, judge(evidence, {}), {true}));
    CHECK(
        member(asked, "receivers", "authoritative").starts_with(R"([{"receiver":"postfix","policy":"reject_unknown)"));
}

TEST_CASE("the zones' own servers") {
    Answer ptr = answer(ip("8.8.4.25").reverse_name(), RecordType::ptr, Outcome::nxdomain);
    SourceView view;
    const DnsName zone = name("4.8.8.in-addr.arpa");
    view.servers = {
        {zone, name("ns1.isp.example"), Endpoint{ip("192.0.2.1"), 53}, Outcome::records, false, {"mail.example.com"}},
        {zone, name("ns2.isp.example"), Endpoint{ip("2001:db8::2"), 53}, Outcome::nodata, true, {}},
        {zone, name("ns3.isp.example"), std::nullopt, Outcome::nxdomain, false, {}}};
    ptr.source = std::make_shared<const SourceView>(std::move(view));
    const std::string record = json(World().put(ptr).report("8.8.4.25"));
    const std::string common = R"("zone":"4.8.8.in-addr.arpa","qname":"25.4.8.8.in-addr.arpa","qtype":"PTR",)";
    CHECK(member(record, "authoritative", "queries") ==
          R"([{"server":"192.0.2.1:53","name":"ns1.isp.example",)" + common +
              R"("outcome":"records","answers":["mail.example.com"]},)" +
              R"({"server":"[2001:db8::2]:53","name":"ns2.isp.example",)" + common +
              R"("outcome":"lame","answers":[]},)" + R"({"server":null,"name":"ns3.isp.example",)" + common +
              R"("outcome":"nxdomain","answers":[]}])");
}

TEST_CASE("failed lookups, chains and times among the queries") {
    Answer failed = answer(ip("8.8.4.25").reverse_name(), RecordType::ptr, Outcome::timeout);
    failed.server.reset();
    failed.tries = 0;
    failed.transport = Transport::tcp;
    failed.elapsed = std::chrono::microseconds(12345678);
    failed.cname_chain = {{failed.question.name, name("x/y.example"), 1}};
    failed.extended_errors = {{22, "\x1b\xff\"ok\\"}, {4711, ""}};
    const std::string record = json(World().put(failed).report("8.8.4.25"), true);
    CHECK(
        record.substr(record.find("\"queries\":")) ==
        R"("queries":[{"qname":"25.4.8.8.in-addr.arpa","qtype":"PTR","outcome":"timeout","rcode":null,"ede":)"
        R"([{"code":22,"name":"No Reachable Authority","text":"\\027\\255\"ok\\092"},{"code":4711,"name":"code 4711","text":""}],)"
        R"("server":null,"transport":"tcp","tries":0,"aa":false,"ad":false,"elapsed_ms":12345.6,"cname_chain":["x/y.example"]}]})"
        "\n");
}

TEST_CASE("every octet that a name can hold comes out as ASCII on one line") {
    World world;
    Answer ptr = answer(ip("8.8.4.25").reverse_name(), RecordType::ptr, Outcome::records);
    for (int octet = 0; octet < 256; ++octet) {
        const std::uint8_t wire[] = {3,   'a', static_cast<std::uint8_t>(octet), 'b', 7, 'e', 'x', 'a', 'm', 'p', 'l',
                                     'e', 0};
        ptr.names.push_back({*DnsName::from_wire(wire), 60});
        const DnsName& made = ptr.names.back().name;
        if (made.is_host_name()) world.put(answer(made, RecordType::a, Outcome::nxdomain));
    }
    const std::string record = json(world.put(ptr).report("8.8.4.25"), true);
    CHECK(is_one_line_of_ascii(record));
    CHECK(record.find(R"("a\\000b.example")") != std::string::npos);
    CHECK(record.find(R"("a\\034b.example")") != std::string::npos);
    CHECK(record.find(R"("a\\046b.example")") != std::string::npos);
    CHECK(record.find(R"("a\\092b.example")") != std::string::npos);
    CHECK(record.find(R"("a\\255b.example")") != std::string::npos);
}
