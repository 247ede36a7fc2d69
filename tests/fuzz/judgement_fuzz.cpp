// SPDX-License-Identifier: MIT
// The whole judgement: arbitrary octets as the replies to the questions of one address.
// Always a verdict, valid JSON on one line of ASCII, printable text; and a pass only
// where a PTR name of a well-formed reply has a well-formed address record of the address.
#include <rapidjson/reader.h>

#include <deque>
#include <utility>
#include <vector>

#include "fcrdns/check.hpp"
#include "fcrdns/render.hpp"
#include "fuzz.hpp"
#include "resolver/message.hpp"

namespace {

using namespace fcrdns;
using fuzz::demand;

// How the first octet of an input changes the run.
enum Mode : unsigned { ipv6 = 1, explained = 2, with_helo = 4, from_host = 8, direct = 16, in_color = 32, mapped = 64 };

IpAddress read_address(fuzz::Input& input, unsigned mode) {
    std::vector<std::uint8_t> octets((mode & ipv6) != 0 ? 16 : 4);
    const auto given = input.take(octets.size());
    std::copy(given.begin(), given.end(), octets.begin());
    return *IpAddress::from_bytes(octets);
}

// A chunk of the input as the reply: flags and counts of the header, then what follows the question.
Answer read_answer(fuzz::Input& input, const Question& question) {
    const std::size_t high = input.octet();
    fuzz::Input chunk = [&] {
        const auto octets = input.take(high * 256 + input.octet());
        return fuzz::Input(octets.data(), octets.size());
    }();
    const auto header = chunk.take(8);
    if (header.size() < 8) {
        Answer failed;
        failed.question = question;
        failed.outcome = high % 2 == 0 ? Outcome::timeout : Outcome::unreachable;
        failed.detail = fuzz::Input::as_text(header);
        return failed;
    }
    std::string message(encode_query(question, 1, false, true).view());
    for (std::size_t i = 0; i < header.size(); ++i) message[i < 2 ? i + 2 : i + 4] = static_cast<char>(header[i]);
    message += fuzz::Input::as_text(chunk.take_rest());
    Answer answer =
        read_reply({reinterpret_cast<const std::uint8_t*>(message.data()), message.size()}, question).answer;
    answer.server = Endpoint{*IpAddress::parse("192.0.2.53"), 53};
    answer.tries = 1;
    return answer;
}

// What --direct would have kept: the servers of the zone, one of which may say something else.
void add_source(Answer& answer, std::uint8_t how) {
    SourceView source;
    source.resolver.outcome = static_cast<Outcome>(how % 13);
    if (how % 2 == 0) source.resolver.ttl_left = how;
    for (unsigned i = 0; i < how % 4U; ++i) {
        AuthoritativeAnswer said{
            answer.question.name.parent(), answer.final_name(), answer.server, answer.outcome, false, {}};
        for (const NameRecord& record : answer.names) said.answers.push_back(record.name.to_absolute_text());
        if (i == 1) said.outcome = source.resolver.outcome;
        said.lame = i == 2;
        source.servers.push_back(std::move(said));
    }
    answer.source = std::make_shared<const SourceView>(std::move(source));
}

Evidence gather(fuzz::Input& input, unsigned mode, const IpAddress& address, const Helo& helo) {
    Check check(address, (mode & with_helo) != 0 ? helo.name : std::nullopt);
    std::deque<Question> open;
    const auto ask = [&](const std::vector<Question>& more) { open.insert(open.end(), more.begin(), more.end()); };
    ask(check.start());
    bool explain = (mode & explained) != 0;
    while (!open.empty()) {
        if (input.empty() && !check.settled()) {
            check.give_up();
            break;
        }
        Answer answer = read_answer(input, open.front());
        open.pop_front();
        if ((mode & direct) != 0) add_source(answer, input.octet());
        ask(check.feed(std::move(answer)));
        if (open.empty() && std::exchange(explain, false)) ask(check.find_reverse_zone());
    }
    demand(check.done(), "a check ends");
    return check.take();
}

void check_verdict(const Evidence& evidence, const Verdict& verdict) {
    demand(verdict.names.size() == evidence.names.size(), "every name has an opinion");
    demand(verdict.kind != VerdictKind::invalid, "an address has a verdict");
    bool confirmed = false;
    for (const PtrName& name : evidence.names) confirmed = confirmed || leads_back(name, evidence.address);
    demand(confirmed == (verdict.kind == VerdictKind::pass), "a pass is a name that leads back");
    demand(verdict.reason != Reason::no_ptr || is_definite(evidence.ptr.outcome), "absence is said by the DNS only");
}

void check_json(const Report& report) {
    std::string json;
    append_json(json, report, true);
    demand(!json.empty() && json.back() == '\n', "JSON ends with a line feed");
    json.pop_back();
    demand(fuzz::is_printable(json), "JSON is one line of printable ASCII");
    rapidjson::Reader reader;
    rapidjson::BaseReaderHandler<> ignore;
    rapidjson::StringStream stream(json.c_str());
    const auto result =
        reader.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(stream, ignore);
    demand(!result.IsError() && json.front() == '{', "JSON is valid");
}

void check_text(const Report& report, bool color) {
    std::string text;
    const TextOptions plain{false, true, "/etc/resolv.conf"};
    append_text_full(text, report, plain);
    append_text_line(text, report, plain);
    demand(!text.empty() && text.back() == '\n', "text ends with a line feed");
    std::replace(text.begin(), text.end(), '\n', ' ');
    demand(fuzz::is_printable(text), "text is printable ASCII and LF");
    std::string colored;
    append_text_line(colored, report, {color, false, {}});
    demand(std::count(colored.begin(), colored.end(), '\x1b') == (color ? 2 : 0), "colour marks the status word alone");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    const unsigned mode = input.octet();
    const IpAddress address = read_address(input, mode);
    const Helo helo = parse_helo((mode & with_helo) != 0 ? input.text() : std::string_view());
    Subject subject;
    subject.input = std::string((mode & from_host) != 0 ? input.text() : std::string_view());
    subject.family = address.family();
    if ((mode & from_host) != 0) subject.origin.host_name = DnsName::from_text(subject.input);
    if ((mode & with_helo) != 0) subject.origin.helo = helo;
    subject.origin.ipv4_mapped = (mode & mapped) != 0;
    Evidence evidence = gather(input, mode, address, helo);
    Verdict verdict = judge(evidence, subject.origin);
    check_verdict(evidence, verdict);
    const Report report = compose(std::move(subject), std::move(evidence), std::move(verdict), {true});
    check_json(report);
    check_text(report, (mode & in_color) != 0);
    return 0;
}
