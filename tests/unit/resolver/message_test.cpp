// SPDX-License-Identifier: MIT
// DNS messages: the query octet by octet, and what the reader of octets makes of true and
// broken replies. The messages are made by the resolver tests' builder.
#include "resolver/message.hpp"

#include <algorithm>

#include "catch.hpp"
#include "message_builder.hpp"
#include "random.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Question pointer_question() {
    return {*DnsName::from_text("1.113.0.203.in-addr.arpa"), RecordType::ptr};
}

Question a_question() {
    return {*DnsName::from_text("mail.example.com"), RecordType::a};
}

Query query_for(const Question& question) {
    return *read_query(encode_query(question, 0x1234, true, true).view());
}

Message reply_to(const Question& question) {
    return Message::reply_to(query_for(question)).without_opt();
}

// The reader gets a buffer of exactly the message's size, so that a sanitizer sees every octet read past it.
Reply read(const std::string& message, const Question& question, const std::vector<Alias>& walked = {}) {
    const std::vector<std::uint8_t> exact(message.begin(), message.end());
    return read_reply(exact, question, walked);
}

Answer answer_of(const Message& message, const Question& question = pointer_question()) {
    return read(message.octets(), question).answer;
}

}  // namespace

TEST_CASE("A query, octet by octet") {
    const std::string header("\x12\x34\x01\x20\x00\x01\x00\x00\x00\x00\x00\x01", 12);
    const std::string asked(
        "\x04mail\x07"
        "example\x03"
        "com\x00\x00\x01\x00\x01",
        22);
    const std::string edns("\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00", 11);
    CHECK(encode_query(a_question(), 0x1234, true, true).view() == header + asked + edns);
    std::string plain = header;
    plain[11] = 0;
    CHECK(encode_query(a_question(), 0x1234, false, true).view() == plain + asked);
    plain[2] = 0;
    CHECK(encode_query(a_question(), 0x1234, false, false).view() == plain + asked);
    CHECK(encode_query({DnsName(), RecordType::soa}, 1, false, true).size() == 12 + 5);
}

TEST_CASE("CD is set where checking is not wanted") {
    const std::string query(encode_query(a_question(), 0x1234, true, true, true).view());
    CHECK(static_cast<unsigned char>(query[3]) == 0x30);
}

TEST_CASE("A message without QR, or of another opcode, is no reply, whatever it holds") {
    const auto is_reply = [](const Message& message) { return read(message.octets(), a_question()).response; };
    CHECK(is_reply(reply_to(a_question())));
    CHECK(is_reply(reply_to(a_question()).rcode(2).truncated()));
    CHECK_FALSE(is_reply(reply_to(a_question()).response(false)));
    for (unsigned opcode = 1; opcode < 16; ++opcode) CHECK_FALSE(is_reply(reply_to(a_question()).opcode(opcode)));
}

TEST_CASE("Every cut of a message is malformed, whatever it holds") {
    const std::string message = reply_to(pointer_question())
                                    .answer(cname("a.example"))
                                    .answer(ptr("mail.example.com").owned_by("a.example"))
                                    .authority(soa("203.in-addr.arpa"))
                                    .authority(ns("ns.example"))
                                    .additional(a("192.0.2.1").owned_by("ns.example"))
                                    .additional(aaaa("2001:db8::1").owned_by("ns.example"))
                                    .additional(opt(0, extended_error(3, "stale")))
                                    .octets();
    CHECK(read(message, pointer_question()).answer.outcome == Outcome::records);
    for (std::size_t size = 0; size < message.size(); ++size) {
        INFO(size);
        const Reply reply = read(message.substr(0, size), pointer_question());
        CHECK(reply.answer.outcome == Outcome::malformed);
        CHECK(reply.answer.question == pointer_question());
        CHECK(reply.answer.names.empty());
        CHECK(reply.answer.cname_chain.empty());
        CHECK_FALSE(reply.answer.rcode);
    }
}

TEST_CASE("TC is seen even in a message that cannot be read") {
    const std::string message = reply_to(pointer_question()).truncated().answer(ptr("mail.example.com")).octets();
    CHECK(read(message, pointer_question()).truncated);
    const Reply cut = read(message.substr(0, message.size() - 3), pointer_question());
    CHECK(cut.truncated);
    CHECK(cut.answer.outcome == Outcome::malformed);
}

TEST_CASE("Compression pointers are followed backwards and forwards, but not in circles") {
    auto message = reply_to(pointer_question());
    const auto first = static_cast<unsigned>(message.offset_of_answers());
    // The name of the second record is `mail` before the end of the first one's.
    message.answer(ptr("a.example")).answer(raw(12, "\4mail" + pointer(first + 12 + 2)));
    const Answer answer = answer_of(message);
    REQUIRE(answer.names.size() == 2);
    CHECK(answer.names[1].name.to_text() == "mail.example");
    CHECK(answer_of(reply_to(pointer_question()).answer(raw(12, pointer(first + 12)))).outcome == Outcome::malformed);
    CHECK(answer_of(reply_to(pointer_question()).answer(raw(12, "\1a" + pointer(first + 12)))).outcome ==
          Outcome::malformed);
}

TEST_CASE("A name of 255 octets is read, one of 256 is none") {
    const std::string label = "\x3f" + std::string(63, 'a');
    const std::string root(1, '\0');
    const std::string three = label + label + label;
    CHECK(answer_of(reply_to(pointer_question()).answer(raw(12, three + "\x3d" + std::string(61, 'b') + root)))
              .names.size() == 1);
    CHECK(
        answer_of(reply_to(pointer_question()).answer(raw(12, three + "\x3e" + std::string(62, 'b') + root))).outcome ==
        Outcome::malformed);
}

TEST_CASE("A name that leads through a long run of labels again and again costs no time") {
    auto message = reply_to(pointer_question());
    const auto run = static_cast<unsigned>(message.offset_of_answers()) + 12;
    std::string labels;
    while (labels.size() < 16000) labels += "\1a";
    message.answer(raw(16, labels + pointer(run))).answer(raw(16, "").owned_by_octets(pointer(run)));
    const std::string octets = message.octets();
    const auto started = std::chrono::steady_clock::now();
    // Octet by octet, hop by hop, each of these would be two million steps.
    for (int i = 0; i < 2000; ++i) CHECK(read(octets, pointer_question()).answer.outcome == Outcome::malformed);
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
}

TEST_CASE("The data of a record fills its RDLENGTH exactly, used or not") {
    for (const auto type : std::initializer_list<std::uint16_t>{1, 2, 5, 6, 12, 28}) {
        INFO("type " << type);
        CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(raw(type, ""))).outcome ==
              Outcome::malformed);
        CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(raw(type, "\1"))).outcome ==
              Outcome::malformed);
    }
    const Record good[] = {a("192.0.2.1"),     aaaa("2001:db8::1"), ns("n.example"),
                           cname("c.example"), ptr("p.example"),    soa("s.example")};
    for (const Record& record : good) {
        Record longer = record.owned_by("x.example");
        CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(longer)).outcome ==
              Outcome::records);
        longer.data += '\0';
        CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(longer)).outcome ==
              Outcome::malformed);
        CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(longer.in_class(3))).outcome ==
              Outcome::records);
    }
    CHECK(answer_of(reply_to(pointer_question()).answer(ptr("a.example")).additional(raw(99, "anything"))).outcome ==
          Outcome::records);
}

TEST_CASE("An extended RCODE is put together from header and OPT") {
    for (const unsigned rcode : {0U, 3U, 5U, 16U, 17U, 19U, 0xfffU}) {
        const Answer answer = answer_of(reply_to(pointer_question()).options("").rcode(rcode));
        CHECK(answer.rcode == rcode);
        CHECK(is_definite(answer.outcome) == (rcode == 0 || rcode == 3));
    }
    // An OPT record elsewhere, or of another type, says nothing of the code.
    CHECK(answer_of(reply_to(pointer_question()).answer(opt(1)).answer(ptr("a.example"))).rcode == 0);
}

TEST_CASE("A chain that goes on from one walked before is one chain") {
    const Question target{*DnsName::from_text("b.example"), RecordType::ptr};
    const std::vector<Alias> walked = {{pointer_question().name, target.name, 60}};
    const auto with = [&](const Message& message) { return read(message.octets(), target, walked); };
    const Reply found = with(reply_to(target).answer(ptr("mail.example")));
    CHECK(found.answer.outcome == Outcome::records);
    REQUIRE(found.answer.cname_chain.size() == 1);
    CHECK(found.answer.cname_chain[0].ttl == 60);
    const Reply again = with(reply_to(target).answer(cname("c.example")));
    CHECK(again.answer.outcome == Outcome::nodata);
    CHECK_FALSE(again.chain_open);
    CHECK(again.answer.cname_chain.size() == 2);
    CHECK(with(reply_to(target).answer(cname(pointer_question().name.to_text()))).answer.outcome == Outcome::malformed);
    CHECK(with(reply_to(target).answer(cname("b.example"))).answer.outcome == Outcome::malformed);
    CHECK(read(reply_to(target).answer(cname("c.example")).octets(), target).chain_open);
}

TEST_CASE("Octets at random are never more than a message: seeded") {
    INFO("FCRDNS_TEST_SEED=" << test_seed());
    Random random(test_seed());
    const std::string good = reply_to(pointer_question())
                                 .answer(cname("a.example"))
                                 .answer(ptr("mail.example.com").owned_by("a.example"))
                                 .authority(soa("203.in-addr.arpa"))
                                 .additional(opt())
                                 .octets();
    for (int i = 0; i < 20000; ++i) {
        std::string message = good;
        for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) {
            message[random.below(message.size())] = static_cast<char>(random.octet());
        }
        const Answer answer = read(message, pointer_question()).answer;
        CHECK(answer.question == pointer_question());
        CHECK((answer.outcome == Outcome::records) == !answer.names.empty());
        CHECK((answer.outcome != Outcome::malformed || answer.cname_chain.empty()));
    }
}

TEST_CASE("A DNAME stands for the CNAME that the answer leaves out") {
    const Question below{*DnsName::from_text("1.2.isp.example"), RecordType::ptr};
    const Record dname = Record(raw(39, wire("rev.example"))).owned_by("isp.example");
    const Answer found =
        answer_of(reply_to(below).answer(dname).answer(ptr("mail.example").owned_by("1.2.rev.example")), below);
    CHECK(found.outcome == Outcome::records);
    REQUIRE(found.cname_chain.size() == 1);
    CHECK(found.cname_chain[0].owner == below.name);
    CHECK(found.cname_chain[0].target.to_text() == "1.2.rev.example");
    REQUIRE(found.dnames.size() == 1);
    CHECK(found.dnames[0].owner.to_text() == "isp.example");
    CHECK(found.dnames[0].target.to_text() == "rev.example");
    // Beside the CNAME it says nothing new.
    const Answer both = answer_of(reply_to(below)
                                      .answer(dname)
                                      .answer(cname("1.2.rev.example"))
                                      .answer(ptr("mail.example").owned_by("1.2.rev.example")),
                                  below);
    CHECK(both.outcome == Outcome::records);
    CHECK(both.cname_chain.size() == 1);
    // It is not about its own owner, nor about names beside it.
    for (const char* name : {"isp.example", "1.other.example"}) {
        const Question beside{*DnsName::from_text(name), RecordType::ptr};
        CHECK(answer_of(reply_to(beside).answer(dname), beside).cname_chain.empty());
    }
    // Alone, the chain is open.
    CHECK(read(reply_to(below).answer(dname).octets(), below).chain_open);
}

TEST_CASE("A DNAME that leads back under itself, or to a name too long, breaks the answer") {
    const Question below{*DnsName::from_text("a.isp.example"), RecordType::ptr};
    const Record loop = Record(raw(39, wire("isp.example"))).owned_by("isp.example");
    CHECK(answer_of(reply_to(below).answer(loop), below).outcome == Outcome::malformed);
    const std::string label(62, 'x');
    const Question longest{*DnsName::from_text(label + "." + label + "." + label + ".isp.example"), RecordType::ptr};
    const Record to_long = Record(raw(39, wire(label + ".example"))).owned_by("isp.example");
    CHECK(answer_of(reply_to(longest).answer(to_long), longest).outcome == Outcome::malformed);
}

TEST_CASE("Extended errors 4, 15, 16 and 17 make any reply filtered; 18 leaves REFUSED what it is") {
    for (const std::uint16_t code : std::vector<std::uint16_t>{4, 15, 16, 17}) {
        for (const unsigned rcode : {0U, 2U, 3U, 5U}) {
            INFO("extended error " << code << ", RCODE " << rcode);
            const Answer answer = answer_of(reply_to(pointer_question())
                                                .answer(ptr("mail.example"))
                                                .options(extended_error(code, "by policy"))
                                                .rcode(rcode));
            CHECK(answer.outcome == Outcome::filtered);
            CHECK(answer.rcode == rcode);
            CHECK(answer.names.empty());
            REQUIRE(answer.extended_errors.size() == 1);
            CHECK(answer.extended_errors[0].text == "by policy");
        }
    }
    const Answer prohibited = answer_of(reply_to(pointer_question()).options(extended_error(18, "")).rcode(5));
    CHECK(prohibited.outcome == Outcome::refused);
    CHECK(answer_of(reply_to(pointer_question()).options(extended_error(3, "")).answer(ptr("a.example"))).outcome ==
          Outcome::records);
}

TEST_CASE("NS without SOA is nodata where the server answers with authority") {
    const Record elsewhere = ns("ns1.isp.example").owned_by("203.in-addr.arpa");
    CHECK(answer_of(reply_to(pointer_question()).authority(elsewhere)).outcome == Outcome::referral);
    CHECK(answer_of(reply_to(pointer_question()).authoritative(true).authority(elsewhere)).outcome == Outcome::nodata);
}

TEST_CASE("What is kept of an answer is bounded, and what is beyond is counted; host names have places of their own") {
    auto many = reply_to(pointer_question());
    for (int i = 0; i < 300; ++i) many.answer(ptr("x" + std::to_string(i) + ".-"));
    for (int i = 0; i < 200; ++i) many.answer(ptr("x" + std::to_string(i) + ".example"));
    const Answer answer = answer_of(many);
    CHECK(answer.names.size() == 256);
    CHECK(answer.names_beyond == 244);
    CHECK(std::count_if(answer.names.begin(), answer.names.end(),
                        [](const NameRecord& r) { return r.name.is_host_name(); }) == 128);
    auto errors = reply_to(pointer_question()).rcode(2).options(extended_error(6, std::string(5000, 'x')));
    CHECK(answer_of(errors).extended_errors.at(0).text.size() == 512);
}

TEST_CASE("MX records: preference and name; one that its RDLENGTH does not hold exactly breaks the message") {
    const Question question{*DnsName::from_text("example.com"), RecordType::mx};
    const Answer two =
        answer_of(reply_to(question).answer(mx(20, "b.example")).answer(mx(65535, "a.example").with_ttl(7)), question);
    CHECK(two.outcome == Outcome::records);
    REQUIRE(two.names.size() == 2);
    CHECK(two.names[0].name.to_text() == "b.example");
    CHECK(two.names[0].preference == 20);
    CHECK(two.names[1].preference == 65535);
    CHECK(two.names[1].ttl == 7);
    const Answer none = answer_of(reply_to(question).answer(mx(0, ".")), question);
    REQUIRE(none.names.size() == 1);
    CHECK(none.names[0].name.is_root());
    const Record good = mx(10, "a.example");
    for (const std::string& data : {std::string(), std::string("\0", 1), std::string("\0\x0a", 2), good.data + "x",
                                    good.data.substr(0, good.data.size() - 1), octets16(10) + pointer(4)}) {
        Record broken = good;
        broken.data = data;
        CHECK(answer_of(reply_to(question).answer(broken), question).outcome == Outcome::malformed);
    }
    // The name may be compressed: it stands in the question.
    Record compressed = good;
    compressed.data = octets16(10) + pointer(12);
    CHECK(answer_of(reply_to(question).answer(compressed), question).names.at(0).name == question.name);
}
