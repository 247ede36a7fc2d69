// SPDX-License-Identifier: MIT
#include "compose/smtp_reply.hpp"

#include <fmt/format.h>

#include "text/phrases.hpp"

namespace fcrdns {

std::string SmtpReply::line() const {
    return fmt::format("{} {} {}", code, enhanced, text);
}

SmtpReply postfix_reply(const IpAddress& address, int code, UnknownName unknown) {
    // RFC 7372 3.3 registers X.7.25; for the other restriction Postfix keeps X.7.1.
    const bool permanent = code >= 500;
    const bool forward = unknown == UnknownName::hostname;
    const std::string_view enhanced = forward ? (permanent ? "5.7.25" : "4.7.25") : (permanent ? "5.7.1" : "4.7.1");
    return {code, enhanced,
            joined({"Client host rejected: cannot find your ", forward ? "hostname" : "reverse hostname", ", [",
                    address.to_text(), "]"})};
}

SmtpReply refusal_reply(const IpAddress& address, bool temporary) {
    return postfix_reply(address, temporary ? 450 : 550, UnknownName::hostname);
}

SmtpReply generic_name_reply() {
    return {550, "5.7.25", "Reverse DNS validation failed"};
}

}  // namespace fcrdns
