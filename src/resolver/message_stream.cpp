// SPDX-License-Identifier: MIT
#include "resolver/message_stream.hpp"

namespace fcrdns {

void MessageStream::append(Octets octets) {
    octets_.erase(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(read_));
    read_ = 0;
    octets_.insert(octets_.end(), octets.begin(), octets.end());
}

std::optional<Octets> MessageStream::next() {
    const Octets left = Octets(octets_).subspan(read_);
    if (left.size() < 2) return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(left[0]) << 8U | left[1];
    if (left.size() < 2 + size) return std::nullopt;
    read_ += 2 + size;
    return left.subspan(2, size);
}

void MessageStream::clear() {
    octets_.clear();
    read_ = 0;
}

}  // namespace fcrdns
