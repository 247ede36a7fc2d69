// SPDX-License-Identifier: MIT
// Replies: what a reader has found in a message, whichever reader it was, and what that
// means for the question. Replies are foreign: nothing in them is trusted for its
// meaning, and a message that is broken anywhere is broken as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

enum class Section : std::uint8_t { answer, authority, additional };

/// What a message says of itself.
struct ReplyHeader {
    bool response = false;    ///< QR is set and the opcode is QUERY: it can be a reply at all
    std::uint16_t rcode = 0;  ///< with its extended bits
    bool aa = false;
    bool ad = false;
    bool ra = false;
    bool truncated = false;
    bool edns = false;  ///< there is an OPT record
    std::vector<ExtendedError> extended_errors;
};

struct RecordHead {
    Section section = Section::answer;
    std::uint16_t type = 0;
    std::uint16_t record_class = 0;
    std::uint32_t ttl = 0;
};

/// The records of a message that could be read, in its order; what an index does not hold must not be asked for.
class ReplyRecords {
public:
    virtual ~ReplyRecords() = default;

    virtual std::size_t size() const = 0;
    virtual RecordHead head(std::size_t index) const = 0;
    virtual DnsName owner(std::size_t index) const = 0;
    /// The name in the data of NS, CNAME, PTR, MX and DNAME; the root where a reader cannot read a DNAME's.
    virtual DnsName name(std::size_t index) const = 0;
    /// The preference of MX.
    virtual std::uint16_t preference(std::size_t index) const = 0;
    /// The data of A and AAAA.
    virtual IpAddress address(std::size_t index) const = 0;
    virtual Soa soa(std::size_t index) const = 0;
};

/// What a reply says, and what only the asking cares about.
struct Reply {
    Answer answer;            ///< outcome, rcode, flags, records; not who was asked, how and how long
    bool truncated = false;   ///< TC is set
    bool chain_open = false;  ///< a CNAME chain that ends without records and without SOA: to be asked on
    bool response = true;     ///< false: no reply at all, whatever it holds (ReplyHeader::response)
    bool unreadable = false;  ///< malformed by its form, not by what it says
    bool edns = false;        ///< there is an OPT record
};

/// What is kept of one answer; what is beyond is counted in it.
inline constexpr std::size_t most_names_kept = 128;  // different host names, and as many others
inline constexpr std::size_t most_addresses_kept = 4096;
inline constexpr std::size_t most_extended_errors = 8;
inline constexpr std::size_t most_error_text = 512;  // octets

/// The size of UDP reply that queries with EDNS offer to take (the DNS flag day 2020 value).
inline constexpr std::uint16_t edns_buffer = 1232;

inline constexpr std::uint16_t class_in = 1;
inline constexpr std::uint16_t type_dname = 39;
inline constexpr std::uint16_t type_opt = 41;
inline constexpr std::uint16_t option_extended_error = 15;  // RFC 8914 section 2

/// A reply that cannot be read.
Reply unreadable_reply(const Question& question);
/// What the records say of the question. `walked` is the chain that led to it: the answer's chain goes on from it
/// and is not asked on again.
Reply interpret(ReplyHeader&& header, const ReplyRecords& records, const Question& question,
                const std::vector<Alias>& walked);
/// Adds option 15 of an OPT record, cut to what is kept; false for one too short to be any.
bool add_extended_error(std::vector<ExtendedError>& errors, const std::uint8_t* data, std::size_t size);

}  // namespace fcrdns
