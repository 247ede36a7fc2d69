// SPDX-License-Identifier: MIT
#include "text/paragraphs.hpp"

#include <algorithm>

namespace fcrdns {
namespace {

constexpr std::size_t columns = 78;

}  // namespace

void append_paragraph(std::string& out, std::string_view text, std::size_t indent, std::string_view lead) {
    out.append(indent, ' ').append(lead);
    const std::size_t left = indent + lead.size();
    std::size_t column = left;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (column > left && column + 1 + word.size() > columns) {
            out.append(1, '\n').append(left, ' ');
            column = left;
        } else if (column > left) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    out += '\n';
}

void append_line(std::string& out, std::string_view text, std::size_t indent) {
    out.append(indent, ' ').append(text).append(1, '\n');
}

}  // namespace fcrdns
