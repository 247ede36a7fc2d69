// SPDX-License-Identifier: MIT
// Choices: the words that some options take as their value.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "cli/parse/options.hpp"

namespace fcrdns::cli {

/// A word of the command line and what it stands for.
template <class Value>
struct Named {
    std::string name;
    Value value;
};

/// What --format takes.
const std::vector<Named<Format>>& formats();
/// What --report takes: text and a plugin's line are for standard output.
const std::vector<Named<Format>>& report_formats();
/// What --color takes.
const std::vector<Named<ColorWhen>>& colors();
/// The report that FORMAT=FILE asks for; none where the word is of another form.
std::optional<ReportFile> report_file(const std::string& word);

/// "text, json or junit".
template <class Value>
std::string alternatives(const std::vector<Named<Value>>& choices) {
    std::string text;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i != 0) text += i + 1 == choices.size() ? " or " : ", ";
        text += choices[i].name;
    }
    return text;
}

/// The choice of that name, or null.
template <class Value>
const Named<Value>* find_named(const std::vector<Named<Value>>& choices, const std::string& word) {
    const auto is_named = [&](const auto& choice) { return choice.name == word; };
    const auto found = std::find_if(choices.begin(), choices.end(), is_named);
    return found == choices.end() ? nullptr : &*found;
}

}  // namespace fcrdns::cli
