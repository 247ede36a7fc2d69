// SPDX-License-Identifier: MIT
// Check: which questions an address raises, one step at a time. Does no I/O.
// start() gives the first questions, feed() the ones that an answer raises,
// done() says when the evidence is complete. settled() says when no further
// answer could change the verdict: what is still open serves the explanation.
#pragma once

#include <cstddef>
#include <vector>

#include "fcrdns/evidence.hpp"

namespace fcrdns {

class Check {
public:
    enum class Depth {
        verdict,      ///< only what the verdict needs, and the other family after `nodata`
        explanation,  ///< also who runs the reverse zone, where the answers do not say
    };

    Check(const IpAddress& address, Depth depth);

    /// The first question.
    std::vector<Question> start();
    /// Takes the answer to a question it gave; returns the questions that follow from it.
    std::vector<Question> feed(Answer answer);
    /// True when every question given has its answer.
    bool done() const { return open_ == 0; }
    /// True when the answers still missing cannot change the verdict.
    bool settled() const;
    /// Ends the check now: every lookup still open that the verdict needs becomes a timeout.
    void give_up();
    /// The evidence gathered; the check is spent afterwards.
    Evidence take();

private:
    std::vector<Question> feed_ptr(Answer answer);
    std::vector<Question> feed_forward(Answer answer);
    std::vector<Question> feed_soa(const Answer& answer);
    std::vector<Question> walk_from(DnsName name);

    Evidence evidence_;
    DnsName reverse_name_;
    Depth depth_;
    std::size_t open_ = 0;          // questions given and not yet fed
    std::size_t needed_open_ = 0;   // of those, the ones the verdict needs
    bool ptr_known_ = false;
};

}  // namespace fcrdns
