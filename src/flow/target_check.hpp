// SPDX-License-Identifier: MIT
// Task: the work on one target, from its first question to its reports. A target
// that is an address has one check; a host name is looked up first and then has a
// check for each of its addresses. Does no I/O. A task can be started again, with
// another target, and uses the room that it has.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/run/target_source.hpp"
#include "fcrdns/check.hpp"
#include "fcrdns/report.hpp"

namespace fcrdns::cli {

/// What a run asks of every task.
struct TaskOptions {
    bool ask_ipv4 = true;  ///< of host names
    bool ask_ipv6 = true;
    bool explain = false;      ///< find out who runs the reverse zone where the answers do not say
    std::optional<Helo> helo;  ///< the name said in EHLO, compared with every address
    ComposeOptions compose;
};

/// A question, and the part of the task that its answer belongs to.
struct TaskQuestion {
    Question question;
    std::uint32_t part;
};

class Task {
public:
    explicit Task(const TaskOptions& options) : options_(options) {}

    /// Takes the target and gives the first questions; none for invalid input, which is finished at once.
    std::vector<TaskQuestion> start(SourceItem item);
    /// Takes the answer that belongs to `part`; returns the questions that follow from it.
    std::vector<TaskQuestion> feed(std::uint32_t part, Answer&& answer);
    /// True when every answer is in.
    bool done() const { return open_ == 0; }
    /// True when the answers still missing cannot change a verdict.
    bool settled() const;
    /// True when every address passes and nothing is to be explained: then nothing is worth waiting for.
    bool passes() const;
    /// Ends the task now; what a verdict still needed counts as a timeout.
    void give_up();
    const SourceItem& item() const { return item_; }
    /// Gives the reports, one for each address, in the order of the answers; the task is spent until it is started
    /// again.
    void take_reports(std::vector<Report>& reports);

private:
    struct Member {
        Member(Subject about, const IpAddress& address, const TaskOptions& options)
            : subject(std::move(about)),
              check(address, options.helo ? options.helo->name : std::nullopt, options.compose.receivers) {}
        Subject subject;
        Check check;
        bool explained = false;
    };

    std::vector<TaskQuestion> start_members();
    void add_member(const IpAddress& address);
    std::vector<TaskQuestion> tagged(std::vector<Question> questions, std::uint32_t part);
    void tag(std::vector<Question> questions, std::uint32_t part, std::vector<TaskQuestion>& into);
    std::vector<TaskQuestion> explain(std::uint32_t part);
    void add_host_reports(std::vector<Report>& reports);
    Subject subject_without_address() const;

    SourceItem item_;
    const TaskOptions& options_;
    std::vector<Answer> lookups_;  // of a host name's addresses
    std::vector<Member> members_;
    std::size_t lookups_open_ = 0;
    std::size_t explaining_ = 0;  // members whose reverse zone is being looked for
    std::size_t open_ = 0;
};

}  // namespace fcrdns::cli
