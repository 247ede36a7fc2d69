// SPDX-License-Identifier: MIT
// Tells whether a provider chose a name, by the name alone: classify_name 192-0-2-77.dyn.isp.example
#include <fcrdns/fcrdns.hpp>
#include <iostream>

int main(int argc, char** argv) {
    const auto name = fcrdns::DnsName::from_text(argc == 2 ? argv[1] : "");
    if (!name) return 2;
    const fcrdns::GenericJudgement judgement = fcrdns::judge_name(*name, std::nullopt);
    std::cout << name->to_text() << (judgement.match() ? " is generic\n" : " was chosen by its operator\n");
    for (const fcrdns::GenericEvidence& clue : judgement.evidence) {
        std::cout << "  " << clue.text << ' ' << clue.rule->words << '\n';
    }
}
