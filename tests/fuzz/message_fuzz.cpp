// SPDX-License-Identifier: MIT
// The message reader: arbitrary octets as the reply to a question. Whatever comes, the
// answer keeps the rules of answer.hpp: broken anywhere is broken as a whole, a chain
// is unbroken, records are of the asked type and fit into the message.
#include "resolver/message.hpp"

#include <array>
#include <vector>

#include "fuzz.hpp"

namespace {

using namespace fcrdns;
using fuzz::demand;

constexpr std::array types = {RecordType::ptr, RecordType::a,   RecordType::aaaa,
                              RecordType::ns,  RecordType::soa, RecordType::mx};

void check_nothing_used(const Reply& reply) {
    const Answer& answer = reply.answer;
    demand(answer.names.empty() && answer.addresses.empty() && answer.cname_chain.empty() && !answer.soa &&
               answer.delegation.empty() && answer.extended_errors.empty() && !reply.chain_open,
           "nothing of a malformed message is used");
}

void check_chain(const Answer& answer) {
    demand(answer.cname_chain.size() <= 16, "a chain has at most 16 links");
    const DnsName* owner = &answer.question.name;
    for (const Alias& link : answer.cname_chain) {
        demand(link.owner == *owner, "a chain is unbroken");
        owner = &link.target;
    }
}

void check_answer(const Reply& reply, std::size_t message_size) {
    const Answer& answer = reply.answer;
    if (answer.outcome == Outcome::malformed) return check_nothing_used(reply);
    demand(answer.rcode.has_value(), "a readable message has an RCODE");
    demand(answer.outcome != Outcome::timeout && answer.outcome != Outcome::unreachable, "a message is an answer");
    check_chain(answer);
    const bool addresses_asked = answer.question.type == RecordType::a || answer.question.type == RecordType::aaaa;
    const bool any = !answer.names.empty() || !answer.addresses.empty() ||
                     (answer.question.type == RecordType::soa && answer.soa && answer.outcome == Outcome::records);
    demand(any == (answer.outcome == Outcome::records), "records are records");
    demand(answer.names.empty() || !addresses_asked, "names answer questions for names");
    for (const AddressRecord& record : answer.addresses) {
        demand(addresses_asked && record.ip.is_ipv4() == (answer.question.type == RecordType::a),
               "addresses are of the asked family");
    }
    demand((answer.names.size() + answer.addresses.size()) * 11 <= message_size, "every record was in the message");
    const bool negative = answer.outcome == Outcome::nxdomain || answer.outcome == Outcome::nodata;
    demand(!negative || *answer.rcode == (answer.outcome == Outcome::nxdomain ? 3 : 0), "absence is said by its RCODE");
    demand(answer.delegation.empty() || answer.outcome == Outcome::referral, "only a referral delegates");
    if (answer.soa && answer.outcome != Outcome::records) {
        demand(negative && answer.final_name().is_under(answer.soa->zone), "only a zone above denies a name");
    }
    if (reply.chain_open)
        demand(answer.outcome == Outcome::nodata && !answer.soa, "an open chain ends without records");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    Question question;
    question.type = types[input.octet() % types.size()];
    const std::uint8_t how = input.octet();
    question.name = *DnsName::from_text(how % 4 == 0   ? "25.2.0.192.in-addr.arpa"
                                        : how % 4 == 1 ? "mail.example.com"
                                        : how % 4 == 2 ? "a"
                                                       : ".");
    std::string message;
    if (how < 128) {
        // As the transport hands it over: the question is right, the rest is foreign.
        message = encode_query(question, 1, false, true).view();
        const auto header = input.take(8);
        for (std::size_t i = 0; i < header.size(); ++i) message[i < 2 ? i + 2 : i + 4] = static_cast<char>(header[i]);
        message[2] = static_cast<char>((message[2] | 0x80) & 0x87);
        message += fuzz::Input::as_text(input.take_rest());
    } else {
        message = fuzz::Input::as_text(input.take_rest());
    }
    // An allocation of its own, so that one octet too far is seen.
    const std::vector<std::uint8_t> copy(message.begin(), message.end());
    check_answer(read_reply(copy, question), copy.size());
    return 0;
}
