// SPDX-License-Identifier: MIT
// JSON Lines: one object per report, keys in a fixed order, ASCII only.
#include <fmt/format.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "fcrdns/render.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

// RapidJSON's own allocator gives null where there is no memory, and its writer does not look.
struct Allocator {
    [[maybe_unused]] static constexpr bool kNeedFree = true;
    static void* Malloc(std::size_t size) { return size == 0 ? nullptr : checked(std::malloc(size)); }
    static void* Realloc(void* old, std::size_t, std::size_t size) {
        if (size != 0) return checked(std::realloc(old, size));
        std::free(old);
        return nullptr;
    }
    static void Free(void* memory) { std::free(memory); }

private:
    static void* checked(void* memory) {
        if (memory == nullptr) throw std::bad_alloc();
        return memory;
    }
};

// What is written, with room for most records before it asks for memory.
struct Destination {
    using Ch = char;
    fmt::basic_memory_buffer<char, 2048> text;
    void Put(char c) { text.push_back(c); }
    /// Room for so many octets more, at the end.
    char* extend(std::size_t count) {
        text.resize(text.size() + count);
        return text.end() - count;
    }
    void Flush() {}
};

using Utf8 = rapidjson::UTF8<>;
using Writer = rapidjson::Writer<Destination, Utf8, Utf8, Allocator>;

// An object and not a function, so that it is inlined where it is handed over.
constexpr auto needs_escape = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\'; };

// True when none of eight octets needs an escape; of octets beyond ASCII it may say false.
bool are_plain(const char* eight) {
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t high = 0x80 * each;
    std::uint64_t octets = 0;
    std::memcpy(&octets, eight, sizeof octets);
    // Subtracting takes the high bit from a neighbour only where that one is found itself.
    const auto below = [](std::uint64_t value, std::uint64_t limit) { return value - limit * each; };
    const std::uint64_t found =
        below(octets, ' ') | below(octets ^ '"' * each, 1) | below(octets ^ '\\' * each, 1) | octets;
    return (found & high) == 0;
}

const char* first_to_escape(const char* at, const char* end) {
    while (end - at >= 8 && are_plain(at)) at += 8;
    return std::find_if(at, end, needs_escape);
}

}  // namespace
}  // namespace fcrdns

// The step that RapidJSON has faster versions of for its own buffer only: it copies what needs no escape, and
// says whether anything is left.
template <>
inline bool fcrdns::Writer::ScanWriteUnescapedString(rapidjson::StringStream& in, std::size_t length) {
    const char* end = in.head_ + length;
    const char* special = fcrdns::first_to_escape(in.src_, end);
    std::copy(in.src_, special, os_->extend(static_cast<std::size_t>(special - in.src_)));
    in.src_ = special;
    return special != end;
}

namespace fcrdns {
namespace {

class PlainWriter : public Writer {
public:
    using Writer::Writer;

    /// A string that needs no escape, such as a key.
    [[gnu::always_inline]] void plain(std::string_view text) {
        Prefix(rapidjson::kStringType);
        char* at = os_->extend(text.size() + 2);
        *at = '"';
        *std::copy(text.begin(), text.end(), at + 1) = '"';
    }
};

class Json {
public:
    Json() : writer_(destination_) { writer_.SetMaxDecimalPlaces(1); }

    std::string_view view() const { return {destination_.text.data(), destination_.text.size()}; }

    template <std::size_t N>
    [[gnu::always_inline]] Json& key(const char (&name)[N]) {
        writer_.plain({name, N - 1});
        return *this;
    }
    void text(std::string_view value) { writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    /// One of the program's own words, or an address.
    [[gnu::noinline]] void word(std::string_view value) { writer_.plain(value); }
    void word_or_null(std::string_view value) { value.empty() ? null() : word(value); }
    void text_or_null(std::string_view value) { value.empty() ? null() : text(value); }
    void boolean(bool value) { writer_.Bool(value); }
    void number(std::uint64_t value) { writer_.Uint64(value); }
    void milliseconds(std::chrono::microseconds value) { writer_.Double(static_cast<double>(value.count()) / 1000.0); }
    void null() { writer_.Null(); }
    template <class Members>
    void object(Members members) {
        writer_.StartObject();
        members();
        writer_.EndObject();
    }
    template <class List, class Element>
    void array(const List& list, Element element) {
        writer_.StartArray();
        for (const auto& item : list) element(item);
        writer_.EndArray();
    }

private:
    Destination destination_;
    PlainWriter writer_;
};

void write_input(Json& json, const Report& report) {
    const Subject& subject = report.subject;
    json.key("schema").word("fcrdns-check/1");
    json.key("input").text(printable(subject.input));
    json.key("line");
    subject.line ? json.number(*subject.line) : json.null();
    json.key("ip");
    report.evidence ? json.word(report.evidence->address.to_text()) : json.null();
    json.key("family").word_or_null(subject.family ? to_word(*subject.family) : std::string_view());
    json.key("reverse_name");
    report.evidence ? json.text(report.evidence->ptr.question.name.to_text()) : json.null();
}

void write_verdict(Json& json, const Report& report) {
    json.key("verdict").word(to_word(report.verdict.kind));
    json.key("reason").word(to_word(report.verdict.reason));
    json.key("status").word_or_null(status_word(report.verdict));
    json.key("iprev").word_or_null(iprev(report.verdict));
    json.key("message").text(report.message);
}

void write_confirmed(Json& json, const Report& report) {
    json.key("confirmed_names").array(report.verdict.names, [&](const NameVerdict& opinion) {
        if (opinion.reason != NameReason::confirmed) return;
        const auto at = static_cast<std::size_t>(&opinion - report.verdict.names.data());
        json.text(report.evidence->names[at].name.to_text());
    });
}

void write_addresses(Json& json, const Answer* forward, const IpAddress& wanted) {
    static const std::vector<AddressRecord> none;
    json.key("addresses").array(forward != nullptr ? forward->addresses : none, [&](const AddressRecord& record) {
        json.object([&] {
            json.key("ip").word(record.ip.to_text());
            json.key("type").word(to_word(forward->question.type));
            json.key("ttl").number(record.ttl);
            json.key("match").boolean(record.ip == wanted);
        });
    });
}

void write_generic(Json& json, const GenericJudgement& generic) {
    json.key("generic").object([&] {
        json.key("match").boolean(generic.match());
        json.key("evidence").array(generic.evidence, [&](const GenericEvidence& clue) {
            json.object([&] {
                json.key("text").text(printable(clue.text));
                json.key("rule").word(clue.rule->name);
            });
        });
    });
}

void write_ptr(Json& json, const Report& report) {
    json.key("ptr").array(report.verdict.names, [&](const NameVerdict& opinion) {
        const PtrName& name = report.evidence->names[static_cast<std::size_t>(&opinion - report.verdict.names.data())];
        json.object([&] {
            json.key("name").text(name.name.to_text());
            json.key("ttl").number(name.ttl);
            json.key("confirmed").boolean(opinion.reason == NameReason::confirmed);
            json.key("reason").word(to_word(opinion.reason));
            write_addresses(json, name.forward ? &*name.forward : nullptr, report.evidence->address);
            write_generic(json, opinion.generic);
        });
    });
}

void write_findings(Json& json, const Report& report) {
    json.key("findings").array(report.findings, [&](const FindingText& finding) {
        json.object([&] {
            json.key("code").word(to_word(finding.code));
            json.key("severity").word(to_word(severity(finding.code)));
            json.key("detail").text(finding.detail);
        });
    });
}

void write_smtp(Json& json, const Report& report) {
    json.key("smtp");
    if (!report.smtp) return json.null();
    json.object([&] {
        json.key("reply_code").number(static_cast<std::uint64_t>(report.smtp->code));
        json.key("enhanced_status_code").word(report.smtp->enhanced);
        json.key("text").text(report.smtp->text);
    });
}

void write_reverse_zone(Json& json, const Report& report) {
    json.key("reverse_zone");
    if (!report.reverse_zone) return json.null();
    const Soa& zone = *report.reverse_zone;
    json.object([&] {
        json.key("name").text(zone.zone.to_text());
        json.key("mname").text(zone.mname.to_text());
        json.key("rname").text_or_null(contact_address(zone.rname));
        const auto left = negative_ttl_left(*report.evidence);
        json.key("negative_ttl_left");
        left ? json.number(*left) : json.null();
        json.key("soa_minimum").number(zone.minimum);
    });
}

void write_fix(Json& json, const Report& report) {
    json.key("fix").array(report.fix, [&](const FixEntry& entry) {
        json.object([&] {
            json.key("option").number(entry.option);
            json.key("step").number(entry.step);
            json.key("who").word(to_word(entry.who));
            json.key("action").word(to_word(entry.action));
            json.key("record").text(entry.record());
            json.key("owner").text(entry.owner.to_absolute_text());
            json.key("type").word(to_word(entry.type));
            json.key("data").text(entry.data);
            json.key("replaces").array(entry.replaces, [&](const std::string& record) { json.text(record); });
        });
    });
}

void write_helo(Json& json, const Report& report) {
    json.key("helo");
    if (!report.helo) return json.null();
    const HeloResult& helo = *report.helo;
    json.object([&] {
        json.key("name").text(helo.name);
        json.key("outcome").word(helo.outcome);
        json.key("addresses").array(helo.addresses, [&](const AddressRecord& record) {
            json.object([&] {
                json.key("ip").word(record.ip.to_text());
                json.key("type").word(record.ip.is_ipv4() ? "A" : "AAAA");
                json.key("ttl").number(record.ttl);
                json.key("match").boolean(record.ip == report.evidence->address);
            });
        });
        json.key("resolves_to_ip");
        helo.resolves_to_ip ? json.boolean(*helo.resolves_to_ip) : json.null();
        json.key("equals_ptr").boolean(helo.equals_ptr);
    });
}

void write_receivers(Json& json, const Report& report) {
    json.key("receivers");
    if (!report.receivers) return json.null();
    json.array(*report.receivers, [&](const ReceiverPrediction& row) {
        json.object([&] {
            json.key("receiver").word(row.receiver);
            json.key("policy").word(row.policy);
            json.key("outcome").word(to_word(row.outcome));
            json.key("reply");
            row.reply ? json.text(*row.reply) : json.null();
            json.key("why").text(row.why);
        });
    });
}

void write_servers(Json& json, const Answer& answer) {
    for (const AuthoritativeAnswer& said : answer.source->servers) {
        json.object([&] {
            json.key("server");
            said.server ? json.word(said.server->to_text()) : json.null();
            json.key("name").text(said.server_name.to_text());
            json.key("zone").text(said.zone.to_text());
            json.key("qname").text(answer.question.name.to_text());
            json.key("qtype").word(to_word(answer.question.type));
            json.key("outcome").word(said.lame ? "lame" : to_word(said.outcome));
            json.key("answers").array(said.answers, [&](const std::string& data) { json.text(data); });
        });
    }
}

void write_authoritative(Json& json, const Report& report) {
    json.key("authoritative");
    if (!report.evidence || !report.evidence->ptr.source) return json.null();
    std::vector<const Answer*> answers = {&report.evidence->ptr};
    for (const PtrName& name : report.evidence->names) {
        if (name.forward && name.forward->source) answers.push_back(&*name.forward);
    }
    json.array(answers, [&](const Answer* answer) { write_servers(json, *answer); });
}

void write_query(Json& json, const Answer& answer) {
    json.object([&] {
        json.key("qname").text(answer.question.name.to_text());
        json.key("qtype").word(to_word(answer.question.type));
        json.key("outcome").word(to_word(answer.outcome));
        json.key("rcode");
        answer.rcode ? json.word(rcode_text(*answer.rcode)) : json.null();
        json.key("ede").array(answer.extended_errors, [&](const ExtendedError& error) {
            json.object([&] {
                json.key("code").number(error.code);
                json.key("name").word(extended_error_text(error.code));
                json.key("text").text(printable(error.text));
            });
        });
        json.key("server");
        answer.server ? json.word(answer.server->to_text()) : json.null();
        json.key("transport").word(to_word(answer.transport));
        json.key("tries").number(answer.tries);
        json.key("aa").boolean(answer.aa);
        json.key("ad").boolean(answer.ad);
        json.key("elapsed_ms").milliseconds(answer.elapsed);
        json.key("cname_chain").array(answer.cname_chain, [&](const Alias& a) { json.text(a.target.to_text()); });
    });
}

std::vector<const Answer*> answers_of(const Report& report) {
    std::vector<const Answer*> answers;
    for (const Answer& lookup : report.address_lookups) answers.push_back(&lookup);
    if (!report.evidence) return answers;
    answers.push_back(&report.evidence->ptr);
    for (const PtrName& name : report.evidence->names) {
        if (name.forward) answers.push_back(&*name.forward);
        if (name.other_family) answers.push_back(&*name.other_family);
    }
    if (report.evidence->helo) answers.push_back(&*report.evidence->helo);
    for (const Answer& answer : report.evidence->zone_walk) answers.push_back(&answer);
    return answers;
}

}  // namespace

void append_json(std::string& out, const Report& report, bool queries) {
    Json json;
    json.object([&] {
        write_input(json, report);
        write_verdict(json, report);
        write_confirmed(json, report);
        write_ptr(json, report);
        write_findings(json, report);
        write_smtp(json, report);
        write_reverse_zone(json, report);
        write_fix(json, report);
        write_helo(json, report);
        write_receivers(json, report);
        write_authoritative(json, report);
        json.key("queries");
        if (queries) {
            json.array(answers_of(report), [&](const Answer* answer) { write_query(json, *answer); });
        } else {
            json.null();
        }
    });
    out += json.view();
    out += '\n';
}

}  // namespace fcrdns
