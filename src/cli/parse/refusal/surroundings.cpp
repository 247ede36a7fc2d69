// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/surroundings.hpp"

#include <algorithm>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

constexpr std::size_t farthest_before = 120;
constexpr std::size_t farthest_behind = 64;

bool is_word_char(char c) {
    return is_alnum(c) || c == '_' || c == '.' || c == '-' || c == '\'';
}

bool looks_like_host(std::string_view word) {
    return (word.find('.') != std::string_view::npos && std::any_of(word.begin(), word.end(), is_letter)) ||
           equals_ignoring_case("unknown", word) || equals_ignoring_case("localhost", word);
}

// Reads a text backwards, from an address to the words before it.
class Backwards {
public:
    Backwards(std::string_view text, std::size_t at, std::size_t begin)
        : text_(text), at_(at), begin_(at - begin > farthest_before ? at - farthest_before : begin) {}

    char peek() const { return at_ > begin_ ? text_[at_ - 1] : '\0'; }
    void skip() { --at_; }
    bool skip_blanks() {
        const std::size_t from = at_;
        while (at_ > begin_ && is_blank(text_[at_ - 1])) --at_;
        return from != at_;
    }
    std::string_view word() {
        const std::size_t end = at_;
        while (at_ > begin_ && is_word_char(text_[at_ - 1])) --at_;
        std::string_view found = text_.substr(at_, end - at_);
        const bool in_reply =
            found.size() > 4 && found[3] == '-' && std::all_of(found.begin(), found.begin() + 3, is_digit);
        return in_reply ? found.substr(4) : found;
    }
    // A group such as `(HELO name)` that ends here.
    void skip_group() {
        const std::size_t from = at_;
        while (at_ > begin_ && text_[at_ - 1] != '(') --at_;
        at_ = at_ > begin_ ? at_ - 1 : from;
    }

private:
    std::string_view text_;
    std::size_t at_;
    std::size_t begin_;
};

void read_brackets(Backwards& back, Surroundings& around) {
    constexpr std::string_view signs = "[(<{\"'`";
    for (unsigned i = 0; i < 6; ++i) {
        const char c = back.peek();
        if (c == '\0' || signs.find(c) == std::string_view::npos) break;
        if (around.open == 0 && c != '"' && c != '\'' && c != '`') around.open = c;
        around.angle = around.angle || c == '<';
        back.skip();
    }
    around.before = back.peek();
    if (around.before == '/') {
        Backwards ahead = back;
        ahead.skip();
        around.url_host = ahead.peek() == '/';
    }
}

void read_name(Backwards& back, Surroundings& around) {
    const bool apart = back.skip_blanks();
    if (around.open != '[' && around.open != '(') return;
    if (around.open == '[' && back.peek() == ')') {
        back.skip();
        back.skip_group();
        back.skip_blanks();
    }
    Backwards ahead = back;
    const std::string_view word = ahead.word();
    if (word.empty() || word.find('\'') != std::string_view::npos ||
        !(looks_like_host(word) || (around.open == '[' && !apart)))
        return;
    around.name = word;
    back = ahead;
    if (back.peek() == '<') {
        around.angle = true;
        back.skip();
    }
    back.skip_blanks();
}

// The signs between two words, or between a word and the address. A sentence or a clause that ends there
// says nothing of what follows.
bool read_joint(Backwards& back, char& joint) {
    for (unsigned i = 0; i < 8; ++i) {
        back.skip_blanks();
        const char c = back.peek();
        if (c == '\0') return false;
        if (is_word_char(c) && c != '.' && !(c == '-' && joint == 0)) return true;
        if (c == ';' || c == '.' || c == ')' || c == '?' || c == '!') return false;
        if (joint == 0 && (c == '=' || c == ':' || c == '-' || c == ',')) joint = c;
        back.skip();
    }
    return false;
}

void read_words(Backwards& back, Surroundings& around) {
    char joint = 0;
    for (std::size_t i = 0; i < around.words.size(); ++i) {
        if (!read_joint(back, joint)) break;
        if (i == 0) around.joint = joint;
        if (i > 0 && (joint == '=' || joint == ':')) break;  // what is said there is another thing
        around.words[i] = back.word();
        joint = 0;
    }
}

void read_behind(std::string_view text, std::size_t at, Surroundings& around) {
    const std::size_t limit = std::min(text.size(), at + farthest_behind);
    const auto skip_blanks = [&] {
        while (at < limit && is_blank(text[at])) ++at;
    };
    around.behind = at < limit ? text[at] : '\0';
    around.name_server = around.behind == '#' && at + 1 < limit && is_digit(text[at + 1]);
    const auto read_port = [&] {
        if (around.port != 0 || at + 1 >= limit || text[at] != ':' || !is_digit(text[at + 1])) return;
        for (++at; at < limit && is_digit(text[at]) && around.port < 100000; ++at) {
            around.port = around.port * 10 + static_cast<std::size_t>(text[at] - '0');
        }
    };
    read_port();
    // Google writes a number into the brackets: `[192.0.2.1      15]`.
    if (around.open == '[' && around.behind == ' ') {
        std::size_t ahead = at;
        while (ahead < limit && (text[ahead] == ' ' || is_digit(text[ahead]))) ++ahead;
        if (ahead < limit && text[ahead] == ']') at = ahead;
    }
    constexpr std::string_view closing = "])>}\"'`";
    while (at < limit && closing.find(text[at]) != std::string_view::npos) {
        ++at;
        read_port();
    }
    if (at < limit && text[at] == ':') ++at;
    skip_blanks();
    around.after = text.substr(at, limit - at);
}

}  // namespace

Surroundings surroundings_of(std::string_view text, const AddressToken& token, std::size_t begin) {
    Surroundings around;
    Backwards back(text, token.begin, begin);
    if (token.begin >= 5 && equals_ignoring_case("ipv6:", text.substr(token.begin - 5, 5)))
        back = {text, token.begin - 5, begin};
    read_brackets(back, around);
    read_name(back, around);
    read_words(back, around);
    read_behind(text, token.end, around);
    return around;
}

}  // namespace fcrdns::refusal
