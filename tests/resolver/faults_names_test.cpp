// SPDX-License-Identifier: MIT
// Faults, groups numbers, bytes in names, odd names and mixed: what well-formed answers
// may hold, up to the verdict and the text made of it.
#include <algorithm>
#include <set>

#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

IpAddress four() {
    return *IpAddress::parse("192.0.2.25");
}

// The address has these PTR records; what each name leads to is the script's.
Checked check_names(const std::vector<Record>& pointers, const Script& forward, const IpAddress& address = four()) {
    Conversation talk(
        [&](const Query& query) {
            if (query.question.type != RecordType::ptr) return forward(query);
            auto reply = Message::reply_to(query);
            for (const Record& pointer : pointers) reply.answer(pointer);
            if (query.transport == Transport::udp && reply.octets().size() > 1232) {
                return say(Message::reply_to(query).truncated());
            }
            return say(reply);
        },
        hasty());
    Checked checked = talk.check(address);
    expect_clean_output(address, checked);
    return checked;
}

Checked check_name(std::string_view name, const Script& forward) {
    return check_names({ptr(name)}, forward);
}

constexpr auto leads_back_always = [](const Query& query) {
    return say(Message::reply_to(query).answer(a("192.0.2.25")));
};
constexpr auto leads_elsewhere = [](const Query& query) {
    return say(Message::reply_to(query).answer(a("198.51.100.9")));
};
constexpr auto exists_nowhere = [](const Query& query) { return say(Message::reply_to(query).rcode(3)); };
constexpr auto never_asked = [](const Query&) -> Reaction {
    throw std::logic_error("a name that is no host name was asked");
};

std::string name_number(std::size_t i) {
    return "host" + std::to_string(i) + ".example.com";
}

std::vector<Record> many_pointers(std::size_t count) {
    std::vector<Record> pointers;
    for (std::size_t i = 1; i <= count; ++i) pointers.push_back(ptr(name_number(i)));
    return pointers;
}

void expect_no_host_name(std::string_view name) {
    INFO(name);
    const Checked checked = check_name(name, never_asked);
    CHECK(checked.verdict.reason == Reason::ptr_not_a_hostname);
    CHECK(checked.verdict.names.at(0).reason == NameReason::not_a_hostname);
}

}  // namespace

TEST_CASE("numbers: TTL 2^32-1 and 0") {
    for (const std::uint32_t ttl : {0U, 0xffffffffU, 0x80000000U}) {
        const auto results = try_fault(
            [&](const Query& query, const Stage& stage) {
                return say(Message::reply_to(query)
                               .answer(cname("alias.example.com").with_ttl(ttl))
                               .answer(stage.record().owned_by("alias.example.com").with_ttl(ttl)));
            },
            {passes});
        for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).cname_chain.at(0).ttl == ttl);
        try_fault(
            [&](const Query& query, const Stage& stage) {
                return say(Message::reply_to(query).rcode(3).authority(soa(stage.at_ptr() ? "arpa" : "com", ttl, ttl)));
            },
            {no_such_name});
    }
}

TEST_CASE("numbers: 64 equal PTRs") {
    std::size_t asked = 0;
    const std::vector<Record> equal(64, ptr(host));
    const Checked checked = check_names(equal, [&](const Query& query) {
        ++asked;
        return leads_back_always(query);
    });
    CHECK(checked.verdict.kind == VerdictKind::pass);
    CHECK(checked.evidence.names.size() == 1);
    CHECK(asked == 1);
    // Equal apart from letter case.
    CHECK(check_names({ptr("Mail.Example.Com"), ptr("mail.example.com")}, leads_back_always).evidence.names.size() ==
          1);
}

TEST_CASE("numbers: 500 PTRs none confirming") {
    std::set<std::string> asked;
    const Checked checked = check_names(many_pointers(500), [&](const Query& query) {
        asked.insert(query.question.name.to_text());
        return leads_elsewhere(query);
    });
    CHECK(checked.verdict.reason == Reason::too_many_ptr);
    CHECK(checked.verdict.kind == VerdictKind::fail);
    CHECK(asked.size() == 100);
    CHECK(asked.contains(name_number(100)));
    CHECK_FALSE(asked.contains(name_number(101)));
}

TEST_CASE("numbers: 100 PTRs, the last confirming; 101 PTRs, the last confirming") {
    for (const std::size_t count : {100U, 101U}) {
        const Checked checked = check_names(many_pointers(count), [&](const Query& query) {
            return query.question.name == *DnsName::from_text(name_number(count)) ? leads_back_always(query)
                                                                                  : leads_elsewhere(query);
        });
        CHECK(checked.verdict.reason == (count == 100 ? Reason::forward_confirmed : Reason::too_many_ptr));
    }
}

TEST_CASE("numbers: 1,700 PTRs, the last confirming") {
    const Checked checked = check_names(many_pointers(1700), [&](const Query& query) {
        return query.question.name == *DnsName::from_text(name_number(1700)) ? leads_back_always(query)
                                                                             : exists_nowhere(query);
    });
    CHECK(checked.verdict.reason == Reason::too_many_ptr);
    CHECK(checked.evidence.names.size() == 128);
    CHECK(checked.evidence.ptr.names_beyond == 1700 - 128);
    CHECK(checked.evidence.ptr.transport == Transport::tcp);
}

TEST_CASE("bytes in names: each of them is escaped and makes no host name") {
    const char* names[] = {
        "nul\\000.example.com",  // NUL
        "\\027[31mred.example.com",
        "\\027]0;title\\007.example.com",  // ESC and OSC
        "a\\013\\010b.example.com",        // CR LF
        "\\\"quoted\\\".example.com",
        "back\\\\slash.example.com",  // quotes and backslashes
        "\\255\\254.example.com",
        "\\192\\128.example.com",          // invalid UTF-8
        "\\226\\128\\174gpj.example.com",  // bidirectional override
        "<script>alert(1)</script>.example.com",
        "&amp\\;.example.com",  // markup
        "a\\.b.example.com",    // a dot inside a label
        "$(id).example.com",
        "`id`.example.com",
        "a,b\\;c.example.com",
        "=1+1.example.com",
        "a|b&c.example.com",    // shell and CSV
        "a\\032b.example.com",  // space
        "\\155[31m.example.com",
        "\\133.example.com",  // C1
        "{}.example.com",
        "{0}.example.com",
        "%s%n.example.com",  // {} and %s
        "::error::x.example.com",
        "tab\\009.example.com",
        "\\127.example.com",
    };
    for (const char* name : names) expect_no_host_name(name);
    // Every octet, one by one.
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        if (is_letter(c) || is_digit(c) || c == '_' || c == '-') continue;
        std::string name = "a\\";
        for (const int digit : {octet / 100, octet / 10 % 10, octet % 10}) name += static_cast<char>('0' + digit);
        expect_no_host_name(name + "b.example.com");
    }
}

TEST_CASE("bytes in names: in the forward answer's chain, in SOA and extended errors too") {
    const std::string evil = "\\027[31m\\010\\255\\\".example.com";
    const auto results = try_fault(
        [&](const Query& query, const Stage&) {
            return say(Message::reply_to(query)
                           .rcode(3)
                           .answer(cname(evil))
                           .authority(soa("."))
                           .options(extended_error(6, "\x1b]0;title\a\n\"\xff")));
        },
        {no_such_name});
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).cname_chain.size() == 1);
}

TEST_CASE("odd names: by the host-name rule") {
    expect_no_host_name("-mail.example.com");  // leading hyphen
    expect_no_host_name("mail-.example.com");
    expect_no_host_name("mail.-example.com");
    expect_no_host_name(".");           // root
    expect_no_host_name("192.0.2.25");  // dotted quad: never passes
    expect_no_host_name("203.0.113.1.");
    expect_no_host_name("mail.example.123");
    CHECK(check_name("under_score.example.com", leads_back_always).verdict.kind == VerdictKind::pass);  // underscore
    CHECK(check_name("MAIL.EXAMPLE.COM", leads_back_always).verdict.kind == VerdictKind::pass);         // upper case
    CHECK(check_name("mail", leads_back_always).verdict.kind == VerdictKind::pass);                     // single label
    CHECK(check_name("localhost", leads_back_always).verdict.kind == VerdictKind::pass);                // localhost
    CHECK(check_name("xn--bcher-kva.example", leads_back_always).verdict.kind == VerdictKind::pass);
}

TEST_CASE("odd names: 253 octets, 127 labels") {
    std::string longest;
    for (int i = 0; i < 3; ++i) longest += std::string(63, 'a') + ".";
    longest += std::string(61, 'a');
    REQUIRE(longest.size() == 253);
    CHECK(check_name(longest, leads_back_always).verdict.kind == VerdictKind::pass);
    std::string labels = "a";
    for (int i = 1; i < 127; ++i) labels += ".a";
    CHECK(check_name(labels, leads_back_always).verdict.kind == VerdictKind::pass);
}

TEST_CASE("mixed: one odd name beside a good one") {
    for (const bool odd_first : {true, false}) {
        const std::vector<Record> pair = odd_first ? std::vector<Record>{ptr("a\\032b.example.com"), ptr(host)}
                                                   : std::vector<Record>{ptr(host), ptr("a\\032b.example.com")};
        const Checked checked = check_names(pair, leads_back_always);
        CHECK(checked.verdict.kind == VerdictKind::pass);
        CHECK(checked.evidence.names.size() == 2);
    }
}

TEST_CASE("mixed: one silent name beside a good one") {
    const Checked checked = check_names({ptr("silent.example.com"), ptr(host)}, [](const Query& query) {
        return query.question.name == *DnsName::from_text(host) ? leads_back_always(query) : silence();
    });
    CHECK(checked.verdict.kind == VerdictKind::pass);
    CHECK(checked.verdict.names.at(0).reason == NameReason::forward_lookup_failed);
}

TEST_CASE("mixed: a silent name beside one that leads elsewhere is temporary") {
    const Checked checked = check_names({ptr("silent.example.com"), ptr(host)}, [](const Query& query) {
        return query.question.name == *DnsName::from_text(host) ? leads_elsewhere(query) : silence();
    });
    CHECK(checked.verdict.reason == Reason::forward_lookup_failed);
}

TEST_CASE("mixed: twenty silent names") {
    std::vector<unsigned> tries;
    const Checked checked = check_names(many_pointers(20), [&](const Query& query) {
        tries.push_back(query.nth);
        return silence();
    });
    CHECK(checked.verdict.reason == Reason::forward_lookup_failed);
    // All are waited for together: every first try goes out before any second one.
    CHECK(tries.size() == 40);
    CHECK(std::is_sorted(tries.begin(), tries.end()));
}
