// SPDX-License-Identifier: MIT
// Authoritative lookup: one question on its way through the zones' own servers, as far as it
// has come. What each server said becomes one answer: the records of all of them, the
// chain through several zones, and why there is none. Asks nobody itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fcrdns/answer.hpp"
#include "fcrdns/authoritative_resolver.hpp"

namespace fcrdns {

class AuthoritativeLookup {
public:
    explicit AuthoritativeLookup(const Question& question);

    /// What the resolver itself says of the question.
    void take_view(const Answer& answer);
    /// The resolver's SOA record of the name that is looked for.
    void take_zone(const Answer& answer);
    /// A server with authority of the zone that the chain came through, to ask for the next one; none where it came
    /// through none.
    std::optional<Endpoint> delegating_server() const;
    /// True where that server names the servers of the next zone; it is then the zone.
    bool take_delegation(const Answer& referral);
    /// From now on the replies are those of this zone's servers.
    void enter_zone(const std::vector<NameRecord>& servers);
    /// What the lookup of a server's addresses came to.
    void take_host_answer(const DnsName& server, const Answer& answer);
    void take_reply(const DnsName& server, const Endpoint& endpoint, Answer reply);
    /// Nobody asks the server at this address.
    void take_unasked(const DnsName& server, const Endpoint& endpoint, const CannotAsk& cannot);
    /// The servers that those of this zone name for one below it, which is the zone from now on; none where they name
    /// none.
    std::vector<NameRecord> take_delegated_servers();
    /// True when this process could not ask a server of the zone.
    bool left_unasked() const;
    /// True when a server of the zone answered with authority.
    bool has_authority() const;
    /// Every server of the zone has had its say. True when the chain leads on, to the zone of `owner`.
    bool leads_on();
    /// The zone or its servers are not to be found, which says nothing about the record.
    void give_up(Answer&& failed);
    /// The answer, with what the servers said; the lookup is spent afterwards.
    Answer take();

    Question question;
    DnsName owner;                          ///< whose zone is looked for: the question's name, or the end of its chain
    DnsName candidate;                      ///< the name asked for a SOA on the way up
    DnsName zone;                           ///< the zone whose servers are asked
    std::optional<Answer> without_servers;  ///< why the servers may be those of a zone above the right one
    std::optional<Answer> without_zone;     ///< the resolver's failure where the zone above was asked for it

private:
    void name_the_unreachable();
    void sort_servers();
    void note_no_route();

    Answer answer_;  // what is known so far: the chain, the merged records
    SourceView source_;
    std::vector<std::pair<DnsName, Outcome>> hosts_;  // the zone's servers, and what their A lookup came to
    std::vector<Answer> replies_;
    std::optional<Answer> failed_host_;  // the first lookup of a server's addresses that failed
    std::string no_route_;               // why a server of this zone could not be asked
    std::size_t listed_before_ = 0;      // the servers of the zones that the chain has come through
};

}  // namespace fcrdns
