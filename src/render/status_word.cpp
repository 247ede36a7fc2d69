// SPDX-License-Identifier: MIT
#include "render/status_word.hpp"

namespace fcrdns {
namespace {

std::string_view color_code(std::string_view word) {
    if (word == "PASS") return "32";
    if (word == "WARN") return "33";
    return word == "FAIL" ? "31" : "35";
}

}  // namespace

void append_status_word(std::string& out, std::string_view word, bool color) {
    if (color) {
        out.append("\x1b[").append(color_code(word)).append("m").append(word).append("\x1b[0m");
    } else {
        out += word;
    }
}

}  // namespace fcrdns
