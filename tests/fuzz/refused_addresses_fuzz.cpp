// SPDX-License-Identifier: MIT
// Bounces and logs: whatever a text holds, what is taken from it is an address of the text, said once, with
// printable words and a line that exists.

#include <algorithm>
#include <set>

#include "cli/parse/refused_addresses.hpp"
#include "fuzz.hpp"

namespace {

using namespace fcrdns;
using fuzz::demand;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::Input::as_text({data, size});
    const TextFindings findings = read_refusals(text);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    std::set<IpAddress> known;
    std::size_t previous = 1;
    for (const RefusedAddress& refused : findings.refused) {
        demand(known.insert(refused.address).second, "an address is taken once");
        demand(refused.line >= previous && refused.line <= lines, "lines of the text, in order");
        previous = refused.line;
        demand(fuzz::is_printable(refused.words), "words are printable");
        demand(!refused.words.empty() && refused.words.size() < 600, "words are few");
        demand(!refused.address.mapped_ipv4(), "a mapped address is taken as its IPv4 address");
    }
    demand(findings.receivers.size() <= 8, "few receivers are named");
    return 0;
}
