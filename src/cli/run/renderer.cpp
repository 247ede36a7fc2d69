// SPDX-License-Identifier: MIT
#include "cli/run/renderer.hpp"

#include "cli/run/first_few.hpp"
#include "cli/run/summary_renderer.hpp"
#include "render/causes.hpp"
#include "render/github.hpp"
#include "render/junit.hpp"
#include "render/markdown.hpp"
#include "render/nagios.hpp"

namespace fcrdns::cli {
namespace {

class JsonRenderer : public Renderer {
public:
    explicit JsonRenderer(bool queries) : queries_(queries) {}
    void records(std::string& out, std::uint64_t, std::span<const Report> reports) override {
        for (const Report& report : reports) append_json(out, report, queries_);
    }
    void finish(std::string&, const RunSummary&) override {}

private:
    bool queries_;
};

// One target: the whole story of each address. A list: a line each, then the totals.
class TextRenderer : public Renderer {
public:
    TextRenderer(bool one_target, TextOptions options) : one_target_(one_target), options_(std::move(options)) {}

    void records(std::string& out, std::uint64_t, std::span<const Report> reports) override {
        for (const Report& report : reports) {
            if (!one_target_) causes_.count(report);
            if (!in_full(report)) {
                append_text_line(out, report, options_);
                continue;
            }
            append_text_full(out, report, options_);
            if (!one_target_ || &report != &reports.back()) out += '\n';
        }
    }

    void finish(std::string& out, const RunSummary& summary) override {
        const bool empty = summary.tally.total() == 0;
        if ((one_target_ || empty) && !summary.interrupted) return;
        if (!options_.verbose && !empty) out += '\n';
        out += run_text(summary) + '\n';
        causes_.append_to(out);
        if (summary.tally.fail != 0 && !options_.verbose) {
            out += "For the cause and the fix: fcrdns-check ADDRESS (or -v for all)\n";
        }
    }

private:
    bool in_full(const Report& report) const { return one_target_ || options_.verbose || report.receivers; }

    bool one_target_;
    TextOptions options_;
    CauseCounts causes_;
};

// The text, then the annotations.
class GithubRenderer : public Renderer {
public:
    GithubRenderer(std::unique_ptr<Renderer> text, bool strict) : text_(std::move(text)), strict_(strict) {}

    void records(std::string& out, std::uint64_t place, std::span<const Report> reports) override {
        text_->records(out, place, reports);
        for (const Report& report : reports) {
            const Annotation annotation = github_annotation(report.verdict, strict_);
            if (annotation == Annotation::none) continue;
            FirstFew& commands = annotation == Annotation::error ? errors_ : warnings_;
            commands.add(0, place, github_command(report, annotation));
        }
    }

    bool full() const override { return text_->full(); }
    void finish(std::string& out, const RunSummary& summary) override {
        text_->finish(out, summary);
        if (!summary.trouble.empty()) errors_.add(0, 0, github_error(summary.trouble));
        append_github(out, Annotation::error, errors_.texts(), errors_.count());
        append_github(out, Annotation::warning, warnings_.texts(), warnings_.count());
    }

private:
    std::unique_ptr<Renderer> text_;
    bool strict_;
    FirstFew errors_{most_annotations};
    FirstFew warnings_{most_annotations};
};

class NagiosRenderer : public Renderer {
public:
    explicit NagiosRenderer(bool strict) : strict_(strict) {}

    void records(std::string&, std::uint64_t place, std::span<const Report> reports) override {
        for (const Report& report : reports) {
            const PluginStatus status = plugin_status(report.verdict, strict_);
            FirstFew& causes = status == PluginStatus::ok ? passes_ : causes_;
            causes.add(plugin_rank(status), place, cause_text(report));
        }
    }

    void finish(std::string& out, const RunSummary& summary) override {
        append_nagios(out, summary,
                      summary.tally.total() == 1 && causes_.count() == 0 ? passes_.texts() : causes_.texts());
    }

private:
    bool strict_;
    FirstFew causes_{3};  // an overview has one line
    FirstFew passes_{1};
};

class JunitRenderer : public Renderer {
public:
    JunitRenderer(bool strict, TextOptions options) : strict_(strict), options_(std::move(options)) {}

    void begin(std::string& out, const RunSummary& summary) override { append_junit_head(out, summary); }
    void records(std::string& out, std::uint64_t, std::span<const Report> reports) override {
        for (const Report& report : reports) append_junit_case(out, report, strict_, options_);
    }
    bool lists_unfinished() const override { return true; }
    void unfinished(std::string& out, const Subject& subject) override { append_junit_unfinished(out, subject); }
    void finish(std::string& out, const RunSummary& summary) override { append_junit_foot(out, summary); }

private:
    bool strict_;
    TextOptions options_;
};

class MarkdownRenderer : public Renderer {
public:
    void records(std::string&, std::uint64_t place, std::span<const Report> reports) override {
        for (const Report& report : reports) document_.add(place, report);
    }
    void finish(std::string& out, const RunSummary& summary) override { document_.append_to(out, summary); }

private:
    MarkdownDocument document_;
};

std::unique_ptr<Renderer> make_text_renderer(const Options& options, bool one_target, const TextOptions& text) {
    if (options.summary && !one_target) return std::make_unique<SummaryRenderer>(text.color);
    return std::make_unique<TextRenderer>(one_target, text);
}

}  // namespace

bool holds_results(Format format) {
    return format == Format::junit;
}

bool is_limited(Format format) {
    return format == Format::junit || format == Format::markdown;
}

std::string_view to_word(Format format) {
    switch (format) {
        case Format::text: return "text";
        case Format::json: return "json";
        case Format::junit: return "junit";
        case Format::nagios: return "nagios";
        case Format::github: return "github";
        case Format::markdown: return "markdown";
    }
    return "";
}

std::unique_ptr<Renderer> make_renderer(Format format, const Options& options, bool one_target,
                                        const TextOptions& text) {
    switch (format) {
        case Format::text: break;
        case Format::json: return std::make_unique<JsonRenderer>(options.verbose);
        case Format::junit: return std::make_unique<JunitRenderer>(options.strict, text);
        case Format::nagios: return std::make_unique<NagiosRenderer>(options.strict);
        case Format::github:
            return std::make_unique<GithubRenderer>(make_text_renderer(options, one_target, text), options.strict);
        case Format::markdown: return std::make_unique<MarkdownRenderer>();
    }
    return make_text_renderer(options, one_target, text);
}

}  // namespace fcrdns::cli
