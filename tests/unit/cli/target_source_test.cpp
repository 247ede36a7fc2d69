// SPDX-License-Identifier: MIT
// TargetSource: operands, lists and blocks as one stream of items, each line exactly once.
#include "cli/run/target_source.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace fcrdns;
using namespace fcrdns::cli;
using namespace std::string_literals;

namespace {

// A list in a file of the test's own.
class List {
public:
    explicit List(const std::string& content) {
        const int descriptor = mkstemp(path_.data());
        REQUIRE(descriptor >= 0);
        REQUIRE(write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
        close(descriptor);
    }
    List(const List&) = delete;
    List& operator=(const List&) = delete;
    ~List() { unlink(path_.c_str()); }
    const std::string& path() const { return path_; }

private:
    std::string path_ = "/tmp/fcrdns-list-XXXXXX";
};

std::string text(const InputItem& item) {
    std::string out = item.line ? std::to_string(*item.line) + ':' : std::string();
    if (const auto* address = std::get_if<AddressTarget>(&item.target)) {
        out += address->address.to_text();
        return address->block_length ? out + '/' + std::to_string(*address->block_length) : out;
    }
    if (const auto* host = std::get_if<HostTarget>(&item.target)) return out + host->name.to_text();
    return out + "invalid";
}

std::vector<std::string> all(TargetSource& source) {
    std::vector<std::string> items;
    InputItem item;
    for (Pull pulled = source.next(item); pulled != Pull::end; pulled = source.next(item)) {
        if (pulled == Pull::ready) items.push_back(text(item));
    }
    return items;
}

std::vector<std::string> of_list(const std::string& content) {
    const List list(content);
    Options options;
    options.file = list.path();
    TargetSource source(options, true);
    return all(source);
}

using Items = std::vector<std::string>;

}  // namespace

TEST_CASE("operands, in their order, with blocks expanded") {
    Options options;
    options.operands = {"203.0.113.1", "192.0.2.254/31", "mail.example.com", "1.2.3", "2001:db8::/127"};
    TargetSource source(options, true);
    CHECK(source.total() == 7U);
    CHECK(all(source) == Items{"203.0.113.1", "192.0.2.254/31", "192.0.2.255/31", "mail.example.com", "invalid",
                               "2001:db8::/127", "2001:db8::1/127"});
    InputItem item;
    CHECK(source.next(item) == Pull::end);
}

TEST_CASE("lines of a list: comments, blanks, line ends, a byte order mark") {
    CHECK(of_list("203.0.113.1\n203.0.113.2\n") == Items{"1:203.0.113.1", "2:203.0.113.2"});
    CHECK(of_list("203.0.113.1") == Items{"1:203.0.113.1"});
    CHECK(of_list("203.0.113.1\r\n203.0.113.2\r\n") == Items{"1:203.0.113.1", "2:203.0.113.2"});
    CHECK(of_list("\xef\xbb\xbf"
                  "203.0.113.1\n") == Items{"1:203.0.113.1"});
    CHECK(of_list("# all of them\n\n  \t\n203.0.113.1 # the first\n#\n203.0.113.2\t#\n") ==
          Items{"4:203.0.113.1", "6:203.0.113.2"});
    CHECK(of_list("192.0.2.0/31\n203.0.113.1\n") == Items{"1:192.0.2.0/31", "1:192.0.2.1/31", "2:203.0.113.1"});
    CHECK(of_list("").empty());
    CHECK(of_list("\n\n\n").empty());
}

TEST_CASE("each bad line is one invalid item, and the rest goes on") {
    CHECK(of_list("203.0.113.1 trailing\n203.0.113.2\n") == Items{"1:invalid", "2:203.0.113.2"});
    CHECK(of_list("203.0.113.1,\nmail#1.example\n") == Items{"1:invalid", "2:invalid"});
    CHECK(of_list("203.0.113.1\0\n203.0.113.2\n"s) == Items{"1:invalid", "2:203.0.113.2"});
    CHECK(of_list(std::string(1U << 20U, 'x') + "\n203.0.113.2\n") == Items{"1:invalid", "2:203.0.113.2"});
    CHECK(of_list("10.0.0.0/8\n192.0.2.1/24\n") == Items{"1:invalid", "2:invalid"});
    CHECK(of_list("-\n--json\n@192.0.2.1\n") == Items{"1:invalid", "2:invalid", "3:invalid"});
    CHECK(of_list("\xff\xfe"
                  "1\0.\0\n\0"s) == Items{"1:invalid", "2:invalid"});
}

TEST_CASE("the sentence names the list and the line") {
    const List list("ok.example\n1.2.3\n");
    Options options;
    options.file = list.path();
    TargetSource source(options, true);
    CHECK_FALSE(source.total());
    InputItem item;
    REQUIRE(source.next(item) == Pull::ready);
    REQUIRE(source.next(item) == Pull::ready);
    CHECK(std::get<Error>(item.target).message.starts_with(list.path() + ":2: 1.2.3: an IPv4 address is four"));
    CHECK(item.input == "1.2.3");
    CHECK(source.next(item) == Pull::end);
    CHECK(source.take_problems().empty());
}

TEST_CASE("of a very long input only the beginning is kept") {
    Options options;
    options.operands = {std::string(100000, 'a')};
    TargetSource source(options, true);
    InputItem item;
    REQUIRE(source.next(item) == Pull::ready);
    CHECK(item.input == std::string(256, 'a'));
}

TEST_CASE("lists that cannot be read are told, and the other targets go on") {
    Options options;
    options.operands = {"203.0.113.1", "-"};
    options.file = "/nonexistent/list";
    TargetSource source(options, false);
    CHECK(all(source) == Items{"203.0.113.1"});
    const auto problems = source.take_problems();
    REQUIRE(problems.size() == 2);
    CHECK(problems[0] == "standard input is closed, so there is no list to read");
    CHECK(problems[1] == "/nonexistent/list: cannot be read: No such file or directory");
    options.operands.clear();
    options.file = "/";
    TargetSource directory(options, true);
    CHECK(all(directory).empty());
    CHECK(directory.take_problems() == Items{"/: cannot be read: Is a directory"});
}

TEST_CASE("a block as large as the limit is expanded lazily") {
    Options options;
    options.operands = {"0.0.0.0/0"};
    options.limit = std::uint64_t{1} << 32U;
    TargetSource source(options, true);
    CHECK(source.total() == std::uint64_t{1} << 32U);
    InputItem item;
    for (int i = 0; i < 1000; ++i) REQUIRE(source.next(item) == Pull::ready);
    CHECK(text(item) == "0.0.3.231/0");
    options.operands = {"255.255.255.254/31", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"};
    TargetSource end(options, true);
    CHECK(all(end) == Items{"255.255.255.254/31", "255.255.255.255/31", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"});
}

TEST_CASE("comments without a target leave others their turn") {
    std::string content;
    for (int i = 0; i < 100'000; ++i) content += i % 2 == 0 ? "# a comment\n" : "\n";
    const List list(content + "192.0.2.1\n");
    Options options;
    options.file = list.path();
    TargetSource source(options, true);
    InputItem item;
    unsigned turns = 0;
    Pull pulled = source.next(item);
    for (; pulled == Pull::busy; pulled = source.next(item)) ++turns;
    CHECK(turns > 10);
    REQUIRE(pulled == Pull::ready);
    CHECK(text(item) == "100001:192.0.2.1");
    CHECK(source.next(item) == Pull::end);
}

TEST_CASE("operands with blanks are texts, of which the refused client is taken") {
    Options options;
    options.operands = {"450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.1]"};
    TargetSource source(options, true);
    CHECK(source.total() == 1U);
    CHECK(source.is_one_target());
    InputItem item;
    REQUIRE(source.next(item) == Pull::ready);
    CHECK(text(item) == "203.0.113.1");
    REQUIRE(item.taken_from);
    CHECK_FALSE(item.taken_from->file);
    CHECK(item.taken_from->line == 1);
    CHECK(item.taken_from->words.find("[203.0.113.1]") != std::string::npos);
    CHECK(source.next(item) == Pull::end);
}

TEST_CASE("an operand that names only the receiver is refused with what it names") {
    Options options;
    options.operands = {
        "host mx1.shop.example[192.0.2.6] refused to talk to me: 421 Your reverse DNS does not resolve"};
    TargetSource source(options, true);
    InputItem item;
    REQUIRE(source.next(item) == Pull::ready);
    REQUIRE(std::holds_alternative<Error>(item.target));
    CHECK(std::get<Error>(item.target)
              .message.ends_with(": names only the receiver, 192.0.2.6; give your server's address or host name"));
}

TEST_CASE("--bounce reads a file as one text") {
    const List bounce(
        "<ann@shop.example>: host mx1.shop.example[192.0.2.6] said: 450 4.7.25\n"
        "    Client host rejected: cannot find your hostname,\n    [203.0.113.1] (in reply to RCPT TO)\n");
    Options options;
    options.bounce = bounce.path();
    TargetSource source(options, true);
    CHECK(source.is_one_target());
    InputItem item;
    REQUIRE(source.next(item) == Pull::ready);
    CHECK(text(item) == "203.0.113.1");
    CHECK_FALSE(item.line);
    REQUIRE(item.taken_from);
    CHECK(item.taken_from->file == bounce.path());
    CHECK(item.taken_from->line == 3);

    options.bounce = "/nonexistent/bounce";
    TargetSource missing(options, true);
    CHECK(missing.next(item) == Pull::end);
    REQUIRE(missing.take_problems().size() == 1);
}

TEST_CASE("lines of a log: each client once, other lines skipped, other words refused") {
    const std::string refused =
        "Mar  3 10:11:14 mx postfix/smtpd[8]: NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 450 "
        "4.7.25 Client host rejected: cannot find your hostname, [198.51.100.4]; from=<a@b.example>\n";
    CHECK(of_list("Mar  3 10:11:12 mx postfix/anvil[9]: statistics: max cache size 2\n" + refused + refused +
                  "203.0.113.1 # by hand\n203.0.113.2 trailing words\n"
                  "2026-03-03 10:11:12 #123(rspamd_proxy) <a1>; rspamd_task_write_log: id: <x>, ip: 198.51.100.5, "
                  "from: x\n") == Items{"2:198.51.100.4", "4:203.0.113.1", "5:invalid", "6:198.51.100.5"});
    CHECK(of_list("Received: from mail.h.example (unknown [203.0.113.4]) by mx.b.example with ESMTP\n") ==
          Items{"1:invalid"});
    const List log("Mar  3 10:11:12 mx postfix/anvil[9]: statistics: max cache size 2\n");
    Options options;
    options.file = log.path();
    TargetSource source(options, true);
    InputItem item;
    CHECK(source.next(item) == Pull::end);
    const auto problems = source.take_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().ends_with(": 1 line of a log, and none names a client"));
}

TEST_CASE("the addresses of a log's lines are remembered within bounds") {
    RecentAddresses recent;
    const auto address = [](std::uint32_t i) {
        const std::uint8_t bytes[] = {10, static_cast<std::uint8_t>(i >> 16U), static_cast<std::uint8_t>(i >> 8U),
                                      static_cast<std::uint8_t>(i)};
        return *IpAddress::from_bytes(bytes);
    };
    for (std::uint32_t i = 0; i < 131072; ++i) REQUIRE(recent.insert(address(i)));
    for (std::uint32_t i = 0; i < 131072; ++i) REQUIRE_FALSE(recent.insert(address(i)));
    for (std::uint32_t i = 131072; i < 3 * 131072; ++i) REQUIRE(recent.insert(address(i)));
    CHECK(recent.insert(address(0)));
}
