// SPDX-License-Identifier: MIT
// Wording: how a failed lookup is named, the same way in every sentence. Printable ASCII only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// "no answer", "SERVFAIL", "unreachable", ...: without what came with it, so of finitely many words.
std::string outcome_words(Outcome outcome, std::optional<std::uint16_t> rcode);
/// "no answer", "SERVFAIL (DNSSEC Bogus)", "unreachable (Connection refused)", "filtered (Blocked, "no ads")", …
std::string failure_text(const Answer& answer);
/// The same for what the resolver says beside the zones' own servers.
std::string failure_text(const ResolverView& view);
/// The server as server_text() writes it, or "the resolver" where none is known.
std::string server_words(const std::optional<Endpoint>& server);
/// The same at the beginning of a sentence.
std::string server_as_subject(const std::optional<Endpoint>& server);
/// What the resolver says instead of what the zones' own servers publish; empty where it says the same.
std::string difference_text(const SourceView& source);
/// "the zone of 1.113.0.203.in-addr.arpa was not found (no SOA record)": no zone or no servers of it to be asked
/// directly; empty where they were found or their lookup failed.
std::string unfound_text(const Answer& answer);
/// "192.0.2.1, 192.0.2.2, 192.0.2.3 and 4 more", those not kept included.
std::string addresses_text(const Answer& answer);

}  // namespace fcrdns
