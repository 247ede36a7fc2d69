// SPDX-License-Identifier: MIT
#include "fcrdns/answer.hpp"

#include <algorithm>
#include <array>

#include "dns/extended_errors.hpp"

namespace fcrdns {
namespace {

struct CodeName {
    std::uint16_t code;
    std::string_view name;
};

// IANA "DNS RCODEs", read in November 2026. 9 stands for "Not Authorized" and 16 for
// "Bad OPT Version" where the registry gives two meanings: only those occur in queries.
constexpr std::array<CodeName, 19> rcodes = {{
    {0, "NOERROR"},  {1, "FORMERR"},    {2, "SERVFAIL"},  {3, "NXDOMAIN"},   {4, "NOTIMP"},
    {5, "REFUSED"},  {6, "YXDOMAIN"},   {7, "YXRRSET"},   {8, "NXRRSET"},    {9, "NOTAUTH"},
    {10, "NOTZONE"}, {11, "DSOTYPENI"}, {16, "BADVERS"},  {17, "BADKEY"},    {18, "BADTIME"},
    {19, "BADMODE"}, {20, "BADNAME"},   {22, "BADTRUNC"}, {23, "BADCOOKIE"},
}};

// RFC 8914 section 4 and IANA "Extended DNS Error Codes", read in November 2026.
constexpr std::array<CodeName, 31> extended_errors = {{
    {0, "Other"},
    {1, "Unsupported DNSKEY Algorithm"},
    {2, "Unsupported DS Digest Type"},
    {3, "Stale Answer"},
    {4, "Forged Answer"},
    {5, "DNSSEC Indeterminate"},
    {6, "DNSSEC Bogus"},
    {7, "Signature Expired"},
    {8, "Signature Not Yet Valid"},
    {9, "DNSKEY Missing"},
    {10, "RRSIGs Missing"},
    {11, "No Zone Key Bit Set"},
    {12, "NSEC Missing"},
    {13, "Cached Error"},
    {14, "Not Ready"},
    {15, "Blocked"},
    {16, "Censored"},
    {17, "Filtered"},
    {18, "Prohibited"},
    {19, "Stale NXDOMAIN Answer"},
    {20, "Not Authoritative"},
    {21, "Not Supported"},
    {22, "No Reachable Authority"},
    {23, "Network Error"},
    {24, "Invalid Data"},
    {25, "Signature Expired before Valid"},
    {26, "Too Early"},
    {27, "Unsupported NSEC3 Iterations Value"},
    {28, "Unable to conform to policy"},
    {29, "Synthesized"},
    {30, "Invalid Query Type"},
}};

template <std::size_t N>
std::string name_of(const std::array<CodeName, N>& table, std::uint16_t code, std::string_view otherwise) {
    for (const CodeName& row : table) {
        if (row.code == code) return std::string(row.name);
    }
    return std::string(otherwise) + std::to_string(code);
}

// An alias stands there only where it leads to no record.
std::vector<std::string> records_of(const std::vector<std::string>& answers) {
    const bool alias = !answers.empty() && answers.front().starts_with("CNAME ");
    return alias ? std::vector<std::string>() : answers;
}

// Servers give many records in turning order: of those that were not all kept, the number tells.
bool alike(const AuthoritativeAnswer& a, const AuthoritativeAnswer& b) {
    if (a.left_out == 0 && b.left_out == 0) return a.answers == b.answers;
    return a.answers.size() + a.left_out == b.answers.size() + b.left_out;
}

}  // namespace

bool SourceView::servers_differ() const {
    const AuthoritativeAnswer* first = nullptr;
    for (const AuthoritativeAnswer& answer : servers) {
        if (!answer.counts()) continue;
        if (first == nullptr || answer.zone != first->zone) first = &answer;
        if (answer.outcome != first->outcome || !alike(answer, *first)) return true;
    }
    return false;
}

namespace {

// The servers of the last zone of the chain speak for the record; none where no one answered with authority.
const AuthoritativeAnswer* last_word(const SourceView& source) {
    if (source.servers.empty() || source.unfound || source.servers_differ()) return nullptr;
    const auto last = std::find_if(source.servers.rbegin(), source.servers.rend(), [&](const AuthoritativeAnswer& a) {
        return a.counts() && a.zone == source.servers.back().zone;
    });
    return last == source.servers.rend() ? nullptr : &*last;
}

bool other_zone(const Soa* a, const Soa* b) {
    return a != nullptr && b != nullptr && (a->zone != b->zone || a->mname != b->mname || a->rname != b->rname);
}

}  // namespace

bool SourceView::resolver_differs() const {
    const AuthoritativeAnswer* last = last_word(*this);
    if (last == nullptr || !is_definite(resolver.outcome)) return false;
    if (last->left_out != 0 || resolver.left_out != 0) return false;
    return records_of(last->answers) != records_of(resolver.answers) || other_zone(soa.get(), resolver.soa.get());
}

bool SourceView::resolver_withholds() const {
    const AuthoritativeAnswer* last = last_word(*this);
    if (last == nullptr || last->outcome != Outcome::records) return false;
    return !is_definite(resolver.outcome) || (resolver.own_zone && resolver_differs());
}

bool SourceView::resolver_rejects() const {
    if (!resolver_withholds() || resolver.outcome != Outcome::servfail) return false;
    // Many resolvers say nothing at all.
    const auto& errors = resolver.extended_errors;
    const auto validation = [](const ExtendedError& error) { return is_validation_error(error.code); };
    const auto tells = [](const ExtendedError& error) { return tells_cause(error.code); };
    return std::any_of(errors.begin(), errors.end(), validation) || std::none_of(errors.begin(), errors.end(), tells);
}

std::string Endpoint::to_text() const {
    std::string address = ip.to_text();
    if (!zone.empty()) address += '%' + zone;
    if (!ip.is_ipv4()) address = '[' + address + ']';
    return address + ':' + std::to_string(port);
}

std::string_view to_word(RecordType type) {
    switch (type) {
        case RecordType::a: return "A";
        case RecordType::ns: return "NS";
        case RecordType::cname: return "CNAME";
        case RecordType::soa: return "SOA";
        case RecordType::ptr: return "PTR";
        case RecordType::mx: return "MX";
        case RecordType::aaaa: return "AAAA";
    }
    return "";
}

std::string_view to_word(Outcome outcome) {
    switch (outcome) {
        case Outcome::records: return "records";
        case Outcome::nodata: return "nodata";
        case Outcome::nxdomain: return "nxdomain";
        case Outcome::not_sent: return "not_sent";
        case Outcome::servfail: return "servfail";
        case Outcome::refused: return "refused";
        case Outcome::formerr: return "formerr";
        case Outcome::notimp: return "notimp";
        case Outcome::referral: return "referral";
        case Outcome::timeout: return "timeout";
        case Outcome::unreachable: return "unreachable";
        case Outcome::malformed: return "malformed";
        case Outcome::filtered: return "filtered";
        case Outcome::other: return "other";
    }
    return "";
}

std::string_view to_word(Transport transport) {
    switch (transport) {
        case Transport::udp: return "udp";
        case Transport::tcp: return "tcp";
    }
    return "";
}

std::string rcode_text(std::uint16_t rcode) {
    return name_of(rcodes, rcode, "RCODE");
}

bool is_validation_error(std::uint16_t code) {
    // 1, 2, 5 to 12 of RFC 8914 section 4; 25 and 27 were registered later.
    return code == 1 || code == 2 || (code >= 5 && code <= 12) || code == 25 || code == 27;
}

std::string extended_error_text(std::uint16_t code) {
    return name_of(extended_errors, code, "code ");
}

}  // namespace fcrdns
