// SPDX-License-Identifier: MIT
// Numbers on the command line: strictly the digits of a number in its range.
#include "cli/parse/number.hpp"

#include <clocale>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

using namespace fcrdns::cli;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("whole numbers") {
    CHECK(parse_count("1", 1, 10) == 1U);
    CHECK(parse_count("10", 1, 10) == 10U);
    CHECK(parse_count("007", 1, 10) == 7U);
    CHECK(parse_count("18446744073709551615", 0, UINT64_MAX) == UINT64_MAX);
    for (const std::string_view word : {"", "0", "11", "-1", "+1", " 1", "1 ", "1.0", "1e1", "0x1", "one", "1,000",
                                        "18446744073709551616", "99999999999999999999", "\xd9\xa1", "1s"}) {
        CAPTURE(word);
        CHECK_FALSE(parse_count(word, 1, 10));
    }
    CHECK_FALSE(parse_count("18446744073709551616", 0, UINT64_MAX));
}

TEST_CASE("seconds, to the millisecond") {
    struct Row {
        std::string_view word;
        std::optional<milliseconds> time;
    };
    const std::vector<Row> rows = {
        {"2", milliseconds(2000)},
        {"0.05", milliseconds(50)},
        {"60", milliseconds(60000)},
        {".5", milliseconds(500)},
        {"1.", milliseconds(1000)},
        {"0.0506", milliseconds(51)},
        {"00.5", milliseconds(500)},
        {"0", std::nullopt},
        {"0.04", std::nullopt},
        {"60.001", std::nullopt},
        {"-1", std::nullopt},
        {"+1", std::nullopt},
        {"1e1", std::nullopt},
        {"1e9", std::nullopt},
        {"nan", std::nullopt},
        {"inf", std::nullopt},
        {"5s", std::nullopt},
        {"1,5", std::nullopt},
        {"", std::nullopt},
        {".", std::nullopt},
        {"1.2.3", std::nullopt},
        {" 1", std::nullopt},
        {"99999999999999999999", std::nullopt},
        {"0x1", std::nullopt},
    };
    for (const Row& row : rows) {
        CAPTURE(row.word);
        CHECK(parse_seconds(row.word, 0.05, 60) == row.time);
    }
    CHECK_FALSE(parse_seconds(std::string(400, '9'), 0.05, 60));
}

TEST_CASE("durations, up to a week") {
    struct Row {
        std::string_view word;
        std::optional<seconds> time;
    };
    const std::vector<Row> rows = {
        {"30", seconds(30)},         {"90s", seconds(90)},   {"10m", seconds(600)},
        {"2h", seconds(7200)},       {"1", seconds(1)},      {"168h", seconds(604800)},
        {"604800", seconds(604800)}, {"169h", std::nullopt}, {"604801", std::nullopt},
        {"0", std::nullopt},         {"0s", std::nullopt},   {"", std::nullopt},
        {"s", std::nullopt},         {"m", std::nullopt},    {"1d", std::nullopt},
        {"10 m", std::nullopt},      {"1.5h", std::nullopt}, {"-5m", std::nullopt},
        {"1h30m", std::nullopt},     {"10M", std::nullopt},  {"18446744073709551615h", std::nullopt},
    };
    for (const Row& row : rows) {
        CAPTURE(row.word);
        CHECK(parse_duration(row.word) == row.time);
    }
}

TEST_CASE("the locale's decimal comma changes nothing") {
    if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) SUCCEED("this machine has no such locale");
    CHECK(parse_seconds("0.5", 0.05, 60) == milliseconds(500));
    CHECK_FALSE(parse_seconds("0,5", 0.05, 60));
    (void)std::setlocale(LC_ALL, "C");
}
