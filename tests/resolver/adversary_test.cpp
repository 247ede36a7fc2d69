// SPDX-License-Identifier: MIT
// Structured adversary: thousands of addresses whose answers were changed on their way.
// Every verdict must be the one that the oracle draws from the changes; above all a
// pass needs a PTR for the reverse name and an address record for that name, both in
// well-formed replies to our questions, and a failure is never an absence.
#include <algorithm>
#include <unordered_map>

#include "adversary.hpp"
#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::size_t batches = 60;
constexpr std::size_t batch = 100;

struct Case {
    IpAddress address;
    DnsName name;
    test::Reply pointer;
    test::Reply forward;
};

Case make_case(Random& random, std::size_t index) {
    Case made;
    const bool four = random.chance(2);
    const std::string number = std::to_string(index);
    made.address = *IpAddress::parse(four ? "10.1.0." + number : "2001:db8::" + number);
    made.name = *DnsName::from_text("host" + number + ".example.com");
    made.pointer = correct_reply(random, {made.address.reverse_name(), RecordType::ptr}, made.name.to_text());
    made.forward = correct_reply(random, {made.name, four ? RecordType::a : RecordType::aaaa}, made.address.to_text());
    for (std::size_t i = random.below(3); i > 0; --i) mutate(random, made.pointer);
    for (std::size_t i = random.below(3); i > 0; --i) mutate(random, made.forward);
    return made;
}

Reason reason_of(const Case& one) {
    const Meaning pointer = meaning_of(one.pointer);
    if (!is_definite(pointer.outcome)) return Reason::ptr_lookup_failed;
    if (pointer.outcome != Outcome::records) return Reason::no_ptr;
    const Meaning forward = meaning_of(one.forward);
    // Every other name that a PTR may lead to does not exist.
    const auto& names = pointer.data;
    if (std::find(names.begin(), names.end(), one.name.to_text()) == names.end()) return Reason::forward_nxdomain;
    if (!is_definite(forward.outcome)) return Reason::forward_lookup_failed;
    if (forward.outcome == Outcome::nodata) return Reason::forward_nodata;
    if (forward.outcome == Outcome::nxdomain) return Reason::forward_nxdomain;
    const bool ours = std::find(forward.data.begin(), forward.data.end(), one.address.to_text()) != forward.data.end();
    return ours ? Reason::forward_confirmed : Reason::forward_mismatch;
}

}  // namespace

TEST_CASE("Changed answers never change a verdict but as they must") {
    const std::uint32_t seed = test_seed();
    WARN("FCRDNS_TEST_SEED=" << seed);
    Random random(seed);
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t round = 0; round < batches; ++round) {
        std::vector<Case> cases;
        std::vector<IpAddress> addresses;
        std::unordered_map<Question, const test::Reply*, QuestionHash> replies;
        for (std::size_t i = 0; i < batch; ++i) cases.push_back(make_case(random, i));
        for (const Case& one : cases) {
            addresses.push_back(one.address);
            replies[one.pointer.question] = &one.pointer;
            replies[one.forward.question] = &one.forward;
        }
        const bool tcp = random.chance(8);
        ResolverOptions options = tcp ? patient() : hasty();
        options.tcp_only = tcp;
        Conversation talk(
            [&](const Query& query) {
                const auto reply = replies.find(query.question);
                if (reply == replies.end()) return say(Message::reply_to(query).rcode(3));
                return Reaction().then(Send{reply->second->octets(query), {}, Path::server, true});
            },
            options);
        const auto results = talk.check_all(addresses);
        for (std::size_t i = 0; i < batch; ++i) {
            INFO("seed " << seed << ", round " << round << ", case " << i << (options.tcp_only ? ", TCP" : ""));
            INFO(to_word(results[i].evidence.ptr.outcome)
                 << " " << results[i].evidence.ptr.detail << " tries " << results[i].evidence.ptr.tries);
            INFO("PTR:" << cases[i].pointer.story << "; forward:" << cases[i].forward.story);
            const Reason expected = reason_of(cases[i]);
            CHECK(to_word(results[i].verdict.reason) == to_word(expected));
            ++seen[std::string(to_word(expected))];
        }
    }
    // The changes reach every verdict that answers can lead to, each often enough to mean something.
    for (const Reason reason :
         {Reason::forward_confirmed, Reason::ptr_lookup_failed, Reason::no_ptr, Reason::forward_lookup_failed,
          Reason::forward_mismatch, Reason::forward_nodata, Reason::forward_nxdomain}) {
        INFO(to_word(reason));
        CHECK(seen[std::string(to_word(reason))] >= 20);
    }
}
