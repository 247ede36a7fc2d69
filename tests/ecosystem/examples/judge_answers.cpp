// SPDX-License-Identifier: MIT
// Judges answers that were had elsewhere, here written down: a PTR name that leads to another address.
#include <fcrdns/fcrdns.hpp>
#include <iostream>

int main() {
    const auto address = *fcrdns::IpAddress::parse("198.51.100.7");
    const auto mail_host = *fcrdns::DnsName::from_text("mail.example.net");

    fcrdns::Evidence evidence;
    evidence.address = address;
    evidence.ptr.question = {address.reverse_name(), fcrdns::RecordType::ptr};
    evidence.ptr.outcome = fcrdns::Outcome::records;
    evidence.ptr.names = {{mail_host, 3600}};

    fcrdns::PtrName name;
    name.name = mail_host;
    name.host_name = mail_host.is_host_name();
    name.forward.emplace();
    name.forward->question = {mail_host, fcrdns::RecordType::a};
    name.forward->outcome = fcrdns::Outcome::records;
    name.forward->addresses = {{*fcrdns::IpAddress::parse("198.51.100.9"), 300}};
    evidence.names.push_back(name);

    fcrdns::Verdict verdict = fcrdns::judge(evidence, {});
    std::cout << fcrdns::to_word(verdict.kind) << ' ' << fcrdns::to_word(verdict.reason) << '\n';
    const fcrdns::Report report = fcrdns::compose({}, evidence, verdict, {});
    std::cout << report.smtp->line() << '\n';
    for (const fcrdns::FixEntry& entry : report.fix)
        std::cout << to_word(entry.action) << ' ' << entry.record() << '\n';
}
