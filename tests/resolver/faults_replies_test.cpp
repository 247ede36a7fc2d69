// SPDX-License-Identifier: MIT
// Faults, groups rcodes, EDNS, loss, lies, identity, case and noise: what a server or a
// forger may say instead of the truth, each in every stage, up to the verdict.
#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

// A reply that would make the address fail if it were believed.
Message nothing(const Query& query) {
    return Message::reply_to(query).rcode(3);
}

void expect_rcode(unsigned rcode, Outcome outcome) {
    const auto results = try_fault(
        [&](const Query& query, const Stage&) { return say(Message::reply_to(query).rcode(rcode)); }, {temporary});
    for (const auto& [stage, checked] : results) {
        INFO(stage.name);
        CHECK(stage.answer(checked).outcome == outcome);
        CHECK(stage.answer(checked).rcode == rcode);
        CHECK(stage.answer(checked).server);
    }
}

// What is no answer, by its ID or question: alone it is silence, before the truth it is skipped.
void expect_no_answer(const std::function<Message(const Query&, const Stage&)>& forged) {
    for (const auto& [stage, checked] :
         try_fault([&](const Query&query, const Stage&stage) { return say(forged(query, stage)); }, {temporary},
                   Where::everywhere, hasty())) {
        INFO(stage.name);
        CHECK(stage.answer(checked).outcome == Outcome::timeout);
    }
    try_fault(
        [&](const Query& query, const Stage& stage) { return say(forged(query, stage)).then(stage.truth(query)); },
        {passes}, Where::udp);
    // Over TCP nobody but the server can write: "temperror at worst".
    try_fault(
        [&](const Query& query, const Stage& stage) { return say(forged(query, stage)).then(stage.truth(query)); },
        {passes, temporary}, Where::tcp, hasty());
}

// What has the ID and, where it has one, the question, and still is no answer: never believed, but c-ares may take it
// for the reply, or be unable to read it, and lose the true one behind it.
void expect_not_believed(const std::function<Message(const Query&, const Stage&)>& forged) {
    for (const auto& [stage, checked] :
         try_fault([&](const Query&query, const Stage&stage) { return say(forged(query, stage)); }, {temporary},
                   Where::everywhere, hasty())) {
        INFO(stage.name);
        const Outcome outcome = stage.answer(checked).outcome;
        CHECK((outcome == Outcome::timeout || outcome == Outcome::malformed));
    }
    try_fault(
        [&](const Query& query, const Stage& stage) { return say(forged(query, stage)).then(stage.truth(query)); },
        {passes, temporary}, Where::everywhere, hasty());
    // A later try that is not answered so succeeds.
    try_fault([&](const Query& query,
                  const Stage& stage) { return say(query.nth == 1 ? forged(query, stage) : stage.truth(query)); },
              {passes}, Where::everywhere, patient());
}

// From c-ares 1.28 on, what it cannot read ends the try, with the true answer behind it.
void expect_noise_skipped(const std::function<Reaction(const Query&)>& noise) {
    const auto before_truth = [&](const Query& query, const Stage& stage) {
        return noise(query).then(stage.truth(query));
    };
    if (!cares_reads_replies()) {
        try_fault(before_truth, {passes}, Where::udp);
        return;
    }
    try_fault(before_truth, {passes, temporary}, Where::udp, hasty());
    try_fault(
        [&](const Query& query, const Stage& stage) {
            return query.nth == 1 ? noise(query).then(stage.truth(query)) : say(stage.truth(query));
        },
        {passes}, Where::udp, patient());
}

Reaction datagram(std::string octets, Path path = Path::server) {
    return Reaction().then(Send{std::move(octets), {}, path, true});
}

}  // namespace

TEST_CASE("rcodes: SERVFAIL") {
    expect_rcode(2, Outcome::servfail);
}

TEST_CASE("rcodes: SERVFAIL with a PTR in it") {
    const auto results = try_fault(
        [](const Query& query, const Stage& stage) { return say(with(query, stage.record()).rcode(2)); }, {temporary});
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).rcode == 2);
}

TEST_CASE("rcodes: REFUSED") {
    expect_rcode(5, Outcome::refused);
}

TEST_CASE("rcodes: NOTIMP") {
    expect_rcode(4, Outcome::notimp);
}

TEST_CASE("rcodes: FORMERR") {
    expect_rcode(1, Outcome::formerr);
}

TEST_CASE("rcodes: BADVERS") {
    // The upper bits of the code stand in the OPT record, so there is none without EDNS.
    expect_rcode(16, Outcome::other);
    const auto results = try_fault(
        [](const Query& query, const Stage& stage) { return say(with(query, stage.record()).rcode(16)); }, {temporary});
    for (const auto& [stage, checked] : results) CHECK(rcode_text(*stage.answer(checked).rcode) == "BADVERS");
}

TEST_CASE("EDNS: FORMERR to EDNS only") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(query.edns ? Message::reply_to(query).rcode(1).without_opt() : stage.truth(query));
        },
        {passes});
}

TEST_CASE("EDNS: silence to EDNS only") {
    try_fault([](const Query& query, const Stage& stage) { return query.edns ? silence() : say(stage.truth(query)); },
              {passes}, Where::everywhere, patient());
}

TEST_CASE("EDNS: FORMERR or silence to EDNS only, ten at once") {
    for (const bool silent : {false, true}) {
        INFO((silent ? "silence" : "FORMERR"));
        Conversation talk(
            [&](const Query& query) {
                if (query.edns) return silent ? silence() : say(Message::reply_to(query).rcode(1).without_opt());
                const auto address = address_of_reverse_name(query.question.name);
                const std::string text = query.question.name.to_text();
                return say(address
                               ? Message::reply_to(query).answer(
                                     ptr("host-" + std::to_string(address->bytes()[3]) + ".example.com"))
                               : Message::reply_to(query).answer(a("192.0.2." + text.substr(5, text.find('.') - 5))));
            },
            hasty());
        std::vector<IpAddress> ten;
        ten.reserve(10);
        for (int i = 0; i < 10; ++i) ten.push_back(*IpAddress::parse("192.0.2." + std::to_string(i)));
        for (const Checked& checked : talk.check_all(ten)) CHECK(checked.verdict.kind == VerdictKind::pass);
    }
}

TEST_CASE("loss: silence") {
    const auto results =
        try_fault([](const Query&, const Stage&) { return silence(); }, {temporary}, Where::everywhere, hasty());
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).outcome == Outcome::timeout);
}

TEST_CASE("loss: first datagram lost") {
    try_fault(
        [](const Query& query, const Stage& stage) { return query.nth == 1 ? silence() : say(stage.truth(query)); },
        {passes}, Where::everywhere, patient());
}

TEST_CASE("loss: answer seconds late") {
    // Seconds beside time-outs of seconds: here twice the time of all tries.
    try_fault([](const Query& query, const Stage& stage) { return say_late(stage.truth(query), milliseconds(120)); },
              {passes, temporary}, Where::everywhere, hasty());
}

TEST_CASE("loss: first server SERVFAIL and second good") {
    for (const Stage& stage : stages()) {
        INFO(stage.name);
        ResolverOptions options = prompt();
        options.tcp_only = stage.tcp;
        const Script good = [&](const Query& query) { return say(stage.truth(query)); };
        const Script failing = [&](const Query& query) {
            return query.question.type == stage.spoiled ? say(Message::reply_to(query).rcode(2)) : good(query);
        };
        Conversation talk({failing, good}, options);
        const Checked checked = talk.check(stage.address);
        CHECK(checked.verdict.kind == VerdictKind::pass);
        CHECK(stage.answer(checked).server == talk.server(1).endpoint());
        CHECK(stage.answer(checked).tries == 2);
    }
}

TEST_CASE("lies: NXDOMAIN with a PTR in it") {
    const auto results =
        try_fault([](const Query& query, const Stage& stage) { return say(with(query, stage.record()).rcode(3)); },
                  {no_such_name});
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).outcome == Outcome::nxdomain);
}

TEST_CASE("lies: referral without answer") {
    const auto results = try_fault(
        [](const Query& query, const Stage&) {
            const std::string zone = query.question.name.parent().to_text();
            return say(Message::reply_to(query).authority(ns("ns1.isp.example").owned_by(zone)));
        },
        {temporary});
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).outcome == Outcome::referral);
}

TEST_CASE("identity: wrong ID") {
    expect_no_answer([](const Query& query, const Stage&) { return nothing(query).id(query.id ^ 0x0101U); });
}

TEST_CASE("identity: wrong name") {
    expect_no_answer([](const Query& query, const Stage& stage) {
        return nothing(query).question(wire("x.example.com"), static_cast<unsigned>(stage.spoiled));
    });
}

TEST_CASE("identity: wrong type") {
    expect_no_answer(
        [](const Query& query, const Stage&) { return nothing(query).question(query.question.name.wire(), 16); });
}

TEST_CASE("identity: no question") {
    expect_not_believed([](const Query& query, const Stage&) { return nothing(query).no_question(); });
}

TEST_CASE("identity: two questions") {
    expect_not_believed([](const Query& query, const Stage& stage) {
        return nothing(query).one_more_question(query.question.name.wire(), static_cast<unsigned>(stage.spoiled));
    });
}

TEST_CASE("identity: QR bit clear (own query echoed)") {
    expect_not_believed([](const Query& query, const Stage&) { return Message::reply_to(query).response(false); });
    try_fault([](const Query& query, const Stage&) { return datagram(query.octets); }, {temporary}, Where::everywhere,
              hasty());
}

TEST_CASE("identity: other opcode") {
    expect_not_believed([](const Query& query, const Stage&) { return nothing(query).opcode(5); });
    expect_not_believed([](const Query& query, const Stage&) { return nothing(query).opcode(4); });
}

TEST_CASE("case: the question's letter case changed") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            std::string name = query.question.name.wire();
            for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            return say(Message::reply_to(query)
                           .question(name, static_cast<unsigned>(stage.spoiled))
                           .answer(stage.record().owned_by_octets(query.question.name.wire())));
        },
        {passes});
}

TEST_CASE("noise: flood of wrong IDs") {
    expect_noise_skipped([](const Query& query) {
        Reaction reaction;
        for (unsigned i = 1; i <= 100; ++i) reaction.then(nothing(query).id(query.id ^ i));
        return reaction;
    });
    // More than a socket holds: the truth may be lost, the lie is never believed. Few IDs: with many,
    // one would be that of the next try by chance.
    try_fault(
        [](const Query& query, const Stage& stage) {
            Reaction reaction;
            for (unsigned i = 1; i <= 4000; ++i) reaction.then(nothing(query).id(query.id ^ (1 + i % 4)));
            return reaction.then(stage.truth(query));
        },
        {passes, temporary}, Where::udp, hasty());
}

TEST_CASE("noise: forged port or address") {
    for (const Path path : {Path::other_port, Path::other_address}) {
        try_fault([&](const Query& query,
                      const Stage& stage) { return datagram(nothing(query).octets(), path).then(stage.truth(query)); },
                  {passes}, Where::udp);
        try_fault([&](const Query& query, const Stage&) { return datagram(nothing(query).octets(), path); },
                  {temporary}, Where::udp, hasty());
    }
}

TEST_CASE("noise: empty or short datagram") {
    for (std::size_t size = 0; size < 12; ++size) {
        expect_noise_skipped([&](const Query& query) { return datagram(nothing(query).octets().substr(0, size)); });
    }
}

TEST_CASE("noise: noise") {
    std::uint32_t state = 1;
    expect_noise_skipped([&](const Query& query) {
        Reaction reaction;
        for (std::size_t i = 0; i < 30; ++i) {
            std::string octets = i % 2 == 0 ? octets16(query.id) : std::string();
            for (std::size_t k = 0; k < 10 + i * 20; ++k)
                octets += static_cast<char>((state = state * 1103515245U + 12345U) >> 16U);
            reaction.then(Send{octets, {}, Path::server, true});
        }
        return reaction;
    });
}
