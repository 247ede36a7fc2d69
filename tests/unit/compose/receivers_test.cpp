// SPDX-License-Identifier: MIT
// The truth table of the receivers: for every edge case what each of them does. tests/receivers
// holds Postfix, Exim and others against the servers themselves.
#include "fcrdns/receivers.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "fcrdns/check.hpp"

using namespace fcrdns;

namespace {

IpAddress client4() {
    return *IpAddress::parse("198.51.100.7");
}

IpAddress client6() {
    return *IpAddress::parse("2001:db8::1:2");
}

struct Name {
    std::string text;
    Outcome outcome = Outcome::records;
    std::vector<std::string> addresses;
    std::optional<Outcome> other_family;
};

Answer answer_of(const DnsName& name, RecordType type, Outcome outcome, const std::vector<std::string>& addresses) {
    Answer answer;
    answer.question = {name, type};
    answer.outcome = outcome;
    if (outcome == Outcome::servfail) answer.rcode = 2;
    if (outcome == Outcome::refused) answer.rcode = 5;
    for (const std::string& text : addresses) answer.addresses.push_back({*IpAddress::parse(text), 300});
    return answer;
}

Evidence without_names(const IpAddress& address, Outcome ptr) {
    Evidence evidence;
    evidence.address = address;
    evidence.ptr = answer_of(address.reverse_name(), RecordType::ptr, ptr, {});
    return evidence;
}

Evidence with_names(const IpAddress& address, const std::vector<Name>& names) {
    Evidence evidence = without_names(address, Outcome::records);
    const RecordType type = address.is_ipv4() ? RecordType::a : RecordType::aaaa;
    const RecordType other = address.is_ipv4() ? RecordType::aaaa : RecordType::a;
    std::size_t asked = 0;
    for (const Name& name : names) {
        PtrName ptr;
        ptr.name = *DnsName::from_text(name.text);
        ptr.host_name = ptr.name.is_host_name();
        if (ptr.host_name && asked++ < max_ptr_names) {
            ptr.forward = answer_of(ptr.name, type, name.outcome, name.addresses);
            if (name.other_family) {
                ptr.other_family = std::make_shared<const Answer>(answer_of(ptr.name, other, *name.other_family, {}));
            }
        }
        evidence.ptr.names.push_back({ptr.name, 300});
        evidence.names.push_back(ptr);
    }
    return evidence;
}

Evidence v4(const std::vector<Name>& names) {
    return with_names(client4(), names);
}
Evidence v6(const std::vector<Name>& names) {
    return with_names(client6(), names);
}

Name good(const std::string& text) {
    return {text, Outcome::records, {client4().to_text()}, {}};
}
Name good6(const std::string& text) {
    return {text, Outcome::records, {client6().to_text()}, {}};
}
Name wrong(const std::string& text) {
    return {text, Outcome::records, {"192.0.2.99"}, {}};
}
Name bad(const std::string& text, Outcome outcome) {
    return {text, outcome, {}, {}};
}

std::vector<ReceiverPrediction> predict(const Evidence& evidence) {
    return predict_receivers(evidence, judge(evidence, {}));
}

// One word a cell. pass: accepted. A code: that refusal. X|pass: depends, X is the worse case.
struct Row {
    std::string what;
    Evidence evidence;
    std::string postfix, reverse, exim, exim98, opensmtpd, rdns, sendmail, haraka, gmail;
};

struct Expected {
    ReceiverOutcome outcome;
    std::optional<std::string> reply;
};

std::string sendmail_address(const IpAddress& a) {
    return a == client6() ? "IPv6:2001:db8:0:0:0:0:1:2" : a.to_text();
}

// The reply line of a receiver for a word of the table.
std::optional<std::string> reply_of(std::string_view receiver, std::string_view word, const IpAddress& a) {
    const std::string ip = a.to_text();
    const std::string unknown = " Client host rejected: cannot find your hostname, [" + ip + "]";
    const std::string reverse = " Client host rejected: cannot find your reverse hostname, [" + ip + "]";
    if (receiver == "postfix") return (word == "550" ? "550 5.7.25" : "450 4.7.25") + unknown;
    if (receiver == "postfix-450") return "450 4.7.25" + unknown;
    if (receiver == "postfix-reverse") return (word == "550" ? "550 5.7.1" : "450 4.7.1") + reverse;
    if (receiver.starts_with("exim")) {
        return word == "550" ? "550 Administrative prohibition" : "451 Temporary local problem - please try later";
    }
    if (word == "fix") return "550 5.7.1 Fix reverse DNS for " + sendmail_address(a);
    if (word == "unresolved") return "451 4.1.8 Client IP address " + sendmail_address(a) + " does not resolve";
    if (word == "forged") return "451 4.1.8 Possibly forged hostname for " + sendmail_address(a);
    if (word == "none") return "554 client [" + ip + "] rejected; no rDNS";
    if (word == "nomatch") return "554 Sorry, no FCrDNS match found";
    if (receiver == "gmail" && word == "550") {
        return "550-5.7.25 [" + ip +
               "] The IP address sending this message does not have a PTR record setup, or the "
               "corresponding forward DNS entry does not match the sending IP.";
    }
    if (receiver == "gmail") {
        return "421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's "
               "forward DNS entry doesn't match the sending IP address. To protect users from spam, your email has "
               "been temporarily rate limited.";
    }
    return std::nullopt;  // OpenSMTPD
}

Expected expected(std::string_view receiver, const std::string& word, const IpAddress& address) {
    const std::size_t bar = word.find('|');
    const std::string worse = word.substr(0, bar);
    if (worse == "pass") return {ReceiverOutcome::accept, std::nullopt};
    const auto reply = reply_of(receiver, worse, address);
    if (bar != std::string::npos && word.substr(bar + 1) != "450") return {ReceiverOutcome::depends, reply};
    if (bar != std::string::npos) {  // 550|450: one and the same with Postfix's default code
        return {receiver == "postfix-450" ? ReceiverOutcome::tempfail : ReceiverOutcome::depends, reply};
    }
    const bool temporary = worse == "450" || worse == "451" || worse == "421" || worse == "unresolved" ||
                           worse == "forged" || receiver == "postfix-450";
    return {temporary ? ReceiverOutcome::tempfail : ReceiverOutcome::reject, reply};
}

const ReceiverPrediction& row_of(const std::vector<ReceiverPrediction>& rows, std::string_view receiver) {
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.receiver == receiver; });
    REQUIRE(it != rows.end());
    return *it;
}

void check_row(const Row& row) {
    const auto rows = predict(row.evidence);
    const auto check = [&](std::string_view receiver, const std::string& word) {
        const ReceiverPrediction& got = row_of(rows, receiver);
        const Expected want = expected(receiver, word, row.evidence.address);
        INFO(row.what << ": " << receiver << " expects " << word << ", says " << to_word(got.outcome) << " "
                      << got.reply.value_or("(no reply)") << " because: " << got.why);
        CHECK(got.outcome == want.outcome);
        CHECK(got.reply == want.reply);
        CHECK(got.why.size() > 10);
        CHECK(got.why.back() == '.');
    };
    check("postfix", row.postfix);
    check("postfix-450", row.postfix);
    check("postfix-reverse", row.reverse);
    check("exim", row.exim);
    check("exim-4.98", row.exim98);
    check("opensmtpd", row.opensmtpd);
    check("opensmtpd-rdns", row.rdns);
    check("sendmail", row.sendmail);
    check("haraka", row.haraka);
    check("gmail", row.gmail);
}

std::vector<Name> twelve_of_which_the_last_leads_back() {
    std::vector<Name> names;
    for (int i = 1; i < 12; ++i) names.push_back(wrong(std::string("p").append(std::to_string(i)) + ".example.net"));
    names.push_back(good("p12.example.net"));
    return names;
}

}  // namespace

TEST_CASE("the rows come in the order of the manual") {
    const auto rows = predict(without_names(client4(), Outcome::nxdomain));
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (const auto& row : rows) names.emplace_back(row.receiver);
    CHECK(names == std::vector<std::string>{"postfix",
                                            "postfix-450",
                                            "postfix-reverse",
                                            "exim",
                                            "exim-4.98",
                                            "opensmtpd",
                                            "opensmtpd-rdns",
                                            "sendmail",
                                            "haraka",
                                            "gmail",
                                            "exchange-online",
                                            "outlook.com",
                                            "gmx",
                                            "freenet",
                                            "t-online",
                                            "mail.ru",
                                            "free.fr",
                                            "comcast",
                                            "cox",
                                            "charter",
                                            "rackspace",
                                            "godaddy",
                                            "orange.fr",
                                            "linkedin",
                                            "bizsmtp",
                                            "neo",
                                            "ovh-mx",
                                            "bol",
                                            "terra",
                                            "psn.ne.jp",
                                            "nifty",
                                            "ru-center",
                                            "seppmail.cloud",
                                            "mc8051",
                                            "cleanmail.ch"});
    for (const auto& row : rows) CHECK(!row.policy.empty());
}

TEST_CASE("truth table: the PTR lookup") {
    const auto none = [](Outcome outcome) { return without_names(client4(), outcome); };
    // clang-format off
    const std::vector<Row> table = {
        // what                  evidence                     postfix reverse exim  4.98   osmtpd rdns  sendmail      haraka  gmail
        {"2 PTR NXDOMAIN",       none(Outcome::nxdomain),     "550", "550", "550", "550", "550", "550", "fix",        "none", "550"},
        {"3 PTR NODATA",         none(Outcome::nodata),       "550", "550", "550", "550", "550", "550", "fix",        "none", "550"},
        {"40 dangling RFC 2317", none(Outcome::nxdomain),     "550", "550", "550", "550", "550", "550", "fix",        "none", "550"},
        {"4 PTR SERVFAIL",       none(Outcome::servfail),     "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
        {"5 PTR timeout",        none(Outcome::timeout),      "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
        {"6 PTR REFUSED",        none(Outcome::refused),      "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
        {"PTR NOTIMP",           none(Outcome::notimp),       "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
        {"PTR not sent",         none(Outcome::not_sent),     "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
        {"PTR unreachable",      none(Outcome::unreachable),  "450", "450", "451", "451", "550", "550", "unresolved", "none", "421"},
    };
    // clang-format on
    for (const Row& row : table) check_row(row);
}

TEST_CASE("truth table: one name") {
    const auto lookup = [](Outcome outcome) { return v4({bad("a.example.net", outcome)}); };
    // clang-format off
    const std::vector<Row> table = {
        {"1 leads back",          v4({good("a.example.net")}),      "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "pass",    "pass"},
        {"43 leads elsewhere",    v4({wrong("a.example.net")}),     "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"10 NXDOMAIN",           lookup(Outcome::nxdomain),        "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"11 NODATA",             v4({{"a.example.net", Outcome::nodata, {}, Outcome::nodata}}),
                                                                    "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"12, 37 SERVFAIL",       lookup(Outcome::servfail),        "450",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "421"},
        {"13 timeout",            lookup(Outcome::timeout),         "450",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "421"},
        {"REFUSED",               lookup(Outcome::refused),         "450",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "421"},
        {"39 NODATA, AAAA fails", v4({{"a.example.net", Outcome::nodata, {}, Outcome::servfail}}),
                                                                    "550",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "550"},
        {"NODATA, AAAA silent",   lookup(Outcome::nodata),          "550",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "550"},
        {"SERVFAIL, AAAA exists", v4({{"a.example.net", Outcome::servfail, {}, Outcome::records}}),
                                                                    "450",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "421"},
        {"SERVFAIL, AAAA NODATA", v4({{"a.example.net", Outcome::servfail, {}, Outcome::nodata}}),
                                                                    "450",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "421"},
        {"malformed",             v4({{"a.example.net", Outcome::malformed, {}, Outcome::malformed}}),
                                                                    "550",  "pass", "451",  "550",  "550",  "pass", "forged", "nomatch", "421"},
        {"SERVFAIL, AAAA malformed", v4({{"a.example.net", Outcome::servfail, {}, Outcome::malformed}}),
                                                                    "450",  "pass", "451",  "451",  "550",  "pass", "forged", "nomatch", "421"},
        {"NODATA, AAAA malformed", v4({{"a.example.net", Outcome::nodata, {}, Outcome::malformed}}),
                                                                    "550",  "pass", "451",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"NODATA, AAAA exists",   v4({{"a.example.net", Outcome::nodata, {}, Outcome::records}}),
                                                                    "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"41 same /24",           v4({{"a.example.net", Outcome::records, {"198.51.100.200"}, {}}}),
                                                                    "550",  "pass", "550",  "550",  "550",  "pass", "forged", "pass",    "550"},
        {"24 last of two A",      v4({{"a.example.net", Outcome::records, {"192.0.2.1", client4().to_text()}, {}}}),
                                                                    "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "pass",    "pass"},
        {"29 upper case",         v4({good("A.EXAMPLE.NET")}),      "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "pass",    "pass"},
        {"47 looks generic",      v4({good("198-51-100-7.dyn.example.net")}),
                                                                    "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "pass",    "pass"},
        {"22 single label",       v4({good("mailhost")}),           "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "nomatch", "pass"},
        {"42 .lan",               v4({good("mx.corp.lan")}),        "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "nomatch", "pass"},
        {"a public suffix",       v4({good("co.uk")}),              "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "nomatch", "pass"},
        {"20 localhost",          v4({bad("localhost", Outcome::nxdomain)}),
                                                                    "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"16 underscore",         v4({good("under_score.example.net")}),
                                                                    "pass", "pass", "pass", "pass", "pass", "pass", "pass",   "pass",    "pass"},
        {"underscore elsewhere",  v4({wrong("under_score.example.net")}),
                                                                    "550",  "pass", "550",  "550",  "550",  "pass", "forged", "nomatch", "550"},
        {"36 251 octets",         v4({good(std::string(59, 'a') + '.' + std::string(59, 'b') + '.' + std::string(59, 'c') + '.' +
                                           std::string(59, 'd') + ".example.net")}),
                                                                    "pass", "pass", "pass", "pass", "550",  "pass", "pass",   "pass",    "pass"},
    };
    // clang-format on
    for (const Row& row : table) check_row(row);
}

TEST_CASE("truth table: names that are no host names") {
    // clang-format off
    const std::vector<Row> table = {
        {"17 space",             v4({good("a\\032b.example.net")}),     "550",      "550",  "550",      "451",      "550",      "550",  "fix",         "nomatch",      "550"},
        {"18 UTF-8",             v4({good("caf\\195\\169.example.net")}), "550",    "550",  "550",      "451",      "550",      "550",  "fix",         "nomatch",      "550"},
        {"30 asterisk",          v4({good("*.example.net")}),           "550",      "550",  "550",      "451",      "550",      "550",  "fix",         "nomatch|pass", "550"},
        {"34 slash",             v4({good("a/b.example.net")}),         "550",      "550",  "550|pass", "451",      "550",      "550",  "fix",         "nomatch|pass", "550"},
        {"35 dot in a label",    v4({good("a\\.b.example.net")}),       "550",      "550",  "550",      "451",      "550|pass", "pass", "fix",         "nomatch|pass", "550"},
        {"NUL in a label",       v4({good("mail\\000x.example.net")}),  "550",      "550",  "550",      "451",      "550|pass", "pass", "fix",         "nomatch",      "550"},
        {"28 leading hyphen",    v4({good("-a.example.net")}),          "550",      "550",  "550",      "550",      "550",      "550",  "fix",         "nomatch|pass", "550"},
        {"44 trailing hyphen",   v4({good("a-.example.net")}),          "550",      "550",  "550",      "550",      "550|pass", "pass", "forged|pass", "nomatch|pass", "550"},
        {"inner leading hyphen", v4({good("a.-b.example.net")}),        "550",      "550",  "550",      "550",      "550|pass", "pass", "forged|pass", "nomatch|pass", "550"},
        {"19 own address",       v4({good("198.51.100.7")}),            "550",      "550",  "550",      "550",      "pass",     "550",  "fix",         "nomatch",      "550"},
        {"another address",      v4({good("192.0.2.1")}),               "550",      "550",  "550",      "550",      "550",      "550",  "fix",         "nomatch",      "550"},
        {"33 all numeric",       v4({good("1234.5678")}),               "550",      "550",  "550|pass", "550|pass", "550|pass", "pass", "forged",      "nomatch",      "550"},
        {"last label numeric",   v4({good("mail.123")}),                "550|pass", "pass", "550|pass", "550|pass", "550|pass", "pass", "forged|pass", "nomatch",      "550"},
        {"own address in hex",   v4({bad("0xc6336407", Outcome::nxdomain)}), "pass",  "pass", "550",      "550",      "550",      "550",  "fix",         "nomatch",      "550"},
        {"own address, 3 parts", v4({good("198.51.25607")}),            "550",      "550",  "550|pass", "550|pass", "550|pass", "pass", "fix",         "nomatch",      "550"},
        {"backslash",            v4({good("a\\092b.example.net")}),     "550",      "550",  "550",      "451",      "550|pass", "pass", "fix",         "nomatch",      "550"},
        {"one number",           v4({good("98760")}),                   "550",      "550",  "550|pass", "550|pass", "550|pass", "pass", "fix",         "nomatch",      "550"},
        {"a short network",      v4({good("10.20")}),                   "550",      "550",  "550|pass", "550|pass", "550|pass", "550",  "fix",         "nomatch",      "550"},
        {"21 root",              v4({good(".")}),                       "550",      "550",  "550",      "550",      "550",      "pass", "forged",      "nomatch",      "550"},
    };
    // clang-format on
    for (const Row& row : table) check_row(row);
}

TEST_CASE("truth table: several names, which resolvers hand out in any order") {
    const Name a = good("a.example.net");
    const Name b = wrong("b.example.net");
    const Name c = bad("c.example.net", Outcome::servfail);
    // clang-format off
    const std::vector<Row> table = {
        {"both lead back",           v4({a, good("a2.example.net")}),          "pass",     "pass",     "pass", "pass", "pass",     "pass", "pass",        "pass",    "pass"},
        {"7 first leads back",       v4({a, b}),                               "550|pass", "pass",     "pass", "pass", "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"8 second leads back",      v4({b, a}),                               "550|pass", "pass",     "pass", "pass", "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"9 neither",                v4({b, wrong("b2.example.net")}),         "550",      "pass",     "550",  "550",  "550",      "pass", "forged",      "nomatch", "550"},
        {"25 confirmed, SERVFAIL",   v4({a, c}),                               "450|pass", "pass",     "451",  "451",  "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"26 SERVFAIL, confirmed",   v4({c, a}),                               "450|pass", "pass",     "451",  "451",  "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"45 mismatch, SERVFAIL",    v4({b, c}),                               "550|450",  "pass",     "451",  "451",  "550",      "pass", "forged",      "nomatch", "421"},
        {"23 twelve, the last",      v4(twelve_of_which_the_last_leads_back()), "550|pass", "pass",    "pass", "pass", "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"27 illegal, confirmed",    v4({good("a\\032b.example.net"), a}),     "550|pass", "550|pass", "pass", "pass", "pass",     "pass", "fix|pass",    "pass",    "pass"},
        {"48 underscore, clean",     v4({good("under_score.example.net"), a}), "pass",     "pass",     "pass", "pass", "pass",     "pass", "pass",        "pass",    "pass"},
        {"underscore leads back, clean not", v4({good("under_score.example.net"), b}),
                                                                               "550|pass", "pass",     "pass", "550",  "550|pass", "pass", "forged|pass", "pass",    "pass"},
        {"underscore and slash",     v4({good("under_score.example.net"), good("a/b.example.net")}),
                                                                               "550|pass", "550|pass", "pass", "451|pass", "pass", "pass", "fix|pass",    "pass",    "pass"},
        {"root, confirmed",          v4({good("."), a}),                       "550|pass", "550|pass", "pass", "pass", "550|pass", "pass", "forged|pass", "pass",    "pass"},
    };
    // clang-format on
    for (const Row& row : table) check_row(row);
}

TEST_CASE("truth table: IPv6") {
    const auto none = [](Outcome outcome) { return without_names(client6(), outcome); };
    const Name only_a = {"a.example.net", Outcome::nodata, {}, Outcome::records};
    const Name elsewhere = {"a.example.net", Outcome::records, {"2001:db8::ffff"}, {}};
    // clang-format off
    const std::vector<Row> table = {
        {"v6-1 leads back",         v6({good6("a.example.net")}), "pass", "pass", "pass", "pass", "pass", "pass", "pass",       "pass",    "pass"},
        {"v6-2 only A",             v6({only_a}),                 "550",  "pass", "550",  "550",  "550",  "pass", "forged",     "nomatch", "550"},
        {"v6-3 leads elsewhere",    v6({elsewhere}),              "550",  "pass", "550",  "550",  "550",  "pass", "forged",     "nomatch", "550"},
        {"v6-4 no PTR",             none(Outcome::nxdomain),      "550",  "550",  "550",  "550",  "550",  "550",  "fix",        "none",    "550"},
        {"PTR SERVFAIL",            none(Outcome::servfail),      "450",  "450",  "451",  "451",  "550",  "550",  "unresolved", "none",    "421"},
        {"AAAA SERVFAIL, A malformed", v6({{"a.example.net", Outcome::servfail, {}, Outcome::malformed}}),
                                                                  "450",  "pass", "451",  "550",  "550",  "pass", "forged",     "nomatch", "421"},
        {"AAAA malformed, A SERVFAIL", v6({{"a.example.net", Outcome::malformed, {}, Outcome::servfail}}),
                                                                  "550",  "pass", "451",  "451",  "550",  "pass", "forged",     "nomatch", "421"},
        {"AAAA SERVFAIL",           v6({bad("a.example.net", Outcome::servfail)}),
                                                                  "450",  "pass", "451",  "451",  "550",  "pass", "forged",     "nomatch", "421"},
    };
    // clang-format on
    for (const Row& row : table) check_row(row);
}

TEST_CASE("for receivers the other family is asked after a failure too, and waited for") {
    const DnsName name = *DnsName::from_text("a.example.net");
    for (const Outcome outcome : {Outcome::servfail, Outcome::timeout, Outcome::nodata}) {
        for (const bool for_receivers : {false, true}) {
            INFO(to_word(outcome) << (for_receivers ? ", for receivers" : ""));
            Check check(client4(), std::nullopt, for_receivers);
            check.start();
            Answer ptr = answer_of(client4().reverse_name(), RecordType::ptr, Outcome::records, {});
            ptr.names.push_back({name, 300});
            REQUIRE(check.feed(ptr).size() == 1);
            const auto asked = check.feed(answer_of(name, RecordType::a, outcome, {}));
            CHECK(asked.size() == (for_receivers || outcome == Outcome::nodata ? 1 : 0));
            CHECK(check.settled() == !for_receivers);
            if (!asked.empty()) check.feed(answer_of(name, RecordType::aaaa, Outcome::records, {"2001:db8::1"}));
            CHECK(check.done());
            CHECK(check.settled());
        }
    }
}

TEST_CASE("Exchange Online looks at IPv6 alone, and only at whether there is a PTR record") {
    const auto exchange = [](const Evidence& evidence) { return row_of(predict(evidence), "exchange-online"); };
    CHECK(exchange(without_names(client4(), Outcome::nxdomain)).outcome == ReceiverOutcome::accept);
    CHECK(exchange(v6({bad("a.example.net", Outcome::nxdomain)})).outcome == ReceiverOutcome::accept);
    CHECK(!exchange(v6({bad("a.example.net", Outcome::nxdomain)})).reply);
    for (const Outcome outcome : {Outcome::nxdomain, Outcome::nodata, Outcome::servfail, Outcome::timeout}) {
        const ReceiverPrediction row = exchange(without_names(client6(), outcome));
        CHECK(row.outcome == ReceiverOutcome::tempfail);
        CHECK(row.reply ==
              "450 4.7.25 Service unavailable, sending IPv6 address [2001:db8::1:2] must have reverse DNS record.");
    }
}

TEST_CASE("names beyond the limit were not asked: receivers without a limit may still find one") {
    std::vector<Name> names;
    for (std::size_t i = 0; i <= max_ptr_names; ++i)
        names.push_back(wrong(std::string("n").append(std::to_string(i)) + ".example.net"));
    const auto rows = predict(v4(names));
    for (const std::string_view receiver :
         {"postfix", "exim", "exim-4.98", "opensmtpd", "sendmail", "haraka", "gmail"}) {
        INFO(receiver);
        CHECK(row_of(rows, receiver).outcome == ReceiverOutcome::depends);
    }
}

TEST_CASE("why names the name, and says which case gives what") {
    const auto why = [](const Evidence& evidence, std::string_view receiver) {
        return row_of(predict(evidence), receiver).why;
    };
    const Evidence mixed = v4({good("a.example.net"), wrong("b.example.net")});
    CHECK(why(mixed, "postfix") ==
          "It looks at one PTR name, and their order changes: reject with b.example.net, which "
          "leads to 192.0.2.99; accept with a.example.net, which leads back to 198.51.100.7.");
    CHECK(why(mixed, "exim") == "a.example.net leads back to 198.51.100.7.");
    CHECK(why(v4({good("mail.123")}), "postfix") ==
          "It follows a name that was not asked about: reject with mail.123, if it does not lead back; accept with "
          "mail.123, if it leads back.");
    CHECK(why(without_names(client4(), Outcome::servfail), "sendmail") == "The PTR lookup failed (SERVFAIL).");
    CHECK(why(without_names(client4(), Outcome::servfail), "exim") ==
          "The PTR lookup failed (SERVFAIL); only Exim's log has the reason.");
    CHECK(why(without_names(client4(), Outcome::servfail), "opensmtpd") ==
          "The PTR lookup failed (SERVFAIL), which it takes for a missing name; the administrator writes the reply.");
}

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    for (std::size_t end; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
        lines.push_back(text.substr(start, end - start));
    }
    CHECK(start == text.size());
    return lines;
}

}  // namespace

TEST_CASE("the table is worst first, those that accept on one line, and ends with a count of receivers") {
    const auto lines = lines_of(receivers_table(predict(v4({good("a.example.net"), wrong("b.example.net")}))));
    CHECK(lines.front() == "  reject    seppmail.cloud");
    CHECK(std::find(lines.begin(), lines.end(), "  depends   postfix") != lines.end());
    const auto accept =
        std::find_if(lines.begin(), lines.end(), [](const std::string& l) { return l.starts_with("  accept: "); });
    REQUIRE(accept != lines.end());
    CHECK(accept->starts_with("  accept: postfix-reverse, exim, exim-4.98, opensmtpd-rdns, haraka, gmail"));
    // Postfix, Exim and OpenSMTPD count once each, whatever their settings and versions.
    CHECK(lines.back() == "  1 of 31 receivers would reject, 0 would defer, for 3 it depends.");

    const auto bare = lines_of(receivers_table(predict(without_names(client4(), Outcome::nxdomain))));
    CHECK(bare[0] == "  reject    postfix");
    CHECK(bare[1] == "            No PTR record is published.");
    CHECK(bare[2] == "    550 5.7.25 Client host rejected: cannot find your hostname, [198.51.100.7]");
    CHECK(bare[3] == "  tempfail  postfix-450");
    CHECK(bare[4].starts_with("            postfix with reject_unknown_client_hostname,"));
}

namespace {

struct ProviderRow {
    std::string_view receiver;
    // Without a PTR record, a name that leads elsewhere, one that does not exist, a failing lookup of the PTR
    // record and one of the name, a generic name that leads back. p: accepted, r: refused, t: deferred, d: depends.
    std::string_view outcomes;
};

std::string outcome_letters(std::string_view receiver) {
    const std::string generic = "198-51-100-7.dyn.isp.example";
    std::string letters;
    for (const Evidence& evidence :
         {without_names(client4(), Outcome::nxdomain), v4({wrong("mail.example.net")}),
          v4({bad("mail.example.net", Outcome::nxdomain)}), without_names(client4(), Outcome::servfail),
          v4({bad("mail.example.net", Outcome::servfail)}), v4({good(generic)})}) {
        switch (row_of(predict(evidence), receiver).outcome) {
            case ReceiverOutcome::accept: letters += 'p'; break;
            case ReceiverOutcome::reject: letters += 'r'; break;
            case ReceiverOutcome::tempfail: letters += 't'; break;
            case ReceiverOutcome::depends: letters += 'd'; break;
        }
    }
    return letters;
}

}  // namespace

TEST_CASE("truth table: mailbox providers") {
    for (const auto& [receiver, outcomes] :
         std::vector<ProviderRow>{{"gmail", "rrrttp"},       {"outlook.com", "pppdpr"},    {"gmx", "rppdpr"},
                                  {"freenet", "rrrddp"},     {"t-online", "pppdpr"},       {"mail.ru", "pppdpr"},
                                  {"free.fr", "pptddp"},     {"comcast", "rpptpr"},        {"cox", "rppdpp"},
                                  {"charter", "rrrddp"},     {"rackspace", "tppdpp"},      {"godaddy", "tpptpp"},
                                  {"orange.fr", "rrrddp"},   {"linkedin", "rppdpp"},       {"bizsmtp", "rppdpp"},
                                  {"neo", "tttddp"},         {"ovh-mx", "tppdpp"},         {"bol", "tttddp"},
                                  {"terra", "tttddp"},       {"psn.ne.jp", "tppdpp"},      {"nifty", "rrrddp"},
                                  {"ru-center", "rrrddr"},   {"seppmail.cloud", "rrrddp"}, {"mc8051", "pppdpr"},
                                  {"cleanmail.ch", "pppdpr"}}) {
        INFO(receiver);
        CHECK(outcome_letters(receiver) == outcomes);
    }
}

TEST_CASE("mailbox providers: the words seen, and which names count") {
    const auto reply = [](const Evidence& evidence, std::string_view receiver) {
        return row_of(predict(evidence), receiver).reply;
    };
    const Evidence bare = without_names(client4(), Outcome::nxdomain);
    CHECK(reply(bare, "freenet") == "550 inconsistent or no DNS PTR record for 198.51.100.7 (see RFC 1912 2.1)");
    CHECK(reply(bare, "rackspace") == "450 4.7.1 Client host 198.51.100.7 has no PTR record (G1F)");
    // Texts that were seen cut, or that name the receiver's own host.
    for (const std::string_view receiver : {"comcast", "cox", "charter", "orange.fr", "linkedin", "bizsmtp"}) {
        INFO(receiver);
        CHECK(!reply(bare, receiver));
    }
    // One name that leads back is taken as enough, except where all must.
    const Evidence mixed = v4({wrong("b.example.net"), good("a.example.net")});
    CHECK(row_of(predict(mixed), "freenet").outcome == ReceiverOutcome::accept);
    CHECK(row_of(predict(mixed), "seppmail.cloud").outcome == ReceiverOutcome::reject);
    CHECK(row_of(predict(mixed), "seppmail.cloud").why == "b.example.net leads to 192.0.2.99.");
    // A name that the operator chose beside a generic one.
    const Evidence two = v4({good("198-51-100-7.dyn.isp.example"), good("mail.example.net")});
    CHECK(row_of(predict(two), "gmx").outcome == ReceiverOutcome::accept);
    CHECK(row_of(predict(v4({good("198-51-100-7.dyn.isp.example")})), "gmx").why ==
          "198-51-100-7.dyn.isp.example looks assigned by the provider of the address; the reply has several lines, "
          "of which this is one.");
}

TEST_CASE("each row says how it is known") {
    const auto rows = predict(without_names(client4(), Outcome::nxdomain));
    CHECK(to_word(row_of(rows, "postfix").basis) == "tested");
    CHECK(to_word(row_of(rows, "gmail").basis) == "documented");
    CHECK(to_word(row_of(rows, "mail.ru").basis) == "observed");
}

TEST_CASE("the table fits 80 columns of printable ASCII, whatever the DNS says") {
    std::vector<Name> names = {
        good(std::string(63, 'x') + '.' + std::string(63, 'y') + '.' + std::string(63, 'z') + ".net")};
    std::string ugly;
    for (int i = 0; i < 60; ++i) ugly += "\\233";
    names.push_back(good(ugly + "." + ugly + "." + ugly + ".example.net"));
    names.push_back(good("a\\010b\\027.example.net"));
    const IpAddress long6 = *IpAddress::parse("2001:db8:1111:2222:3333:4444:5555:6666");
    for (const Evidence& evidence : {v4(names), with_names(long6, names), without_names(long6, Outcome::nxdomain),
                                     without_names(long6, Outcome::servfail)}) {
        for (const std::string& line : lines_of(receivers_table(predict(evidence)))) {
            INFO(line);
            CHECK(line.size() <= 80);
            CHECK((line.empty() || line.starts_with("  ")));
            CHECK(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }));
        }
    }
}
