// SPDX-License-Identifier: MIT
// libfcrdns: forward-confirmed reverse DNS, from the question to the words. A tutorial of one screen.
//
// Check one address, here that of a refused mail, against the system's resolver:
//
//     const auto resolver = fcrdns::system_resolver();
//     if (!resolver) return complain(resolver.error().message);
//     const auto address = fcrdns::IpAddress::parse("203.0.113.1");
//     if (!address) return complain("no address");
//     const fcrdns::Report report = fcrdns::check_address(**resolver, *address, {.helo = "mail.example.com"});
//     std::cout << fcrdns::to_text(report);        // or to_json(report), or report.message: no PTR record
//
// check_host() does the same for all addresses of a host name; system_resolver({.direct = true}) asks the zones'
// own servers. A Report is a value with everything in it: verdict and reason, the evidence it rests on, the reply
// of a strict receiver, the records that repair it.
//
// Did the provider choose this name? No network is needed, nor an address:
//
//     const auto name = fcrdns::DnsName::from_text("192-0-2-77.dyn.isp.example");
//     const fcrdns::GenericJudgement judgement = fcrdns::judge_name(*name, std::nullopt);
//     for (const auto& clue : judgement.evidence) std::cout << clue.text << ' ' << clue.rule->words << '\n';
//
// Were the answers had elsewhere, from a log or another resolver? Judge them as they are:
//
//     fcrdns::Evidence evidence;             // the address, the PTR answer, per name the forward answer
//     const fcrdns::Verdict verdict = fcrdns::judge(evidence, {});
//
// Is there an event loop already? Check says what to ask and does no I/O; Resolver has a descriptor to poll
// and says how long at most. Ask what start() and feed() give until done():
//
//     fcrdns::Check check(*address);
//     for (const auto& question : check.start()) resolver.ask(question, handler);   // handler calls check.feed()
//     poll(resolver.descriptor(), resolver.next_timeout()), resolver.progress(0ms);
//
// A failed lookup is an answer (`temperror`), never an exception and never "no PTR". Result<T> holds a value
// or a sentence for the user: bad input, no servers. Objects are not to be shared between threads; give each
// its own resolver. Everything but Resolver is a pure value.
#pragma once

#include "fcrdns/answer.hpp"
#include "fcrdns/authoritative_resolver.hpp"
#include "fcrdns/check.hpp"
#include "fcrdns/check_address.hpp"
#include "fcrdns/dns_name.hpp"
#include "fcrdns/evidence.hpp"
#include "fcrdns/generic_name.hpp"
#include "fcrdns/helo.hpp"
#include "fcrdns/ip_address.hpp"
#include "fcrdns/provider.hpp"
#include "fcrdns/receivers.hpp"
#include "fcrdns/render.hpp"
#include "fcrdns/report.hpp"
#include "fcrdns/resolver.hpp"
#include "fcrdns/result.hpp"
#include "fcrdns/special_use.hpp"
#include "fcrdns/system_resolver.hpp"
#include "fcrdns/verdict.hpp"
#include "fcrdns/version.hpp"
