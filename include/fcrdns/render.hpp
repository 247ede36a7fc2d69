// SPDX-License-Identifier: MIT
// Renderers: pure functions from a report to text or JSON. Every octet that leaves here is
// printable ASCII or LF (colour codes apart), whatever came from the DNS.
#pragma once

#include <string>

#include "fcrdns/report.hpp"

namespace fcrdns {

struct TextOptions {
    bool color = false;
    bool verbose = false;      ///< also the answers of the DNS and the `iprev=` words
    std::string servers_from;  ///< where the servers were named, such as "/etc/resolv.conf"
};

/// One line for a list: status word, address, cause; empty for invalid input.
void append_text_line(std::string& out, const Report& report, const TextOptions& options);
/// The whole story: verdict, cause, reply, fix; one line for a clean pass, empty for invalid input.
void append_text_full(std::string& out, const Report& report, const TextOptions& options);
/// One JSON object and a line feed; `queries` fills the member of that name.
void append_json(std::string& out, const Report& report, bool queries);

/// The whole story of a report, as the program prints it for a single target.
std::string to_text(const Report& report, const TextOptions& options = {});
/// The report as one JSON object, without a line feed; `queries` adds the answers of the DNS.
std::string to_json(const Report& report, bool queries = false);

}  // namespace fcrdns
