// SPDX-License-Identifier: MIT
// Question and Answer: what is asked of the DNS, and everything it said.
// An Answer is complete in itself: its outcome is never an error to be handled
// but a fact to be judged, and it keeps where the fact came from (server,
// transport, tries, time). Fields that the reply did not carry are empty.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/dns_name.hpp"
#include "fcrdns/ip_address.hpp"

namespace fcrdns {

/// The record types this program asks for or reads (RFC 1035 3.2.2, RFC 3596 2.1).
enum class RecordType : std::uint16_t { a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, aaaa = 28 };

struct Question {
    DnsName name;
    RecordType type = RecordType::ptr;

    friend bool operator==(const Question&, const Question&) = default;
};

struct QuestionHash {
    std::size_t operator()(const Question& q) const { return q.name.hash() * 31U + static_cast<std::size_t>(q.type); }
};

/// What a lookup came to; the first three are definite: the DNS said what there is.
enum class Outcome : std::uint8_t {
    records,
    nodata,
    nxdomain,
    not_sent,  ///< the last try could not be sent: this process has no descriptor or no memory for it
    servfail,
    refused,
    formerr,
    notimp,
    referral,
    timeout,
    unreachable,
    malformed,
    filtered,
    other,
};

/// True when the DNS said what there is.
constexpr bool is_definite(Outcome o) {
    return o <= Outcome::nxdomain;
}

enum class Transport : std::uint8_t { udp, tcp };

/// An address and a port to send to; prints as `192.0.2.53:53`, `[2001:db8::53]:53` or `[fe80::53%eth0]:53`.
struct Endpoint {
    IpAddress ip;
    std::uint16_t port = 53;
    std::string zone = {};  ///< the interface of a link-local address (RFC 4007 11); else empty

    /// As above; the port is always said.
    std::string to_text() const;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// A record whose data is one name: PTR, NS or MX.
struct NameRecord {
    DnsName name;
    std::uint32_t ttl = 0;
    std::uint16_t preference = 0;  ///< of an MX record: the lowest is tried first (RFC 5321 5.1)
};

/// A server that a referral names, and the zone that it names it for.
struct NameServer {
    DnsName zone;
    DnsName name;
};

/// A record whose data is an address: A or AAAA.
struct AddressRecord {
    IpAddress ip;
    std::uint32_t ttl = 0;
};

/// A CNAME chain of more links counts as broken.
inline constexpr std::size_t longest_cname_chain = 16;

/// One link of a CNAME chain.
struct Alias {
    DnsName owner;
    DnsName target;
    std::uint32_t ttl = 0;
};

/// The parts of a SOA record that say who runs a zone and how long absence is kept.
struct Soa {
    DnsName zone;
    DnsName mname;
    DnsName rname;
    std::uint32_t ttl = 0;
    std::uint32_t minimum = 0;

    /// How long the absence that it came with may be kept, in seconds (RFC 2308 section 5).
    std::uint32_t negative_ttl() const { return ttl < minimum ? ttl : minimum; }
};

/// An extended DNS error (RFC 8914): its code and the server's own words, raw octets.
struct ExtendedError {
    std::uint16_t code = 0;
    std::string text;
};

/// What one of a zone's own servers said, asked without recursion.
struct AuthoritativeAnswer {
    DnsName zone;
    DnsName server_name;
    std::optional<Endpoint> server;  ///< none where the server's name has no address
    Outcome outcome = Outcome::timeout;
    bool lame = false;                      ///< it answered, but not with authority
    std::vector<std::string> answers = {};  ///< the data of its records, sorted; "CNAME target" where it ends there
    std::size_t left_out = 0;               ///< how many more there were
    bool no_route = false;                  ///< this machine has no way to addresses of its family, so it was not asked

    /// True when it answered with authority, and definitely.
    bool counts() const { return server && !lame && is_definite(outcome); }
};

/// What the resolver says beside the zones' own servers.
struct ResolverView {
    Outcome outcome = Outcome::timeout;
    std::optional<std::uint16_t> rcode;
    std::vector<ExtendedError> extended_errors;
    std::optional<Endpoint> server;
    bool own_zone = false;                  ///< it claims authority and offers recursion: a zone of its own
    std::vector<std::string> answers;       ///< as AuthoritativeAnswer::answers
    std::size_t left_out = 0;               ///< as there
    std::shared_ptr<const Soa> soa;         ///< of its negative answer
    std::optional<std::uint32_t> ttl_left;  ///< seconds it keeps what it says
};

/// What the zones' own servers said, and what the resolver says at the same time.
struct SourceView {
    std::vector<AuthoritativeAnswer> servers;  ///< zone by zone, where a CNAME chain leads through several
    /// What was asked in vain on the way to the servers (of the chain's last zone): SOA of a name and of those above
    /// it, or NS of a zone. Where the lookup failed, the answer's outcome says how; where it found nothing, `other`.
    std::optional<Question> unfound;
    std::shared_ptr<const Soa> soa;  ///< of the servers' negative answer
    bool only_over_ipv6 = false;     ///< a server has IPv4 addresses too, to which this machine has no way
    bool own_zone = false;           ///< the resolver has the zone itself, so others may find other servers
    ResolverView resolver;

    /// True when servers of one zone that answered with authority do not say the same.
    bool servers_differ() const;
    /// True when the resolver says something else than the servers, which agree.
    bool resolver_differs() const;
    /// True when the servers have records and the resolver, for reasons of its own, does not give them.
    bool resolver_withholds() const;
    /// True when it does not because they do not validate, as far as it says why: then all that validate do not.
    bool resolver_rejects() const;
};

struct Answer {
    Question question;
    Outcome outcome = Outcome::timeout;
    std::optional<std::uint16_t> rcode;  ///< with its extended bits; none without a readable reply
    bool aa = false;
    bool ad = false;
    bool ra = false;
    std::vector<NameRecord> names;         ///< for PTR and NS questions, in the order of the answer
    std::vector<AddressRecord> addresses;  ///< for A and AAAA questions, in the order of the answer
    /// Of an AAAA answer that says it is forged (RFC 8914 4.5), as Knot Resolver's DNS64 does; not used as they are.
    std::vector<AddressRecord> forged;
    std::size_t names_beyond = 0;        ///< names of the answer that were not kept
    std::size_t addresses_beyond = 0;    ///< addresses of the answer that were not kept
    std::vector<Alias> cname_chain;      ///< in the order of the links
    std::vector<Alias> dnames;           ///< DNAME records that links of the chain were made of (RFC 6672 3.1)
    std::shared_ptr<const Soa> soa;      ///< the SOA asked for, or that of a negative answer; shared as `source` is
    std::vector<NameServer> delegation;  ///< of the authority section of a referral
    std::vector<ExtendedError> extended_errors;
    std::optional<Endpoint> server;  ///< the last one asked
    Transport transport = Transport::udp;
    unsigned tries = 0;                    ///< datagrams or connections used, over all servers
    std::chrono::microseconds elapsed{0};  ///< from the first send to the end
    /// Where the zones' own servers were asked; shared, since lists keep many answers and few of them have one.
    std::shared_ptr<const SourceView> source;
    std::string detail;  ///< why it is `unreachable` or `not_sent`, or that more could not be had; else empty
    /// Whether the server answers for the root's SOA, as every working resolver does; asked where it refused this
    /// question or was silent.
    std::optional<bool> server_works;
    bool server_talks = false;  ///< where it does not: it said something else than that there is such a record
    bool no_route = false;      ///< this machine has no way to addresses of the server's family
    bool udp_silent = false;    ///< the answer came by TCP, after UDP had been silent to the end

    /// True of a server that claims authority and offers recursion at once: it has the data itself. A real
    /// authoritative server offers no recursion, a cache has no authority.
    bool is_of_own_data() const { return aa && ra; }
    /// The name at the end of the CNAME chain: the question's own where there is none.
    const DnsName& final_name() const { return cname_chain.empty() ? question.name : cname_chain.back().target; }
};

/// "A", "AAAA", "PTR", …
std::string_view to_word(RecordType type);
/// "records", "nodata", … as in the JSON output.
std::string_view to_word(Outcome outcome);
/// "udp" or "tcp".
std::string_view to_word(Transport transport);
/// "NOERROR", "NXDOMAIN", "BADVERS", …; "RCODE17" where there is no mnemonic (IANA DNS RCODEs).
std::string rcode_text(std::uint16_t rcode);
/// True of the codes by which a resolver says that DNSSEC is the cause.
bool is_validation_error(std::uint16_t code);
/// "DNSSEC Bogus", …; "code 99" where there is no name (RFC 8914 section 5.2).
std::string extended_error_text(std::uint16_t code);

}  // namespace fcrdns
