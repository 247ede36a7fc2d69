// SPDX-License-Identifier: MIT
// Whom to ask: how well-known providers let a customer set reverse DNS.
// A table from the domain of the reverse zone's SOA, or of the PTR name, to one
// sentence and, where there is one, a command. Only what a provider's own
// documentation says stands here, each row with its source. Pure.
#pragma once

#include <string>
#include <string_view>

#include "fcrdns/answer.hpp"
#include "fcrdns/dns_name.hpp"
#include "fcrdns/ip_address.hpp"

namespace fcrdns {

struct ProviderAdvice {
    std::string_view provider;  ///< such as "Amazon Web Services"
    std::string_view sentence;  ///< what to set, and where
    std::string_view command;   ///< for filled(); words in capitals are the customer's own; empty where there is none
    bool command_is_for_ipv4 = false;  ///< for an IPv6 address the command does nothing useful
    std::string_view source;           ///< the page of the provider's documentation
    std::string_view read_on;          ///< the day it was read, such as "2026-11-24"
};

/// The advice for the provider that runs the reverse zone, else for the one whose default name the PTR
/// record holds; null where the table knows neither. Domains match on label boundaries, case ignored.
const ProviderAdvice* provider_advice(const Soa* reverse_zone, const DnsName* ptr_name);

/// The command with `{ip}`, `{name}` and `{family}` (ipv4 or ipv6) filled in. Safe to paste into a shell: a
/// `host_name` that is no host name is replaced by `your.mail.host.name`.
std::string filled(std::string_view command, const IpAddress& ip, const std::string& host_name);

}  // namespace fcrdns
