// SPDX-License-Identifier: MIT
// LineReader: lines from a descriptor as they come, without ever blocking and
// without keeping more than a little of a line, however long it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fcrdns::cli {

enum class Pull : unsigned char {
    ready,    ///< here it is
    waiting,  ///< nothing yet: wait for the descriptor
    busy,     ///< nothing yet, though much was read: see to the rest of the program, then ask again
    end,
};

class LineReader {
public:
    /// Reads from `descriptor`, which it closes at the end when `owned`.
    LineReader(int descriptor, bool owned);
    LineReader(LineReader&& other) noexcept;
    LineReader& operator=(LineReader&&) = delete;
    ~LineReader();

    /// The next line without its LF, valid until the next call, unless there is none yet.
    /// A UTF-8 byte order mark at the very start is dropped; a last line needs no LF.
    Pull next(std::string_view& line);
    /// What poll(2) may wait for when next() said `waiting`.
    int descriptor() const { return descriptor_; }
    /// The number of the line given last, counted from 1.
    std::size_t line_number() const { return line_number_; }
    /// The operating system's words for the read error that ended the input; empty without one.
    const std::string& error() const { return error_; }
    /// True when only the beginning of the line given last was kept, since it is longer than any target.
    bool was_cut() const { return cut_; }
    /// True when the input began as UTF-16 does: with its byte order mark, or with every second octet zero.
    bool is_utf16() const { return utf16_; }

private:
    bool take_line(std::string_view& line);
    Pull fill();

    int descriptor_;
    bool owned_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what is not yet given out
    bool skipping_ = false;  // the rest of an overlong line is being dropped
    bool cut_ = false;
    bool end_ = false;
    bool utf16_ = false;
    std::size_t line_number_ = 0;
    std::string error_;
};

}  // namespace fcrdns::cli
