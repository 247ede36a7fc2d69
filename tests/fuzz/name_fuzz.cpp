// SPDX-License-Identifier: MIT
// Names: arbitrary octets as wire form and as text. What is taken reads back the same,
// prints as printable ASCII and keeps the limits of RFC 1035.
#include "fcrdns/dns_name.hpp"

#include "fcrdns/ip_address.hpp"
#include "fcrdns/verdict.hpp"
#include "fuzz.hpp"
#include "judge/reverse_target.hpp"

namespace {

using namespace fcrdns;
using fuzz::demand;

std::optional<DnsName> from_octets(std::string_view wire) {
    return DnsName::from_wire({reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size()});
}

void check_name(const DnsName& name) {
    const std::string text = name.to_text();
    const std::string wire = name.wire();
    demand(wire.size() >= 1 && wire.size() <= 255, "a name has 1 to 255 octets");
    demand(fuzz::is_printable(text) && text.find(' ') == std::string::npos, "printed names are printable");
    demand(text.find_first_of("\"'`$;&|<>(){}%,=") == std::string::npos, "nothing special is left in a printed name");
    const auto again = DnsName::from_text(text);
    demand(again && again->wire() == wire, "a name reads back from its text");
    demand(DnsName::from_text(name.to_absolute_text()) == name, "a name reads back from its absolute text");
    const auto decoded = from_octets(wire);
    demand(decoded && decoded->wire() == wire, "a name reads back from its wire form");
    demand(name.lowered() == name && name.lowered().hash() == name.hash(), "case makes no other name");
    demand(name.is_under(name) && name.is_under(DnsName()), "every name is under itself and the root");
    demand(name.split().size() == name.label_count(), "labels are counted as they are split");
    if (!name.is_root()) demand(name.is_under(name.parent()) && !name.parent().is_under(name), "the parent is above");
    if (name.is_host_name()) demand(text.size() <= 253 && text.find('\\') == std::string::npos, "host names are plain");
    if (const auto address = address_of_reverse_name(name))
        demand(address->reverse_name() == name, "reverse names are exact");
    if (const auto meant = without_reverse_suffix(name))
        demand(!meant->is_root(), "a name is left before a reverse suffix");
    (void)looks_relative(name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    const std::uint8_t how = input.octet();
    if (how % 3 == 0) {
        if (const auto name = DnsName::from_wire(input.take_rest())) check_name(*name);
    } else if (how % 3 == 1) {
        if (const auto name = DnsName::from_text(fuzz::Input::as_text(input.take_rest()))) check_name(*name);
    } else {
        const auto first = DnsName::from_text(input.text());
        const auto second = DnsName::from_text(fuzz::Input::as_text(input.take_rest()));
        if (!first || !second) return 0;
        const bool equal = *first == *second;
        demand(equal == ((*first <=> *second) == 0), "equality and order agree");
        demand(equal == (first->is_under(*second) && second->is_under(*first)), "two names under each other are one");
        if (equal) demand(first->hash() == second->hash(), "equal names have equal hashes");
    }
    return 0;
}
