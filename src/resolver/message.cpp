// SPDX-License-Identifier: MIT
#include "resolver/message.hpp"

#include <arpa/nameser.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace fcrdns {
namespace {

constexpr std::size_t header_octets = 12;
constexpr std::size_t preference_octets = 2;  // before the name of an MX record (RFC 1035 3.3.9)

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

struct Record {
    RecordHead head;
    std::size_t owner_at;
    std::size_t data_at;
    std::size_t data_size;
};

bool is_mx(const Record& record) {
    return record.head.type == static_cast<std::uint16_t>(RecordType::mx);
}

class OctetRecords final : public ReplyRecords {
public:
    explicit OctetRecords(Octets message) : message_(message) {}

    // False where anything in the message is broken.
    bool read(ReplyHeader& header);

    std::size_t size() const override { return records_.size(); }
    RecordHead head(std::size_t index) const override { return records_[index].head; }
    DnsName owner(std::size_t index) const override { return name_at(records_[index].owner_at); }
    DnsName name(std::size_t index) const override {
        const Record& record = records_[index];
        return name_at(record.data_at + (is_mx(record) ? preference_octets : 0));
    }
    std::uint16_t preference(std::size_t index) const override {
        return get16(message_.data() + records_[index].data_at);
    }
    IpAddress address(std::size_t index) const override {
        return *IpAddress::from_bytes(message_.subspan(records_[index].data_at, records_[index].data_size));
    }
    Soa soa(std::size_t index) const override;

private:
    bool read_records();
    bool read_record(Cursor& cursor, Section section);
    bool is_well_formed(const Record& record) const;
    bool fills_exactly(const Record& record, std::size_t before, std::size_t names, std::size_t after) const;
    bool take_opt(ReplyHeader& header) const;
    DnsName name_at(std::size_t at) const;

    Octets message_;
    std::vector<Record> records_;
};

bool OctetRecords::read_records() {
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

bool OctetRecords::read_record(Cursor& cursor, Section section) {
    Record record{};
    record.head.section = section;
    record.owner_at = cursor.position();
    if (!cursor.skip_name() || !cursor.has(10)) return false;
    record.head.type = get16(cursor.here());
    record.head.record_class = get16(cursor.here() + 2);
    record.head.ttl = get32(cursor.here() + 4);
    record.data_size = get16(cursor.here() + 8);
    cursor.skip(10);
    record.data_at = cursor.position();
    if (!cursor.has(record.data_size) || !is_well_formed(record)) return false;
    cursor.skip(record.data_size);
    records_.push_back(record);
    return true;
}

bool OctetRecords::fills_exactly(const Record& record, std::size_t before, std::size_t names, std::size_t after) const {
    if (record.data_size < before + names + after) return false;
    Cursor cursor(message_, record.data_at + before);
    for (std::size_t i = 0; i < names; ++i) {
        if (!cursor.skip_name()) return false;
    }
    return cursor.position() + after == record.data_at + record.data_size;
}

bool OctetRecords::is_well_formed(const Record& record) const {
    if (record.head.record_class != class_in) return true;  // nothing of it is used
    switch (record.head.type) {
        case static_cast<std::uint16_t>(RecordType::a): return record.data_size == 4;
        case static_cast<std::uint16_t>(RecordType::aaaa): return record.data_size == 16;
        case type_dname:
        case static_cast<std::uint16_t>(RecordType::ns):
        case static_cast<std::uint16_t>(RecordType::cname):
        case static_cast<std::uint16_t>(RecordType::ptr): return fills_exactly(record, 0, 1, 0);
        case static_cast<std::uint16_t>(RecordType::mx): return fills_exactly(record, preference_octets, 1, 0);
        case static_cast<std::uint16_t>(RecordType::soa): return fills_exactly(record, 0, 2, 20);
        default: return true;
    }
}

DnsName OctetRecords::name_at(std::size_t at) const {
    DnsName name;
    (void)Cursor(message_, at).read_name(name);  // it was readable when the records were read
    return name;
}

Soa OctetRecords::soa(std::size_t index) const {
    const Record& record = records_[index];
    Soa soa;
    soa.zone = owner(index);
    Cursor cursor(message_, record.data_at);
    (void)cursor.read_name(soa.mname);
    (void)cursor.read_name(soa.rname);
    soa.minimum = get32(cursor.here() + 16);
    soa.ttl = record.head.ttl;
    return soa;
}

// RFC 6891 6.1.1: a second OPT record makes the message a broken one.
bool OctetRecords::take_opt(ReplyHeader& header) const {
    unsigned seen = 0;
    for (const Record& record : records_) {
        if (record.head.type != type_opt || record.head.section != Section::additional) continue;
        if (++seen > 1) return false;
        header.edns = true;
        header.rcode = static_cast<std::uint16_t>(header.rcode | record.head.ttl >> 24U << 4U);
        Cursor cursor(message_, record.data_at);
        const std::size_t end = record.data_at + record.data_size;
        while (cursor.position() < end) {
            if (end - cursor.position() < 4) return false;
            const std::uint16_t code = get16(cursor.here());
            const std::size_t size = get16(cursor.here() + 2);
            cursor.skip(4);
            if (end - cursor.position() < size) return false;
            if (code == option_extended_error) (void)add_extended_error(header.extended_errors, cursor.here(), size);
            cursor.skip(size);
        }
    }
    return true;
}

bool OctetRecords::read(ReplyHeader& header) {
    if (message_.size() < header_octets) return false;
    header.response = (message_[2] & 0xf8U) == 0x80U;
    header.truncated = (message_[2] & 0x02U) != 0;
    header.aa = (message_[2] & 0x04U) != 0;
    header.ra = (message_[3] & 0x80U) != 0;
    header.ad = (message_[3] & 0x20U) != 0;
    header.rcode = static_cast<std::uint16_t>(message_[3] & 0x0fU);
    return read_records() && take_opt(header);
}

}  // namespace

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

Reply read_reply(Octets message, const Question& question, const std::vector<Alias>& walked) {
    OctetRecords records(message);
    ReplyHeader header;
    if (records.read(header)) return interpret(std::move(header), records, question, walked);
    Reply reply = unreadable_reply(question);
    reply.truncated = header.truncated;
    reply.response = header.response;
    return reply;
}

}  // namespace fcrdns
