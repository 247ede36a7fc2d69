// SPDX-License-Identifier: MIT
// TargetCheck: the work on one target, from its first question to its reports: check, judge, find
// out who runs the reverse zone, compose. A target that is an address has one check; a host name is
// looked up first and then has a check for each of its addresses, and a mail domain for those of each
// of its MX hosts. Does no I/O. A TargetCheck can be started again, with another target, and reuses its
// memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "fcrdns/check.hpp"
#include "fcrdns/report.hpp"
#include "flow/host_addresses.hpp"
#include "flow/target.hpp"

namespace fcrdns {

/// What is asked of every target.
struct TargetCheckOptions {
    bool ask_ipv4 = true;  ///< of host names
    bool ask_ipv6 = true;
    bool mail_domains = false;  ///< host names are mail domains: their MX hosts are checked
    /// Ask for the MX records of a host name that its PTR records do not name: it may be a mail domain.
    bool look_for_mail_hosts = false;
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
        Member(Subject about, std::size_t of_host, const IpAddress& address, const TargetCheckOptions& options)
            : subject(std::move(about)),
              host(of_host),
              check(address, options.helo ? options.helo->name : std::nullopt, options.compose.receivers) {}
        /// The verdict, made once: to be asked for when no answer can change it any more.
        const Verdict& judged();

        Subject subject;
        std::size_t host;  // in hosts_; 0 where none was named
        Check check;
        std::optional<Verdict> verdict;
        bool explained = false;
    };

    std::vector<TargetQuestion> feed_mx(Answer&& answer);
    std::vector<TargetQuestion> feed_host(std::size_t host, Answer&& answer);
    std::vector<TargetQuestion> feed_member(std::uint32_t part, Answer&& answer);
    std::vector<TargetQuestion> ask_for_mail_hosts(const DnsName& name);
    std::vector<TargetQuestion> start_host(const DnsName& name);
    std::vector<TargetQuestion> start_members(std::size_t first);
    void add_member(const IpAddress& address, std::size_t host);
    bool may_be_mail_domain() const;
    std::vector<TargetQuestion> tagged(std::vector<Question> questions, std::uint32_t part);
    void tag(std::vector<Question> questions, std::uint32_t part, std::vector<TargetQuestion>& into);
    std::vector<TargetQuestion> explain(std::uint32_t part);
    bool needs_nothing_more(Member& member) const;
    void add_report(Member& member, std::vector<Report>& reports) const;
    void add_host_reports(std::size_t host, std::vector<Report>& reports);
    Subject subject() const;
    Subject subject_of_host(std::size_t host) const;
    const DnsName* name_given() const;

    InputItem item_;
    const TargetCheckOptions& options_;
    std::vector<HostAddresses> hosts_;  // the host name given, or the MX hosts
    std::shared_ptr<const Answer> mx_;
    bool mx_open_ = false;
    std::vector<Member> members_;
    std::size_t open_ = 0;
};

}  // namespace fcrdns
