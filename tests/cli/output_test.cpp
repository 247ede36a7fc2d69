// SPDX-License-Identifier: MIT
// Output by itself: the order of results, the buffer that makes asking pause, slow readers.
#include "cli/exit/output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "catch.hpp"

using fcrdns::cli::Output;

namespace {

struct Pipe {
    Pipe() { REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0); }
    ~Pipe() {
        close(ends[0]);
        close(ends[1]);
    }
    std::string read_some() {
        std::string text(1U << 20U, '\0');
        const ssize_t count = read(ends[0], text.data(), text.size());
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return text;
    }
    std::array<int, 2> ends{};
};

}  // namespace

TEST_CASE("results leave in the order of their places") {
    Pipe pipe;
    Output output(pipe.ends[1], true, false);
    for (int i = 0; i < 4; ++i) REQUIRE(output.reserve() == static_cast<std::uint64_t>(i));
    output.deliver(2, "c");
    output.deliver(1, "b");
    REQUIRE_FALSE(output.wants_to_write());
    output.deliver(0, "a");
    REQUIRE(output.write_some());
    REQUIRE(pipe.read_some() == "abc");
    output.deliver(3, "");
    REQUIRE_FALSE(output.wants_to_write());
}

TEST_CASE("results that wait for an earlier one fill the buffer and no more") {
    Pipe pipe;
    Output output(pipe.ends[1], true, false);
    constexpr std::size_t size = 1U << 20U;
    output.reserve();
    std::size_t delivered = 0;
    for (; !output.full(); ++delivered) output.deliver(output.reserve(), std::string(size, 'x'));
    REQUIRE(delivered * size >= Output::limit - 2 * size);
    REQUIRE(delivered * size <= Output::limit + 2 * size);
    output.deliver(0, "first");
    REQUIRE(output.full());  // nobody has read yet
    std::size_t seen = 0;
    for (bool first = true; output.wants_to_write(); first = false) {
        REQUIRE(output.write_some());
        const std::string text = pipe.read_some();
        if (first) REQUIRE(text.substr(0, 6) == "firstx");
        seen += text.size();
    }
    REQUIRE(seen == 5 + delivered * size);
    REQUIRE_FALSE(output.full());
}

TEST_CASE("empty results that wait are counted too") {
    Output output(-1, true, false);
    output.reserve();
    std::size_t delivered = 0;
    for (; !output.full() && delivered < 10'000'000; ++delivered) output.deliver(output.reserve(), {});
    REQUIRE(output.full());
}

TEST_CASE("an interrupted run gives out what is there and leaves gaps out") {
    Pipe pipe;
    Output output(pipe.ends[1], true, false);
    for (int i = 0; i < 5; ++i) output.reserve();
    output.deliver(1, "b");
    output.deliver(3, "d");
    output.release_all();
    output.append("!");
    REQUIRE(output.write_all());
    REQUIRE(pipe.read_some() == "bd!");
}

TEST_CASE("a descriptor that cannot be written says why") {
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    Output output(full, false, false);
    output.append("x");
    REQUIRE_FALSE(output.write_all());
    REQUIRE(output.error() == "No space left on device");
    close(full);
}
