// SPDX-License-Identifier: MIT
// Bounces, logs and messages as programs and providers write them: the refused address is taken, and never
// another machine's. Labels were written before the reader was run on them.

#include <chrono>
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
    RefusalCause cause = RefusalCause::reverse_dns;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CHECK(refused_in(row.text) == row.refused);
        const TextFindings findings = read_refusals(row.text);
        for (const RefusedAddress& refused : findings.refused) CHECK(refused.cause == row.cause);
    }
}

}  // namespace

TEST_CASE("the receiver that a sending server names is not the refused client") {
    check({
        {"postfix smtp, said",
         "Mar  3 10:11:12 out1 postfix/smtp[991]: 4Zx1Q21k: to=<ann@shop.example>, "
         "relay=mx1.shop.example[192.0.2.33]:25, "
         "delay=1.2, delays=0.1/0/0.6/0.5, dsn=4.7.25, status=deferred (host mx1.shop.example[192.0.2.33] said: 450 "
         "4.7.25 "
         "Client host rejected: cannot find your hostname, [203.0.113.44] (in reply to RCPT TO command))",
         "203.0.113.44"},
        {"postfix smtp over IPv6, several lines of a reply",
         "Mar  3 10:11:12 out1 postfix/smtp[991]: 4Zx1Q21k: host mx.big.example[2001:db8:99::25] said: 421-4.7.0 "
         "[2001:db8:1:2::7      15] Our system has detected that this message does 421-4.7.0 not meet IPv6 sending "
         "guidelines regarding PTR records. 421 4.7.0 abc123 - gsmtp (in reply to end of DATA command)",
         "2001:db8:1:2::7"},
        {"postfix, connection only",
         "Mar  3 10:11:12 out1 postfix/smtp[991]: connect to mx1.shop.example[192.0.2.33]:25: Connection timed out\n"
         "Mar  3 10:11:42 out1 postfix/smtp[991]: 4Zx1Q21k: to=<ann@shop.example>, relay=none, delay=60, dsn=4.4.1, "
         "status=deferred (connect to mx1.shop.example[192.0.2.33]:25: Connection timed out)",
         ""},
        {"postfix, lost connection",
         "lost connection with mx1.shop.example[192.0.2.33] while receiving the initial server greeting", ""},
        {"postfix, refusal without an address",
         "<ann@shop.example>: host mx1.shop.example[192.0.2.33] said: 550 5.7.1 No reverse DNS, go away (in reply to "
         "MAIL "
         "FROM command)",
         ""},
        {"exim bounce",
         "A message that you sent could not be delivered to one or more of its recipients.\n\n"
         "  bob@club.example\n"
         "    host mail.club.example [192.0.2.80]\n"
         "    SMTP error from remote mail server after RCPT TO:<bob@club.example>:\n"
         "    550 5.7.1 Fix reverse DNS for 203.0.113.9\n",
         "203.0.113.9"},
        {"exim main log, defer",
         "2026-03-03 10:11:12 1tp0aB-0001xY-Qr == bob@club.example R=dnslookup T=remote_smtp defer (-44) "
         "H=mail.club.example [192.0.2.80]: SMTP error from remote mail server after RCPT TO:<bob@club.example>: 450 "
         "4.7.1 "
         "Client host rejected: cannot find your reverse hostname, [203.0.113.9]",
         "203.0.113.9"},
        {"exim main log, delivered and refused without address",
         "2026-03-03 10:11:12 1tp0aB-0001xY-Qr => bob@club.example R=dnslookup T=remote_smtp H=mail.club.example "
         "[192.0.2.80] I=[203.0.113.9]:51234 X=TLS1.3 C=\"250 OK\"",
         ""},
        {"sendmail log of a delivery",
         "Mar  3 10:11:12 out1 sm-mta[2210]: 523ABC002210: to=<ann@shop.example>, ctladdr=<u@h.example> (1000/1000), "
         "delay=00:00:01, mailer=esmtp, pri=120331, relay=mx1.shop.example. [192.0.2.33], dsn=5.7.25, stat=Service "
         "unavailable",
         ""},
        {"sendmail bounce",
         "   ----- Transcript of session follows -----\n"
         "... while talking to mx1.shop.example.:\n"
         ">>> MAIL From:<u@h.example> SIZE=331\n"
         "<<< 550 5.7.1 Your server 203.0.113.61 has no PTR record\n"
         "554 5.0.0 Service unavailable\n",
         "203.0.113.61"},
        {"qmail log",
         "@4000000065e4 delivery 17: failure: "
         "192.0.2.33_does_not_like_recipient./Remote_host_said:_550_5.7.1_Client_host_"
         "rejected:_cannot_find_your_hostname,_[203.0.113.70]/Giving_up_on_192.0.2.33./",
         "203.0.113.70"},
        {"qmail bounce, the receiver only",
         "Hi. This is the qmail-send program at h.example.\n\n<ann@shop.example>:\n"
         "Connected to 192.0.2.33 but greeting failed.\nRemote host said: 554 your reverse DNS is missing\n",
         ""},
        {"opensmtpd sends",
         "Mar  3 10:11:12 out1 smtpd[88]: 1f2e3d4c5b6a7980 mta delivery evpid=aa from=<u@h.example> "
         "to=<ann@shop.example> "
         "rcpt=<-> source=\"203.0.113.12\" relay=\"192.0.2.33 (mx1.shop.example)\" delay=1s result=\"PermFail\" "
         "stat=\"550 5.7.25 no reverse DNS\"",
         "203.0.113.12"},
        {"courier bounce",
         "<ann@shop.example>:\n mx1.shop.example [192.0.2.33]:\n>>> RCPT TO:<ann@shop.example>\n<<< 550 5.7.1 Client "
         "host "
         "[203.0.113.66] rejected: no PTR\n",
         "203.0.113.66"},
        {"haraka sends",
         "2026-03-03T10:11:12.000Z [NOTICE] [AA-1] [outbound] delivered file=a.eml domain=shop.example "
         "host=mx1.shop.example "
         "ip=192.0.2.33 port=25 mode=SMTP tls=Y",
         ""},
        {"Exchange Online's list of attempts",
         "450 4.7.25 Service unavailable, sending IPv6 address [2001:db8:7::1] must have reverse DNS record. "
         "[{LED=450 4.4.317 Cannot connect to remote "
         "server};{MSG=};{FQDN=mx1.shop.example};{IP=192.0.2.33};{LRT=3/3/2026}]",
         "2001:db8:7::1"},
        {"Exchange, last endpoint",
         "Delivery has failed to these recipients.\nRemote Server returned '550 5.4.300 Message expired -> 451 4.4.1 "
         "Connection timed out. The last endpoint attempted was 192.0.2.33:25'",
         "", RefusalCause::none},
    });
}

TEST_CASE("what providers answer") {
    check({
        {"gmail, prose around it",
         "The response from the remote server was:\n\n550-5.7.25 [203.0.113.21] The IP address sending this message "
         "does not "
         "have a\n550-5.7.25 PTR record setup, or the corresponding forward DNS entry does not\n550 5.7.25 match the "
         "sending "
         "IP. x1-20020a si1 - gsmtp",
         "203.0.113.21"},
        {"gmail by its own daemon, the receiver named before",
         "We tried to deliver your message, but it was rejected by the server for the recipient domain shop.example by "
         "mx1.shop.example. [192.0.2.33].\n\nThe error that the other server returned was:\n550 5.7.1 reverse DNS "
         "lookup "
         "failed for 203.0.113.22",
         "203.0.113.22"},
        {"yahoo's error number looks like an address",
         "421 4.7.0 [TSS04] Messages from 203.0.113.23 temporarily deferred due to unexpected volume or user "
         "complaints - "
         "4.16.55.1; see https://postmaster.provider.example/error-codes",
         "203.0.113.23", RefusalCause::rate_limit},
        {"microsoft's list",
         "host mail.outlook.example[192.0.2.41] said: 550 5.7.606 Access denied, banned sending IP [203.0.113.24]. To "
         "request "
         "removal from this list please visit https://sender.office.example/ (in reply to RCPT TO command)",
         "203.0.113.24", RefusalCause::blocklist},
        {"spamhaus",
         "554 5.7.1 Service unavailable; Client host [203.0.113.25] blocked using zen.spamhaus.org; "
         "https://www.spamhaus.org/query/ip/203.0.113.25; 127.0.0.4",
         "203.0.113.25", RefusalCause::blocklist},
        {"AT&T",
         "553 5.3.0 flpd586 DNSBL:ATTRBL 521< 203.0.113.26 >_is_blocked.__For information see "
         "http://att.example/blocks",
         "203.0.113.26", RefusalCause::blocklist},
        {"cox", "554 cxr.mx.cox.example cox 203.0.113.27 rejected - no rDNS - refer to error codes section",
         "203.0.113.27"},
        {"gmx, in the query of a URL",
         "554-gmx.example (mxgmx013) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR "
         "resource "
         "record.\n554 For explanation visit https://postmaster.gmx.example/error-messages?ip=203.0.113.28&c=rdns",
         "203.0.113.28"},
        {"proofpoint", "554 5.7.0 Blocked - see https://ipcheck.filter.example/?ip=203.0.113.29", "203.0.113.29",
         RefusalCause::blocklist},
        {"qq", "550 Connection frequency limited [MwAAAC+3 IP: 203.0.113.30]. http://service.mail.example/cgi-bin/help",
         "203.0.113.30", RefusalCause::rate_limit},
        {"163",
         "554 DT:SPM 163 smtp10,DsCowECZ,203.0.113.31,1709460672,please see "
         "http://mail.example/help/help_spam_16.htm?ip=203.0.113.31&hostid=smtp10&time=1709460672",
         "203.0.113.31", RefusalCause::none},
        {"code glued to the address", "550-203.0.113.32 has no reverse DNS\n550 see our policy", "203.0.113.32"},
        {"exim's callout names a third machine",
         "550-Verification failed for <u@h.example>\n550-Called:   192.0.2.77\n550-Sent:     RCPT TO:<u@h.example>\n"
         "550-Response: 550 no such user\n550 Sender verify failed",
         "", RefusalCause::recipient},
        {"what was said in HELO", "550 5.7.1 <[192.168.1.5]>: Helo command rejected: invalid HELO", "",
         RefusalCause::helo},
        {"in French", "550 5.7.1 Le reverse DNS de 203.0.113.33 est absent. OFR_515", "203.0.113.33"},
        {"a network is no client", "550 5.7.1 Your network 203.0.113.0/24 is listed; client 203.0.113.34 has no rDNS",
         "203.0.113.34"},
        {"not authorized",
         "550-5.7.1 [203.0.113.35] The IP you're using to send mail is not authorized to send email directly to our "
         "servers.\n"
         "550 5.7.1 Please use the SMTP relay at your service provider instead. u9 - gsmtp",
         "203.0.113.35", RefusalCause::dynamic_range},
        {"names the receiver itself",
         "host mx1.shop.example[192.0.2.33] said: 550 5.7.1 mx1.shop.example[192.0.2.33] refuses 203.0.113.36, no PTR "
         "(in "
         "reply to RCPT TO command)",
         "203.0.113.36"},
        {"the forward address is another machine's",
         "550 5.7.25 Forward-confirmed reverse DNS failed: mail.h.example resolves to 192.0.2.50, not to 203.0.113.37",
         "203.0.113.37"},
    });
}

TEST_CASE("a server's own log names the clients that it refused") {
    check({
        {"postscreen",
         "Mar  3 10:11:12 mx postfix/postscreen[7]: CONNECT from [203.0.113.50]:53211 to [192.0.2.1]:25\n"
         "Mar  3 10:11:18 mx postfix/postscreen[7]: NOQUEUE: reject: RCPT from [203.0.113.50]:53211: 550 5.7.1 Service "
         "unavailable; client [203.0.113.50] blocked using zen.spamhaus.org; from=<a@b.example>, to=<c@d.example>, "
         "proto=ESMTP, helo=<h.example>",
         "203.0.113.50", RefusalCause::blocklist},
        {"only one of two sessions was refused",
         "Mar  3 10:11:12 mx postfix/smtpd[7]: connect from mail.good.example[198.51.100.3]\n"
         "Mar  3 10:11:13 mx postfix/smtpd[8]: connect from unknown[198.51.100.4]\n"
         "Mar  3 10:11:14 mx postfix/smtpd[8]: NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 450 4.7.25 Client "
         "host "
         "rejected: cannot find your hostname, [198.51.100.4]; from=<a@b.example> to=<c@d.example> proto=ESMTP "
         "helo=<[10.0.0.7]>\n",
         "198.51.100.4"},
        {"a filter refuses",
         "Mar  3 10:11:12 mx postfix/cleanup[9]: 4Zx: milter-reject: END-OF-MESSAGE from unknown[198.51.100.5]: 5.7.1 "
         "No "
         "reverse DNS; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mail.b.example>",
         "198.51.100.5"},
        {"exim main log of a refused client",
         "2026-03-03 10:11:12 H=mail.b.example (b.example) [198.51.100.6]:40022 I=[192.0.2.1]:25 F=<a@b.example> "
         "rejected "
         "RCPT <c@d.example>: no reverse DNS",
         "198.51.100.6"},
        {"exim, no host name", "2026-03-03 10:11:12 no host name found for IP address 198.51.100.7", "198.51.100.7"},
        {"sendmail refuses",
         "Mar  3 10:11:12 mx sm-mta[77]: 523AB: ruleset=check_relay, arg1=[198.51.100.8], arg2=198.51.100.8, "
         "relay=[198.51.100.8], reject=550 5.7.1 Fix reverse DNS for 198.51.100.8",
         "198.51.100.8"},
        {"opensmtpd",
         "Mar  3 10:11:12 mx smtpd[4]: 77aa smtp event=connected address=198.51.100.9 host=<unknown>\n"
         "Mar  3 10:11:13 mx smtpd[4]: 77aa smtp event=failed-command command=\"RCPT TO\" result=\"550 no rDNS\"\n",
         "198.51.100.9"},
        {"rspamd in JSON",
         "{\"time\":\"2026-03-03T10:11:12\",\"ip\":\"198.51.100.10\",\"action\":\"reject\",\"symbols\":[\"RDNS_NONE\"]"
         "}",
         "198.51.100.10"},
        {"ironport",
         "Tue Mar  3 10:11:12 2026 Info: New SMTP ICID 5 interface Data 1 (192.0.2.1) address 198.51.100.11 reverse "
         "dns "
         "host unknown verified no",
         "198.51.100.11"},
        {"docker's prefix",
         "mail-1  | Mar  3 10:11:12 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[172.18.0.1]: 450 4.7.25 "
         "Client "
         "host rejected: cannot find your hostname, [172.18.0.1]; from=<a@b.example> to=<c@d.example>",
         "172.18.0.1"},
    });
    CHECK(read_refusals(
              "NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 450 4.7.25 Client host rejected: cannot find your "
              "hostname, [198.51.100.4]; from=<a@b.example>")
              .refused.at(0)
              .own_server);
    CHECK_FALSE(read_refusals("450 4.7.25 Client host rejected: cannot find your hostname, [198.51.100.4]")
                    .refused.at(0)
                    .own_server);
}

TEST_CASE("delivery status notifications and messages") {
    check({
        {"fields of RFC 3464",
         "Reporting-MTA: dns; out1.h.example\nReceived-From-MTA: dns; laptop (198.51.100.99)\n\n"
         "Final-Recipient: rfc822; ann@shop.example\nAction: failed\nStatus: 5.7.25\n"
         "Remote-MTA: dns; mx1.shop.example (192.0.2.33)\n"
         "Diagnostic-Code: smtp; 550 5.7.25 Client host rejected: cannot find your\n    hostname, [203.0.113.80]\n",
         "203.0.113.80"},
        {"quoted-printable",
         "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nRemote Server returned '550 5.7.25 "
         "=\n"
         "[2001:db8:aa:bb:cc=\n:dd:ee:1] The IP=20address has no PTR record'\n",
         "2001:db8:aa:bb:cc:dd:ee:1"},
        {"base64",
         "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
         "NTUwIDUuNy4yNSBDbGllbnQgaG9zdCByZWplY3RlZDogY2Fubm90IGZpbmQgeW91ciBo\n"
         "b3N0bmFtZSwgWzIwMy4wLjExMy44MV0=\n",
         "203.0.113.81"},
        {"HTML",
         "<p><b>Remote Server returned</b> &#39;550 5.7.1 Service unavailable; Client host &#91;203.0.113.82&#93;<br>"
         "has no PTR&#39;</p>",
         "203.0.113.82"},
        {"quoted in a reply",
         "> Hello,\n> > 550 5.7.1 Client host rejected: cannot find your reverse hostname,\n> > [203.0.113.83]\n",
         "203.0.113.83"},
        {"a bounce's own Received lines are about the bounce",
         "Received: from mx-out.isp.example (mx-out.isp.example [198.51.100.61])\n\tby mail.h.example (Postfix) with "
         "ESMTPS\n"
         "\tfor <u@h.example>; Tue, 3 Mar 2026 10:11:12 +0000\nFrom: MAILER-DAEMON@isp.example\n"
         "Subject: Undelivered Mail Returned to Sender\n\n"
         "<ann@shop.example>: host mx1.shop.example[192.0.2.33] said: 550 No reverse DNS (in reply to RCPT TO "
         "command)\n",
         ""},
        {"a message: the hop at the border, not the one behind it",
         "Received: from mx1.recv.example (mx1.recv.example [198.51.100.62])\n\tby store.recv.example with LMTP; Tue, "
         "3 Mar "
         "2026 10:11:12 +0000\n"
         "Received: from [192.168.0.2] (unknown [203.0.113.84])\n\tby mx1.recv.example (Postfix) with ESMTP; Tue, 3 "
         "Mar 2026 "
         "10:11:11 +0000\nSubject: hello\n\nHi\n",
         "203.0.113.84", RefusalCause::none},
        {"a message at Exchange Online",
         "Authentication-Results: spf=none (sender IP is 203.0.113.85)\n smtp.mailfrom=h.example; dkim=none\n"
         "X-Originating-IP: [198.51.100.63]\nSubject: x\n\nHi\n",
         "203.0.113.85", RefusalCause::authentication},
        {"two recipients, two servers of ours",
         "<a@x.example>: host mx.x.example[192.0.2.34] said: 550 5.7.25 no PTR for 203.0.113.86 (in reply to MAIL)\n\n"
         "<b@y.example>: host mx.y.example[192.0.2.35] said: 550 5.7.25 no PTR for 2001:db8::86 (in reply to MAIL)\n",
         "203.0.113.86 2001:db8::86"},
    });
}

TEST_CASE("what programs and pages show") {
    check({
        {"swaks",
         "=== Trying mx1.shop.example:25...\n=== Connected to 192.0.2.33.\n<-  220 mx1.shop.example ESMTP\n"
         " -> EHLO [10.1.1.1]\n<-  250-mx1.shop.example Hello [10.1.1.1] [203.0.113.90], pleased to meet you\n"
         " -> MAIL FROM:<u@h.example>\n<** 550 5.7.25 [203.0.113.90] no PTR record\n -> QUIT\n",
         "203.0.113.90"},
        {"python",
         "smtplib.SMTPRecipientsRefused: {'ann@shop.example': (550, b'5.7.25 [203.0.113.91] The IP address sending "
         "this message does not have a\\n5.7.25 PTR record setup')}",
         "203.0.113.91"},
        {"phpmailer",
         "2026-03-03 10:11:12 SERVER -> CLIENT: 554 5.7.1 <unknown[203.0.113.92]>: Client host rejected: no rDNS",
         "203.0.113.92"},
        {"host", "Host 93.113.0.203.in-addr.arpa. not found: 3(NXDOMAIN)", "203.0.113.93"},
        {"dig",
         "; <<>> DiG 9.18 <<>> -x 203.0.113.94 @192.0.2.53\n;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 5\n"
         ";; QUESTION SECTION:\n;94.113.0.203.in-addr.arpa.\tIN\tPTR\n\n;; SERVER: 192.0.2.53#53(192.0.2.53)\n",
         "203.0.113.94"},
        {"nslookup",
         "Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\n** server can't find 95.113.0.203.in-addr.arpa: NXDOMAIN\n",
         "203.0.113.95"},
        {"a provider's web form", "Your IP address 203.0.113.96 was refused: reverse DNS is missing.", "203.0.113.96"},
        {"a tester's page", "Source IP: 203.0.113.97\niprev check: permerror (no PTR record)\n", "203.0.113.97"},
        {"a version is no address", "Error: 550 5.7.1 rejected by Filter 15.1.225.42 at the gateway", "",
         RefusalCause::none},
        {"nothing", "Dear customer, your mail could not be delivered.", "", RefusalCause::none},
        {"times and hardware addresses", "10:11:12 link 00:11:22:33:44:55 std::string a::b 1.2.3 refused: PTR", "",
         RefusalCause::none},
    });
}

TEST_CASE("replies on lines that follow each other, and a reply of several lines") {
    const std::string no_name = "550 5.7.25 Client host rejected: cannot find your hostname, ";
    check({
        {"two replies", (no_name + "[192.0.2.25]\n" + no_name + "[203.0.113.1]\n").c_str(), "192.0.2.25 203.0.113.1"},
        {"with CRLF, indented", ("  " + no_name + "[192.0.2.25]\r\n  " + no_name + "[203.0.113.1]\r\n").c_str(),
         "192.0.2.25 203.0.113.1"},
        {"as a log of one's own has them",
         ("host mx1.example said: " + no_name + "[192.0.2.25]\nhost mx2.example said: " + no_name + "[203.0.113.1]\n")
             .c_str(),
         "192.0.2.25 203.0.113.1"},
        {"two of two lines each",
         "550-5.7.25 [192.0.2.25] has no PTR record, says\n550 5.7.25 mx.example [198.51.100.9]\n"
         "550-5.7.25 [203.0.113.1] has no PTR record, says\n550 5.7.25 mx.example [198.51.100.9]\n",
         "192.0.2.25 203.0.113.1"},
    });
    const TextFindings two = read_refusals(no_name + "[192.0.2.25]\n" + no_name + "[203.0.113.1]\n");
    REQUIRE(two.refused.size() == 2);
    CHECK(two.refused[0].words == no_name + "[192.0.2.25]");
    CHECK(two.refused[1].line == 2);
}
