// SPDX-License-Identifier: MIT
// Writes the benchmark's world of one block to files:
//   addresses.txt   one address per line, in order
//   truth.tsv       address, verdict, reason, the first PTR name or "-"
//   questions.txt   every question the block raises, as dnsperf reads them
//   reverse.zone, forward.zone   what an authoritative server needs (with --zones, /16 only)
// usage: bench_make_world DIRECTORY FIRST_ADDRESS PREFIX_LENGTH SILENT_SHARE [--zones]
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <arpa/inet.h>

#include "argument.hpp"
#include "world.hpp"

namespace {

struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

File open_for_writing(const std::string& directory, const char* name) {
    File file(std::fopen((directory + "/" + name).c_str(), "w"));
    if (!file) {
        std::perror(name);
        std::exit(2);
    }
    return file;
}

void print(const File& file, const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) {
        std::perror("write");
        std::exit(2);
    }
}

std::string start_of_zone(const std::string& zone) {
    return "$ORIGIN " + zone + ".\n$TTL " + std::to_string(bench::record_ttl) +
           "\n@ SOA ns1.isp.example. hostmaster.isp.example. 1 7200 3600 1209600 " +
           std::to_string(bench::negative_ttl) + "\n@ NS ns1.isp.example.\n";
}

void write_lists(const std::string& directory, std::uint32_t first, std::uint32_t last, double silent) {
    const File addresses = open_for_writing(directory, "addresses.txt");
    const File truth = open_for_writing(directory, "truth.tsv");
    const File questions = open_for_writing(directory, "questions.txt");
    for (std::uint64_t i = first; i <= last; ++i) {
        const auto address = static_cast<std::uint32_t>(i);
        const std::string text = bench::address_text(address);
        const auto expected = bench::truth_of(address, silent);
        const auto names = bench::ptr_names(address);
        print(addresses, text + "\n");
        print(truth, text + "\t" + std::string(expected.verdict) + "\t" + std::string(expected.reason) + "\t" +
                         (names.empty() ? "-" : names.front()) + "\n");
        print(questions, bench::reverse_name(address) + " PTR\n");
        for (const auto& name : names) {
            print(questions, name + " A\n");
        }
    }
}

void write_zones(const std::string& directory, std::uint32_t first, std::uint32_t last) {
    const std::string whole = bench::reverse_name(first);
    const File reverse = open_for_writing(directory, "reverse.zone");
    const File forward = open_for_writing(directory, "forward.zone");
    print(reverse, start_of_zone(whole.substr(4)));  // without "0.0."
    print(forward, start_of_zone("example") + "ns1.isp A 127.0.0.1\n");
    for (std::uint64_t i = first; i <= last; ++i) {
        const auto address = static_cast<std::uint32_t>(i);
        const std::string owner = bench::reverse_name(address) + ". ";
        const auto names = bench::ptr_names(address);
        if (names.empty() && bench::reverse_name_exists(address)) {
            print(reverse, owner + "TXT \"no PTR record here\"\n");
        }
        for (const auto& name : names) {
            print(reverse, std::string(owner).append("PTR ").append(name).append(".\n"));
            if (const auto target = bench::address_of(name)) {
                print(forward, name + ". A " + bench::address_text(*target) + "\n");
            }
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    in_addr parsed{};
    const bool zones = argc == 6 && std::string(argv[5]) == "--zones";
    const int length = argc >= 5 ? bench::number<int>(argv[3]) : 0;
    if ((argc != 5 && !zones) || inet_pton(AF_INET, argv[2], &parsed) != 1 || length < 8 || length > 32 ||
        (zones && length != 16)) {
        (void)std::fputs("usage: bench_make_world DIRECTORY FIRST_ADDRESS PREFIX_LENGTH SILENT_SHARE [--zones]\n",
                         stderr);
        return 2;
    }
    const std::uint32_t first = ntohl(parsed.s_addr);
    const auto last = static_cast<std::uint32_t>(first + (std::uint64_t{1} << (32 - length)) - 1);
    write_lists(argv[1], first, last, bench::number<double>(argv[4]));
    if (zones) {
        write_zones(argv[1], first, last);
    }
    return 0;
}
