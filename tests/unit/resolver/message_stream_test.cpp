// SPDX-License-Identifier: MIT
// Messages cut from a TCP stream, however the octets arrive.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "resolver/message_stream.hpp"

using fcrdns::MessageStream;
using fcrdns::Octets;

namespace {

std::vector<std::uint8_t> framed(const std::vector<std::vector<std::uint8_t>>& messages) {
    std::vector<std::uint8_t> stream;
    for (const auto& message : messages) {
        stream.push_back(static_cast<std::uint8_t>(message.size() >> 8U));
        stream.push_back(static_cast<std::uint8_t>(message.size() & 0xffU));
        stream.insert(stream.end(), message.begin(), message.end());
    }
    return stream;
}

// What comes out when the stream arrives in pieces of `step` octets.
std::vector<std::vector<std::uint8_t>> cut(const std::vector<std::uint8_t>& octets, std::size_t step) {
    MessageStream stream;
    std::vector<std::vector<std::uint8_t>> messages;
    for (std::size_t at = 0; at < octets.size(); at += step) {
        stream.append(Octets(octets).subspan(at, std::min(step, octets.size() - at)));
        while (const auto message = stream.next()) messages.emplace_back(message->begin(), message->end());
    }
    return messages;
}

}  // namespace

TEST_CASE("Messages come whole, whatever the pieces they arrive in") {
    const std::vector<std::vector<std::uint8_t>> messages = {
        {1, 2, 3}, {}, {4}, std::vector<std::uint8_t>(65535, 5), {6, 7}};
    const auto stream = framed(messages);
    for (const std::size_t step : {1U, 2U, 3U, 5U, 1000U, 65535U, 1000000U}) {
        INFO("pieces of " << step);
        CHECK(cut(stream, step) == messages);
    }
}

TEST_CASE("A message that is not complete is not given out") {
    MessageStream stream;
    const std::vector<std::uint8_t> octets = {0, 3, 1, 2};
    stream.append(octets);
    CHECK_FALSE(stream.next());
    SECTION("until its end comes") {
        const std::vector<std::uint8_t> end = {9};
        stream.append(end);
        const auto message = stream.next();
        REQUIRE(message);
        CHECK(std::vector<std::uint8_t>(message->begin(), message->end()) == std::vector<std::uint8_t>{1, 2, 9});
        CHECK_FALSE(stream.next());
    }
    SECTION("and another connection does not continue it") {
        stream.clear();
        const std::vector<std::uint8_t> next = {0, 1, 8};
        stream.append(next);
        const auto message = stream.next();
        REQUIRE(message);
        CHECK(std::vector<std::uint8_t>(message->begin(), message->end()) == std::vector<std::uint8_t>{8});
    }
}
