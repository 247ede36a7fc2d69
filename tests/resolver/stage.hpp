// SPDX-License-Identifier: MIT
// Stages: a world in which every address passes, and the one question that a fault
// spoils: PTR of an IPv4 or IPv6 address, A or AAAA, over UDP and over TCP. A fault is
// tried in every stage, from the first question to the verdict.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "conversation.hpp"

namespace fcrdns::test {

/// The name of every address of the world.
inline constexpr const char* host = "mail.example.com";

struct Stage {
    std::string name;
    IpAddress address;
    RecordType spoiled;
    bool tcp;

    bool at_ptr() const { return spoiled == RecordType::ptr; }
    /// The record that makes the address pass: PTR or address.
    Record record() const;
    /// A record of the same type that would be wrong.
    Record other_record() const;
    /// What a good server says.
    Message truth(const Query& query) const;
    /// The answer to the spoiled question.
    const Answer& answer(const Checked& checked) const;
};

/// What the server does to the spoiled question.
using Fault = std::function<Reaction(const Query&, const Stage&)>;

/// A type that nobody asks for.
inline constexpr std::uint16_t type_txt = 16;
/// A reply with one record.
Message with(const Query& query, const Record& record);

/// The reason that is right where the PTR lookup is spoiled, and where the forward lookup is.
struct Expected {
    Reason at_ptr;
    Reason at_forward;
};

inline constexpr Expected passes{Reason::forward_confirmed, Reason::forward_confirmed};
inline constexpr Expected temporary{Reason::ptr_lookup_failed, Reason::forward_lookup_failed};
inline constexpr Expected nothing_there{Reason::no_ptr, Reason::forward_nodata};
inline constexpr Expected no_such_name{Reason::no_ptr, Reason::forward_nxdomain};

enum class Where : unsigned { everywhere, udp, tcp };

/// Each question that can be spoiled, over each transport.
std::vector<Stage> stages(Where where = Where::everywhere);

/// Two tries that nobody waits for, since the server answers at once; a busy machine may take its time.
ResolverOptions prompt();
/// Two short tries, for faults that are waited out.
ResolverOptions hasty();
/// Three tries, for faults after which a later try must succeed.
ResolverOptions patient();

/// Tries the fault in every stage and expects one of the verdicts; gives what came out for a closer look.
std::vector<std::pair<Stage, Checked>> try_fault(const Fault& fault, std::initializer_list<Expected> allowed,
                                                 Where where = Where::everywhere,
                                                 const ResolverOptions& options = prompt());

/// Expects that text and JSON made of it are printable ASCII, and the JSON one valid object.
void expect_clean_output(const IpAddress& address, const Checked& checked);

}  // namespace fcrdns::test
