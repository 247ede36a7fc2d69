// SPDX-License-Identifier: MIT
// The words of verdicts and findings, as they stand in the JSON output.
#include "fcrdns/verdict.hpp"

namespace fcrdns {

std::string_view to_word(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::pass: return "pass";
        case VerdictKind::fail: return "fail";
        case VerdictKind::temperror: return "temperror";
        case VerdictKind::invalid: return "invalid";
    }
    return "";
}

std::string_view to_word(Reason reason) {
    switch (reason) {
        case Reason::forward_confirmed: return "forward_confirmed";
        case Reason::ptr_lookup_failed: return "ptr_lookup_failed";
        case Reason::forward_lookup_failed: return "forward_lookup_failed";
        case Reason::no_ptr: return "no_ptr";
        case Reason::ptr_not_a_hostname: return "ptr_not_a_hostname";
        case Reason::too_many_ptr: return "too_many_ptr";
        case Reason::forward_mismatch: return "forward_mismatch";
        case Reason::forward_nodata: return "forward_nodata";
        case Reason::forward_nxdomain: return "forward_nxdomain";
        case Reason::no_address: return "no_address";
        case Reason::address_lookup_failed: return "address_lookup_failed";
        case Reason::invalid_input: return "invalid_input";
    }
    return "";
}

std::string_view to_word(NameReason reason) {
    switch (reason) {
        case NameReason::confirmed: return "confirmed";
        case NameReason::forward_mismatch: return "forward_mismatch";
        case NameReason::forward_nodata: return "forward_nodata";
        case NameReason::forward_nxdomain: return "forward_nxdomain";
        case NameReason::forward_lookup_failed: return "forward_lookup_failed";
        case NameReason::not_a_hostname: return "not_a_hostname";
        case NameReason::not_asked: return "not_asked";
    }
    return "";
}

std::string_view to_word(FindingCode code) {
    switch (code) {
        case FindingCode::generic_name: return "generic_name";
        case FindingCode::unconfirmed_ptr: return "unconfirmed_ptr";
        case FindingCode::single_label_name: return "single_label_name";
        case FindingCode::unknown_tld: return "unknown_tld";
        case FindingCode::ptr_target_not_absolute: return "ptr_target_not_absolute";
        case FindingCode::local_answer: return "local_answer";
        case FindingCode::private_forward_address: return "private_forward_address";
        case FindingCode::resolver_differs: return "resolver_differs";
        case FindingCode::helo_mismatch: return "helo_mismatch";
        case FindingCode::helo_not_resolving: return "helo_not_resolving";
        case FindingCode::servers_disagree: return "servers_disagree";
        case FindingCode::other_family_only: return "other_family_only";
        case FindingCode::own_zone_answer: return "own_zone_answer";
        case FindingCode::synthesised_address: return "synthesised_address";
        case FindingCode::mail_domain: return "mail_domain";
        case FindingCode::multiple_ptr: return "multiple_ptr";
        case FindingCode::ptr_alias: return "ptr_alias";
        case FindingCode::forward_alias: return "forward_alias";
        case FindingCode::underscore_in_name: return "underscore_in_name";
        case FindingCode::special_use_address: return "special_use_address";
        case FindingCode::ipv4_mapped: return "ipv4_mapped";
        case FindingCode::input_name_not_in_ptr: return "input_name_not_in_ptr";
    }
    return "";
}

std::string_view to_word(Severity severity) {
    switch (severity) {
        case Severity::warning: return "warning";
        case Severity::info: return "info";
    }
    return "";
}

}  // namespace fcrdns
