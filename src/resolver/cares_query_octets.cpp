// SPDX-License-Identifier: MIT
// For c-ares before 1.28: queries as octets, replies as octets. May go with it.
#define CARES_NO_DEPRECATED 1
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "resolver/cares_query.hpp"
#include "resolver/message.hpp"

namespace fcrdns {
namespace {

// A plain reply over UDP has at most so many octets; some paths cut longer ones there and do not say so.
constexpr int plain_datagram = 512;

// From the system's random numbers: query IDs must not be guessed (RFC 5452 4.3), and c-ares sends the one given.
// Nothing where the system gives none, as a sandbox may.
std::optional<std::uint16_t> random_id() {
    static thread_local std::array<std::uint16_t, 128> drawn;
    static thread_local std::size_t left = 0;
    if (left == 0) {
        ssize_t octets = 0;
        do {
            octets = getrandom(drawn.data(), sizeof drawn, 0);
        } while (octets < 0 && errno == EINTR);
        if (octets != static_cast<ssize_t>(sizeof drawn)) return std::nullopt;
        left = drawn.size();
    }
    return drawn[--left];
}

void on_reply_over(bool tcp, void* argument, int status, const unsigned char* octets, int size) {
    auto& held = *static_cast<HeldQuery*>(argument);
    if (status == ARES_EDESTRUCTION) return;
    const Asked* asked = held.asked();
    if (status != ARES_SUCCESS || octets == nullptr || asked == nullptr) return held.done(AttemptEnd::Kind::lost, {});
    Reply reply = read_reply({octets, static_cast<std::size_t>(size)}, asked->question, asked->walked);
    if (!reply.response) return held.done(AttemptEnd::Kind::unreadable, {});
    if (reply.unreadable && !tcp && size == plain_datagram) reply.truncated = true;
    held.done(AttemptEnd::Kind::reply, std::move(reply));
}

void on_udp_reply(void* argument, int status, int, unsigned char* octets, int size) {
    on_reply_over(false, argument, status, octets, size);
}

void on_tcp_reply(void* argument, int status, int, unsigned char* octets, int size) {
    on_reply_over(true, argument, status, octets, size);
}

}  // namespace

struct CaresQuery::Form {
    Way way;
    QueryFlags flags;
};

CaresQuery::CaresQuery(const Way& way, const QueryFlags& flags) : form_(std::make_unique<Form>(Form{way, flags})) {}

CaresQuery::~CaresQuery() = default;

void CaresQuery::send(ares_channel channel, const Question& question, HeldQuery& held) {
    const auto id = random_id();
    if (!id) return held.done(AttemptEnd::Kind::lost, {});
    QueryOctets query =
        encode_query(question, *id, form_->way.edns, form_->flags.recursion_desired, form_->flags.checking_disabled);
    ares_send(channel, reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
              form_->way.tcp ? on_tcp_reply : on_udp_reply, &held);
}

void CaresQuery::process(ares_channel channel, int descriptor, bool readable, bool writable) {
    ares_process_fd(channel, readable ? descriptor : ARES_SOCKET_BAD, writable ? descriptor : ARES_SOCKET_BAD);
}

}  // namespace fcrdns
