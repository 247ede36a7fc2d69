// SPDX-License-Identifier: MIT
// Texts that name other machines than the refused client: receivers, name servers, relays of other mail, numbers
// that look like addresses. Labels were written before the reader was run on them.

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "cli/parse/refused_addresses.hpp"
#include "refused_in.hpp"

using namespace fcrdns;
using fcrdns::test::refused_in;

namespace {

struct Row {
    const char* name;
    const char* text;
    const char* refused;  // addresses, a blank between them; empty for none
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CHECK(refused_in(row.text) == row.refused);
    }
}

}  // namespace

TEST_CASE("replies that name another machine beside the client or instead of it") {
    check({
        {"the server introduces itself", "421 mx1.shop.example [192.0.2.33] too busy, try later", ""},
        {"SPF with an address",
         "550 5.7.23 SPF validation failed: 203.0.113.5 is not allowed to send mail from h.example", "203.0.113.5"},
        {"SPF with two addresses",
         "550 5.7.1 SPF: h.example designates 198.51.100.20, but this mail came from 203.0.113.5", "203.0.113.5"},
        {"the query of an explaining page",
         "550-Please see http://spf.example/why?s=mfrom;id=a@b.example;ip=203.0.113.5;r=mx1.shop.example",
         "203.0.113.5"},
        {"Google's SPF",
         "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 SPF "
         "[h.example] with ip: [203.0.113.5] = Did not pass\n550 5.7.26 x9 - gsmtp",
         "203.0.113.5"},
        {"what was said in HELO, in brackets", "550 Client host [203.0.113.5] (HELO [10.0.0.2]) rejected, no PTR",
         "203.0.113.5"},
        {"our server and yours",
         "550 5.7.1 Our mail server at 192.0.2.33 refused this mail because 203.0.113.5 has no PTR record",
         "203.0.113.5"},
        {"only the refusing server", "Your message was rejected by the mail server at 192.0.2.33: no reverse DNS", ""},
        {"an address literal as recipient", "550 5.1.1 <postmaster@[192.0.2.33]>: user unknown", ""},
        {"tagged literal", "554 5.7.1 Service unavailable; Client host [IPv6:2001:db8::5] blocked using bl.example",
         "2001:db8::5"},
        {"relaying denied", "550 5.7.1 <ann@shop.example>... Relaying denied. IP name lookup failed [203.0.113.5]",
         "203.0.113.5"},
        {"domain of the sender", "553 5.1.8 <u@h.example>... Domain of sender address u@h.example does not exist", ""},
        {"too many connections", "421 4.7.1 mx1.shop.example Error: too many connections from 203.0.113.5",
         "203.0.113.5"},
        {"a local filter", "<ann@shop.example>: host 127.0.0.1[127.0.0.1] said: 554 5.7.1 no PTR (in reply to DATA)",
         ""},
        {"a mail server that is rate limited",
         "451 4.7.650 The mail server [203.0.113.5] has been temporarily rate limited due to IP reputation.",
         "203.0.113.5"},
        {"Russian", "550 5.7.1 \xd0\xb0\xd0\xb4\xd1\x80\xd0\xb5\xd1\x81 203.0.113.5 \xd0\xbd\xd0\xb5 PTR",
         "203.0.113.5"},
        {"German", "554 Keine Annahme von 203.0.113.5: kein PTR-Eintrag", "203.0.113.5"},
        {"found on lists",
         "554 mx-po.shop.example mx-po.shop.example 203.0.113.5 found on one or more DNSBLs, see http://x.example/",
         "203.0.113.5"},
        {"reverse name in angle brackets", "554 5.7.1 <5.113.0.203.in-addr.arpa>: Client host rejected", "203.0.113.5"},
        {"a blocklist's query name", "550 5.7.1 5.113.0.203.bl.example returned 127.0.0.2", ""},
        {"MX of the sender's domain", "550 5.7.1 <u@h.example>: Sender address rejected: your MX 10.1.1.1 is private",
         ""},
        {"refused connection", "Connection refused by 192.0.2.33, reverse DNS needed", ""},
    });
}

TEST_CASE("logs and messages about several machines") {
    check({
        {"warnings without a refusal",
         "Mar  3 10:11:12 mx postfix/smtpd[7]: warning: 203.0.113.5: hostname mail.h.example verification failed: Name "
         "or "
         "service not known",
         "203.0.113.5"},
        {"a pool of lines, none refused",
         "Mar  3 10:11:12 mx postfix/qmgr[7]: 4Zx: from=<u@h.example>, size=450, nrcpt=1 (queue active)\n"
         "Mar  3 10:11:13 mx postfix/smtp[7]: 4Zx: to=<a@b.example>, relay=mx.b.example[192.0.2.33]:25, status=sent "
         "(250 "
         "2.0.0 Ok: queued as 9Y)\n",
         ""},
        {"outgoing refusal without address after an incoming session",
         "Mar  3 10:11:12 h postfix/smtpd[7]: connect from laptop.h.example[198.51.100.30]\n"
         "Mar  3 10:11:12 h postfix/smtpd[7]: 4Zx: client=laptop.h.example[198.51.100.30], sasl_username=u\n"
         "Mar  3 10:11:13 h postfix/smtp[8]: 4Zx: to=<a@b.example>, relay=mx.b.example[192.0.2.33]:25, status=bounced "
         "(host mx.b.example[192.0.2.33] refused to talk to me: 554 reverse DNS does not resolve)\n",
         ""},
        {"greylisting policy",
         "Mar  3 10:11:12 mx postgrey[9]: action=greylist, reason=new, client_name=unknown, "
         "client_address=203.0.113.5, "
         "sender=u@h.example, recipient=a@b.example",
         "203.0.113.5"},
        {"postfix, suspended delivery",
         "Mar  3 10:11:12 h postfix/error[8]: 4Zx: to=<a@b.example>, relay=none, status=deferred (delivery temporarily "
         "suspended: host mx.b.example[192.0.2.33] refused to talk to me: 421 4.7.25 [203.0.113.5] no PTR)",
         "203.0.113.5"},
        {"SES in JSON",
         "{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\","
         "\"diagnosticCode\":\"smtp; 550 5.7.25 [203.0.113.5] no PTR record\"}],\"remoteMtaIp\":\"192.0.2.33\"},"
         "\"mail\":{\"sourceIp\":\"198.51.100.77\"}}",
         "203.0.113.5"},
        {"a sending service in JSON",
         "{\"type\":\"bounce\",\"ip_address\":\"192.0.2.33\",\"raw_reason\":\"550 no reverse DNS\",\"sending_ip\":"
         "\"203.0.113.5\"}",
         "203.0.113.5"},
        {"a sending service, only the receiver",
         "{\"type\":\"bounce\",\"raw_reason\":\"550 no reverse DNS\",\"ip_address\":\"192.0.2.33\"}", ""},
        {"PowerMTA",
         "b,2026-03-03 10:11:12,u@h.example,a@b.example,failed,5.7.1,smtp;550 5.7.1 [203.0.113.5] no PTR,mx.b.example "
         "(192.0.2.33),192.0.2.33",
         "203.0.113.5"},
        {"hmailserver sends",
         "\"SMTPC\"\t1234\t1\t\"2026-03-03 10:11:12.123\"\t\"192.0.2.33\"\t\"RECEIVED: 550 5.7.1 no PTR\"", ""},
        {"Exchange's report with its own headers",
         "Generating server: EX01.h.example\n\na@b.example\nmx.b.example #550 5.7.1 Reverse DNS missing for "
         "203.0.113.5##\n\nOriginal message headers:\n\nReceived: from EX01.h.example (10.1.1.1) by EX01.h.example\n "
         "(10.1.1.1) with Microsoft SMTP Server id 15.1.225.42; Tue, 3 Mar 2026 10:11:12 +0000\n",
         "203.0.113.5"},
        {"Exchange's report without the address",
         "Generating server: EX01.h.example\n\na@b.example\nmx.b.example #550 5.7.1 Reverse DNS missing##\n\n"
         "Original message headers:\n\nReceived: from EX01.h.example (198.51.100.31) by EX01.h.example\n "
         "(198.51.100.31) "
         "with Microsoft SMTP Server id 15.1.225.42; Tue, 3 Mar 2026 10:11:12 +0000\n",
         ""},
        {"Domino",
         "Error transferring to mx.b.example; SMTP Protocol Returned a Permanent Error 550 5.7.1 no PTR for "
         "203.0.113.5",
         "203.0.113.5"},
        {"java",
         "javax.mail.SendFailedException: Invalid Addresses; nested exception is: "
         "com.sun.mail.smtp.SMTPAddressFailedException: 450 4.7.1 Client host rejected: cannot find your reverse "
         "hostname, [203.0.113.5]",
         "203.0.113.5"},
        {"node",
         "Error: Can't send mail - all recipients were rejected: 554 5.7.1 <unknown[203.0.113.5]>: Client host "
         "rejected: no PTR",
         "203.0.113.5"},
        {"curl",
         "*   Trying 192.0.2.33:25...\n* Connected to mx.b.example (192.0.2.33) port 25\n< 220 mx.b.example ESMTP\n> "
         "EHLO "
         "h.example\n< 550 5.7.25 203.0.113.5 has no reverse DNS\n",
         "203.0.113.5"},
        {"telnet",
         "Trying 192.0.2.33...\nConnected to mx.b.example.\nEscape character is '^]'.\n554 5.7.1 No PTR for "
         "203.0.113.5\n",
         "203.0.113.5"},
        {"telnet, only the receiver",
         "Trying 192.0.2.33...\nConnected to mx.b.example.\nEscape character is '^]'.\n554 5.7.1 your reverse DNS is "
         "missing\nConnection closed by foreign host.\n",
         ""},
        {"a message from Google's mailboxes",
         "Delivered-To: a@b.example\nReceived: by 2002:a05:6000:1a8c:b0:33e:5f5:2ea with SMTP id v12csp1;\n Tue, 3 Mar "
         "2026 "
         "10:11:13 -0800 (PST)\nX-Received: by 2002:a05:600c:4f89::1 with SMTP id n9;\n Tue, 3 Mar 2026 10:11:12\n"
         "Received: from mail.h.example (unknown. [203.0.113.5])\n by mx.google.example with ESMTPS id z1; Tue, 3 Mar "
         "2026 "
         "10:11:12 -0800\nReceived-SPF: neutral (google.example: 203.0.113.5 is neither permitted nor denied) "
         "client-ip=203.0.113.5;\nSubject: x\n\nHi\n",
         "203.0.113.5"},
        {"qmail's Received line",
         "Received: from unknown (HELO mail.h.example) (203.0.113.5)\n  by mx.b.example with SMTP; 3 Mar 2026 10:11:12 "
         "-0000\nSubject: x\n\nHi\n",
         "203.0.113.5"},
        {"Exim's Received line",
         "Received: from [203.0.113.5] (helo=[10.0.0.9])\n\tby mx.b.example with esmtp (Exim 4.96)\n\tid 1tp; Tue, 03 "
         "Mar "
         "2026 10:11:12 +0000\nSubject: x\n\nHi\n",
         "203.0.113.5"},
        {"a user's own submission",
         "Received: from laptop (host.isp.example [198.51.100.40])\n\tby mail.h.example (Postfix) with ESMTPSA id "
         "4Z\n\tfor "
         "<a@b.example>; Tue, 3 Mar 2026 10:11:12 +0000\nSubject: x\n\nHi\n",
         ""},
        {"a ticket",
         "Hello,\nmy server is 203.0.113.5 and gets: 550 5.7.25 Client host rejected: cannot find your hostname, "
         "[203.0.113.5]\nThe name server is 192.0.2.53.\n",
         "203.0.113.5"},
        {"a forward lookup",
         "mail.h.example has address 198.51.100.9\nmail.h.example mail is handled by 10 mx.h.example.\n", ""},
    });
}

TEST_CASE("what the text names is told where no refused address stands in it") {
    const TextFindings findings = read_refusals(
        "host mx1.shop.example[192.0.2.33] refused to talk to me: 421 Your reverse DNS does not resolve.");
    CHECK(findings.refused.empty());
    REQUIRE(findings.receivers.size() == 1);
    CHECK(findings.receivers.front().to_text() == "192.0.2.33");
}
