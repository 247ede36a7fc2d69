// SPDX-License-Identifier: MIT
// Random cases whose seed a failing test prints: run again with FCRDNS_TEST_SEED=N to see the same ones.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace fcrdns::test {

inline std::uint32_t test_seed() {
    const char* given = std::getenv("FCRDNS_TEST_SEED");
    static const auto seed =
        given != nullptr ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    return seed;
}

class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}

    /// 0 to `count` - 1.
    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(engine_); }
    std::uint8_t octet() { return static_cast<std::uint8_t>(below(256)); }
    bool chance(std::size_t in) { return below(in) == 0; }
    template <class T>
    const T& pick(const std::vector<T>& list) {
        return list[below(list.size())];
    }
    std::mt19937& engine() { return engine_; }

private:
    std::mt19937 engine_;
};

}  // namespace fcrdns::test
