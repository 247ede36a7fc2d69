// SPDX-License-Identifier: MIT
#include "message_builder.hpp"

#include <stdexcept>
#include <utility>

namespace fcrdns::test {
namespace {

constexpr std::size_t header_octets = 12;
constexpr std::uint16_t type_opt = 41;

unsigned number_at(std::string_view octets, std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(octets.at(at)) << 8U) |
           static_cast<unsigned char>(octets.at(at + 1));
}

Record record(RecordType type, std::string data) {
    Record made;
    made.type = static_cast<std::uint16_t>(type);
    made.data = std::move(data);
    return made;
}

std::string octets_of(const IpAddress& ip) {
    return {reinterpret_cast<const char*>(ip.bytes().data()), ip.bytes().size()};
}

IpAddress parsed(std::string_view text) {
    const auto ip = IpAddress::parse(text);
    if (!ip) throw std::invalid_argument(std::string(text));
    return *ip;
}

void put_bits(std::uint16_t& flags, unsigned mask, unsigned value) {
    flags = static_cast<std::uint16_t>((flags & ~mask) | (value & mask));
}

}  // namespace

std::optional<Query> read_query(std::string_view octets) {
    Query query;
    query.octets = octets;
    if (octets.size() < header_octets || number_at(octets, 4) != 1 || number_at(octets, 6) != 0) return std::nullopt;
    query.id = static_cast<std::uint16_t>(number_at(octets, 0));
    const unsigned flags = number_at(octets, 2);
    if ((flags & 0xfedfU) != 0) return std::nullopt;  // nothing but RD and AD
    query.recursion_desired = (flags & 0x0100U) != 0;
    query.authentic_data = (flags & 0x0020U) != 0;
    std::size_t end = header_octets;
    while (end < octets.size() && octets[end] != 0) end += static_cast<unsigned char>(octets[end]) + 1U;
    if (end + 5 > octets.size()) return std::nullopt;
    const auto* at = reinterpret_cast<const std::uint8_t*>(octets.data()) + header_octets;
    const auto name = DnsName::from_wire({at, end + 1 - header_octets});
    if (!name || number_at(octets, end + 3) != 1) return std::nullopt;
    query.question = {*name, static_cast<RecordType>(number_at(octets, end + 1))};
    const std::string_view rest = octets.substr(end + 5);
    if (number_at(octets, 10) == 0 && rest.empty()) return query;
    if (number_at(octets, 10) != 1 || rest.size() < 11 || rest[0] != 0 || number_at(rest, 1) != type_opt) {
        return std::nullopt;
    }
    // c-ares 1.33 and later add a cookie (RFC 7873) to a query that has an OPT record.
    const bool only_a_cookie = rest.size() == 11 || (rest.size() >= 15 && number_at(rest, 11) == 10);
    if (number_at(rest, 9) != rest.size() - 11 || !only_a_cookie) return std::nullopt;
    query.edns = static_cast<std::uint16_t>(number_at(rest, 3));
    return query;
}

std::string octets16(unsigned value) {
    return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}

std::string octets32(std::uint32_t value) {
    return octets16(value >> 16U) + octets16(value & 0xffffU);
}

std::string wire(std::string_view name) {
    const auto parsed_name = DnsName::from_text(name);
    if (!parsed_name) throw std::invalid_argument(std::string(name));
    return parsed_name->wire();
}

std::string pointer(unsigned offset) {
    return octets16(0xc000U | offset);
}

Record Record::owned_by(std::string_view name) const {
    return owned_by_octets(wire(name));
}

Record Record::owned_by_octets(std::string octets) const {
    Record changed = *this;
    changed.owner = std::move(octets);
    return changed;
}

Record Record::with_ttl(std::uint32_t seconds) const {
    Record changed = *this;
    changed.ttl = seconds;
    return changed;
}

Record Record::in_class(std::uint16_t number) const {
    Record changed = *this;
    changed.record_class = number;
    return changed;
}

Record Record::with_length(std::uint16_t lie) const {
    Record changed = *this;
    changed.length = lie;
    return changed;
}

std::string Record::octets() const {
    const auto said = length.value_or(static_cast<std::uint16_t>(data.size()));
    return owner + octets16(type) + octets16(record_class) + octets32(ttl) + octets16(said) + data;
}

Record ptr(std::string_view target) {
    return record(RecordType::ptr, wire(target));
}

Record cname(std::string_view target) {
    return record(RecordType::cname, wire(target));
}

Record ns(std::string_view target) {
    return record(RecordType::ns, wire(target));
}

Record mx(unsigned preference, std::string_view target) {
    return record(RecordType::mx, octets16(preference) + wire(target));
}

Record a(std::string_view address) {
    return record(RecordType::a, octets_of(parsed(address)));
}

Record aaaa(std::string_view address) {
    return record(RecordType::aaaa, octets_of(parsed(address)));
}

Record address(std::string_view text) {
    return parsed(text).is_ipv4() ? a(text) : aaaa(text);
}

Record soa(std::string_view zone, std::uint32_t ttl, std::uint32_t minimum) {
    const std::string numbers = octets32(1) + octets32(7200) + octets32(3600) + octets32(1209600) + octets32(minimum);
    return record(RecordType::soa, wire("ns1.isp.example") + wire("hostmaster.isp.example") + numbers)
        .owned_by(zone)
        .with_ttl(ttl);
}

Record raw(std::uint16_t type, std::string data) {
    return record(static_cast<RecordType>(type), std::move(data));
}

Record opt(unsigned extended_rcode, std::string options) {
    return raw(type_opt, std::move(options))
        .owned_by_octets(std::string(1, '\0'))
        .in_class(1232)
        .with_ttl(extended_rcode << 24U);
}

std::string extended_error(std::uint16_t code, std::string_view text) {
    return octets16(15) + octets16(static_cast<unsigned>(text.size()) + 2) + octets16(code) + std::string(text);
}

Message Message::reply_to(const Query& query) {
    Message message;
    message.id_ = query.id;
    message.flags_ = static_cast<std::uint16_t>(0x8080U | (query.recursion_desired ? 0x0100U : 0U));
    message.question(query.question.name.wire(), static_cast<unsigned>(query.question.type));
    if (query.edns) message.opt_options_ = "";
    return message;
}

Message& Message::id(unsigned value) {
    id_ = static_cast<std::uint16_t>(value);
    return *this;
}

Message& Message::rcode(unsigned value) {
    put_bits(flags_, 0x000fU, value);
    extended_rcode_ = value >> 4U;
    return *this;
}

Message& Message::opcode(unsigned value) {
    put_bits(flags_, 0x7800U, value << 11U);
    return *this;
}

Message& Message::response(bool set) {
    put_bits(flags_, 0x8000U, set ? 0xffffU : 0U);
    return *this;
}

Message& Message::authoritative(bool set) {
    put_bits(flags_, 0x0400U, set ? 0xffffU : 0U);
    return *this;
}

Message& Message::truncated(bool set) {
    put_bits(flags_, 0x0200U, set ? 0xffffU : 0U);
    return *this;
}

Message& Message::recursion_available(bool set) {
    put_bits(flags_, 0x0080U, set ? 0xffffU : 0U);
    return *this;
}

Message& Message::authentic(bool set) {
    put_bits(flags_, 0x0020U, set ? 0xffffU : 0U);
    return *this;
}

Message& Message::question(std::string name_octets, unsigned type, unsigned question_class) {
    questions_ = {std::move(name_octets) + octets16(type) + octets16(question_class)};
    return *this;
}

Message& Message::no_question() {
    questions_.clear();
    return *this;
}

Message& Message::one_more_question(std::string name_octets, unsigned type) {
    questions_.push_back(std::move(name_octets) + octets16(type) + octets16(1));
    return *this;
}

Message& Message::answer(const Record& record) {
    sections_[0].push_back(record.octets());
    return *this;
}

Message& Message::authority(const Record& record) {
    sections_[1].push_back(record.octets());
    return *this;
}

Message& Message::additional(const Record& record) {
    sections_[2].push_back(record.octets());
    return *this;
}

Message& Message::without_opt() {
    opt_options_.reset();
    return *this;
}

Message& Message::options(std::string options) {
    opt_options_ = std::move(options);
    return *this;
}

Message& Message::count(std::size_t section, unsigned lie) {
    lies_[section] = lie;
    return *this;
}

std::string Message::octets() const {
    const std::size_t opts = opt_options_ ? 1 : 0;
    const std::size_t counts[] = {questions_.size(), sections_[0].size(), sections_[1].size(),
                                  sections_[2].size() + opts};
    std::string octets = octets16(id_) + octets16(flags_);
    for (std::size_t i = 0; i < 4; ++i) octets += octets16(lies_[i].value_or(static_cast<unsigned>(counts[i])));
    for (const std::string& question : questions_) octets += question;
    for (const auto& section : sections_) {
        for (const std::string& one : section) octets += one;
    }
    if (opt_options_) octets += opt(extended_rcode_, *opt_options_).octets();
    return octets;
}

std::size_t Message::offset_of_answers() const {
    std::size_t offset = header_octets;
    for (const std::string& question : questions_) offset += question.size();
    return offset;
}

}  // namespace fcrdns::test
