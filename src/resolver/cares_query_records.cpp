// SPDX-License-Identifier: MIT
// For c-ares from 1.28 on: queries and replies as its own records. No octet of a message
// is written or read here.
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "resolver/cares_query.hpp"

namespace fcrdns {
namespace {

constexpr std::array<std::pair<ares_dns_section_t, Section>, 3> sections = {{
    {ARES_SECTION_ANSWER, Section::answer},
    {ARES_SECTION_AUTHORITY, Section::authority},
    {ARES_SECTION_ADDITIONAL, Section::additional},
}};

struct RecordDeleter {
    void operator()(ares_dns_record_t* record) const { ares_dns_record_destroy(record); }
};

DnsName name_of(const char* text) {
    if (text == nullptr || *text == '\0') return {};  // the root
    return DnsName::from_text(text).value_or(DnsName());
}

// c-ares also reads names that are too long to be any (RFC 1035 2.3.4); what has one is no message.
bool is_name_text(const char* text) {
    return text == nullptr || *text == '\0' || DnsName::from_text(text).has_value();
}

ares_dns_rr_key_t name_key(std::uint16_t type) {
    switch (type) {
        case static_cast<std::uint16_t>(RecordType::ptr): return ARES_RR_PTR_DNAME;
        case static_cast<std::uint16_t>(RecordType::cname): return ARES_RR_CNAME_CNAME;
        case static_cast<std::uint16_t>(RecordType::mx): return ARES_RR_MX_EXCHANGE;
        default: return ARES_RR_NS_NSDNAME;
    }
}

class CaresRecords final : public ReplyRecords {
public:
    explicit CaresRecords(const ares_dns_record_t& message);

    // False where the message breaks a rule that c-ares does not know.
    bool read(ReplyHeader& header) const;

    std::size_t size() const override { return records_.size(); }
    RecordHead head(std::size_t index) const override { return records_[index].head; }
    DnsName owner(std::size_t index) const override { return name_of(ares_dns_rr_get_name(records_[index].data)); }
    DnsName name(std::size_t index) const override;
    std::uint16_t preference(std::size_t index) const override {
        return ares_dns_rr_get_u16(records_[index].data, ARES_RR_MX_PREFERENCE);
    }
    IpAddress address(std::size_t index) const override;
    Soa soa(std::size_t index) const override;

private:
    struct Record {
        RecordHead head;
        const ares_dns_rr_t* data;
    };

    static bool has_names(const Record& record);
    static void take_options(const ares_dns_rr_t* opt, ReplyHeader& header);

    const ares_dns_record_t& message_;
    std::vector<Record> records_;
};

CaresRecords::CaresRecords(const ares_dns_record_t& message) : message_(message) {
    std::size_t count = 0;
    for (const auto& [section, name] : sections) count += ares_dns_record_rr_cnt(&message, section);
    records_.reserve(count);
    for (const auto& [section, name] : sections) {
        for (std::size_t i = 0; i < ares_dns_record_rr_cnt(&message, section); ++i) {
            const ares_dns_rr_t* record = ares_dns_record_rr_get_const(&message, section, i);
            const ares_dns_rec_type_t type = ares_dns_rr_get_type(record);
            const auto number = type == ARES_REC_TYPE_RAW_RR ? ares_dns_rr_get_u16(record, ARES_RR_RAW_RR_TYPE)
                                                             : static_cast<std::uint16_t>(type);
            records_.push_back(
                {{name, number, static_cast<std::uint16_t>(ares_dns_rr_get_class(record)), ares_dns_rr_get_ttl(record)},
                 record});
        }
    }
}

DnsName CaresRecords::name(std::size_t index) const {
    const Record& record = records_[index];
    if (record.head.type == type_dname) {
        std::size_t size = 0;
        const unsigned char* data = ares_dns_rr_get_bin(record.data, ARES_RR_RAW_RR_DATA, &size);
        return data == nullptr ? DnsName() : DnsName::from_wire({data, size}).value_or(DnsName());
    }
    return name_of(ares_dns_rr_get_str(record.data, name_key(record.head.type)));
}

IpAddress CaresRecords::address(std::size_t index) const {
    const ares_dns_rr_t* data = records_[index].data;
    if (records_[index].head.type == static_cast<std::uint16_t>(RecordType::a)) {
        const auto* octets = reinterpret_cast<const std::uint8_t*>(ares_dns_rr_get_addr(data, ARES_RR_A_ADDR));
        return *IpAddress::from_bytes({octets, 4});
    }
    const auto* octets = reinterpret_cast<const std::uint8_t*>(ares_dns_rr_get_addr6(data, ARES_RR_AAAA_ADDR));
    return *IpAddress::from_bytes({octets, 16});
}

Soa CaresRecords::soa(std::size_t index) const {
    const ares_dns_rr_t* data = records_[index].data;
    Soa soa;
    soa.zone = owner(index);
    soa.mname = name_of(ares_dns_rr_get_str(data, ARES_RR_SOA_MNAME));
    soa.rname = name_of(ares_dns_rr_get_str(data, ARES_RR_SOA_RNAME));
    soa.minimum = ares_dns_rr_get_u32(data, ARES_RR_SOA_MINIMUM);
    soa.ttl = records_[index].head.ttl;
    return soa;
}

bool CaresRecords::has_names(const Record& record) {
    const ares_dns_rr_t* data = record.data;
    if (!is_name_text(ares_dns_rr_get_name(data))) return false;
    const auto holds_name = [&](ares_dns_rr_key_t key) { return is_name_text(ares_dns_rr_get_str(data, key)); };
    switch (ares_dns_rr_get_type(data)) {
        case ARES_REC_TYPE_PTR: return holds_name(ARES_RR_PTR_DNAME);
        case ARES_REC_TYPE_CNAME: return holds_name(ARES_RR_CNAME_CNAME);
        case ARES_REC_TYPE_NS: return holds_name(ARES_RR_NS_NSDNAME);
        case ARES_REC_TYPE_MX: return holds_name(ARES_RR_MX_EXCHANGE);
        case ARES_REC_TYPE_SOA: return holds_name(ARES_RR_SOA_MNAME) && holds_name(ARES_RR_SOA_RNAME);
        default: return true;
    }
}

void CaresRecords::take_options(const ares_dns_rr_t* opt, ReplyHeader& header) {
    for (std::size_t i = 0; i < ares_dns_rr_get_opt_cnt(opt, ARES_RR_OPT_OPTIONS); ++i) {
        const unsigned char* data = nullptr;
        std::size_t size = 0;
        const unsigned short code = ares_dns_rr_get_opt(opt, ARES_RR_OPT_OPTIONS, i, &data, &size);
        if (code == option_extended_error) (void)add_extended_error(header.extended_errors, data, size);
    }
}

bool CaresRecords::read(ReplyHeader& header) const {
    const unsigned short flags = ares_dns_record_get_flags(&message_);
    header.response = (flags & ARES_FLAG_QR) != 0 && ares_dns_record_get_opcode(&message_) == ARES_OPCODE_QUERY;
    header.truncated = (flags & ARES_FLAG_TC) != 0;
    header.aa = (flags & ARES_FLAG_AA) != 0;
    header.ra = (flags & ARES_FLAG_RA) != 0;
    header.ad = (flags & ARES_FLAG_AD) != 0;
    header.rcode = static_cast<std::uint16_t>(ares_dns_record_get_rcode(&message_));
    unsigned opts = 0;
    for (const Record& record : records_) {
        if (!has_names(record)) return false;
        if (record.head.type != type_opt || record.head.section != Section::additional) continue;
        if (++opts > 1) return false;  // RFC 6891 6.1.1
        header.edns = true;
        take_options(record.data, header);
    }
    return true;
}

Reply read_reply(const ares_dns_record_t& message, const Asked& asked) {
    const CaresRecords records(message);
    ReplyHeader header;
    if (records.read(header)) return interpret(std::move(header), records, asked.question, asked.walked);
    Reply reply = unreadable_reply(asked.question);
    reply.truncated = header.truncated;
    reply.response = header.response;
    return reply;
}

void on_reply(void* argument, ares_status_t status, std::size_t, const ares_dns_record_t* message) {
    auto& held = *static_cast<HeldQuery*>(argument);
    if (status == ARES_EDESTRUCTION) return;
    const Asked* asked = held.asked();
    if (status == ARES_EBADRESP) return held.done(AttemptEnd::Kind::unreadable, {});
    if (message == nullptr || asked == nullptr) return held.done(AttemptEnd::Kind::lost, {});
    Reply reply = read_reply(*message, *asked);
    if (!reply.response) return held.done(AttemptEnd::Kind::unreadable, {});
    held.done(AttemptEnd::Kind::reply, std::move(reply));
}

}  // namespace

// A query record, of which only the question changes: c-ares takes a copy each time.
struct CaresQuery::Form {
    std::unique_ptr<ares_dns_record_t, RecordDeleter> record;
};

CaresQuery::CaresQuery(const Way& way, const QueryFlags& flags) : form_(std::make_unique<Form>()) {
    ares_dns_record_t* record = nullptr;
    const auto bits = static_cast<unsigned short>(ARES_FLAG_AD | (flags.recursion_desired ? ARES_FLAG_RD : 0) |
                                                  (flags.checking_disabled ? ARES_FLAG_CD : 0));
    if (ares_dns_record_create(&record, 0, bits, ARES_OPCODE_QUERY, ARES_RCODE_NOERROR) != ARES_SUCCESS) return;
    form_->record.reset(record);
    (void)ares_dns_record_query_add(record, ".", ARES_REC_TYPE_PTR, ARES_CLASS_IN);
    ares_dns_rr_t* opt = nullptr;
    if (way.edns && ares_dns_record_rr_add(&opt, record, ARES_SECTION_ADDITIONAL, "", ARES_REC_TYPE_OPT, ARES_CLASS_IN,
                                           0) == ARES_SUCCESS) {
        (void)ares_dns_rr_set_u16(opt, ARES_RR_OPT_UDP_SIZE, edns_buffer);
    }
}

CaresQuery::~CaresQuery() = default;

void CaresQuery::send(ares_channel channel, const Question& question, HeldQuery& held) {
    ares_dns_record_t* record = form_->record.get();
    const std::string name = question.name.to_text();
    const bool asked =
        record != nullptr && ares_dns_record_query_set_name(record, 0, name.c_str()) == ARES_SUCCESS &&
        ares_dns_record_query_set_type(record, 0, static_cast<ares_dns_rec_type_t>(question.type)) == ARES_SUCCESS;
    if (!asked) return held.done(AttemptEnd::Kind::lost, {});
    (void)ares_send_dnsrec(channel, record, on_reply, &held, nullptr);
}

void CaresQuery::process(ares_channel channel, int descriptor, bool readable, bool writable) {
#if ARES_VERSION >= 0x012200
    unsigned happened = ARES_FD_EVENT_NONE;
    if (readable) happened |= static_cast<unsigned>(ARES_FD_EVENT_READ);
    if (writable) happened |= static_cast<unsigned>(ARES_FD_EVENT_WRITE);
    const ares_fd_events_t event{descriptor, happened};
    // Its clock shortens time-outs by what it has seen of the server; the resolver's counts alone.
    (void)ares_process_fds(channel, &event, 1, ARES_PROCESS_FLAG_SKIP_NON_FD);
#else
    ares_process_fd(channel, readable ? descriptor : ARES_SOCKET_BAD, writable ? descriptor : ARES_SOCKET_BAD);
#endif
}

}  // namespace fcrdns
