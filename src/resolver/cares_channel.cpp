// SPDX-License-Identifier: MIT
#define CARES_NO_DEPRECATED 1
#include "resolver/cares_channel.hpp"

#include <net/if.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <utility>

namespace fcrdns {
namespace {

constexpr int never = 24 * 3600 * 1000;  // c-ares' own time-out: the resolver's always comes first
constexpr int wanted_buffer = 1 << 20;
// From 1.28 on, c-ares reads on for as long as it gets the 65,535 octets that it asks for, so a server that sends
// faster than it reads would keep it for ever. A connection's buffer holds less.
constexpr int stream_buffer = 60000;
// What a reply of ordinary size costs in a socket's receive buffer, measured (Linux 6.1, 300 octets).
constexpr std::size_t buffer_per_reply = 1300;
// What 1.18 takes in one datagram; what is asked for is less (edns_buffer).
constexpr int largest_datagram = 4096;
// 1.18 reads a length or a message at a time; further ones are left for the next turn of the loop.
constexpr int most_reads = 64;

// c-ares 1.34 wants the name of an interface, not its number.
std::string interface_name(const std::string& zone) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), number);
    std::array<char, IF_NAMESIZE> name{};
    if (error != std::errc() || end != zone.data() + zone.size()) return zone;
    return if_indextoname(number, name.data()) == nullptr ? zone : name.data();
}

bool is_datagram_socket(int descriptor) {
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_DGRAM;
}

std::size_t reply_capacity(int descriptor) {
    int granted = 0;
    socklen_t size = sizeof granted;
    if (getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &size) != 0) granted = 0;
    return std::max<std::size_t>(16, static_cast<std::size_t>(granted) / buffer_per_reply);
}

bool has_more(int descriptor) {
    int octets = 0;
    return ioctl(descriptor, FIONREAD, &octets) == 0 && octets > 0;
}

}  // namespace

CaresChannel::CaresChannel(Descriptors& descriptors, AttemptTaker& taker, const Endpoint& server, const Way& way,
                           const QueryFlags& flags)
    : descriptors_(descriptors), taker_(taker), way_(way), query_(way, flags) {
    ares_options options{};
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC;
    options.flags |= way.tcp ? ARES_FLAG_USEVC : ARES_FLAG_STAYOPEN;
    if (way.edns) options.flags |= ARES_FLAG_EDNS;
    options.ednspsz = largest_datagram;
    options.timeout = never;
    options.tries = 1;
    char lookups[] = "b";
    options.lookups = lookups;
    options.socket_receive_buffer_size = way.tcp ? stream_buffer : wanted_buffer;
    options.socket_send_buffer_size = wanted_buffer;
    options.sock_state_cb = &CaresChannel::on_state;
    options.sock_state_cb_data = this;
    int mask = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS |
               ARES_OPT_SOCK_STATE_CB | ARES_OPT_SOCK_RCVBUF;
    if (!way.tcp) mask |= ARES_OPT_SOCK_SNDBUF;
#ifdef ARES_OPT_QUERY_CACHE
    options.qcache_max_ttl = 0;
    mask |= ARES_OPT_QUERY_CACHE;
#endif
    // A path that no resolver configuration stands at: the servers come from us, and a hostile file
    // must not reach the parser of 1.18 (CVE-2024-25629).
#ifdef ARES_OPT_RESOLVCONF
    char nothing[] = "/dev/null";
    options.resolvconf_path = nothing;
    mask |= ARES_OPT_RESOLVCONF;
#endif
    if (ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) {
        channel_ = nullptr;
        return;
    }
    if (!set_server(server)) {
        ares_destroy(channel_);
        channel_ = nullptr;
    }
}

CaresChannel::~CaresChannel() {
    if (channel_ != nullptr) ares_destroy(std::exchange(channel_, nullptr));
}

bool CaresChannel::set_server(const Endpoint& server) {
    Endpoint plain = server;
    plain.zone.clear();
    std::string named = plain.to_text();
    if (!server.zone.empty()) {
        const std::string interface = interface_name(server.zone);
        ares_set_local_dev(channel_, interface.c_str());
#if ARES_VERSION >= 0x011c00
        named += '%' + interface;  // older ones do not know them; the socket is bound to the interface
#endif
    }
    return ares_set_servers_ports_csv(channel_, named.c_str()) == ARES_SUCCESS;
}

std::size_t CaresChannel::send(const Question& question, const AttemptId& id) {
    if (free_.empty()) free_.push_back(&held_.emplace_back(*this, held_.size()));
    Held& held = *free_.back();
    free_.pop_back();
    held.id = id;
    held.wanted = true;
    ++live_;
    ++sent_;
    error_ = errno = 0;
    query_.send(channel_, question, held);
    return held.place;
}

void CaresChannel::drop(std::size_t place, const AttemptId& id) {
    Held& held = held_[place];
    if (held.wanted && held.id == id) --live_;
    if (held.id == id) held.wanted = false;
}

const Asked* CaresChannel::Held::asked() const {
    return wanted ? channel_.taker_.asked(id) : nullptr;
}

void CaresChannel::Held::done(AttemptEnd::Kind kind, Reply&& reply) {
    if (wanted) {
        --channel_.live_;
        if (kind == AttemptEnd::Kind::reply) channel_.note_stripped_edns(reply);
        channel_.taker_.take({id, kind, std::move(reply), channel_.system_error()});
    }
    wanted = false;
    channel_.free_.push_back(this);
}

// By a FORMERR without OPT, 1.18 asks again without, and takes EDNS from all later queries of the channel: longer
// replies would then be cut.
void CaresChannel::note_stripped_edns(const Reply& reply) {
#if ARES_VERSION < 0x011c00
    if (!way_.edns || reply.edns || spent_) return;
    ares_options options{};
    int mask = 0;
    if (ares_save_options(channel_, &options, &mask) != ARES_SUCCESS) return;
    spent_ = (options.flags & ARES_FLAG_EDNS) == 0;
    ares_destroy_options(&options);
#else
    (void)reply;
#endif
}

void CaresChannel::on_state(void* argument, ares_socket_t descriptor, int readable, int writable) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    std::uint32_t events = (readable != 0 ? EPOLLIN : 0U) | (writable != 0 ? EPOLLOUT : 0U);
    if (events != 0) events |= EPOLLRDHUP;
    if (events != 0 && !channel.capacity_known_ && is_datagram_socket(descriptor)) {
        channel.capacity_ = reply_capacity(descriptor);
        channel.capacity_known_ = true;
    }
    channel.descriptors_.watch(channel, descriptor, events);
}

// c-ares does not hand on why a call of the system failed; it stands in errno still, which is cleared before.
int CaresChannel::system_error() const {
    if (error_ != 0) return error_;
    return errno == EAGAIN || errno == EINPROGRESS ? 0 : errno;
}

void CaresChannel::note_error(int descriptor) {
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error != 0) error_ = error;
}

void CaresChannel::take_waiting(int descriptor, std::uint32_t happened) {
    errno = 0;
    const bool failed = (happened & (EPOLLERR | EPOLLHUP)) != 0;
    CaresQuery::process(channel_, descriptor, failed || (happened & (EPOLLIN | EPOLLRDHUP)) != 0,
                        !failed && (happened & EPOLLOUT) != 0);
    if (!way_.tcp) return;
    for (int reads = 1; reads < most_reads && descriptors_.is_watched(descriptor) && has_more(descriptor); ++reads) {
        CaresQuery::process(channel_, descriptor, true, false);
    }
}

// A socket that has failed, or whose other end has closed it, is given up when all that came is read. c-ares would
// do so by itself, but 1.34.9 asks for ever for the rest of a message that the end of the stream cut off; and the
// system's reason is told but once, here.
void CaresChannel::ready(int descriptor, std::uint32_t happened) {
    if ((happened & EPOLLERR) != 0) note_error(descriptor);
    take_waiting(descriptor, happened);
    const bool ended = (happened & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0;
    if (!ended || !descriptors_.is_watched(descriptor) || has_more(descriptor)) return;
    descriptors_.watch(*this, descriptor, 0);
    spent_ = true;
    errno = 0;
    ares_cancel(channel_);
}

}  // namespace fcrdns
