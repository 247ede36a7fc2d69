// SPDX-License-Identifier: MIT
// Check: which questions an address raises, one step at a time. Does no I/O.
// start() gives the first questions, feed() the ones that an answer raises,
// done() says when the evidence is complete. settled() says when no further
// answer could change the verdict: what is still open serves the explanation.
#pragma once

#include <cstddef>
#include <optional>

#include "fcrdns/evidence.hpp"

namespace fcrdns {

class Check {
public:
    /// A check of `address`; the forward answer of `helo` is evidence too, where a name is given.
    /// `for_receivers`: ask the other family where a forward lookup failed too, and wait for it:
    /// receivers that ask both families defer where one of many names could not be looked up.
    explicit Check(const IpAddress& address, std::optional<DnsName> helo = std::nullopt, bool for_receivers = false);

    /// The first questions.
    std::vector<Question> start();
    /// Takes the answer to a question it gave; returns the questions that follow from it.
    std::vector<Question> feed(Answer answer);
    /// The questions that lead to who runs the reverse zone; none when the evidence says it already.
    /// To be called once, when done(); done() is false again until they are answered.
    std::vector<Question> find_reverse_zone();
    /// The questions that show two common slips with the name given (`host`, else the HELO name): a PTR record
    /// published at the name itself, and a server that sends from another of its addresses than the one set up.
    /// To be called as find_reverse_zone() is.
    std::vector<Question> find_common_mistakes(const std::optional<DnsName>& host);
    /// True when the PTR answer is in.
    bool knows_ptr() const { return ptr_known_; }
    /// True when every question given has its answer.
    bool done() const { return open_ == 0; }
    /// True when the answers still missing cannot change the verdict, nor what receivers do.
    bool settled() const { return needed_open_ == 0; }
    /// The questions that lead to the zone at fault where `failed`, the PTR or a forward lookup, did; none where that
    /// is not to be told. To be called once, when done(), like find_reverse_zone().
    std::vector<Question> find_failed_alias(const Answer& failed);
    /// Ends the check now: what the verdict still needed counts as a timeout, of a server that does not work
    /// where `server_works` says so.
    void give_up(std::optional<bool> server_works = std::nullopt);

    /// The evidence gathered so far.
    const Evidence& evidence() const { return evidence_; }
    /// The evidence gathered, to be moved from; the check is spent afterwards.
    Evidence&& take() { return std::move(evidence_); }

private:
    std::vector<Question> feed_ptr(Answer&& answer);
    void feed_other_ptr(Answer&& answer);
    std::vector<Question> feed_address(Answer&& answer);
    std::vector<Question> feed_soa(Answer&& answer);
    std::vector<Question> feed_alias(Answer&& answer);
    std::vector<Question> feed_servers(Answer&& answer);
    std::vector<Question> take_alias(const DnsName& owner, const DnsName& target);
    std::vector<Question> take_forward(PtrName& name, Answer&& answer);
    bool wants_other_family(const PtrName& name) const;
    std::vector<Question> take_other_family(PtrName& name);
    std::vector<Question> ask(std::vector<Question> questions, bool needed);
    bool is_helo(const DnsName& name) const { return helo_ && *helo_ == name; }

    Evidence evidence_;
    DnsName reverse_name_;
    std::optional<DnsName> helo_;
    bool for_receivers_;
    bool may_be_made_;             // the address, by a DNS64 of an IPv4 one
    bool needs_other_family_;      // the verdict, or what receivers do, hangs on it
    bool discovering_ = false;     // the DNS64's prefix has been asked for
    std::size_t open_ = 0;         // questions given and not yet answered
    std::size_t needed_open_ = 0;  // of those, the ones that may change the result
    bool ptr_known_ = false;
};

}  // namespace fcrdns
