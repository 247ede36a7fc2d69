// SPDX-License-Identifier: MIT
// What the domain above a host says: that it belongs to a mail operator, that its names
// are for customers' lines, or that it is where a cloud names servers by default.
#pragma once

#include <string_view>

namespace fcrdns {

/// True when the registrable label says that its names are for customers' lines (`…dsl`, `…customer`).
bool is_customer_domain(std::string_view registrable_label);
/// True for domains under suffixes that only providers of networks get.
bool is_network_domain(std::string_view registrable_domain);
/// True when the domain says that lines or networks are its business, as some companies' names do by chance, or stands
/// under net, which was for providers of networks (RFC 1591 section 2).
bool is_carrier_domain(std::string_view registrable_domain);
/// True when the registrable label says that its names are for rented servers (`…vps`).
bool is_rental_domain(std::string_view registrable_label);
/// True when the registrable label says that servers are let to customers: not enough to tell who named one.
bool is_hoster_domain(std::string_view registrable_label);
/// True when the registrable label says that mail is its business.
bool is_mail_domain(std::string_view registrable_label);
/// True for the domains under which large mail operators number their hosts.
bool is_mail_operator(std::string_view registrable_domain);
/// True for hosts named as a mail service names those it sends from for a customer, under the customer's domain.
bool is_mail_service_host(std::string_view host);
/// True when `name` (lower-case) has the form in which a cloud or hoster names servers by default.
bool is_cloud_default(std::string_view name);

}  // namespace fcrdns
