// SPDX-License-Identifier: MIT
// Renderers: pure functions from reports to text. Every octet that leaves here is
// printable ASCII or LF (colour codes apart), whatever came from the DNS.
#pragma once

#include <cstddef>
#include <string>

#include "fcrdns/report.hpp"

namespace fcrdns {

struct TextOptions {
    bool color = false;
    bool verbose = false;               ///< also the answers of the DNS and the `iprev=` words
    std::string servers_from;           ///< where the servers were named, such as "/etc/resolv.conf"
};

/// One line for a list: status word, address, cause; empty for invalid input.
void append_text_line(std::string& out, const Report& report, const TextOptions& options);
/// The whole story: verdict, cause, reply, fix; one line for a clean pass, empty for invalid input.
void append_text_full(std::string& out, const Report& report, const TextOptions& options);
/// One JSON object and a line feed; `queries` fills the member of that name.
void append_json(std::string& out, const Report& report, bool queries);

/// How many reports of each kind there were.
struct Tally {
    std::size_t pass = 0;
    std::size_t warn = 0;
    std::size_t fail = 0;
    std::size_t temporary = 0;
    std::size_t invalid = 0;

    void count(const Verdict& verdict);
    std::size_t total() const { return pass + warn + fail + temporary + invalid; }
};

/// "5 addresses: 1 pass, 1 warn, 2 fail, 1 temporary", and where something failed how to see the cause.
void append_text_summary(std::string& out, const Tally& tally, const TextOptions& options);

}  // namespace fcrdns
