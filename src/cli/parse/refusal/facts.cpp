// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/facts.hpp"

#include <array>
#include <vector>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

// In lower case. A blank stands for one or more blanks or hyphens; a word at the end is a whole one, unless a
// star follows it.
struct Phrase {
    std::string_view words;
    Facts facts;
};

constexpr Facts reverse = fact_of(RefusalCause::reverse_dns);
constexpr Facts blocklist = fact_of(RefusalCause::blocklist) | refusal_words;
constexpr Facts dynamic = fact_of(RefusalCause::dynamic_range) | refusal_words;
constexpr Facts authentication = fact_of(RefusalCause::authentication);
constexpr Facts rate = fact_of(RefusalCause::rate_limit) | refusal_words;
constexpr Facts helo = fact_of(RefusalCause::helo);
constexpr Facts greylisting = fact_of(RefusalCause::greylisting) | refusal_words;
constexpr Facts content = fact_of(RefusalCause::content) | refusal_words;
constexpr Facts recipient = fact_of(RefusalCause::recipient) | refusal_words;

constexpr auto phrases = std::to_array<Phrase>({
    // Mail that goes out.
    {"said:", delivery_failed},
    {"refused to talk to me", delivery_failed},
    {"remote server returned", delivery_failed},
    {"remote server responded", delivery_failed},
    {"other server returned", delivery_failed},
    {"response from the remote server", delivery_failed},
    {"server response was", delivery_failed},
    {"error from remote", delivery_failed},
    {"remote mta", delivery_failed},
    {"diagnostic code", delivery_failed},
    {"final recipient", delivery_failed},
    {"failed recipient*", delivery_failed},
    {"status=bounced", delivery_failed | delivery_line},
    {"status=deferred", delivery_failed | delivery_line},
    {"status=sent", delivery_line},
    {"stat=", delivery_line},
    {"to=<", delivery_line},
    {"[outbound]", delivery_line},
    {"dcid", delivery_line},
    {"mta delivery", delivery_failed | delivery_line},
    {"mta connecting", delivery_line},
    {"mta connected", delivery_line},
    {"smtp out:", delivery_failed | delivery_line},
    {"relay: permfail", delivery_failed | delivery_line},
    {"relay: tempfail", delivery_failed | delivery_line},
    {"generating server", delivery_failed},
    {"original message headers", delivery_failed},
    {"mailer daemon", delivery_failed},
    {"mail delivery s*", delivery_failed},
    {"delivery status notification", delivery_failed},
    {"returned mail", delivery_failed},
    {"undeliver*", delivery_failed},
    {"could not be delivered", delivery_failed},
    {"couldn't be delivered", delivery_failed},
    {"wasn't delivered", delivery_failed},
    {"wasn't able to deliver", delivery_failed},
    {"unable to deliver", delivery_failed},
    {"failed to deliver", delivery_failed},
    {"delivery has failed", delivery_failed},
    {"does not like recipient", delivery_failed},
    {"<<< ", delivery_failed},
    {"<-- ", delivery_failed},
    {"<** ", delivery_failed},
    {" ** ", exim_delivery | delivery_failed},
    {" == ", exim_delivery | delivery_failed},
    {" => ", exim_delivery},
    {" -> ", exim_delivery},
    {"r=dnslookup*", exim_delivery},
    {"t=remote_smtp*", exim_delivery},
    // Mail that comes in.
    {"reject:", own_reject | refusal_words},
    {"reject=", own_reject | refusal_words},
    {"ruleset=", own_reject},
    {"rejected rcpt", own_reject | refusal_words},
    {"rejected mail", own_reject | refusal_words},
    {"rejected ehlo", own_reject | refusal_words},
    {"rejected helo", own_reject | refusal_words},
    {"rejected connection", own_reject | refusal_words},
    {"rejected after data", own_reject | refusal_words},
    {"rejected during", own_reject | refusal_words},
    {"failed command", own_reject | refusal_words},
    {"connect from", client_session},
    {"connection from", client_session},
    {"connected address=", client_session},
    {"event=connected", client_session},
    {"connect ip=", client_session},
    {"new session", client_session},
    {"icid", client_session},
    {"client=", client_session},
    {"client_address=", client_session},
    {"[fcrdns]", client_session | reverse},
    {"rspamd_task_write_log", client_session},
    {"at your service", greeting},
    {"hello", greeting},
    {"pleased to meet you", greeting},
    // Somebody was refused.
    {"refus*", refusal_words},
    {"reject*", refusal_words},
    {"denied", refusal_words},
    {"bounce*", refusal_words},
    {"not accept*", refusal_words},
    {"not allowed", refusal_words},
    {"deferred", refusal_words},
    {"unavailable", refusal_words},
    // Reverse DNS.
    {"ptr", reverse},
    {"ptrs", reverse},
    {"reverse dns", reverse},
    {"reversedns", reverse},
    {"reverse hostname", reverse},
    {"reverse host", reverse},
    {"reverse lookup*", reverse},
    {"reverse (address*", reverse},
    {"reverse address", reverse},
    {"reverse name", reverse},
    {"reverse record", reverse},
    {"reverse ip", reverse},
    {"reverse resol*", reverse},
    {"reverse mapping", reverse},
    {"reverse pointer", reverse},
    {"reverse domain", reverse},
    {"reverse entry", reverse},
    {"rdns*", reverse},
    {"r dns", reverse},
    {"fcrdns", reverse},
    {"forward confirmed", reverse},
    {"iprev", reverse},
    {"find your hostname", reverse},
    {"find your host name", reverse},
    {"no host name found", reverse},
    {"no hostname", reverse},
    {"host lookup failed", reverse},
    {"host lookup did not complete", reverse},
    {"host name lookup", reverse},
    {"hostname lookup", reverse},
    {"ip name lookup failed", reverse},
    {"name lookup failed", reverse},
    {"ip name possibly forged", reverse},
    {"possibly forged", reverse},
    {"may be forged", reverse},
    {"does not resolve to address", reverse},
    {"hostname verification failed", reverse},
    {"verification failed: name", reverse},
    {"address not listed for", reverse},
    {"does not match any ip address", reverse},
    {"5.7.25", reverse},
    {"generic host*", reverse},
    {"generic", reverse},
    {"hfilter_hostname_unknown", reverse},
    {"rdns_none", reverse},
    {"in-addr.arpa", reverse},
    {"ip6.arpa", reverse},
    {"inverse dns", reverse},
    {"dns inverse", reverse},
    {"reverso", reverse},
    {"reverse", reverse},
    // Something else.
    {"blocked using", blocklist},
    {"blacklist*", blocklist},
    {"black list*", blocklist},
    {"blocklist*", blocklist},
    {"block list*", blocklist},
    {"block listed", blocklist},
    {"blocked", blocklist},
    {"listed in", blocklist},
    {"listed by", blocklist},
    {"listed on", blocklist},
    {"listed at", blocklist},
    {"is listed", blocklist},
    {"dnsbl*", blocklist},
    {"rbl", blocklist},
    {"rbls", blocklist},
    {"spamhaus*", blocklist},
    {"zen.spamhaus.org", blocklist},
    {"www.spamhaus.org", blocklist},
    {"spamcop", blocklist},
    {"barracuda*", blocklist},
    {"sorbs", blocklist},
    {"uceprotect*", blocklist},
    {"banned", blocklist},
    {"reputation", blocklist},
    {"(bl)", blocklist},
    {"dynamic", dynamic},
    {"dynamically", dynamic},
    {"dial up", dynamic},
    {"dialup*", dynamic},
    {"residential", dynamic},
    {"(dyn:*", dynamic},
    {"pbl", dynamic},
    {"transient", dynamic},
    {"not authorized to send email directly", dynamic},
    {"spf", authentication},
    {"dkim", authentication},
    {"dmarc", authentication},
    {"authentication", authentication},
    {"unauthenticated", authentication},
    {"5.7.26", authentication},
    {"rate limit*", rate},
    {"unusual rate", rate},
    {"too many connections", rate},
    {"too many sessions", rate},
    {"too many messages", rate},
    {"frequency limited", rate},
    {"temporarily deferred", rate},
    {"throttl*", rate},
    {"helo command rejected", helo},
    {"invalid helo", helo},
    {"bad helo", helo},
    {"helo/ehlo", helo},
    {"greylist*", greylisting},
    {"graylist*", greylisting},
    {"grey list*", greylisting},
    {"spam message", content},
    {"message content", content},
    {"unsolicited*", content},
    {"virus", content},
    {"content spam", content},
    {"user unknown", recipient},
    {"unknown user", recipient},
    {"no such user", recipient},
    {"mailbox unavailable", recipient},
    {"mailbox full", recipient},
    {"relay access denied", recipient},
    {"relaying denied", recipient},
    {"does not exist here", recipient},
});

using Index = std::array<std::vector<std::uint16_t>, 128>;

const Index& index() {
    static const Index built = [] {
        Index of_letters;
        for (std::size_t i = 0; i < phrases.size(); ++i) {
            of_letters[static_cast<unsigned char>(phrases[i].words.front())].push_back(static_cast<std::uint16_t>(i));
        }
        return of_letters;
    }();
    return built;
}

bool stands_at(std::string_view phrase, std::string_view text, std::size_t at) {
    const bool any_end = phrase.back() == '*';
    if (any_end) phrase.remove_suffix(1);
    for (const char c : phrase) {
        if (at == text.size()) return false;
        if (c == ' ') {
            constexpr std::size_t widest = 16;
            const std::size_t begin = at;
            while (at < text.size() && at - begin < widest && (is_blank(text[at]) || text[at] == '-')) ++at;
            if (at == begin) return false;
        } else if (to_lower(text[at++]) != c) {
            return false;
        }
    }
    return any_end || !is_alnum(phrase.back()) || at == text.size() || !is_alnum(text[at]);
}

}  // namespace

Facts facts_in(std::string_view text) {
    Facts facts = 0;
    const Index& of_letters = index();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = to_lower(text[at]);
        if (is_alnum(c) && at > 0 && is_alnum(text[at - 1])) continue;
        const char second = at + 1 < text.size() ? to_lower(text[at + 1]) : '\0';
        for (const std::uint16_t i : of_letters[static_cast<unsigned char>(c) & 0x7fU]) {
            const Phrase& phrase = phrases[i];
            if (phrase.words[1] != second && phrase.words[1] != ' ') continue;
            if ((facts & phrase.facts) != phrase.facts && stands_at(phrase.words, text, at)) facts |= phrase.facts;
        }
    }
    return facts;
}

RefusalCause cause_in(Facts facts) {
    for (auto cause = static_cast<unsigned>(RefusalCause::reverse_dns);
         cause <= static_cast<unsigned>(RefusalCause::recipient); ++cause) {
        if ((facts & fact_of(static_cast<RefusalCause>(cause))) != 0) return static_cast<RefusalCause>(cause);
    }
    return RefusalCause::none;
}

}  // namespace fcrdns::refusal
