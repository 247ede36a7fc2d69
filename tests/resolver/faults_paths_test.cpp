// SPDX-License-Identifier: MIT
// Faults, groups TCP, forward and nobody: connections that break, families that fail,
// answers that are large, and a port where nothing listens.
#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

// Over UDP truncated first; over TCP the fault at once.
void try_tcp(const Fault& over_tcp, std::initializer_list<Expected> allowed,
             const ResolverOptions& options = prompt()) {
    const auto results = try_fault(
        [&](const Query& query, const Stage& stage) {
            if (query.transport == Transport::udp) return say(Message::reply_to(query).truncated());
            return over_tcp(query, stage);
        },
        allowed, Where::everywhere, options);
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).transport == Transport::tcp);
}

Reaction ends(Ending ending) {
    Reaction reaction;
    reaction.ending = ending;
    return reaction;
}

Reaction stream(std::string octets) {
    return Reaction().then(Send{std::move(octets), {}, Path::server, false});
}

// How the other family's question, asked after `nodata` for the explanation only, is answered.
Checked with_other_family(std::string_view address, bool pass, const Script& other) {
    const bool ipv4 = IpAddress::parse(address)->is_ipv4();
    const RecordType own_type = ipv4 ? RecordType::a : RecordType::aaaa;
    const Stage stage{"", *IpAddress::parse(address), own_type, false};
    Conversation talk(
        [&](const Query& query) {
            if (query.question.type == (ipv4 ? RecordType::aaaa : RecordType::a)) return other(query);
            if (query.question.type == own_type && !pass) return say(Message::reply_to(query));
            return say(stage.truth(query));
        },
        hasty());
    return talk.check(stage.address);
}

constexpr std::string_view both_families[] = {"192.0.2.25", "2001:db8::25"};

}  // namespace

TEST_CASE("TCP: good") {
    try_tcp([](const Query& query, const Stage& stage) { return say(stage.truth(query)); }, {passes});
}

TEST_CASE("TCP: reset") {
    try_tcp([](const Query&, const Stage&) { return ends(Ending::reset); }, {temporary});
    try_tcp([](const Query&, const Stage&) { return ends(Ending::close); }, {temporary});
}

TEST_CASE("TCP: silent") {
    try_tcp([](const Query&, const Stage&) { return silence(); }, {temporary}, hasty());
}

TEST_CASE("TCP: dripping") {
    try_tcp([](const Query& query, const Stage& stage) { return drip(stage.truth(query), milliseconds(30)); },
            {temporary}, hasty());
}

TEST_CASE("TCP: cut short") {
    for (const Ending ending : {Ending::close, Ending::reset, Ending::keep}) {
        try_tcp(
            [&](const Query& query, const Stage& stage) {
                const std::string octets = stage.truth(query).octets();
                Reaction reaction =
                    stream(octets16(static_cast<unsigned>(octets.size())) + octets.substr(0, octets.size() - 5));
                reaction.ending = ending;
                return reaction;
            },
            {temporary}, ending == Ending::keep ? hasty() : prompt());
    }
}

TEST_CASE("TCP: length 0") {
    try_tcp([](const Query&, const Stage&) { return stream(octets16(0)); }, {temporary}, hasty());
    try_tcp([](const Query& query, const Stage& stage) { return stream(octets16(0)).then(stage.truth(query)); },
            {passes, temporary}, hasty());
}

TEST_CASE("TCP: TC again over TCP") {
    try_tcp([](const Query& query, const Stage& stage) { return say(stage.truth(query).truncated()); }, {temporary});
    // A cut answer is no absence either.
    try_tcp([](const Query& query, const Stage&) { return say(Message::reply_to(query).truncated()); }, {temporary});
    try_tcp([](const Query& query, const Stage&) { return say(Message::reply_to(query).rcode(3).truncated()); },
            {temporary});
}

TEST_CASE("forward: the other family SERVFAIL or silent") {
    for (const Script& other : {Script([](const Query& query) { return say(Message::reply_to(query).rcode(2)); }),
                                Script([](const Query&) { return silence(); })}) {
        for (const std::string_view address : both_families) {
            CHECK(with_other_family(address, true, other).verdict.kind == VerdictKind::pass);
            CHECK(with_other_family(address, false, other).verdict.reason == Reason::forward_nodata);
        }
    }
}

TEST_CASE("forward: a pass does not ask the other family") {
    for (const std::string_view address : both_families) {
        bool asked = false;
        const Script other = [&](const Query& query) {
            asked = true;
            return say(Message::reply_to(query));
        };
        CHECK(with_other_family(address, true, other).verdict.kind == VerdictKind::pass);
        CHECK_FALSE(asked);
    }
}

TEST_CASE("forward: ::ffff: in AAAA") {
    const Stage stage{"", *IpAddress::parse("192.0.2.25"), RecordType::a, false};
    const auto mapped = [](const Query& query) {
        return say(Message::reply_to(query).answer(aaaa("::ffff:192.0.2.25")));
    };
    CHECK(with_other_family("192.0.2.25", false, mapped).verdict.reason == Reason::forward_nodata);
    // In the answer to the A question it is a record of another type.
    Conversation talk(
        [&](const Query& query) {
            return query.question.type == RecordType::a ? mapped(query) : say(stage.truth(query));
        },
        prompt());
    CHECK(talk.check(stage.address).verdict.reason == Reason::forward_nodata);
    // Nor does it confirm an IPv6 address that ends in the same octets.
    const Stage six{"", *IpAddress::parse("2001:db8::c000:219"), RecordType::aaaa, false};
    Conversation other(
        [&](const Query& query) {
            return query.question.type == RecordType::aaaa ? mapped(query) : say(six.truth(query));
        },
        prompt());
    CHECK(other.check(six.address).verdict.reason == Reason::forward_mismatch);
}

TEST_CASE("forward: 60 and 2,200 addresses with the last one ours") {
    for (const unsigned count : {60U, 2200U}) {
        try_fault(
            [&](const Query& query, const Stage& stage) {
                if (stage.at_ptr()) return say(stage.truth(query));
                auto reply = Message::reply_to(query);
                for (unsigned i = 1; i < count; ++i) {
                    const std::string number = std::to_string(i / 200) + "." + std::to_string(i % 200);
                    reply.answer(stage.address.is_ipv4() ? a("10.1." + number)
                                                         : aaaa("2001:db8:1::" + std::to_string(i)));
                }
                reply.answer(stage.record());
                const bool fits = reply.octets().size() <= (query.edns ? 1232 : 512);
                return say(query.transport == Transport::tcp || fits ? reply : Message::reply_to(query).truncated());
            },
            {passes});
    }
}

TEST_CASE("nobody: a port where nothing listens") {
    const DeadPort dead;
    for (const bool tcp : {false, true}) {
        ResolverOptions options;
        options.timeout = std::chrono::seconds(60);
        options.servers = {dead.endpoint()};
        options.tcp_only = tcp;
        Conversation talk(options);
        const auto started = std::chrono::steady_clock::now();
        const Checked checked = talk.check(*IpAddress::parse("192.0.2.25"));
        CHECK(checked.verdict.reason == Reason::ptr_lookup_failed);
        CHECK(checked.evidence.ptr.outcome == Outcome::unreachable);
        CHECK(checked.evidence.ptr.detail == "Connection refused");
        CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
    }
}
