// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/plain_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cli/parse/refusal/letters.hpp"

namespace fcrdns::refusal {
namespace {

enum class Encoding : unsigned char { none, quoted_printable, base64 };

std::optional<unsigned> hex_value(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        if (!is_hex_digit(c)) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
    }
    return value;
}

char printable_or_blank(unsigned value) {
    return value > ' ' && value <= '~' ? static_cast<char>(value) : ' ';
}

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

bool is_base64_line(std::string_view line) {
    return !line.empty() &&
           std::all_of(line.begin(), line.end(), [](char c) { return base64_value(c) >= 0 || c == '='; });
}

// Length of the tag of HTML at the start of `text`, or 0; `<user@example.com>` and `<<<` are none.
std::size_t html_tag(std::string_view text) {
    constexpr std::array<std::string_view, 24> tags = {"a",   "b",    "body",   "br",    "code", "div", "em", "font",
                                                       "h1",  "h2",   "h3",     "hr",    "html", "i",   "li", "p",
                                                       "pre", "span", "strong", "table", "td",   "tr",  "tt", "ul"};
    constexpr std::size_t longest = 512;
    std::size_t at = 1;
    if (at < text.size() && text[at] == '/') ++at;
    const std::size_t begin = at;
    while (at < text.size() && at - begin < 8 && is_alnum(text[at])) ++at;
    const std::string_view tag = text.substr(begin, at - begin);
    const bool known =
        std::any_of(tags.begin(), tags.end(), [&](std::string_view t) { return equals_ignoring_case(t, tag); });
    if (!known || at == text.size() || (text[at] != '>' && text[at] != ' ' && text[at] != '/')) return 0;
    const std::size_t end = text.substr(0, longest).find('>', at);
    return end == std::string_view::npos ? 0 : end + 1;
}

std::pair<char, std::size_t> html_entity(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 9> entities = {{{"&lt;", '<'},
                                                                            {"&gt;", '>'},
                                                                            {"&amp;", '&'},
                                                                            {"&quot;", '"'},
                                                                            {"&nbsp;", ' '},
                                                                            {"&#39;", '\''},
                                                                            {"&#91;", '['},
                                                                            {"&#93;", ']'},
                                                                            {"&#58;", ':'}}};
    for (const auto& [spelled, meant] : entities) {
        if (text.starts_with(spelled)) return {meant, spelled.size()};
    }
    return {'&', 1};
}

class Cleaner {
public:
    explicit Cleaner(std::size_t size) { out_.reserve(size + 1); }

    void add_line(std::string_view line, bool complete);
    std::string take() { return std::move(out_); }

private:
    void add_text(std::string_view text);
    std::size_t add_escape(std::string_view text);
    void decode_base64(std::string_view line);
    void end_line(bool complete);

    std::string out_;
    Encoding encoding_ = Encoding::none;
    bool body_ = false;       // of a part in base64
    std::size_t joined_ = 0;  // line ends that are still to be counted
    std::uint32_t base64_bits_ = 0;
    int base64_count_ = 0;
};

// The text of an escape at the start of `text`, and its length: `\n` as loggers write it, `\u003c` as JSON does,
// colours as terminals get them.
std::size_t Cleaner::add_escape(std::string_view text) {
    if (text.front() == '\x1b') {
        std::size_t at = 1;
        if (at < text.size() && text[at] == '[') {
            constexpr std::size_t longest = 16;
            ++at;
            while (at < text.size() && at < longest && !is_letter(text[at])) ++at;
            return std::min(at + 1, text.size());
        }
        out_ += ' ';
        return 1;
    }
    std::size_t at = 0;
    while (at < text.size() && text[at] == '\\') ++at;
    if (at == text.size()) return at;
    const char c = text[at];
    if (c == 'n' || c == 'r' || c == 't') {
        out_ += ' ';
        return at + 1;
    }
    if (const auto value = c == 'u' && text.size() >= at + 5 ? hex_value(text.substr(at + 1, 4)) : std::nullopt) {
        out_ += printable_or_blank(*value);
        return at + 5;
    }
    return at;
}

void Cleaner::add_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const std::string_view rest = text.substr(at);
        if (c == '\\' || c == '\x1b') {
            at += add_escape(rest);
        } else if (const auto value = c == '=' && encoding_ == Encoding::quoted_printable && rest.size() >= 3
                                          ? hex_value(rest.substr(1, 2))
                                          : std::nullopt) {
            out_ += printable_or_blank(*value);
            at += 3;
        } else if (const std::size_t tag = c == '<' ? html_tag(rest) : 0; tag != 0) {
            out_ += ' ';
            at += tag;
        } else if (c == '&') {
            const auto [meant, length] = html_entity(rest);
            out_ += meant;
            at += length;
        } else {
            const std::size_t begin = at;
            while (++at < text.size() && text[at] != '\\' && text[at] != '\x1b' && text[at] != '=' && text[at] != '<' &&
                   text[at] != '&') {
            }
            for (const char plain : text.substr(begin, at - begin)) {
                out_ += printable_or_blank(static_cast<unsigned char>(plain));
            }
        }
    }
}

void Cleaner::decode_base64(std::string_view line) {
    for (const char c : line) {
        const int value = base64_value(c);
        if (value < 0) continue;
        base64_bits_ = base64_bits_ << 6U | static_cast<std::uint32_t>(value);
        base64_count_ += 6;
        if (base64_count_ < 8) continue;
        base64_count_ -= 8;
        const unsigned octet = base64_bits_ >> static_cast<unsigned>(base64_count_) & 0xffU;
        out_ += octet == '\n' ? uncounted_break : printable_or_blank(octet);
    }
}

void Cleaner::end_line(bool complete) {
    out_.append(joined_, counted_blank);
    joined_ = 0;
    if (complete) out_ += '\n';
}

std::string_view without_quotation_marks(std::string_view line) {
    while (!line.empty() && line.front() == '>' && !line.starts_with(">>> ")) {
        line.remove_prefix(line.size() > 1 && line[1] == ' ' ? 2 : 1);
    }
    return line;
}

void Cleaner::add_line(std::string_view line, bool complete) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    constexpr std::string_view field = "content-transfer-encoding:";
    if (starts_with_word(line, field)) {
        encoding_ = contains_word(line, "quoted-printable") ? Encoding::quoted_printable
                    : contains_word(line, "base64")         ? Encoding::base64
                                                            : Encoding::none;
        body_ = false;
    } else if (line.starts_with("--") && joined_ == 0) {
        encoding_ = Encoding::none;
    } else if (encoding_ == Encoding::base64) {
        if (line.empty()) {
            body_ = true;
            base64_count_ = 0;
        } else if (body_ && is_base64_line(line)) {
            decode_base64(line);
            if (complete) ++joined_;  // the address may go on in the next line
            return;
        }
    } else if (encoding_ == Encoding::quoted_printable && complete && !line.empty() && line.back() == '=') {
        line.remove_suffix(1);
        add_text(line);
        ++joined_;
        return;
    }
    if (contains_word(line, "remote_host_said:") || contains_word(line, "_does_not_like_") ||
        contains_word(line, "connected_to_")) {
        // qmail's log writes blanks so.
        std::string spaced(line);
        std::replace(spaced.begin(), spaced.end(), '_', ' ');
        add_text(spaced);
    } else {
        add_text(without_quotation_marks(line));
    }
    end_line(complete);
}

}  // namespace

std::string plain_text(std::string_view raw) {
    std::string narrow;
    if (raw.starts_with("\xff\xfe") || raw.starts_with("\xfe\xff")) {  // UTF-16, of which ASCII is every second octet
        std::copy_if(raw.begin() + 2, raw.end(), std::back_inserter(narrow), [](char c) { return c != '\0'; });
        raw = narrow;
    }
    Cleaner cleaner(raw.size());
    for (std::size_t begin = 0; begin < raw.size();) {
        const std::size_t end = std::min(raw.find('\n', begin), raw.size());
        cleaner.add_line(raw.substr(begin, end - begin), end < raw.size());
        begin = end + 1;
    }
    return cleaner.take();
}

}  // namespace fcrdns::refusal
