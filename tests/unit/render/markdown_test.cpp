// SPDX-License-Identifier: MIT
// The Markdown document: worst first, the records wanted in each reverse zone, and names that stay text.
#include "render/markdown.hpp"

#include <algorithm>
#include <string>

#include "catch.hpp"
#include "literal_world.hpp"
#include "render/junit.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

// The document of the reports, in this order of the input.
std::string document(const std::vector<Report>& reports, const std::string& trouble = {}) {
    MarkdownDocument made;
    RunSummary summary;
    summary.trouble = trouble;
    for (std::size_t place = 0; place < reports.size(); ++place) {
        made.add(place, reports[place]);
        summary.tally.count(reports[place]);
    }
    std::string out;
    made.append_to(out, summary);
    return out;
}

Report passing() {
    return World().ptr("8.8.4.25", {"mail.example.com"}).address("mail.example.com", {"8.8.4.25"}).report("8.8.4.25");
}

Report no_ptr(std::string_view address, std::string_view zone) {
    const auto known = soa(zone, "ns1.isp.example", R"(host\.master.isp.example)", 40, 600);
    Answer absent = answer(ip(address).reverse_name(), RecordType::ptr, Outcome::nxdomain);
    if (!zone.empty()) absent.soa = known;
    return World().put(absent).report(address);
}

Report warned() {
    return World().ptr("8.8.4.26", {"mailhost"}).address("mailhost", {"8.8.4.26"}).report("8.8.4.26");
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("where all passes there is no table") {
    CHECK(document({passing()}) == "# Reverse DNS\n\n1 address: 1 pass, 0 warn, 0 fail, 0 temporary\n");
}

TEST_CASE("a cause is said once") {
    const Report generic = World()
                               .ptr("8.8.4.30", {"8-8-4-30.dyn.isp.example"})
                               .address("8-8-4-30.dyn.isp.example", {"8.8.4.30"})
                               .report("8.8.4.30");
    CHECK(has(document({generic}), "| WARN | `8.8.4.30` | `8-8-4-30.dyn.isp.example (generic name)` |"));
}

TEST_CASE("worst first, then in the order of the input; PTR records by their reverse zone") {
    const std::string zone = "4.8.8.in-addr.arpa";
    const std::string text =
        document({warned(), passing(), no_ptr("8.8.4.28", zone),
                  World().says("29.4.8.8.in-addr.arpa", RecordType::ptr, Outcome::servfail).report("8.8.4.29"),
                  no_ptr("8.8.4.27", zone), no_ptr("9.9.9.1", "9.9.9.in-addr.arpa")});
    CHECK(has(text,
              "| status | address | cause | records to publish |\n| --- | --- | --- | --- |\n"
              "| FAIL | `8.8.4.28` | no PTR record | `your.mail.host.name. IN A 8.8.4.28`<br>"
              "`28.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.` |\n"
              "| FAIL | `8.8.4.27` |"));
    const std::vector<std::string> order = {"| FAIL | `8.8.4.28`", "| FAIL | `8.8.4.27`", "| FAIL | `9.9.9.1`",
                                            "| TEMP | `8.8.4.29`", "| WARN | `8.8.4.26`"};
    std::size_t at = 0;
    for (const std::string& row : order) {
        CAPTURE(row);
        const std::size_t next = text.find(row, at);
        REQUIRE(next != std::string::npos);
        at = next;
    }
    CHECK_FALSE(has(text, "`8.8.4.25`"));
    CHECK(has(text,
              "\n## Reverse zone `4.8.8.in-addr.arpa`\n\n"
              "Primary server `ns1.isp.example`, contact `host.master@isp.example`. Wanted there:\n\n```\n"
              "28.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n"
              "27.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n```\n"));
    CHECK(has(text, "\n## Reverse zone `9.9.9.in-addr.arpa`\n"));
    // The answer of an existing PTR record does not say whose zone it is.
    CHECK(has(text,
              "\n## Reverse zones that are not known\n\nWhoever gave you the addresses publishes these.\n\n```\n"
              "; instead of 26.4.8.8.in-addr.arpa. IN PTR mailhost.\n"
              "26.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n```\n"));
}

TEST_CASE("an address that is listed twice has its records once, and both rows") {
    const Report report = no_ptr("8.8.4.28", "4.8.8.in-addr.arpa");
    const std::string text = document({report, report});
    const auto count = [&](std::string_view part) {
        std::size_t found = 0;
        for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
        return found;
    };
    CHECK(count("\n28.4.8.8.in-addr.arpa. IN PTR") == 1);
    CHECK(count("| FAIL | `8.8.4.28`") == 2);
}

TEST_CASE("names and sentences stay text: no markup, no cell, no line of their own") {
    const std::string hostile = "a|b`<script>*[x](y).example";
    World world;
    world.ptr("8.8.4.25", {hostile, "real.example"}).address("real.example", {"198.51.100.9"});
    const std::string text = document({world.report("8.8.4.25")}, "cannot read `a|b`");
    CHECK(has(text, R"(`cannot read \096a\124b\096`)"));
    CHECK_FALSE(has(text, "<script>"));
    CHECK_FALSE(has(text, "[x]"));
    CHECK(has(text, R"(a\124b\096\060script\062*\091x\093\040y\041.example)"));
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    // Each row of the table has the same five bars, and code spans are closed.
    std::size_t rows = 0;
    for (std::size_t at = text.find("\n|"); at != std::string::npos; at = text.find("\n|", at + 1)) {
        const std::string row = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
        CAPTURE(row);
        CHECK(std::count(row.begin(), row.end(), '|') == 5);
        CHECK(std::count(row.begin(), row.end(), '`') % 2 == 0);
        ++rows;
    }
    CHECK(rows == 3);
}

TEST_CASE("a case of a run that was interrupted before its result, in JUnit") {
    Subject subject;
    subject.input = "<\"&>\x1b";
    std::string out;
    append_junit_unfinished(out, subject);
    CHECK(has(out, R"(name="&lt;&quot;&amp;&gt;\027" time="0.000">)"));
    CHECK(has(out, "<error type=\"interrupted\" message=\"interrupted before there was a result\"/>\n</testcase>\n"));
    RunSummary summary;
    summary.tally.pass = 1;
    summary.interrupted = true;
    summary.unfinished = 2;
    out.clear();
    append_junit_head(out, summary);
    CHECK(has(out, R"(tests="3" failures="0" errors="2")"));
    CHECK(run_text(summary) == "1 of 3 addresses (interrupted): 1 pass, 0 warn, 0 fail, 0 temporary");
}
