// SPDX-License-Identifier: MIT
// HostAddresses: the lookups that give the addresses of one host name, those set apart that a DNS64 made. Does no I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

class HostAddresses {
public:
    /// The addresses of `name`, of the families wanted, at most `most` of each; of a name that is no host name nothing
    /// is asked.
    HostAddresses(const DnsName& name, bool ask_ipv4, bool ask_ipv6, std::size_t most);

    /// The first questions.
    std::vector<Question> start() const;
    /// Takes the answer to a question it gave; returns the questions that follow from it.
    std::vector<Question> feed(Answer&& answer);
    /// True when every question given has its answer.
    bool done() const { return open_ == 0; }
    /// Ends the lookups now; one that is open counts as a timeout, of a server that does not work where
    /// `server_works` says so.
    void give_up(std::optional<bool> server_works);

    const DnsName& name() const { return name_; }
    /// The answer for each family wanted; of one that is open, a timeout.
    const std::vector<Answer>& lookups() const { return lookups_; }
    /// The IPv6 addresses that the resolver made of the host's IPv4 ones (RFC 6147).
    const std::vector<IpAddress>& synthesised() const { return synthesised_; }

private:
    std::optional<Question> further_lookup() const;
    void set_apart_synthesised_addresses();

    DnsName name_;
    std::size_t most_;
    std::vector<Answer> lookups_;
    std::optional<Answer> other_lookup_;  // of the family that is not wanted, where it tells more of the other
    std::optional<Answer> prefix_;        // of the network's DNS64
    std::vector<IpAddress> synthesised_;
    std::size_t open_ = 0;
};

}  // namespace fcrdns
