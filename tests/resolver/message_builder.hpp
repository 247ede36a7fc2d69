// SPDX-License-Identifier: MIT
// Message builder: the replies of the tests' server, octet by octet, true or broken.
// A well-formed reply is one chain of calls; every field can be made to lie. Nothing
// of the reader under test is used.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns::test {

/// A query as the server saw it.
struct Query {
    std::uint16_t id = 0;
    bool recursion_desired = false;
    bool authentic_data = false;
    std::optional<std::uint16_t> edns;  ///< the UDP size of its OPT record, where it has one
    Question question;
    std::string octets;
    Transport transport = Transport::udp;
    unsigned nth = 0;         ///< how often this server was asked this question, this time included
    unsigned connection = 0;  ///< TCP: which connection, the first is 1
    std::uint16_t source_port = 0;
    std::chrono::steady_clock::time_point arrived;
};

/// Reads a query, or nothing when it is none that this program should send.
std::optional<Query> read_query(std::string_view octets);

std::string octets16(unsigned value);
std::string octets32(std::uint32_t value);
/// The wire form of a name in zone-file spelling.
std::string wire(std::string_view name);
/// A compression pointer to an offset.
std::string pointer(unsigned offset);

/// A resource record; the owner is the question's name until told otherwise.
struct Record {
    std::uint16_t type = 0;
    std::string data;
    std::string owner = pointer(12);
    std::uint32_t ttl = 300;
    std::uint16_t record_class = 1;
    std::optional<std::uint16_t> length;  ///< an RDLENGTH that is not that of the data

    Record owned_by(std::string_view name) const;
    Record owned_by_octets(std::string octets) const;
    Record with_ttl(std::uint32_t seconds) const;
    Record in_class(std::uint16_t number) const;
    Record with_length(std::uint16_t lie) const;
    std::string octets() const;
};

Record ptr(std::string_view target);
Record cname(std::string_view target);
Record ns(std::string_view target);
Record mx(unsigned preference, std::string_view target);
Record a(std::string_view address);
Record aaaa(std::string_view address);
/// The address as A or AAAA, by its family.
Record address(std::string_view text);
Record soa(std::string_view zone, std::uint32_t ttl = 300, std::uint32_t minimum = 600);
Record raw(std::uint16_t type, std::string data);
/// An OPT record with the upper bits of the RCODE and options (RFC 6891 6.1).
Record opt(unsigned extended_rcode = 0, std::string options = {});
/// The option of an extended error (RFC 8914 2).
std::string extended_error(std::uint16_t code, std::string_view text);

class Message {
public:
    /// A response with the query's ID and question, RD and RA set, and an OPT record if the query had one.
    static Message reply_to(const Query& query);

    Message& id(unsigned value);
    Message& rcode(unsigned value);  ///< its upper bits go into the OPT record
    Message& opcode(unsigned value);
    Message& response(bool set);  ///< QR
    Message& authoritative(bool set = true);
    Message& truncated(bool set = true);
    Message& recursion_available(bool set);
    Message& authentic(bool set = true);
    Message& question(std::string name_octets, unsigned type, unsigned question_class = 1);
    Message& no_question();
    Message& one_more_question(std::string name_octets, unsigned type);
    Message& answer(const Record& record);
    Message& authority(const Record& record);
    Message& additional(const Record& record);
    Message& without_opt();
    Message& options(std::string options);
    /// Counts in the header that are not those of the sections; question, answer, authority, additional.
    Message& count(std::size_t section, unsigned lie);

    /// The message; `offset_of_answers()` octets stand before its first record.
    std::string octets() const;
    std::size_t offset_of_answers() const;

private:
    std::uint16_t id_ = 0;
    std::uint16_t flags_ = 0;
    unsigned extended_rcode_ = 0;
    std::vector<std::string> questions_;
    std::vector<std::string> sections_[3];
    std::optional<std::string> opt_options_;
    std::optional<unsigned> lies_[4];
};

}  // namespace fcrdns::test
