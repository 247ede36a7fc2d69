// SPDX-License-Identifier: MIT
// LineReader over pipes: lines as they come, no blocking, nothing kept of what is too long.
#include "cli/run/line_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catch.hpp"

using namespace fcrdns::cli;
using namespace std::string_literals;

namespace {

class Pipe {
public:
    Pipe() { REQUIRE(pipe2(ends_, O_CLOEXEC) == 0); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        end();
        close(ends_[0]);
    }
    int reader() const { return ends_[0]; }
    void put(std::string_view octets) const { REQUIRE(writes(octets)); }
    // For a thread of its own: Catch2's macros are for one thread at a time.
    bool writes(std::string_view octets) const {
        while (!octets.empty()) {
            const ssize_t count = write(ends_[1], octets.data(), octets.size());
            if (count <= 0) return false;
            octets.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    void end() {
        if (ends_[1] >= 0) close(ends_[1]);
        ends_[1] = -1;
    }

private:
    int ends_[2] = {-1, -1};
};

std::string next(LineReader& reader) {
    std::string_view line;
    switch (reader.next(line)) {
        case Pull::ready: return "line " + std::string(line);
        case Pull::waiting: return "waiting";
        case Pull::busy: return "busy";
        case Pull::end: break;
    }
    return "end";
}

// All lines of an input that is complete.
std::vector<std::string> lines_of(const std::string& octets) {
    Pipe pipe;
    bool written = false;
    std::thread writer([&] {
        written = pipe.writes(octets);
        pipe.end();
    });
    LineReader reader(pipe.reader(), false);
    std::vector<std::string> lines;
    std::string_view line;
    for (Pull pulled = reader.next(line); pulled != Pull::end; pulled = reader.next(line)) {
        if (pulled == Pull::ready) lines.emplace_back(line);
        if (pulled == Pull::ready) CHECK(reader.line_number() == lines.size());
    }
    writer.join();
    CHECK(written);
    CHECK(reader.error().empty());
    return lines;
}

}  // namespace

TEST_CASE("each line is given once, without its line feed") {
    using Lines = std::vector<std::string>;
    CHECK(lines_of("") == Lines{});
    CHECK(lines_of("a") == Lines{"a"});
    CHECK(lines_of("a\n") == Lines{"a"});
    CHECK(lines_of("a\nb") == Lines{"a", "b"});
    CHECK(lines_of("\n\n") == Lines{"", ""});
    CHECK(lines_of("a\r\nb\r\n") == Lines{"a\r", "b\r"});
    CHECK(lines_of("a\0b\n\0\n"s) == Lines{"a\0b"s, "\0"s});
    CHECK(lines_of("\xef\xbb\xbf"
                   "a\n\xef\xbb\xbf"
                   "b\n") == Lines{"a",
                                   "\xef\xbb\xbf"
                                   "b"});
    CHECK(lines_of("\xef\xbb\xbf") == Lines{""});
    CHECK(lines_of("\xff\xfe\x80\n\x1b[2J\n") == Lines{"\xff\xfe\x80", "\x1b[2J"});
}

TEST_CASE("a line is given when it is there, without waiting for more input") {
    Pipe pipe;
    LineReader reader(pipe.reader(), false);
    CHECK(next(reader) == "waiting");
    pipe.put("first\nsec");
    CHECK(next(reader) == "line first");
    CHECK(next(reader) == "waiting");
    pipe.put("ond\n");
    CHECK(next(reader) == "line second");
    CHECK(reader.line_number() == 2);
    CHECK(next(reader) == "waiting");
    pipe.put("last");
    CHECK(next(reader) == "waiting");
    pipe.end();
    CHECK(next(reader) == "line last");
    CHECK(next(reader) == "end");
    CHECK(next(reader) == "end");
    CHECK(reader.descriptor() == pipe.reader());
}

TEST_CASE("of an endless line only a little is kept, as one line, and the next one is read") {
    const std::string endless(20U << 20U, 'x');
    const auto lines = lines_of("before\n" + endless + "\nafter\n" + endless);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == "before");
    CHECK(lines[1].size() >= 256);
    CHECK(lines[1].size() <= 70000);
    CHECK(lines[1].find_first_not_of('x') == std::string::npos);
    CHECK(lines[2] == "after");
    CHECK(lines[3].find_first_not_of('x') == std::string::npos);
}

TEST_CASE("lines around the longest that is kept come out whole or cut, but each once") {
    for (const std::size_t length : {4094U, 4095U, 4096U, 4097U, 65535U, 65536U, 65537U}) {
        CAPTURE(length);
        const auto lines = lines_of(std::string(length, 'a') + "\nb\n" + std::string(length, 'c'));
        REQUIRE(lines.size() == 3);
        CHECK(lines[0] == std::string(std::min<std::size_t>(length, lines[0].size()), 'a'));
        CHECK(lines[0].size() >= std::min<std::size_t>(length, 4096));
        CHECK(lines[1] == "b");
    }
}

TEST_CASE("a hundred thousand lines, in order") {
    std::string octets;
    for (int i = 0; i < 100000; ++i) octets += std::to_string(i) + '\n';
    const auto lines = lines_of(octets);
    REQUIRE(lines.size() == 100000);
    for (std::size_t i = 0; i < lines.size(); ++i) REQUIRE(lines[i] == std::to_string(i));
}

TEST_CASE("UTF-16 is noticed at the very start") {
    for (const std::string& octets : {"\xff\xfe"
                                      "1\0\n\0"s,
                                      "\xfe\xff\0"
                                      "1\0\n"s}) {
        Pipe pipe;
        pipe.put(octets);
        LineReader reader(pipe.reader(), false);
        CHECK(next(reader).starts_with("line "));
        CHECK(reader.is_utf16());
    }
    Pipe pipe;
    pipe.put("1\n\xff\xfe\n");
    LineReader reader(pipe.reader(), false);
    (void)next(reader);
    (void)next(reader);
    CHECK_FALSE(reader.is_utf16());
}

TEST_CASE("a read error ends the input and says so") {
    const int directory = open("/", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    REQUIRE(directory >= 0);
    LineReader reader(directory, true);
    CHECK(next(reader) == "end");
    CHECK(reader.error() == "Is a directory");
}

TEST_CASE("a descriptor that it owns is closed once, also after a move") {
    Pipe pipe;
    const int copy = fcntl(pipe.reader(), F_DUPFD_CLOEXEC, 0);
    REQUIRE(copy >= 0);
    pipe.put("a\nb\n");
    {
        LineReader first(copy, true);
        CHECK(next(first) == "line a");
        LineReader second(std::move(first));
        CHECK(next(second) == "line b");
        CHECK(second.line_number() == 2);
        CHECK(fcntl(copy, F_GETFD) >= 0);
    }
    CHECK(fcntl(copy, F_GETFD) < 0);
    { LineReader borrowed(pipe.reader(), false); }
    CHECK(fcntl(pipe.reader(), F_GETFD) >= 0);
}

TEST_CASE("a line without end leaves others their turn, and is given once") {
    const int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    REQUIRE(zeros >= 0);
    LineReader reader(zeros, true);
    CHECK(next(reader) == "line " + std::string(4096, '\0'));
    CHECK(reader.was_cut());
    for (int i = 0; i < 3; ++i) CHECK(next(reader) == "busy");
    CHECK(reader.line_number() == 1);
}
