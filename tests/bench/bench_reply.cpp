// SPDX-License-Identifier: MIT
#include "bench_reply.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "world.hpp"

namespace bench {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t type_a = 1, type_soa = 6, type_ptr = 12, type_opt = 41, class_in = 1;
constexpr std::uint8_t rcode_nxdomain = 3, rcode_refused = 5;
constexpr std::string_view reverse_suffix = ".in-addr.arpa";

struct Query {
    std::string name;  // lower case, dots between the labels
    std::size_t end = 0;
    std::uint16_t type = 0;
    bool edns = false;
};

std::uint16_t number_at(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]);
}

std::optional<Query> read_query(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < header_size || (bytes[2] & 0xF8U) != 0 || number_at(bytes, 4) != 1) {
        return std::nullopt;
    }
    Query query;
    std::size_t at = header_size;
    while (at < bytes.size() && bytes[at] != 0) {
        const std::size_t length = bytes[at];
        if (length > 63 || at + length + 1 > bytes.size()) {
            return std::nullopt;
        }
        query.name += query.name.empty() ? "" : ".";
        for (std::size_t i = 1; i <= length; ++i) {
            const char c = static_cast<char>(bytes[at + i]);
            query.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        at += length + 1;
    }
    query.end = at + 5;
    if (query.end > bytes.size() || number_at(bytes, at + 3) != class_in) {
        return std::nullopt;
    }
    query.type = number_at(bytes, at + 1);
    query.edns = number_at(bytes, 10) != 0 && bytes.size() >= query.end + 11 && bytes[query.end] == 0 &&
                 number_at(bytes, query.end + 1) == type_opt;
    return query;
}

// The numbers before .in-addr.arpa, the most significant first; nothing when they are no octets.
std::optional<std::vector<std::uint8_t>> octets_of(std::string_view name) {
    std::string_view rest = name.substr(0, name.size() - reverse_suffix.size());
    std::vector<std::uint8_t> octets;
    while (!rest.empty() && octets.size() < 4) {
        const std::size_t dot = rest.rfind('.');
        const std::string_view label = dot == rest.npos ? rest : rest.substr(dot + 1);
        std::uint8_t octet = 0;
        const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), octet);
        if (error != std::errc{} || end != label.data() + label.size()) {
            return std::nullopt;
        }
        octets.push_back(octet);
        rest = dot == rest.npos ? std::string_view{} : rest.substr(0, dot);
    }
    return rest.empty() ? std::optional(octets) : std::nullopt;
}

class Writer {
public:
    Writer(std::span<const std::uint8_t> query, const Query& parsed, Message& reply)
        : bytes_(reply), edns_(parsed.edns) {
        std::copy_n(query.begin(), parsed.end, bytes_.begin());
        size_ = parsed.end;
        bytes_[2] = static_cast<std::uint8_t>(0x84U | (query[2] & 0x01U));  // QR, AA, RD as asked
        bytes_[3] = 0;
        std::fill(bytes_.begin() + 6, bytes_.begin() + header_size, std::uint8_t{0});
    }

    void rcode(std::uint8_t code) { bytes_[3] = code; }
    void refuse() {
        bytes_[2] &= 0xFBU;
        rcode(rcode_refused);
    }

    void ptr(const std::string& name) {
        start(7, 0xC00C, type_ptr, record_ttl, name.size() + 2);
        this->name(name);
    }

    void a(std::uint32_t address) {
        start(7, 0xC00C, type_a, record_ttl, 4);
        number(address, 4);
    }

    // The section is named by its counter's last octet in the header: 7 answer, 9 authority.
    void soa(std::size_t section, const Query& query, std::string_view zone) {
        static const std::string mname = "ns1.isp.example", rname = "hostmaster.isp.example";
        const std::size_t owner = header_size + query.name.size() - zone.size();  // the zone ends the question's name
        start(section, 0xC000U | owner, type_soa, negative_ttl, mname.size() + 2 + rname.size() + 2 + 20);
        name(mname);
        name(rname);
        for (const std::uint32_t value : {1U, 7200U, 3600U, 1209600U, negative_ttl}) {
            number(value, 4);
        }
    }

    std::size_t finish() {
        if (edns_) {  // root owner, OPT, 1232 octets, no extended code, no options
            bytes_[11] = 1;
            number(0, 1);
            number(type_opt, 2);
            number(1232, 2);
            number(0, 6);
        }
        return size_;
    }

private:
    void start(std::size_t counter, std::size_t owner, std::uint16_t type, std::uint32_t ttl, std::size_t length) {
        ++bytes_[counter];
        number(owner, 2);
        number(type, 2);
        number(class_in, 2);
        number(ttl, 4);
        number(length, 2);
    }
    void number(std::uint64_t value, std::size_t octets) {
        while (octets-- > 0) {
            bytes_[size_++] = static_cast<std::uint8_t>(value >> (8U * octets));
        }
    }
    void name(std::string_view text) {
        while (!text.empty()) {
            const std::size_t length = std::min(text.find('.'), text.size());
            number(length, 1);
            std::copy_n(text.begin(), length, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
            size_ += length;
            text.remove_prefix(std::min(length + 1, text.size()));
        }
        number(0, 1);
    }

    Message& bytes_;
    std::size_t size_ = 0;
    bool edns_;
};

// The reverse zone is that of the /16; silence goes by /24.
bool answer_reverse(const Query& query, double silent_share, Writer& writer) {
    const auto octets = octets_of(query.name);
    if (!octets || octets->size() < 2) {
        writer.refuse();
        return true;
    }
    const std::string zone = std::to_string((*octets)[1]) + "." + std::to_string((*octets)[0]) + ".in-addr.arpa";
    std::uint32_t address = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        address = address << 8U | (i < octets->size() ? (*octets)[i] : 0U);
    }
    if (octets->size() >= 3 && is_silent(address, silent_share)) {
        return false;
    }
    if (octets->size() == 2 && query.type == type_soa) {
        writer.soa(7, query, zone);
        return true;
    }
    const auto names = octets->size() == 4 ? ptr_names(address) : std::vector<std::string>{};
    if (query.type == type_ptr && !names.empty()) {
        for (const auto& name : names) {
            writer.ptr(name);
        }
        return true;
    }
    if (octets->size() == 4 && !reverse_name_exists(address)) {
        writer.rcode(rcode_nxdomain);
    }
    writer.soa(9, query, zone);
    return true;
}

void answer_forward(const Query& query, Writer& writer) {
    const auto address = address_of(query.name);
    if (address && query.type == type_a) {
        writer.a(*address);
        return;
    }
    if (query.name == "example" && query.type == type_soa) {
        writer.soa(7, query, "example");
        return;
    }
    if (!address && query.name != "example") {
        writer.rcode(rcode_nxdomain);
    }
    writer.soa(9, query, "example");
}

}  // namespace

std::optional<std::size_t> write_reply(std::span<const std::uint8_t> bytes, double silent_share, Message& reply) {
    const auto query = read_query(bytes);
    if (!query) {
        return std::nullopt;
    }
    Writer writer(bytes, *query, reply);
    if (query->name.ends_with(reverse_suffix)) {
        if (!answer_reverse(*query, silent_share, writer)) {
            return std::nullopt;
        }
    } else if (query->name == "example" || query->name.ends_with(".example")) {
        answer_forward(*query, writer);
    } else {
        writer.refuse();
    }
    return writer.finish();
}

}  // namespace bench
