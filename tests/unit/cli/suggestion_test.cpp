// SPDX-License-Identifier: MIT
// Suggestions: which known word a mistyped one was meant to be.
#include "cli/parse/suggestion.hpp"

#include "catch.hpp"

using namespace fcrdns::cli;

TEST_CASE("slips: left out, added, replaced, and swapped with the neighbour") {
    CHECK(slips_between("json", "json") == 0);
    CHECK(slips_between("jsn", "json") == 1);
    CHECK(slips_between("jsson", "json") == 1);
    CHECK(slips_between("jxon", "json") == 1);
    CHECK(slips_between("josn", "json") == 1);
    CHECK(slips_between("sjno", "json") == 2);
    CHECK(slips_between("", "json") == 4);
    CHECK(slips_between("json", "") == 4);
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
