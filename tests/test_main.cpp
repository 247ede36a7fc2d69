// SPDX-License-Identifier: MIT
// The tests' main(): Catch2 3 brings its own, Catch2 2 is compiled into it here.
#if FCRDNS_CATCH2_VERSION == 2
#define CATCH_CONFIG_MAIN
#endif
#include "catch.hpp"
