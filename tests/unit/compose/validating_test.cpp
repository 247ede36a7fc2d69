// SPDX-License-Identifier: MIT
// What receivers that validate do with what the zones' own servers publish and the resolver does not give.
#include "compose/receivers/validating.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* client = "8.8.4.25";

// The answer of the zone's own server, beside that of a resolver that fails.
Answer seen_by(Answer published, Outcome outcome, const std::vector<ExtendedError>& errors) {
    auto source = std::make_shared<SourceView>();
    AuthoritativeAnswer server{name("isp.example"), name("ns.isp.example"), Endpoint{ip("192.0.2.1")},
                               Outcome::records};
    server.answers = {"published"};
    source->servers = {server};
    source->resolver.outcome = outcome;
    source->resolver.rcode = 2;
    source->resolver.extended_errors = errors;
    source->resolver.server = Endpoint{ip("192.0.2.53")};
    published.source = source;
    return published;
}

Question ptr_question() {
    return {ip(client).reverse_name(), RecordType::ptr};
}

World passing() {
    return World().ptr(client, {"mail.google.com"}).address("mail.google.com", {client});
}

ReceiverPrediction postfix(const World& world) {
    const Evidence evidence = world.evidence(client);
    const auto rows = predict_with_validation(evidence, judge(evidence, {}), {});
    const auto found =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.receiver == "postfix"; });
    REQUIRE(found != rows.end());
    return *found;
}

bool says(const ReceiverPrediction& row, const std::string& words) {
    return row.why.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("where the PTR record does not validate, it depends on whether the receiver's resolver validates") {
    for (const std::vector<ExtendedError>& errors :
         {std::vector<ExtendedError>{}, {{6, ""}}, {{7, ""}}, {{22, ""}, {9, ""}}, {{13, ""}}}) {
        World world = passing();
        world.put(seen_by(Answer(world[ptr_question()]), Outcome::servfail, errors));
        const ReceiverPrediction row = postfix(world);
        CHECK(row.outcome == ReceiverOutcome::depends);
        CHECK(row.reply == "450 4.7.25 Client host rejected: cannot find your hostname, [8.8.4.25]");
        CHECK(says(row, "mail.google.com leads back to 8.8.4.25; where its resolver validates: The PTR lookup failed"));
        CHECK(world.verdict(client).kind == VerdictKind::pass);
    }
}

TEST_CASE("where the host's zone does not validate, so too") {
    World world = passing();
    world.put(seen_by(Answer(world[{name("mail.google.com"), RecordType::a}]), Outcome::servfail, {{7, ""}}));
    const ReceiverPrediction row = postfix(world);
    CHECK(row.outcome == ReceiverOutcome::depends);
    CHECK(says(row,
               "where its resolver validates: mail.google.com could not be looked up (SERVFAIL (Signature Expired))"));
}

TEST_CASE("a resolver that fails for reasons of its own says nothing of receivers") {
    const std::vector<std::pair<Outcome, std::vector<ExtendedError>>> rows = {
        {Outcome::servfail, {{22, ""}}}, {Outcome::servfail, {{13, ""}, {23, ""}}}, {Outcome::refused, {{20, ""}}},
        {Outcome::timeout, {}},          {Outcome::filtered, {{15, ""}}},
    };
    for (const auto& [outcome, errors] : rows) {
        World world = passing();
        world.put(seen_by(Answer(world[ptr_question()]), outcome, errors));
        CHECK(postfix(world).outcome == ReceiverOutcome::accept);
        const Report report = world.report(client);
        REQUIRE_FALSE(report.findings.empty());
        CHECK(report.findings.front().code == FindingCode::resolver_differs);
        CHECK(report.findings.front().detail.find("a mail server that asks it defers or refuses") != std::string::npos);
    }
}
