// SPDX-License-Identifier: MIT
#include "cli/run/line_reader.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fcrdns::cli {
namespace {

constexpr std::size_t chunk = 65536;
// So many are read for one line before others have their turn: a line may be without end.
constexpr unsigned chunks_a_turn = 16;
// Longer than any target; what follows on such a line can only be a comment.
constexpr std::size_t longest_line = 4096;

bool begins_as_utf16(std::string_view line) {
    if (line.size() < 2) return false;
    const std::string_view mark = line.substr(0, 2);
    return mark == "\xff\xfe" || mark == "\xfe\xff" || (mark[0] == '\0') != (mark[1] == '\0');
}

}  // namespace

LineReader::LineReader(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}

LineReader::LineReader(LineReader&& other) noexcept
    : descriptor_(other.descriptor_),
      owned_(std::exchange(other.owned_, false)),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      skipping_(other.skipping_),
      cut_(other.cut_),
      end_(other.end_),
      utf16_(other.utf16_),
      line_number_(other.line_number_),
      error_(std::move(other.error_)) {}

LineReader::~LineReader() {
    if (owned_) close(descriptor_);
}

bool LineReader::take_line(std::string_view& line) {
    const std::string_view rest = std::string_view(buffer_).substr(begin_);
    const std::size_t feed = rest.find('\n');
    if (feed == std::string_view::npos && !(end_ && !rest.empty()) && rest.size() <= longest_line) return false;
    line = rest.substr(0, std::min(feed, longest_line));
    cut_ = std::min(feed, rest.size()) > longest_line;
    begin_ += feed == std::string_view::npos ? rest.size() : feed + 1;
    skipping_ = feed == std::string_view::npos;
    ++line_number_;
    return true;
}

Pull LineReader::fill() {
    // Polling first keeps a descriptor that another program also uses in the mode it is in.
    pollfd waiting{descriptor_, POLLIN, 0};
    if (poll(&waiting, 1, 0) == 0) return Pull::waiting;
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t kept = buffer_.size();
    buffer_.resize(kept + chunk);
    const ssize_t count = read(descriptor_, buffer_.data() + kept, chunk);
    const int problem = errno;
    buffer_.resize(kept + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count > 0) return Pull::ready;
    if (count < 0 && (problem == EAGAIN || problem == EINTR)) return Pull::waiting;
    if (count < 0) error_ = std::strerror(problem);
    end_ = true;
    return Pull::end;
}

Pull LineReader::next(std::string_view& line) {
    for (unsigned chunks = 0; chunks < chunks_a_turn; ++chunks) {
        if (skipping_) {
            const std::size_t feed = buffer_.find('\n', begin_);
            begin_ = feed == std::string::npos ? buffer_.size() : feed + 1;
            skipping_ = feed == std::string::npos;
        }
        if (!skipping_ && take_line(line)) {
            if (line_number_ == 1 && line.substr(0, 3) == "\xef\xbb\xbf") line.remove_prefix(3);
            if (line_number_ == 1) utf16_ = begins_as_utf16(line);
            return Pull::ready;
        }
        if (end_) return Pull::end;
        if (fill() == Pull::waiting) return Pull::waiting;
    }
    return Pull::busy;
}

}  // namespace fcrdns::cli
