// SPDX-License-Identifier: MIT
// TargetCheck: the work on one target, from its first question to its reports: check, judge, find
// out who runs the reverse zone, compose. A target that is an address has one check; a host name is
// looked up first and then has a check for each of its addresses. Does no I/O. A TargetCheck can be
// started again, with another target, and reuses its memory.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fcrdns/check.hpp"
#include "fcrdns/report.hpp"
#include "flow/target.hpp"

namespace fcrdns {

/// What is asked of every target.
struct TargetCheckOptions {
    bool ask_ipv4 = true;  ///< of host names
    bool ask_ipv6 = true;
    bool explain = false;      ///< find out who runs the reverse zone where the answers do not say
    std::optional<Helo> helo;  ///< the name said in EHLO, compared with every address
    ComposeOptions compose;
};

/// A question, and the part of the target that its answer belongs to.
struct TargetQuestion {
    Question question;
    std::uint32_t part;
};

class TargetCheck {
public:
    /// `options` are not copied.
    explicit TargetCheck(const TargetCheckOptions& options) : options_(options) {}

    /// Takes the target and gives the first questions; none for invalid input, which is finished at once.
    std::vector<TargetQuestion> start(InputItem item);
    /// Takes the answer that belongs to `part`; returns the questions that follow from it.
    std::vector<TargetQuestion> feed(std::uint32_t part, Answer&& answer);
    /// True when every answer is in, or when every address passes and nothing is to be explained:
    /// then nothing is worth waiting for.
    bool finished();
    /// True when the answers still missing cannot change a verdict.
    bool settled() const;
    /// Ends the check now; what a verdict still needed counts as a timeout, of a server that does not work where
    /// `server_works` says so.
    void give_up(std::optional<bool> server_works = std::nullopt);
    const InputItem& item() const { return item_; }
    /// Gives the reports, one for each address, in the order of the answers, and nothing more until it is started
    /// again.
    void take_reports(std::vector<Report>& reports);

private:
    struct Member {
        Member(Subject about, const IpAddress& address, const TargetCheckOptions& options)
            : subject(std::move(about)),
              check(address, options.helo ? options.helo->name : std::nullopt, options.compose.receivers) {}
        /// The verdict, made once: to be asked for when no answer can change it any more.
        const Verdict& judged();

        Subject subject;
        Check check;
        std::optional<Verdict> verdict;
        bool explained = false;
    };

    std::vector<TargetQuestion> feed_lookup(Answer&& answer);
    std::optional<Question> further_lookup();
    void set_apart_synthesised_addresses();
    std::vector<TargetQuestion> start_members();
    void add_member(const IpAddress& address);
    std::vector<TargetQuestion> tagged(std::vector<Question> questions, std::uint32_t part);
    void tag(std::vector<Question> questions, std::uint32_t part, std::vector<TargetQuestion>& into);
    std::vector<TargetQuestion> explain(std::uint32_t part);
    bool needs_nothing_more(Member& member) const;
    void add_host_reports(std::vector<Report>& reports);
    Subject subject_without_address() const;

    InputItem item_;
    const TargetCheckOptions& options_;
    std::vector<Answer> lookups_;        // of a host name's addresses
    std::optional<Answer> ipv4_lookup_;  // where only the IPv6 addresses are wanted
    std::optional<Answer> prefix_;       // of the network's DNS64
    std::vector<IpAddress> synthesised_;
    std::vector<Member> members_;
    std::size_t lookups_open_ = 0;
    std::size_t open_ = 0;
};

}  // namespace fcrdns
