// SPDX-License-Identifier: MIT
// The text output on literal evidence: samples to the byte, lines of
// lists, colour, and that nothing from the DNS reaches the terminal unescaped.
#include "fcrdns/render.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"
#include "render/tally.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Report no_ptr() {
    return World()
        .says("1.113.0.203.in-addr.arpa", RecordType::ptr, Outcome::nxdomain,
              soa("113.0.203.in-addr.arpa", "ns1.isp.example", "hostmaster.isp.example", 40, 600))
        .report("203.0.113.1");
}

Report passing() {
    return World()
        .ptr("192.0.2.25", {"mail.example.com"})
        .address("mail.example.com", {"192.0.2.25"})
        .report("192.0.2.25");
}

Report mismatch() {
    return World()
        .ptr("198.51.100.7", {"mail.example.com"})
        .address("mail.example.com", {"198.51.100.9"})
        .report("198.51.100.7");
}

Report generic() {
    const std::string host = "192-0-2-77.dyn.isp.example";
    return World().ptr("192.0.2.77", {host}).address(host, {"192.0.2.77"}).report("192.0.2.77");
}

Report temporary() {
    Answer failed = answer(ip("198.51.100.20").reverse_name(), RecordType::ptr, Outcome::servfail);
    failed.tries = 3;
    return World().put(failed).report("198.51.100.20");
}

std::string line(const Report& report, const TextOptions& options = {}) {
    std::string out;
    append_text_line(out, report, options);
    return out;
}

std::string first_line(const Report& report) {
    const std::string text = full_text(report);
    return text.substr(0, text.find('\n') + 1);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("no PTR record, in full") {
    CHECK(full_text(no_ptr()) == R"(FAIL  203.0.113.1 -> no PTR record

  Nothing is published at 1.113.0.203.in-addr.arpa (NXDOMAIN).
  A receiver that requires reverse DNS answers:

    550 5.7.25 Client host rejected: cannot find your hostname, [203.0.113.1]

  Many receivers say 450 4.7.25 or, older, 450 4.7.1 instead; Gmail says
  550-5.7.25 "... does not have a PTR record setup".

  To fix it
  1. In the zone of your mail host, publish:
       your.mail.host.name.       IN A    203.0.113.1
  2. Have this published in the reverse zone:
       1.113.0.203.in-addr.arpa.  IN PTR  your.mail.host.name.
     The zone is 113.0.203.in-addr.arpa (primary server ns1.isp.example,
     contact hostmaster@isp.example). It belongs to whoever gave you the
     address: set it in the provider's control panel ("reverse DNS", "rDNS",
     "PTR") or by a ticket, not in your own domain's DNS.
  Your resolver remembers the missing record for another 40 s; receivers'
  resolvers for up to 10 min after they last asked.
  Already changed it? See whether it is published:
    fcrdns-check --direct 203.0.113.1
  Note: 203.0.113.1 is in 203.0.113.0/24, Documentation (TEST-NET-3) (RFC
  5737).
  Not your machine? Forward this to whoever runs your mail.
)");
}

TEST_CASE("the verdict lines of one target") {
    CHECK(full_text(passing()) == "PASS  192.0.2.25 -> mail.example.com -> 192.0.2.25\n");
    CHECK(first_line(generic()) == "WARN  192.0.2.77 -> 192-0-2-77.dyn.isp.example -> 192.0.2.77\n");
    CHECK(first_line(mismatch()) == "FAIL  198.51.100.7 -> mail.example.com -> 198.51.100.9\n");
    CHECK(first_line(temporary()) == "TEMP  198.51.100.20 -> cannot tell: SERVFAIL from 192.0.2.53 (3 tries)\n");
}

TEST_CASE("the lines of a list and their sum") {
    CHECK(line(passing()) == "PASS  192.0.2.25       mail.example.com\n");
    CHECK(line(generic()) == "WARN  192.0.2.77       192-0-2-77.dyn.isp.example  generic name\n");
    CHECK(line(no_ptr()) == "FAIL  203.0.113.1      no PTR record\n");
    CHECK(line(mismatch()) == "FAIL  198.51.100.7     mail.example.com -> 198.51.100.9\n");
    CHECK(line(temporary()) == "TEMP  198.51.100.20    PTR lookup failed: SERVFAIL\n");
    RunSummary run;
    for (const Report& report : {passing(), generic(), no_ptr(), mismatch(), temporary()}) {
        run.tally.count(report);
    }
    CHECK(run_text(run) == "5 addresses: 1 pass, 1 warn, 2 fail, 1 temporary");
    Subject subject;
    subject.line = 7;
    run.tally.count(compose_invalid(subject, "x"));
    CHECK(run_text(run) == "5 addresses, 1 invalid line: 1 pass, 1 warn, 2 fail, 1 temporary");
    run.interrupted = true;
    CHECK(run_text(run) == "5 addresses (interrupted), 1 invalid line: 1 pass, 1 warn, 2 fail, 1 temporary");
    run.unfinished = 7;
    CHECK(run_text(run) == "5 of 12 addresses (interrupted), 1 invalid line: 1 pass, 1 warn, 2 fail, 1 temporary");
    run.tally.count(compose_invalid({}, "x"));
    CHECK(run_text(run) == "5 of 12 addresses (interrupted), 2 invalid targets: 1 pass, 1 warn, 2 fail, 1 temporary");
    run = RunSummary();
    run.tally.pass = 1;
    CHECK(run_text(run) == "1 address: 1 pass, 0 warn, 0 fail, 0 temporary");
}

TEST_CASE("a name that looks assigned: which text of it, and what it means") {
    const std::string text = full_text(generic());
    CHECK(has(text, "FCrDNS passes, but the name looks assigned by the provider:\n    192-0-2-77  "));
    CHECK(has(text, "\n    550 5.7.25 Reverse DNS validation failed\n"));
    CHECK(has(text, "25.2.0.192") == false);
}

TEST_CASE("a PTR name that does not lead back, beside one that does") {
    World world;
    world.ptr("192.0.2.25", {"mail.example.com", "gone.example.com"}).address("mail.example.com", {"192.0.2.25"});
    const std::string text =
        full_text(world.says("gone.example.com", RecordType::a, Outcome::nxdomain).report("192.0.2.25"));
    CHECK(
        has(text,
            "FCrDNS passes, but not by every PTR name:\n    gone.example.com does not exist in the DNS (NXDOMAIN)\n"));
    CHECK(has(text, "\n    550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.25]\n"));
    CHECK_FALSE(has(text, "IN A "));
    CHECK(has(text, "  1. In the reverse zone, remove:\n       25.2.0.192.in-addr.arpa.  IN PTR  gone.example.com.\n"));
}

TEST_CASE("temporary failures say who could not find out and what to do") {
    struct Row {
        Outcome outcome;
        std::string_view says, advice;
        bool zone_may_be_broken;
        std::optional<bool> server_works = {};
        bool reply = true;
    };
    const std::vector<Row> rows = {
        {Outcome::servfail, "192.0.2.53 could not find out: SERVFAIL (DNSSEC Bogus).", "Ask another resolver:", true},
        {Outcome::timeout, "192.0.2.53 could not find out: no answer", "Ask another resolver:", true},
        {Outcome::timeout, "192.0.2.53 is silent, for the root of the DNS too", "Ask another resolver:", false, false,
         false},
        {Outcome::refused, "192.0.2.53 answers this machine, but not this question: REFUSED",
         "Ask another resolver:", true, true},
        {Outcome::refused, "192.0.2.53 does not answer this machine: REFUSED", "Ask another resolver:", false, false,
         false},
        {Outcome::referral,
         "192.0.2.53 does not answer this machine: referral",
         "Ask another resolver:",
         false,
         {},
         false},
        {Outcome::unreachable, "Nothing answers at 192.0.2.53:53", "Ask another resolver:", false, {}, false},
        {Outcome::filtered,
         R"(its own answer to this question: filtered (Blocked, "no ads\007"))",
         "Ask another resolver:",
         false,
         {},
         false},
    };
    for (const Row& row : rows) {
        CAPTURE(to_word(row.outcome));
        Answer failed = answer(ip("198.51.100.20").reverse_name(), RecordType::ptr, row.outcome);
        if (row.outcome == Outcome::servfail) failed.extended_errors = {{6, "\x1b]0;x\x07"}};
        if (row.outcome == Outcome::filtered) failed.extended_errors = {{15, "no ads\x07"}};
        failed.server_works = row.server_works;
        std::string text = full_text(World().put(failed).report("198.51.100.20"));
        CHECK(has(text, "\n    fcrdns-check @ADDRESS 198.51.100.20\n"));
        CHECK(has(text, "\n    450 4.7.25 Client host rejected: cannot find your hostname, [198.51.100.20]\n") ==
              row.reply);
        CHECK_FALSE(has(text, "To fix it"));
        std::replace(text.begin(), text.end(), '\n', ' ');
        text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
                   text.end());
        CHECK(has(text, "nothing is known of what receivers see") != row.reply);
        CHECK(has(text, row.says));
        CHECK(has(text, row.advice));
        CHECK(has(text, "is broken: tell its operator") == row.zone_may_be_broken);
    }
}

TEST_CASE("what this process lacks is said, and nobody else is blamed or asked") {
    Answer failed = answer(ip("198.51.100.20").reverse_name(), RecordType::ptr, Outcome::not_sent);
    failed.detail = "this process is out of file descriptors, see ulimit -n";
    const Report report = World().put(failed).report("198.51.100.20");
    const std::string text = flowing_text(report);
    CHECK(has(text,
              "The question could not be sent to 192.0.2.53: this process is out of file descriptors, see ulimit -n."));
    CHECK(has(text, "Neither the resolver nor the zone is at fault"));
    CHECK(has(text, "This machine could not ask the public DNS, so nothing is known of what receivers see."));
    CHECK_FALSE(has(text, "@ADDRESS"));
    CHECK_FALSE(has(text, "operator"));
    CHECK(report.message == "PTR lookup failed: not sent (this process is out of file descriptors, see ulimit -n)");
}

TEST_CASE("addresses that no receiver sees get no fix") {
    const std::string text = full_text(World()
                                           .says("1.0.0.10.in-addr.arpa", RecordType::ptr, Outcome::nxdomain,
                                                 soa("10.in-addr.arpa", "ns.example", "h.example", 40, 600))
                                           .report("10.0.0.1"));
    CHECK(has(text, "No receiver outside your network sees this address."));
    CHECK_FALSE(has(text, "550"));
    CHECK_FALSE(has(text, "To fix it"));
    CHECK_FALSE(has(text, "ns.example"));
}

TEST_CASE("-v adds the answers in zone-file form and the iprev words") {
    std::string text;
    append_text_full(text, passing(), {false, true, {}});
    CHECK(text == R"(PASS  192.0.2.25 -> mail.example.com -> 192.0.2.25

  Note: 192.0.2.25 is in 192.0.2.0/24, Documentation (TEST-NET-1) (RFC 5737).

  Answers
    ; 25.2.0.192.in-addr.arpa. PTR: NOERROR from 192.0.2.53:53 by udp, 1 try, 2.1 ms
    25.2.0.192.in-addr.arpa.  3600  IN PTR  mail.example.com.
    ; mail.example.com. A: NOERROR from 192.0.2.53:53 by udp, 1 try, 2.1 ms
    mail.example.com.  300  IN A  192.0.2.25
  iprev=pass policy.iprev=192.0.2.25
)");
}

TEST_CASE("colour marks the status word and nothing else") {
    const std::vector<std::pair<Report, std::string>> rows = {{passing(), "\x1b[32mPASS\x1b[0m"},
                                                              {generic(), "\x1b[33mWARN\x1b[0m"},
                                                              {no_ptr(), "\x1b[31mFAIL\x1b[0m"},
                                                              {temporary(), "\x1b[35mTEMP\x1b[0m"}};
    for (const auto& [report, word] : rows) {
        const std::string plain = line(report);
        CHECK(line(report, {true, false, {}}) == word + plain.substr(4));
    }
}

TEST_CASE("invalid input has no line") {
    const Report report = compose_invalid({}, "a sentence");
    CHECK(line(report).empty());
    CHECK(full_text(report).empty());
}

TEST_CASE("paragraphs keep to 78 columns, records and replies are never broken") {
    const std::string host = std::string(60, 'a') + '.' + std::string(60, 'b') + ".example";
    World world;
    world.ptr("2001:db8::25", {host})
        .says(host, RecordType::aaaa, Outcome::nodata)
        .says(host, RecordType::a, Outcome::nodata);
    const std::string text = full_text(world.report("2001:db8::25"));
    CHECK(has(text, host + ". IN AAAA 2001:db8::25\n"));  // owners of over 40 characters are not aligned
    CHECK(has(text, ip("2001:db8::25").reverse_name().to_absolute_text() + " "));
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        const std::string_view row = std::string_view(text).substr(at, text.find('\n', at) - at);
        const std::size_t word = row.find_first_not_of(' ');
        const bool long_word = row.find(' ', word == std::string_view::npos ? 0 : word) == std::string_view::npos;
        const bool whole = has(std::string(row), " IN ") || at == 0;
        CAPTURE(row);
        CHECK((row.size() <= 78 || long_word || whole));
    }
}

TEST_CASE("nothing from the DNS speaks to the terminal") {
    const std::string hostile = "\x1b]0;x\x07\x1b[2J\r\n\t\"'\\\\`$(id)<b>%s{}.\xe2\x80\xae\xff.example";
    World world;
    Answer ptr = answer(ip("8.8.4.25").reverse_name(), RecordType::ptr, Outcome::records);
    ptr.names = {{name(hostile), 60}, {name("mail.example.com"), 60}};
    ptr.cname_chain = {{ptr.question.name, name("x\x1b.4.8.8.in-addr.arpa"), 60}};
    Answer failed = answer(name("mail.example.com"), RecordType::a, Outcome::unreachable);
    failed.extended_errors = {{6, "\x1b[31m\n"}};
    failed.detail = "\x1b[5m\n\xff";
    Origin origin;
    const Helo helo = parse_helo("\x1b[7m\"\n");
    origin.helo = helo;
    for (const Outcome outcome : {Outcome::unreachable, Outcome::nxdomain}) {
        failed.outcome = outcome;
        Answer forward = failed;
        forward.soa = soa("\x07.com", "ns\n.example", "\x1b.example", 60, 60);
        std::string text;
        const Report report = World().put(ptr).put(forward).report("8.8.4.25", origin);
        append_text_full(text, report, {false, true, "/etc/resolv.conf"});
        append_text_line(text, report, {});
        CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
        CHECK(has(text, R"(\027\0930\059x\007\027\0912J)"));
    }
}

TEST_CASE("a server that is there, and has no answer for the root either, is not called silent or dead") {
    for (const Outcome outcome : {Outcome::timeout, Outcome::refused}) {
        Answer failed = answer(ip("198.51.100.20").reverse_name(), RecordType::ptr, outcome);
        failed.server_works = false;
        failed.server_talks = true;
        std::string text = full_text(World().put(failed).report("198.51.100.20"));
        std::replace(text.begin(), text.end(), '\n', ' ');
        text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
                   text.end());
        CHECK(has(text, outcome == Outcome::timeout ? "192.0.2.53 is silent, and has no answer for the root"
                                                    : "192.0.2.53 refuses this question (REFUSED), and has no answer"));
        CHECK_FALSE(has(text, "it is dead"));
        CHECK_FALSE(has(text, "450 4.7.25"));
    }
}
