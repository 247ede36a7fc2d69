// SPDX-License-Identifier: MIT
#include "cli/exit/output.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/exit/signals.hpp"

namespace fcrdns::cli {
namespace {

// What a pipe that polls writable takes without blocking (POSIX PIPE_BUF on Linux).
constexpr std::size_t pipe_chunk = 4096;
constexpr std::size_t file_chunk = 65536;
constexpr std::size_t block_size = 65536;
// What a waiting result costs besides its text.
constexpr std::size_t overhead = sizeof(std::optional<std::string>);

}  // namespace

Output::Output(int descriptor, bool ordered, bool hold) : descriptor_(descriptor), ordered_(ordered), hold_(hold) {
    struct stat status {};
    regular_ = fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode));
}

void Output::deliver(std::uint64_t place, std::string_view text) {
    if (!ordered_) {
        append(text);
        return;
    }
    const auto at = static_cast<std::size_t>(place - next_);
    if (at == 0 && waiting_.empty()) {
        append(text);
        ++next_;
        return;
    }
    if (waiting_.size() <= at) waiting_.resize(at + 1);
    waiting_[at].emplace(text);
    waiting_bytes_ += waiting_[at]->capacity() + overhead;
    advance();
}

void Output::advance() {
    while (!waiting_.empty() && waiting_.front()) {
        waiting_bytes_ -= waiting_.front()->capacity() + overhead;
        append(*waiting_.front());
        waiting_.pop_front();
        ++next_;
    }
}

void Output::append(std::string_view text) {
    if (text.empty()) return;
    if (ready_.empty() || ready_.back().size() + text.size() > block_size) {
        ready_.emplace_back().reserve(std::max(block_size, text.size()));
    }
    ready_.back() += text;
    ready_bytes_ += text.size();
}

void Output::prepend(std::string_view text) {
    if (text.empty()) return;
    ready_.emplace_front(text);
    ready_bytes_ += text.size();
}

void Output::release_all() {
    for (const auto& text : waiting_) {
        if (text) append(*text);
    }
    waiting_.clear();
    waiting_bytes_ = 0;
    hold_ = false;
}

bool Output::write_some() {
    while (wants_to_write()) {
        if (!regular_) {
            pollfd writable{descriptor_, POLLOUT, 0};
            if (poll(&writable, 1, 0) == 0) return true;
        }
        const std::string& block = ready_.front();
        const std::size_t count = std::min(block.size() - written_, regular_ ? file_chunk : pipe_chunk);
        const ssize_t taken = write(descriptor_, block.data() + written_, count);
        if (taken < 0 && (errno == EINTR || errno == EAGAIN)) return true;
        if (taken < 0) {
            if (errno == EPIPE) end_by_broken_pipe();
            error_ = std::strerror(errno);
            failed_ = true;
            break;
        }
        written_ += static_cast<std::size_t>(taken);
        ready_bytes_ -= static_cast<std::size_t>(taken);
        if (written_ == block.size()) drop_first_block();
    }
    return !failed_;
}

void Output::drop_first_block() {
    written_ = 0;
    if (ready_.size() > 1) {
        ready_.pop_front();
    } else {
        ready_.front().clear();  // its memory serves what comes next
    }
}

bool Output::write_all() {
    while (write_some() && wants_to_write()) {
        pollfd writable{descriptor_, POLLOUT, 0};
        (void)poll(&writable, 1, -1);
    }
    return !failed_;
}

}  // namespace fcrdns::cli
