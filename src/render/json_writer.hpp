// SPDX-License-Identifier: MIT
// JsonWriter: RapidJSON's writer over its string buffer, with members, objects and lists as
// functions, so that what is written reads like the record itself.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string_view>

namespace fcrdns {

/// Throws where there is no memory: RapidJSON's own allocator gives null then, and its writer does not look.
struct ThrowingAllocator {
    [[maybe_unused]] static constexpr bool kNeedFree = true;
    static void* Malloc(std::size_t size) { return size == 0 ? nullptr : checked(std::malloc(size)); }
    static void* Realloc(void* old, std::size_t, std::size_t size) {
        if (size != 0) return checked(std::realloc(old, size));
        std::free(old);
        return nullptr;
    }
    static void Free(void* memory) { std::free(memory); }

private:
    static void* checked(void* memory) {
        if (memory == nullptr) throw std::bad_alloc();
        return memory;
    }
};

class JsonWriter {
public:
    JsonWriter() : buffer_(nullptr, most_records), writer_(buffer_) { writer_.SetMaxDecimalPlaces(1); }

    /// What was written so far.
    std::string_view view() const { return {buffer_.GetString(), buffer_.GetSize()}; }

    JsonWriter& key(std::string_view name) {
        writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
        return *this;
    }
    void text(std::string_view value) { writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void text_or_null(std::string_view value) { value.empty() ? null() : text(value); }
    void boolean(bool value) { writer_.Bool(value); }
    void number(std::uint64_t value) { writer_.Uint64(value); }
    void milliseconds(std::chrono::microseconds value) { writer_.Double(static_cast<double>(value.count()) / 1000.0); }
    void null() { writer_.Null(); }
    template <class Members>
    void object(Members members) {
        writer_.StartObject();
        members();
        writer_.EndObject();
    }
    template <class List, class Element>
    void array(const List& list, Element element) {
        writer_.StartArray();
        for (const auto& item : list) element(item);
        writer_.EndArray();
    }

private:
    using Utf8 = rapidjson::UTF8<>;
    using Buffer = rapidjson::GenericStringBuffer<Utf8, ThrowingAllocator>;

    static constexpr std::size_t most_records = 2048;  // octets: most of them need no more

    Buffer buffer_;
    rapidjson::Writer<Buffer, Utf8, Utf8, ThrowingAllocator> writer_;
};

}  // namespace fcrdns
