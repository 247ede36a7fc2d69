// SPDX-License-Identifier: MIT
#include "cli/run/results.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

// The regular files that are in use. A report must not empty one of them.
class FilesInUse {
public:
    void add(const std::string& path, std::string_view use) {
        struct stat status {};
        if (stat(path.c_str(), &status) == 0) add(status, use);
    }
    // What the file is used for already; empty for a new one, which is noted.
    std::string_view add(int descriptor, std::string_view use) {
        struct stat status {};
        return fstat(descriptor, &status) == 0 ? add(status, use) : std::string_view();
    }

private:
    std::string_view add(const struct stat& status, std::string_view use) {
        if (!S_ISREG(status.st_mode)) return {};
        return uses_.try_emplace({status.st_dev, status.st_ino}, use).second ? std::string_view()
                                                                             : uses_.at({status.st_dev, status.st_ino});
    }

    std::map<std::pair<dev_t, ino_t>, std::string_view> uses_;
};

FilesInUse files_in_use(const Options& options) {
    FilesInUse files;
    for (const auto& input : {options.file, options.bounce}) {
        if (input && *input != "-") files.add(*input, "the input");
    }
    (void)files.add(STDIN_FILENO, "standard input");
    (void)files.add(STDOUT_FILENO, "standard output");
    return files;
}

Result<int> open_report(const ReportFile& file, FilesInUse& files) {
    const auto wrong = [&](const std::string& why) {
        return Error{fmt::format("--report {}={}: {}", to_word(file.format), quoted_input(file.path), why)};
    };
    const int descriptor = ::open(file.path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) return wrong(fmt::format("cannot be written: {}", std::strerror(errno)));
    if (const std::string_view use = files.add(descriptor, "another report"); !use.empty()) {
        (void)close(descriptor);
        return wrong(fmt::format("the file is {}, too; name another one", use));
    }
    (void)!ftruncate(descriptor, 0);  // of what is no regular file nothing is to be emptied
    return descriptor;
}

}  // namespace

Result<std::unique_ptr<Results>> Results::open(const Options& options, bool one_target, const TextOptions& text) {
    std::unique_ptr<Results> results(new Results);
    results->prints_ = !options.quiet;
    if (results->prints_) {
        results->sinks_.push_back(std::make_unique<Sink>("standard output", STDOUT_FILENO, options.format,
                                                         make_renderer(options.format, options, one_target, text),
                                                         !options.unordered));
    }
    TextOptions plain = text;
    plain.color = false;
    FilesInUse files = files_in_use(options);
    for (const ReportFile& file : options.reports) {
        const auto descriptor = open_report(file, files);
        if (!descriptor) return descriptor.error();
        results->sinks_.push_back(std::make_unique<Sink>(quoted_input(file.path), *descriptor, file.format,
                                                         make_renderer(file.format, options, one_target, plain), true));
    }
    return Result<std::unique_ptr<Results>>(std::move(results));
}

Results::~Results() {
    for (const auto& sink : sinks_) {
        if (sink->descriptor != STDOUT_FILENO && sink->descriptor >= 0) (void)close(sink->descriptor);
    }
}

void Results::take(std::uint64_t place, std::span<const Report> reports) {
    for (const Report& report : reports) tally_.count(report);
    for (const auto& sink : sinks_) {
        text_.clear();
        sink->renderer->records(text_, place, reports);
        sink->output.deliver(place, text_);
    }
}

bool Results::full() const {
    return std::any_of(sinks_.begin(), sinks_.end(),
                       [](const auto& sink) { return sink->output.full() || sink->renderer->full(); });
}

bool Results::wants_to_write() const {
    return prints_ && sinks_.front()->output.wants_to_write();
}

void Results::add_to(std::vector<pollfd>& waited) const {
    for (const auto& sink : sinks_) {
        if (sink->output.wants_to_write()) waited.push_back({sink->descriptor, POLLOUT, 0});
    }
}

bool Results::write_some() {
    bool printed = true;
    for (const auto& sink : sinks_) {
        const bool written = sink->output.write_some();
        if (prints_ && sink == sinks_.front()) printed = written;
    }
    return printed;
}

bool Results::lists_unfinished() const {
    return std::any_of(sinks_.begin(), sinks_.end(),
                       [](const auto& sink) { return sink->renderer->lists_unfinished(); });
}

std::vector<std::string> Results::finish(const RunSummary& summary, std::span<const Subject> unfinished) {
    std::vector<std::string> failures;
    for (const auto& sink : sinks_) {
        sink->output.release_all();
        text_.clear();
        sink->renderer->begin(text_, summary);
        sink->output.prepend(text_);
        text_.clear();
        for (const Subject& subject : unfinished) sink->renderer->unfinished(text_, subject);
        sink->renderer->finish(text_, summary);
        sink->output.append(text_);
        if (!sink->output.write_all()) {
            failures.push_back(fmt::format("{}: {}", sink->name, sink->output.error()));
        } else if (sink->descriptor != STDOUT_FILENO && close(std::exchange(sink->descriptor, -1)) != 0) {
            // A file system over a network may say only now that it has no room.
            failures.push_back(fmt::format("{}: {}", sink->name, std::strerror(errno)));
        }
    }
    return failures;
}

}  // namespace fcrdns::cli
