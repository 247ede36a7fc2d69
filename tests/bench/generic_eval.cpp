// SPDX-License-Identifier: MIT
// Measures the recogniser of generic names on labelled names: a file of tab-separated
// lines `address|-  name  generic|custom|ambiguous  …` ('#' begins a comment). Prints
// precision, recall, F1, the rate of false positives on hard negatives (custom names with
// two or more numbers left of the registrable domain), and every error with its evidence.
//   generic_eval FILE            the figures and the errors
//   generic_eval --by-rule FILE  also what each rule finds and costs, alone too
//   generic_eval --speed FILE    the processor time of a million judgements
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/generic_name.hpp"
#include "judge/generic/judge_without.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/generic/rules.hpp"

namespace {

struct Row {
    std::optional<fcrdns::IpAddress> address;
    fcrdns::DnsName name;
    std::string text;
    bool generic = false;
};

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        fields.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return fields;
}

/// The scored rows; ambiguous names and names that are no names are left out.
std::vector<Row> read_rows(const char* path) {
    std::vector<Row> rows;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto fields = fields_of(line);
        if (fields.size() < 3 || (fields[2] != "generic" && fields[2] != "custom")) continue;
        const auto name = fcrdns::DnsName::from_text(fields[1]);
        if (!name) continue;
        rows.push_back({fcrdns::IpAddress::parse(fields[0]), *name, fields[1], fields[2] == "generic"});
    }
    return rows;
}

bool is_hard(const std::string& name) {
    const std::string_view domain = fcrdns::registrable_domain(name);
    const std::string_view host = std::string_view(name).substr(0, name.size() - domain.size());
    int runs = 0;
    for (std::size_t i = 0; i < host.size(); ++i) {
        if (fcrdns::is_digit(host[i]) && (i == 0 || !fcrdns::is_digit(host[i - 1]))) ++runs;
    }
    return runs >= 2;
}

void print_error(const Row& row, const fcrdns::GenericJudgement& judgement) {
    std::printf("%s\t%s\t%s", row.generic ? "missed" : "wrong ", row.address ? row.address->to_text().c_str() : "-",
                row.text.c_str());
    for (const auto& clue : judgement.evidence) {
        std::printf("\t%s=%.*s", clue.text.c_str(), static_cast<int>(clue.rule->name.size()), clue.rule->name.data());
    }
    std::puts("");
}

double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
}

bool shows(const fcrdns::GenericJudgement& judgement, const fcrdns::GenericRule* rule) {
    return std::any_of(judgement.evidence.begin(), judgement.evidence.end(),
                       [&](const auto& clue) { return clue.rule == rule; });
}

/// For each rule: the generic and the custom names in whose evidence it stands, and those that nothing else finds.
void print_rules(const std::vector<Row>& rows) {
    std::printf("%-22s %9s %9s %12s %12s\n", "rule", "generic", "custom", "sole generic", "sole custom");
    for (const fcrdns::GenericRule* rule : fcrdns::rules::all) {
        std::array<int, 2> in_evidence{};
        std::array<int, 2> sole{};
        for (const Row& row : rows) {
            const auto judgement = fcrdns::judge_name(row.name, row.address);
            if (!judgement.match()) continue;
            if (shows(judgement, rule)) ++in_evidence[row.generic ? 0 : 1];
            if (!fcrdns::judge_name_without(rule, row.name, row.address).match()) ++sole[row.generic ? 0 : 1];
        }
        std::printf("%-22.*s %9d %9d %12d %12d\n", static_cast<int>(rule->name.size()), rule->name.data(),
                    in_evidence[0], in_evidence[1], sole[0], sole[1]);
    }
}

void evaluate(const std::vector<Row>& rows) {
    int found = 0;
    int missed = 0;
    int wrong = 0;
    int hard = 0;
    int hard_wrong = 0;
    for (const Row& row : rows) {
        const auto judgement = fcrdns::judge_name(row.name, row.address);
        const bool hard_negative = !row.generic && is_hard(row.text);
        if (hard_negative) ++hard;
        if (hard_negative && judgement.match()) ++hard_wrong;
        if (row.generic) ++(judgement.match() ? found : missed);
        if (!row.generic && judgement.match()) ++wrong;
        if (row.generic != judgement.match()) print_error(row, judgement);
    }
    const double precision = ratio(found, found + wrong);
    const double recall = ratio(found, found + missed);
    std::printf("names %zu  generic %d  missed %d  wrong %d  hard negatives %d  of them wrong %d\n", rows.size(),
                found + missed, missed, wrong, hard, hard_wrong);
    std::printf("precision %.4f  recall %.4f  F1 %.4f  hard negatives %.4f\n", precision, recall,
                ratio(2 * precision * recall, precision + recall), ratio(hard_wrong, hard));
}

void measure_speed(const std::vector<Row>& rows) {
    constexpr std::size_t judgements = 1'000'000;
    std::size_t matches = 0;
    const std::clock_t begin = std::clock();
    for (std::size_t i = 0; i < judgements; ++i) {
        const Row& row = rows[i % rows.size()];
        if (fcrdns::judge_name(row.name, row.address).match()) ++matches;
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf("%zu judgements, %zu generic, in %.2f s of processor time\n", judgements, matches, seconds);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view option = argc == 3 ? argv[1] : "";
    if (argc < 2 || argc > 3 || (argc == 3 && option != "--by-rule" && option != "--speed")) {
        (void)std::fputs("usage: generic_eval [--by-rule|--speed] FILE\n", stderr);
        return 2;
    }
    const auto rows = read_rows(argv[argc - 1]);
    if (rows.empty()) {
        (void)std::fprintf(stderr, "generic_eval: no labelled names in %s\n", argv[argc - 1]);
        return 2;
    }
    if (option == "--speed") {
        measure_speed(rows);
    } else {
        if (option == "--by-rule") print_rules(rows);
        evaluate(rows);
    }
    return 0;
}
