// SPDX-License-Identifier: MIT
// Output: order of results, what waits and how much of it, pipes that are full or gone.
#include "cli/exit/output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "random.hpp"

using namespace fcrdns;
using namespace fcrdns::cli;

namespace {

// A file of the test's own that is gone with it.
class File {
public:
    File() : file_(std::tmpfile()) { REQUIRE(file_ != nullptr); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { (void)std::fclose(file_); }
    int descriptor() const { return fileno(file_); }
    std::string content() const {
        std::string text(static_cast<std::size_t>(lseek(descriptor(), 0, SEEK_END)), '\0');
        REQUIRE(pread(descriptor(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
        return text;
    }

private:
    std::FILE* file_;
};

// What stands in the file after everything was written.
std::string written(Output& output, const File& file) {
    REQUIRE(output.write_all());
    return file.content();
}

}  // namespace

TEST_CASE("results leave in the order of their places") {
    const File file;
    Output output(file.descriptor(), true, false);
    output.deliver(2, "c\n");
    output.deliver(1, "b\n");
    CHECK_FALSE(output.wants_to_write());
    output.deliver(0, "a\n");
    CHECK(written(output, file) == "a\nb\nc\n");
    output.deliver(3, "d\n");
    CHECK(written(output, file) == "a\nb\nc\nd\n");
}

TEST_CASE("an empty result still takes its place") {
    const File file;
    Output output(file.descriptor(), true, false);
    output.deliver(2, "c\n");
    output.deliver(0, "");
    CHECK(written(output, file).empty());
    output.deliver(1, "");
    CHECK(written(output, file) == "c\n");
}

TEST_CASE("unordered results leave as they come") {
    const File file;
    Output output(file.descriptor(), false, false);
    output.deliver(2, "c\n");
    CHECK(written(output, file) == "c\n");
    output.deliver(0, "a\n");
    output.append("end\n");
    CHECK(written(output, file) == "c\na\nend\n");
}

TEST_CASE("held back until everything is there") {
    const File file;
    Output output(file.descriptor(), true, true);
    output.deliver(0, "a\n");
    CHECK_FALSE(output.wants_to_write());
    CHECK(output.write_some());
    CHECK(written(output, file).empty());
    output.prepend("how many\n");
    output.append("end\n");
    output.release_all();
    CHECK(written(output, file) == "how many\na\nend\n");
}

TEST_CASE("an interrupted run gives out what is finished, in order, without the gaps") {
    const File file;
    Output output(file.descriptor(), true, false);
    output.deliver(5, "f\n");
    output.deliver(1, "b\n");
    output.deliver(3, "d\n");
    output.deliver(0, "a\n");
    output.release_all();
    output.append("summary\n");
    CHECK(written(output, file) == "a\nb\nd\nf\nsummary\n");
}

TEST_CASE("property: any order of deliveries gives the order of the places") {
    const auto seed = test::test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    test::Random random(seed);
    for (int round = 0; round < 50; ++round) {
        const File file;
        Output output(file.descriptor(), true, false);
        std::vector<std::uint64_t> places(1 + random.below(200));
        std::iota(places.begin(), places.end(), 0U);
        std::string expected;
        for (const std::uint64_t place : places) expected += std::to_string(place) + '\n';
        std::shuffle(places.begin(), places.end(), random.engine());
        for (const std::uint64_t place : places) {
            output.deliver(place, std::to_string(place) + '\n');
            if (random.chance(4)) REQUIRE(output.write_some());
        }
        REQUIRE(written(output, file) == expected);
        REQUIRE_FALSE(output.full());
    }
}

TEST_CASE("48 MiB of waiting results are enough: then asking pauses until the gap is filled") {
    const File file;
    Output output(file.descriptor(), true, false);
    const std::string result(1U << 20U, 'x');
    std::uint64_t delivered = 0;
    while (!output.full()) {
        REQUIRE(delivered < 65);
        output.deliver(++delivered, result);
    }
    CHECK(delivered >= 45);
    output.deliver(0, "first\n");
    CHECK(output.full());  // it only moved from waiting to ready
    REQUIRE(output.write_all());
    CHECK_FALSE(output.full());
    CHECK(file.content().size() == delivered * result.size() + 6);
    CHECK(file.content().compare(0, 7, "first\nx") == 0);
}

TEST_CASE("what is held back may be as much as it likes: the run ends before it is written") {
    Output output(STDOUT_FILENO, true, true);
    output.append(std::string(Output::limit + 1, 'x'));
    CHECK_FALSE(output.full());
}

TEST_CASE("many small results count with what they cost, not only with their text") {
    Output output(STDOUT_FILENO, true, false);
    std::uint64_t delivered = 0;
    while (!output.full() && delivered < Output::limit) {
        output.deliver(++delivered, "");
    }
    CHECK(delivered < Output::limit / 16);
}

TEST_CASE("a slow reader: what does not fit into the pipe waits, and nothing is lost") {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    Output output(ends[1], true, false);
    std::string expected;
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const std::string line = "result number " + std::to_string(i) + '\n';
        output.deliver(i, line);
        expected += line;
        REQUIRE(output.write_some());  // never blocks, although nobody reads yet
    }
    CHECK(output.wants_to_write());
    std::string got;
    std::thread reader([&] {
        std::string buffer(5000, '\0');
        for (ssize_t count = 1; count > 0;) {
            count = read(ends[0], buffer.data(), buffer.size());
            if (count > 0) got.append(buffer, 0, static_cast<std::size_t>(count));
        }
    });
    CHECK(output.write_all());
    close(ends[1]);
    reader.join();
    close(ends[0]);
    CHECK(got == expected);
}

TEST_CASE("a pipe that others made non-blocking") {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    Output output(ends[1], false, false);
    output.append(std::string(1U << 20U, 'x'));
    CHECK(output.write_some());
    CHECK(output.wants_to_write());
    CHECK(output.error().empty());
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("a failed write is kept with the system's words") {
    SECTION("the reader is gone") {
        (void)std::signal(SIGPIPE, SIG_IGN);
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        close(ends[0]);
        Output output(ends[1], true, false);
        output.append("lost\n");
        CHECK_FALSE(output.write_some());
        CHECK(output.error() == "Broken pipe");
        CHECK_FALSE(output.wants_to_write());
        close(ends[1]);
    }
    SECTION("the disk is full") {
        const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
        REQUIRE(full >= 0);
        Output output(full, true, false);
        output.append("lost\n");
        CHECK_FALSE(output.write_all());
        CHECK(output.error() == "No space left on device");
        close(full);
    }
    SECTION("the descriptor is closed") {
        const int closed = dup(STDERR_FILENO);
        REQUIRE(close(closed) == 0);
        Output output(closed, true, false);
        output.append("lost\n");
        CHECK_FALSE(output.write_all());
        CHECK(output.error() == "Bad file descriptor");
    }
}
