// SPDX-License-Identifier: MIT
// The one place that knows which Catch2 there is: 2 on Debian 12, 3 on Debian 13.
#pragma once

#if FCRDNS_CATCH2_VERSION == 3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
