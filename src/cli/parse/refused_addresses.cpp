// SPDX-License-Identifier: MIT
#include "cli/parse/refused_addresses.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "cli/parse/refusal/address_tokens.hpp"
#include "cli/parse/refusal/facts.hpp"
#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/passages.hpp"
#include "cli/parse/refusal/plain_text.hpp"
#include "cli/parse/refusal/received.hpp"
#include "cli/parse/refusal/reply_reader.hpp"
#include "cli/parse/refusal/roles.hpp"
#include "cli/parse/refusal/surroundings.hpp"
#include "fcrdns/special_use.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

using namespace refusal;

// How well a text shows that an address was refused. Only addresses of the best kind that it has are taken.
enum class Ground : unsigned char {
    header,   // a message's own headers name the client that brought it
    session,  // a server's log of a client, without a refusal
    named,    // a sentence about reverse DNS or a blocklist names it; the own side of a conversation
    refused,  // a reply that refuses, or a server's line about a refused client
};

struct Candidate {
    AddressToken token;
    Ground ground;
    std::size_t line;
    std::size_t words_begin;  // where the sentence about it begins
    std::size_t words_end;
    std::size_t group;  // of several candidates of one reply or line, at most one is taken
    unsigned weight;    // within the group
    Facts facts;
    bool own_server;
};

constexpr std::size_t most_candidates = 400000;  // a log of 16 MiB has half as many lines
constexpr std::size_t most_receivers = 65536;
constexpr unsigned told_by_words = 3;

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}
    TextFindings read();

private:
    void read_passage(const Passage& passage);
    void read_field_received(const Passage& passage);
    void read_address(const AddressToken& token, const Passage& passage, const ReplyReader& reply);
    void add(const AddressToken& token, Ground ground, unsigned weight, const Passage& passage,
             std::size_t words_begin);
    void begin_reply(std::size_t at);
    bool introduces_itself(const Surroundings& around, const ReplyReader& reply) const;
    void note_receiver(const IpAddress& address);
    std::size_t line_of(std::size_t at);
    void take_hop();
    std::vector<RefusedAddress> take_best(Facts all);
    std::string words_around(const Candidate& candidate) const;

    std::string_view text_;
    std::vector<Candidate> candidates_;
    std::set<IpAddress> receivers_;
    std::vector<IpAddress> receivers_in_order_;
    std::vector<std::pair<Hop, Candidate>> hops_;
    Facts facts_ = 0;  // of the passage
    Facts all_ = 0;
    bool refuses_ = false;  // there is a reply that refuses, other than in a server's own log
    bool of_headers_ = false;
    std::size_t group_ = 0;
    std::size_t counted_to_ = 0;
    std::size_t lines_ = 1;
};

std::size_t Reader::line_of(std::size_t at) {
    for (; counted_to_ < at; ++counted_to_) {
        if (text_[counted_to_] == '\n' || text_[counted_to_] == counted_blank) ++lines_;
    }
    return lines_;
}

void Reader::note_receiver(const IpAddress& address) {
    if (receivers_.size() >= most_receivers || !receivers_.insert(address).second) return;
    constexpr std::size_t most_named = 8;
    if (receivers_in_order_.size() < most_named) receivers_in_order_.push_back(address);
}

void Reader::add(const AddressToken& token, Ground ground, unsigned weight, const Passage& passage,
                 std::size_t words_begin) {
    if (candidates_.size() >= most_candidates) return;
    const bool own = (facts_ & own_reject) != 0 && (facts_ & delivery_failed) == 0;
    candidates_.push_back({token, ground, line_of(token.begin), std::max(words_begin, passage.begin), text_.size(),
                           group_, weight, facts_, own});
}

void Reader::read_field_received(const Passage& passage) {
    const auto hop = read_received(text_, passage.begin, passage.end);
    constexpr std::size_t most_hops = 64;
    if (!hop || hops_.size() == most_hops) return;
    hops_.emplace_back(*hop, Candidate{hop->from, Ground::header, line_of(hop->from.begin), passage.begin, text_.size(),
                                       ++group_, told_by_words, facts_, false});
}

// Replies have one client, and lines of a log too.
void Reader::read_address(const AddressToken& token, const Passage& passage, const ReplyReader& reply) {
    const Surroundings around = surroundings_of(text_, token, passage.begin);
    const Role role = token.reverse_name ? Role::client : role_of(around, facts_);
    if (role == Role::ignored) return;
    const bool own_log = (facts_ & own_reject) != 0 && (facts_ & delivery_failed) == 0;
    if (role == Role::receiver) return note_receiver(token.address);
    const bool loopback = token.address.is_ipv4() && token.address.bytes()[0] == 127;
    if (loopback && !(own_log && role == Role::client)) return;  // a blocklist's answer, or a filter on the same host
    const bool told = role == Role::client || role == Role::sender;
    if (reply.refuses()) {
        // `<[192.0.2.1]>: Helo command rejected`: what the client said.
        if (around.angle && around.open == '[' && around.name.empty()) return;
        // " - 4.16.55.1": a provider's error number.
        if (!told && around.joint == '-' && around.open == 0 && around.before == ' ') return;
        if (!told && introduces_itself(around, reply)) return note_receiver(token.address);
        return add(token, Ground::refused, told ? told_by_words : around.open == '[' ? 2 : 1, passage, reply.begin);
    }
    if (reply.greets() && (facts_ & greeting) != 0) return add(token, Ground::named, 1, passage, reply.begin);
    const bool cause_told = (facts_ & every_cause) != 0;
    if (!told) {
        if (!cause_told || !begins_with_verdict(around.after)) return;
        return add(token, passage.timed ? Ground::session : Ground::named, 2, passage, passage.begin);
    }
    if (own_log) return add(token, Ground::refused, told_by_words, passage, passage.begin);
    if (role == Role::sender) return add(token, Ground::named, told_by_words, passage, passage.begin);
    if (passage.field == Field::evidence || token.reverse_name) {
        const Ground ground = token.reverse_name ? Ground::named : Ground::header;
        return add(token, ground, told_by_words, passage, passage.begin);
    }
    if ((facts_ & client_session) != 0 || passage.timed) {
        return add(token, Ground::session, told_by_words, passage, passage.begin);
    }
    if (cause_told) return add(token, Ground::named, told_by_words, passage, passage.begin);
    if (around.joint == '=' || around.joint == ':') add(token, Ground::header, 1, passage, passage.begin);
}

// What a further line says of another client is no word about the last one.
void Reader::begin_reply(std::size_t at) {
    for (auto c = candidates_.rbegin(); c != candidates_.rend() && c->group == group_; ++c) {
        const std::string_view between = text_.substr(c->token.end, at - c->token.end);
        if (std::any_of(between.begin(), between.end(), ends_line)) c->words_end = at;
    }
    ++group_;
}

void Reader::read_passage(const Passage& passage) {
    facts_ = facts_in(text_.substr(passage.begin, passage.end - passage.begin));
    all_ |= facts_ & (passage.field == Field::ignored ? delivery_failed : ~Facts{0});
    if (passage.field == Field::received) return read_field_received(passage);
    if (passage.field == Field::ignored) return;
    ++group_;
    ReplyReader reply;
    std::size_t at = passage.begin;
    const std::string_view upto = text_.substr(0, passage.end);
    while (const auto run = next_run(upto, at)) {
        at = run->end;
        if (reply.read(upto, *run, passage.begin)) begin_reply(reply.begin);
        refuses_ = refuses_ || (reply.refuses() && (facts_ & own_reject) == 0);
        if (const auto token = address_in(upto, *run)) read_address(*token, passage, reply);
    }
}

// `554 mx.example [192.0.2.1]`: a name right behind the code is the server's own.
bool Reader::introduces_itself(const Surroundings& around, const ReplyReader& reply) const {
    if (around.name.empty() || around.angle || begins_with_verdict(around.after)) return false;
    const auto name = static_cast<std::size_t>(around.name.data() - text_.data());
    return name > reply.begin && name - reply.begin <= 5;
}

// The hop at the border of the receiver's servers is the one that a receiver judges.
void Reader::take_hop() {
    const auto is_public = [](const Hop& hop) { return !has_local_scope(hop.from.address); };
    auto chosen = std::find_if(hops_.begin(), hops_.end(), [&](const auto& h) {
        return is_public(h.first) && !h.first.within_domain && !h.first.submission;
    });
    if (chosen == hops_.end()) {
        chosen = std::find_if(hops_.begin(), hops_.end(), [&](const auto& h) { return !h.first.submission; });
    }
    if (chosen != hops_.end()) candidates_.push_back(chosen->second);
}

std::string Reader::words_around(const Candidate& candidate) const {
    constexpr std::size_t before = 72;
    constexpr std::size_t behind = 40;
    std::size_t begin = candidate.words_begin;
    if (candidate.token.begin - begin > before) {
        begin = candidate.token.begin - before;
        while (begin < candidate.token.begin && !is_blank(text_[begin])) ++begin;
    }
    std::size_t end = std::min(candidate.token.end + behind, candidate.words_end);
    while (end < candidate.words_end && end > candidate.token.end && !is_blank(text_[end])) --end;
    std::string words;
    for (const char c : text_.substr(begin, end - begin)) {
        if (!is_blank(c)) {
            words += c;
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    return printable(without_outer_blanks(words));
}

std::vector<RefusedAddress> Reader::take_best(Facts all) {
    // What a server's log or a message's headers say of clients is about other mail where the text is a bounce.
    const bool bounce = (all & delivery_failed) != 0 || refuses_;
    Ground best = Ground::header;
    const auto counts = [&](const Candidate& c) {
        if (bounce && c.ground < Ground::named) return false;
        return c.weight == told_by_words || receivers_.find(c.token.address) == receivers_.end();
    };
    for (const Candidate& c : candidates_) {
        if (counts(c)) best = std::max(best, c.ground);
    }
    std::vector<RefusedAddress> taken;
    std::set<IpAddress> known;
    for (auto c = candidates_.begin(); c != candidates_.end();) {
        const auto group_end =
            std::find_if(c, candidates_.end(), [&](const Candidate& other) { return other.group != c->group; });
        const Candidate* chosen = nullptr;
        for (; c != group_end; ++c) {
            if (c->ground == best && counts(*c) && (chosen == nullptr || c->weight > chosen->weight)) chosen = &*c;
        }
        if (chosen == nullptr || !known.insert(chosen->token.address).second) continue;
        const RefusalCause own = cause_in(chosen->facts);
        taken.push_back({chosen->token.address, chosen->line, words_around(*chosen),
                         own == RefusalCause::none ? cause_in(all) : own, chosen->own_server});
        of_headers_ = best == Ground::header;
        if (of_headers_) break;  // further headers speak of earlier hops
    }
    return taken;
}

TextFindings Reader::read() {
    Passage passage;
    bool first = true;
    TextFindings findings;
    while (next_passage(text_, passage)) {
        if (std::exchange(first, false)) findings.log_line = passage.timed;
        read_passage(passage);
    }
    take_hop();
    findings.refused = take_best(all_);
    findings.of_headers = of_headers_;
    findings.receivers = std::move(receivers_in_order_);
    return findings;
}

}  // namespace

TextFindings read_refusals(std::string_view text) {
    const std::string plain = plain_text(text);
    return Reader(plain).read();
}

std::string_view cause_text(RefusalCause cause) {
    switch (cause) {
        case RefusalCause::none: return "";
        case RefusalCause::reverse_dns: return "reverse DNS";
        case RefusalCause::blocklist: return "a blocklist or a bad reputation";
        case RefusalCause::dynamic_range: return "a list of dynamic addresses";
        case RefusalCause::authentication: return "authentication (SPF, DKIM, DMARC)";
        case RefusalCause::rate_limit: return "a rate limit";
        case RefusalCause::helo: return "the name said in HELO";
        case RefusalCause::greylisting: return "greylisting";
        case RefusalCause::content: return "the content of the message";
        case RefusalCause::recipient: return "the recipient's address";
    }
    return "";
}

}  // namespace fcrdns
