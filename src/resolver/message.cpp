// SPDX-License-Identifier: MIT
#include "resolver/message.hpp"

#include <arpa/nameser.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <vector>

namespace fcrdns {
namespace {

constexpr std::size_t header_octets = 12;
constexpr std::uint16_t class_in = 1;
constexpr std::uint16_t type_opt = 41;
constexpr std::uint16_t option_extended_error = 15;  // RFC 8914 section 2
constexpr std::size_t most_extended_errors = 8;

void put16(char*& at, unsigned value) {
    *at++ = static_cast<char>(value >> 8U & 0xffU);
    *at++ = static_cast<char>(value & 0xffU);
}

std::uint16_t get16(const std::uint8_t* at) {
    return static_cast<std::uint16_t>(at[0] << 8U | at[1]);
}

std::uint32_t get32(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(get16(at)) << 16U | get16(at + 2);
}

// A place in a message, moved forward by what is read; every read says whether it fitted.
class Cursor {
public:
    Cursor(Octets message, std::size_t at) : message_(message), at_(at) {}

    std::size_t position() const { return at_; }
    const std::uint8_t* here() const { return message_.data() + at_; }
    bool has(std::size_t count) const { return message_.size() - at_ >= count; }
    void skip(std::size_t count) { at_ += count; }

    // True where read_name() would give a name; moves behind it.
    bool skip_name() {
        const Form form = form_of_name();
        at_ += form.used;
        return form.octets != 0;
    }

    bool read_name(DnsName& name) {
        const Form form = form_of_name();
        if (form.octets == 0) return false;
        if (form.octets == form.used) {  // not compressed: the two octets of a pointer never stand for two
            auto read = DnsName::from_wire({here(), form.octets});
            if (!read) return false;
            name = std::move(*read);
            at_ += form.octets;
            return true;
        }
        std::array<std::uint8_t, NS_MAXCDNAME> wire{};
        const int used =
            ns_name_unpack(message_.data(), message_.data() + message_.size(), here(), wire.data(), wire.size());
        if (used < 0) return false;
        std::size_t length = 0;
        while (wire[length] != 0) length += wire[length] + 1U;
        auto read = DnsName::from_wire({wire.data(), length + 1});
        if (!read) return false;
        name = std::move(*read);
        at_ += static_cast<std::size_t>(used);
        return true;
    }

private:
    struct Form {
        std::size_t octets = 0;  // of the name, pointers followed; none where it is broken
        std::size_t used = 0;    // of the message, where it stands
    };

    // The system's routine follows pointers anywhere; one into the header names what no one wrote.
    // Hops and octets are bounded, else a few kilobytes of labels behind pointers cost seconds. What is sound here
    // the routine can read: like it, who has seen as many octets as the message has takes the pointers for a loop.
    Form form_of_name() const {
        std::size_t at = at_;
        std::size_t octets = 1;
        std::size_t used = 0;
        std::size_t seen = 0;
        for (unsigned hops = 0; hops < 128;) {
            if (at >= message_.size()) return {};
            const std::uint8_t length = message_[at];
            if (length == 0) return {octets, hops == 0 ? octets : used};
            if ((length & 0xc0U) == 0) {
                at += length + 1U;
                octets += length + 1U;
                seen += length + 1U;
                if (octets > NS_MAXCDNAME) return {};
                continue;
            }
            if ((length & 0xc0U) != 0xc0U || at + 1 >= message_.size()) return {};
            seen += 2;
            if (seen >= message_.size()) return {};
            if (hops == 0) used = octets + 1;  // the labels before it, and two octets of its own
            at = (length & 0x3fU) << 8U | message_[at + 1];
            if (at < header_octets) return {};
            ++hops;
        }
        return {};
    }

    Octets message_;
    std::size_t at_;
};

enum class Section : std::uint8_t { answer, authority, additional };

struct Record {
    Section section;
    bool owned_by_question;  // by the usual pointer to it, so that the name need not be read
    std::uint16_t type;
    std::uint16_t record_class;
    std::uint32_t ttl;
    std::size_t owner_at;
    std::size_t data_at;
    std::size_t data_size;
};

class Reader {
public:
    Reader(Octets message, const Question& question, const std::vector<Alias>& walked, Reply& reply)
        : message_(message), question_(question), walked_(walked.size()), reply_(reply) {
        reply_.answer.cname_chain = walked;
    }

    void read();

private:
    bool read_records();
    bool read_record(Cursor& cursor, Section section);
    bool is_well_formed(const Record& record) const;
    bool fills_exactly(const Record& record, std::size_t before, std::size_t names, std::size_t after) const;
    bool take_opt();
    bool follow_chain();
    bool take_chain_link(const DnsName& owner, bool& moved);
    void take_records();
    void take_authority();
    void decide();
    bool is_owned_by(const Record& record, const DnsName& name) const;
    DnsName name_at(std::size_t at) const;
    Soa soa_of(const Record& record) const;

    Octets message_;
    const Question& question_;
    std::size_t walked_;
    // Most replies fit in here, and those need nothing from the heap to be read.
    std::array<std::byte, 16 * sizeof(Record)> room_;
    std::pmr::monotonic_buffer_resource memory_{room_.data(), room_.size()};
    std::pmr::vector<Record> records_{&memory_};
    Reply& reply_;
};

bool Reader::read_records() {
    Cursor cursor(message_, header_octets);
    if (!cursor.skip_name() || !cursor.has(4)) return false;
    records_.reserve(8);
    cursor.skip(4);
    for (const Section section : {Section::answer, Section::authority, Section::additional}) {
        const std::size_t count = get16(message_.data() + 6 + 2 * static_cast<std::size_t>(section));
        for (std::size_t i = 0; i < count; ++i) {
            if (!read_record(cursor, section)) return false;
        }
    }
    return true;
}

bool Reader::read_record(Cursor& cursor, Section section) {
    Record record{};
    record.section = section;
    record.owner_at = cursor.position();
    record.owned_by_question = cursor.has(2) && get16(cursor.here()) == (0xc000U | header_octets);
    if (record.owned_by_question) {
        cursor.skip(2);
    } else if (!cursor.skip_name()) {
        return false;
    }
    if (!cursor.has(10)) return false;
    record.type = get16(cursor.here());
    record.record_class = get16(cursor.here() + 2);
    record.ttl = get32(cursor.here() + 4);
    record.data_size = get16(cursor.here() + 8);
    cursor.skip(10);
    record.data_at = cursor.position();
    if (!cursor.has(record.data_size) || !is_well_formed(record)) return false;
    cursor.skip(record.data_size);
    records_.push_back(record);
    return true;
}

bool Reader::fills_exactly(const Record& record, std::size_t before, std::size_t names, std::size_t after) const {
    if (record.data_size < before + names + after) return false;
    Cursor cursor(message_, record.data_at + before);
    for (std::size_t i = 0; i < names; ++i) {
        if (!cursor.skip_name()) return false;
    }
    return cursor.position() + after == record.data_at + record.data_size;
}

bool Reader::is_well_formed(const Record& record) const {
    if (record.record_class != class_in) return true;  // nothing of it is used
    switch (record.type) {
        case static_cast<std::uint16_t>(RecordType::a): return record.data_size == 4;
        case static_cast<std::uint16_t>(RecordType::aaaa): return record.data_size == 16;
        case static_cast<std::uint16_t>(RecordType::ns):
        case static_cast<std::uint16_t>(RecordType::cname):
        case static_cast<std::uint16_t>(RecordType::ptr): return fills_exactly(record, 0, 1, 0);
        case static_cast<std::uint16_t>(RecordType::soa): return fills_exactly(record, 0, 2, 20);
        default: return true;
    }
}

DnsName Reader::name_at(std::size_t at) const {
    DnsName name;
    (void)Cursor(message_, at).read_name(name);  // it was readable when the records were read
    return name;
}

bool Reader::is_owned_by(const Record& record, const DnsName& name) const {
    if (record.record_class != class_in) return false;
    if (record.owned_by_question) return name == question_.name;
    return name_at(record.owner_at) == name;
}

// RFC 6891 6.1.1: a second OPT record makes the message a broken one.
bool Reader::take_opt() {
    unsigned seen = 0;
    for (const Record& record : records_) {
        if (record.type != type_opt || record.section != Section::additional) continue;
        if (++seen > 1) return false;
        const auto extended = static_cast<std::uint16_t>(record.ttl >> 24U << 4U);
        reply_.answer.rcode = static_cast<std::uint16_t>(*reply_.answer.rcode | extended);
        Cursor cursor(message_, record.data_at);
        const std::size_t end = record.data_at + record.data_size;
        while (cursor.position() < end) {
            if (end - cursor.position() < 4) return false;
            const std::uint16_t code = get16(cursor.here());
            const std::size_t size = get16(cursor.here() + 2);
            cursor.skip(4);
            if (end - cursor.position() < size) return false;
            auto& errors = reply_.answer.extended_errors;
            if (code == option_extended_error && size >= 2 && errors.size() < most_extended_errors) {
                const auto* text = reinterpret_cast<const char*>(cursor.here()) + 2;
                errors.push_back({get16(cursor.here()), std::string(text, size - 2)});
            }
            cursor.skip(size);
        }
    }
    return true;
}

bool Reader::take_chain_link(const DnsName& owner, bool& moved) {
    auto& chain = reply_.answer.cname_chain;
    for (const Record& record : records_) {
        const bool alias = record.section == Section::answer &&
                           record.type == static_cast<std::uint16_t>(RecordType::cname) && is_owned_by(record, owner);
        if (!alias) continue;
        Alias link{owner, name_at(record.data_at), record.ttl};
        const DnsName& start = chain.empty() ? question_.name : chain.front().owner;
        const bool loops = link.target == start || std::any_of(chain.begin(), chain.end(),
                                                               [&](const Alias& a) { return a.target == link.target; });
        if (loops || chain.size() == longest_cname_chain) return false;
        chain.push_back(std::move(link));
        moved = true;
        return true;
    }
    return true;
}

bool Reader::follow_chain() {
    const bool has_alias = std::any_of(records_.begin(), records_.end(), [](const Record& r) {
        return r.type == static_cast<std::uint16_t>(RecordType::cname);
    });
    bool moved = has_alias;
    while (moved) {
        moved = false;
        if (!take_chain_link(DnsName(reply_.answer.final_name()), moved)) return false;
    }
    return true;
}

Soa Reader::soa_of(const Record& record) const {
    Soa soa;
    soa.zone = name_at(record.owner_at);
    Cursor cursor(message_, record.data_at);
    (void)cursor.read_name(soa.mname);
    (void)cursor.read_name(soa.rname);
    soa.minimum = get32(cursor.here() + 16);
    soa.ttl = record.ttl;
    return soa;
}

void Reader::take_records() {
    const DnsName& owner = reply_.answer.final_name();
    for (const Record& record : records_) {
        if (record.section != Section::answer || record.type != static_cast<std::uint16_t>(question_.type) ||
            !is_owned_by(record, owner)) {
            continue;
        }
        switch (question_.type) {
            case RecordType::a:
            case RecordType::aaaa:
                reply_.answer.addresses.push_back(
                    {*IpAddress::from_bytes(message_.subspan(record.data_at, record.data_size)), record.ttl});
                break;
            case RecordType::soa: reply_.answer.soa = soa_of(record); break;
            default: reply_.answer.names.push_back({name_at(record.data_at), record.ttl}); break;
        }
    }
}

// Only a zone above the name can say that the name is not there (RFC 2308 2).
void Reader::take_authority() {
    const DnsName& name = reply_.answer.final_name();
    for (const Record& record : records_) {
        if (record.section != Section::authority || record.record_class != class_in) continue;
        if (record.type == static_cast<std::uint16_t>(RecordType::soa) && !reply_.answer.soa) {
            Soa soa = soa_of(record);
            if (name.is_under(soa.zone)) reply_.answer.soa = std::move(soa);
        } else if (record.type == static_cast<std::uint16_t>(RecordType::ns) &&
                   name.is_under(name_at(record.owner_at))) {
            reply_.answer.delegation.push_back({name_at(record.data_at), record.ttl});
        }
    }
}

void Reader::decide() {
    Answer& answer = reply_.answer;
    switch (*answer.rcode) {
        case 0: break;
        case 1: answer.outcome = Outcome::formerr; return;
        case 2: answer.outcome = Outcome::servfail; return;
        case 3:
            answer.outcome = Outcome::nxdomain;
            take_authority();
            answer.delegation.clear();
            return;
        case 4: answer.outcome = Outcome::notimp; return;
        case 5: answer.outcome = Outcome::refused; return;
        default: answer.outcome = Outcome::other; return;
    }
    take_records();
    if (!answer.names.empty() || !answer.addresses.empty() || answer.soa) {
        answer.outcome = Outcome::records;
        return;
    }
    take_authority();
    answer.outcome = Outcome::nodata;
    if (!answer.soa && walked_ == 0 && !answer.cname_chain.empty()) {
        reply_.chain_open = true;
    } else if (!answer.soa && !answer.delegation.empty()) {
        answer.outcome = Outcome::referral;
    }
    if (answer.outcome != Outcome::referral) answer.delegation.clear();
}

void Reader::read() {
    Answer& answer = reply_.answer;
    const auto malformed = [&] {
        answer = Answer();
        answer.question = question_;
        answer.outcome = Outcome::malformed;
    };
    answer.question = question_;
    if (message_.size() < header_octets) return malformed();
    reply_.truncated = (message_[2] & 0x02U) != 0;
    answer.aa = (message_[2] & 0x04U) != 0;
    answer.ra = (message_[3] & 0x80U) != 0;
    answer.ad = (message_[3] & 0x20U) != 0;
    answer.rcode = static_cast<std::uint16_t>(message_[3] & 0x0fU);
    if (!read_records() || !take_opt()) return malformed();
    // Who asks for a CNAME record wants the alias itself, not what is behind it.
    const bool follows = question_.type != RecordType::cname && (*answer.rcode == 0 || *answer.rcode == 3);
    if (follows) {
        if (!follow_chain()) return malformed();
    }
    decide();
}

}  // namespace

void QueryOctets::set_id(std::uint16_t id) {
    char* at = octets_.data();
    put16(at, id);
}

void QueryOctets::set_question_count(std::uint16_t count) {
    char* at = octets_.data() + 4;
    put16(at, count);
}

QueryOctets encode_query(const Question& question, std::uint16_t id, bool edns, bool recursion_desired,
                         bool checking_disabled) {
    const std::string_view labels = question.name.labels();
    QueryOctets query;
    char* at = query.octets_.data();
    put16(at, id);
    put16(at, (recursion_desired ? 0x0100U : 0U) | 0x0020U | (checking_disabled ? 0x0010U : 0U));  // RD, AD, CD
    put16(at, 1);
    put16(at, 0);
    put16(at, 0);
    put16(at, edns ? 1 : 0);
    at = std::copy(labels.begin(), labels.end(), at);
    *at++ = 0;  // the root's label
    put16(at, static_cast<unsigned>(question.type));
    put16(at, class_in);
    if (edns) {
        *at++ = 0;  // owned by the root
        put16(at, type_opt);
        put16(at, edns_buffer);
        at = std::fill_n(at, 6, '\0');  // extended RCODE, version and flags, no options
    }
    query.size_ = static_cast<std::size_t>(at - query.octets_.data());
    return query;
}

bool is_reply_to(Octets message, std::uint16_t id, const Question& question) {
    if (message.size() < header_octets || get16(message.data()) != id) return false;
    const bool response = (message[2] & 0x80U) != 0;
    const bool query_opcode = (message[2] & 0x78U) == 0;
    if (!response || !query_opcode || get16(message.data() + 4) != 1) return false;
    const std::string_view labels = question.name.labels();
    if (message.size() < header_octets + labels.size() + 5) return false;
    const std::uint8_t* at = message.data() + header_octets;
    const auto alike = [](std::uint8_t a, char b) { return to_lower(static_cast<char>(a)) == to_lower(b); };
    if (std::memcmp(at, labels.data(), labels.size()) != 0 &&
        !std::equal(at, at + labels.size(), labels.begin(), alike)) {
        return false;
    }
    at += labels.size();
    return at[0] == 0 && get16(at + 1) == static_cast<std::uint16_t>(question.type) && get16(at + 3) == class_in;
}

Reply read_reply(Octets message, const Question& question, const std::vector<Alias>& walked) {
    Reply reply;
    Reader(message, question, walked, reply).read();
    return reply;
}

}  // namespace fcrdns
