// SPDX-License-Identifier: MIT
// Message stream: the DNS messages in what a TCP connection brings, each behind two
// octets that tell its length (RFC 1035 4.2.2). Pure; holds at most one message that
// is not complete yet, and what came with its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "resolver/message.hpp"

namespace fcrdns {

class MessageStream {
public:
    /// Takes the next octets of the stream; views from next() end here.
    void append(Octets octets);
    /// The next complete message, or nothing until more octets come.
    std::optional<Octets> next();
    /// Forgets everything: the next octets are those of another connection.
    void clear();

private:
    std::vector<std::uint8_t> octets_;
    std::size_t read_ = 0;  // so many of them were given out
};

}  // namespace fcrdns
