// SPDX-License-Identifier: MIT
#include "cli/renderer.hpp"

namespace fcrdns::cli {
namespace {

class QuietRenderer : public Renderer {
public:
    void records(std::string&, std::span<const Report>) override {}
    void finish(std::string&, const Tally&) override {}
};

class JsonRenderer : public Renderer {
public:
    explicit JsonRenderer(bool queries) : queries_(queries) {}
    void records(std::string& out, std::span<const Report> reports) override {
        for (const Report& report : reports) append_json(out, report, queries_);
    }
    void finish(std::string&, const Tally&) override {}

private:
    bool queries_;
};

// One target: the whole story of each address. A list: a line each, then the totals.
class TextRenderer : public Renderer {
public:
    TextRenderer(bool one_target, TextOptions options) : one_target_(one_target), options_(std::move(options)) {}

    void records(std::string& out, std::span<const Report> reports) override {
        for (const Report& report : reports) {
            if (!in_full(report)) {
                append_text_line(out, report, options_);
                continue;
            }
            append_text_full(out, report, options_);
            if (!one_target_ || &report != &reports.back()) out += '\n';
        }
    }

    void finish(std::string& out, const Tally& tally) override {
        if (one_target_ || tally.total() == 0) return;
        if (!options_.verbose) out += '\n';
        append_text_summary(out, tally, options_);
    }

private:
    bool in_full(const Report& report) const { return one_target_ || options_.verbose || report.receivers; }

    bool one_target_;
    TextOptions options_;
};

}  // namespace

std::unique_ptr<Renderer> make_renderer(const Options& options, bool one_target, const TextOptions& text) {
    if (options.quiet) return std::make_unique<QuietRenderer>();
    if (options.format == Format::json) return std::make_unique<JsonRenderer>(options.verbose);
    return std::make_unique<TextRenderer>(one_target, text);
}

}  // namespace fcrdns::cli
