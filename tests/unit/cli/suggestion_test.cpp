// SPDX-License-Identifier: MIT
// Suggestions: which known word a mistyped one was meant to be.
#include "cli/parse/suggestion.hpp"

#include "catch.hpp"

using namespace fcrdns::cli;

TEST_CASE("slips: left out, added, replaced, and swapped with the neighbour") {
    CHECK(edit_distance("json", "json") == 0);
    CHECK(edit_distance("jsn", "json") == 1);
    CHECK(edit_distance("jsson", "json") == 1);
    CHECK(edit_distance("jxon", "json") == 1);
    CHECK(edit_distance("josn", "json") == 1);
    CHECK(edit_distance("sjno", "json") == 2);
    CHECK(edit_distance("", "json") == 4);
    CHECK(edit_distance("json", "") == 4);
}

TEST_CASE("the nearest name, none when all are far, the first of equals") {
    const std::vector<std::string> names = {"--json", "--jobs", "--timeout", "--tries", "--tcp"};
    CHECK(nearest_name("--josn", names) == "--json");
    CHECK(nearest_name("--jbos", names) == "--jobs");
    CHECK(nearest_name("--timeuot", names) == "--timeout");
    CHECK(nearest_name("--tim", names) == "--timeout");
    CHECK(nearest_name("--tpc", names) == "--tcp");
    CHECK(nearest_name("--something-else", names).empty());
    CHECK(nearest_name("-x", names).empty());
    CHECK(nearest_name("---", names).empty());
    CHECK(nearest_name("", names).empty());
}
