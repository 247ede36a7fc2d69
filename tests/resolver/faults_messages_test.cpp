// SPDX-License-Identifier: MIT
// Faults, groups cut, names and lengths: broken messages, each in every stage, up to the
// verdict.
#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Reaction datagram(std::string octets) {
    return Reaction().then(Send{std::move(octets), {}, Path::server, true});
}

using Broken = std::function<Message(const Query&, const Stage&)>;

std::vector<std::pair<Stage, Checked>> try_broken(const Broken& broken, std::initializer_list<Expected> allowed) {
    ResolverOptions once = prompt();
    once.tries = 1;  // a further try gets the same, after a pause
    return try_fault([&](const Query& query, const Stage& stage) { return say(broken(query, stage)); }, allowed,
                     Where::everywhere, once);
}

// The reply is broken: never believed, never an absence.
void expect_malformed(const Broken& broken) {
    const auto results = try_broken(broken, {temporary});
    for (const auto& [stage, checked] : results) {
        INFO(stage.name);
        CHECK(stage.answer(checked).outcome == Outcome::malformed);
    }
}

// The reply holds the true record, beside or in what is broken. From c-ares 1.28 on it is c-ares that reads: where it
// reads what could as well have been sent right, that is believed.
void expect_malformed_or_true(const Broken& broken) {
    if (!cares_reads_replies()) return expect_malformed(broken);
    (void)try_broken(broken, {temporary, passes});
}

// A name that cannot be read, as the owner of the record and of one beside it, as the data of a CNAME, of the
// record itself where that is a name, and in the SOA of an answer that there is nothing.
void expect_bad_name(const std::function<std::string(std::size_t offset)>& name) {
    expect_malformed([&](const Query& query, const Stage& stage) {
        auto reply = Message::reply_to(query);
        return reply.answer(stage.record().owned_by_octets(name(reply.offset_of_answers())));
    });
    expect_malformed([&](const Query& query, const Stage& stage) {
        auto reply = with(query, stage.record());
        return reply.answer(raw(type_txt, "").owned_by_octets(name(reply.octets().size() - (query.edns ? 11 : 0))));
    });
    expect_malformed([&](const Query& query, const Stage& stage) {
        auto reply = Message::reply_to(query);
        const std::size_t offset = reply.offset_of_answers() + 2 + 10;  // behind owner pointer and fixed fields
        return reply.answer(raw(static_cast<std::uint16_t>(RecordType::cname), name(offset))).answer(stage.record());
    });
    expect_malformed([&](const Query& query, const Stage& stage) {
        auto reply = Message::reply_to(query);
        const std::size_t offset = reply.offset_of_answers() + 2 + 10;
        const RecordType type = stage.at_ptr() ? RecordType::ptr : RecordType::ns;
        return reply.answer(raw(static_cast<std::uint16_t>(type), name(offset))).answer(stage.record());
    });
    expect_malformed([&](const Query& query, const Stage&) {
        auto reply = Message::reply_to(query).rcode(3);
        const std::size_t offset = reply.offset_of_answers() + 2 + 10;
        const std::string rest = wire("hostmaster.isp.example") + std::string(20, '\0');
        return reply.authority(raw(static_cast<std::uint16_t>(RecordType::soa), name(offset) + rest));
    });
}

}  // namespace

TEST_CASE("cut: header only") {
    try_fault(
        [](const Query& query, const Stage& stage) { return datagram(stage.truth(query).octets().substr(0, 12)); },
        {temporary}, Where::everywhere, hasty());
    try_fault(
        [](const Query& query, const Stage&) { return say(Message::reply_to(query).no_question().without_opt()); },
        {temporary}, Where::everywhere, hasty());
}

TEST_CASE("cut: inside a record") {
    // At every place of the record that a good reply could be cut at.
    for (std::size_t missing = 1; missing <= 24; ++missing) {
        INFO(missing << " octets missing");
        try_fault(
            [&](const Query& query, const Stage& stage) {
                const auto reply = with(query, stage.record()).without_opt();
                std::string octets = reply.octets();
                octets.resize(std::max(octets.size() - missing, reply.offset_of_answers() + 1));
                return datagram(octets);
            },
            {temporary}, missing == 1 ? Where::everywhere : Where::udp);
    }
}

TEST_CASE("cut: trailing bytes") {
    try_fault([](const Query& query, const Stage& stage) { return datagram(stage.truth(query).octets() + "more"); },
              {passes, temporary});
}

TEST_CASE("names: pointer loops") {
    expect_bad_name([](std::size_t offset) { return pointer(static_cast<unsigned>(offset)); });
    expect_bad_name([](std::size_t offset) { return "\1a" + pointer(static_cast<unsigned>(offset)); });
    expect_bad_name([](std::size_t offset) {
        return pointer(static_cast<unsigned>(offset) + 2) + pointer(static_cast<unsigned>(offset));
    });
}

TEST_CASE("names: pointer past the end") {
    expect_bad_name([](std::size_t) { return pointer(0x3fff); });
    expect_bad_name([](std::size_t) { return "\4mail" + pointer(2000); });
}

TEST_CASE("names: pointer into the header") {
    // From c-ares 1.28 on such a pointer leads to whatever name the header's octets spell.
    if (cares_reads_replies()) {
        for (unsigned offset = 0; offset < 12; ++offset) {
            (void)try_broken(
                [&](const Query& query, const Stage& stage) {
                    return Message::reply_to(query).answer(stage.record().owned_by_octets(pointer(offset)));
                },
                {temporary, nothing_there});
        }
        return;
    }
    for (unsigned offset = 0; offset < 12; ++offset) expect_bad_name([&](std::size_t) { return pointer(offset); });
}

TEST_CASE("names: reserved label type") {
    expect_bad_name([](std::size_t) {
        return std::string(
            "\x40"
            "a\0",
            3);
    });
    expect_bad_name([](std::size_t) {
        return std::string(
            "\x80"
            "a\0",
            3);
    });
}

TEST_CASE("names: label past the end") {
    expect_malformed([](const Query& query, const Stage&) {
        return Message::reply_to(query).without_opt().answer(
            raw(static_cast<std::uint16_t>(RecordType::cname), "\x3fmail"));
    });
    expect_malformed([](const Query& query, const Stage&) {
        return Message::reply_to(query).without_opt().count(1, 1).authority(
            raw(type_txt, "").owned_by_octets("\x3fmail.example.com"));
    });
}

TEST_CASE("names: name over 255 octets") {
    const std::string label = "\x3f" + std::string(63, 'a');
    const std::string root(1, '\0');
    // Four labels of 63 octets and the root are 257.
    expect_bad_name([&](std::size_t) { return label + label + label + label + root; });
    expect_bad_name([&](std::size_t) { return label + label + label + "\x3e" + std::string(62, 'a') + root; });
    // And put together by a pointer to the name in the question.
    expect_bad_name([&](std::size_t) { return label + label + label + "\x38" + std::string(56, 'a') + pointer(12); });
}

TEST_CASE("lengths: RDLENGTH too long") {
    expect_malformed_or_true([](const Query& query, const Stage& stage) {
        const Record record = stage.record();
        return with(query, record.with_length(static_cast<std::uint16_t>(record.data.size() + 1)));
    });
    expect_malformed_or_true(
        [](const Query& query, const Stage& stage) { return with(query, stage.record().with_length(0xffff)); });
    // Octets behind the name, all of them counted.
    expect_malformed_or_true([](const Query& query, const Stage& stage) {
        Record record = stage.record();
        record.data += "x";
        return with(query, record);
    });
}

TEST_CASE("lengths: RDLENGTH too short") {
    expect_malformed([](const Query& query, const Stage& stage) {
        const Record record = stage.record();
        return with(query, record.with_length(static_cast<std::uint16_t>(record.data.size() - 1)));
    });
    expect_malformed([](const Query& query, const Stage& stage) { return with(query, stage.record().with_length(1)); });
}

TEST_CASE("lengths: RDLENGTH zero") {
    expect_malformed([](const Query& query, const Stage& stage) {
        Record record = stage.record();
        record.data.clear();
        return with(query, record);
    });
    expect_malformed([](const Query& query, const Stage& stage) { return with(query, stage.record().with_length(0)); });
}

TEST_CASE("lengths: A with 16, 3, 5, 0 octets") {
    const std::string four("\xc0\x00\x02\x19", 4);
    for (const std::string& data :
         {four + std::string(12, '\0'), four.substr(0, 3), four + four.substr(0, 1), std::string()}) {
        expect_malformed_or_true(
            [&](const Query& query, const Stage& stage) { return with(query, stage.record()).answer(raw(1, data)); });
    }
    for (const std::size_t size : {4U, 15U, 17U, 0U}) {
        expect_malformed_or_true([&](const Query& query, const Stage& stage) {
            return with(query, stage.record()).answer(raw(28, std::string(size, '\x20')));
        });
    }
}

TEST_CASE("lengths: false record counts") {
    for (const std::size_t section : {1U, 2U, 3U}) {
        for (const unsigned more : {1U, 1000U, 0xfff0U}) {
            expect_malformed([&](const Query& query, const Stage& stage) {
                const unsigned there = section == 1 ? 1 : section == 3 && query.edns ? 1 : 0;
                return with(query, stage.record()).count(section, there + more);
            });
        }
    }
    // Fewer than there are: what is not counted is not there, and octets trail.
    try_fault([](const Query& query,
                 const Stage& stage) { return say(with(query, stage.record()).without_opt().count(1, 0)); },
              {nothing_there, temporary});
}

TEST_CASE("lengths: chain of thousands of pointers") {
    // Each pointer leads to the one before it: 8,000 hops for the last name. Then a run of labels
    // that a name leads through again and again.
    const auto started = std::chrono::steady_clock::now();
    expect_malformed([](const Query& query, const Stage& stage) {
        auto reply = Message::reply_to(query).without_opt();
        const auto first = static_cast<unsigned>(reply.offset_of_answers() + 2 + 10);
        std::string hops = pointer(12);
        while (first + hops.size() < 0x3ffe) hops += pointer(first + static_cast<unsigned>(hops.size()) - 2);
        const unsigned last = first + static_cast<unsigned>(hops.size()) - 2;
        return reply.answer(raw(type_txt, hops)).answer(stage.record().owned_by_octets(pointer(last)));
    });
    try_fault(
        [](const Query& query, const Stage& stage) {
            auto reply = Message::reply_to(query).without_opt();
            if (query.transport == Transport::udp) return say(reply.truncated());
            const auto first = static_cast<unsigned>(reply.offset_of_answers() + 2 + 10);
            std::string labels;
            while (labels.size() < 16000) labels += "\1a";
            reply.answer(raw(type_txt, labels + pointer(first)))
                .answer(raw(type_txt, "").owned_by_octets(pointer(first)));
            return say(reply.answer(stage.record()));
        },
        {temporary});
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(10));
}
