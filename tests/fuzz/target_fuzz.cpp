// SPDX-License-Identifier: MIT
// Addresses, target lines, servers and HELO names: arbitrary text is taken for what it
// says exactly, or refused with one printable sentence.

#include "cli/parse/parse_target.hpp"
#include "dns/server_address.hpp"
#include "fcrdns/helo.hpp"
#include "fcrdns/special_use.hpp"
#include "fuzz.hpp"
#include "text/printable.hpp"

namespace {

using namespace fcrdns;
using fuzz::demand;

constexpr std::uint64_t limit = 65536;

void check_address(const IpAddress& address) {
    demand(IpAddress::parse(address.to_text()) == address, "an address reads back from its text");
    demand(address_of_reverse_name(address.reverse_name()) == address, "an address reads back from its reverse name");
    demand(address.in_prefix(address, address.bits()), "an address lies in itself");
    if (const auto next = address.next()) demand(*next > address, "the next address is larger");
    (void)special_use(address);
}

void check_sentence(const Error& error) {
    demand(!error.message.empty() && error.message.size() < 800, "a refusal is one short sentence");
    demand(fuzz::is_printable(error.message), "a refusal is printable");
}

void check_target(std::string_view text) {
    const auto target = parse_target(text, limit);
    if (!target) return check_sentence(target.error());
    if (const auto* address = std::get_if<AddressTarget>(&*target)) {
        check_address(address->address);
        demand(!address->address.mapped_ipv4(), "a mapped address is taken as its IPv4 address");
    } else if (const auto* host = std::get_if<HostTarget>(&*target)) {
        demand(host->name.is_host_name(), "a host target is a host name");
        demand(!IpAddress::parse(host->name.to_text()), "no address is taken for a host name");
    } else {
        const auto& block = std::get<BlockTarget>(*target);
        demand(block.first <= block.last && block.first.family() == block.last.family(), "a block is a range");
        std::uint64_t size = 1;
        for (IpAddress at = block.first; at != block.last && size <= 16; ++size) at = at.next().value();
        demand(block.last.in_prefix(block.first, block.first.bits() - 16), "a block keeps the limit");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::Input::as_text({data, size});
    if (const auto address = IpAddress::parse(text)) check_address(*address);
    check_target(text);
    const auto server = parse_server(text, 53);
    if (server) {
        const auto again = parse_server(server->to_text(), 1);
        demand(again && *again == *server, "a server reads back from its text");
    } else {
        check_sentence(server.error());
    }
    const Helo helo = parse_helo(text);
    demand(helo.name.has_value() == (helo.form == HeloForm::host_name), "a host name in HELO has a name");
    demand(helo.literal.has_value() == (helo.form == HeloForm::address_literal), "a literal in HELO has an address");
    return 0;
}
