// SPDX-License-Identifier: MIT
// Judges a name and an address out of foreign octets: the first chooses none, IPv4 or
// IPv6, the address follows, the rest is the name, as labels separated by dots.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

#include "fcrdns/generic_name.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t address_size = data[0] % 3 == 0 ? 0 : data[0] % 3 == 1 ? 4 : 16;
    std::span<const std::uint8_t> rest(data + 1, size - 1);
    if (rest.size() < address_size) return 0;
    const auto address = fcrdns::IpAddress::from_bytes(rest.first(address_size));
    rest = rest.subspan(address_size);
    const auto name = fcrdns::DnsName::from_text({reinterpret_cast<const char*>(rest.data()), rest.size()});
    if (!name) return 0;
    const auto judgement = fcrdns::judge_name(*name, address);
    if (judgement.match() == judgement.evidence.empty()) std::abort();
    for (const auto& clue : judgement.evidence) {
        if (name->to_text().find(clue.text) == std::string::npos) std::abort();
    }
    return 0;
}
