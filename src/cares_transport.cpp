// SPDX-License-Identifier: MIT
#define CARES_NO_DEPRECATED 1
#include "cares_transport.hpp"

#include <ares.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <utility>

#include "fcrdns/resolver.hpp"
#include "message.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t largest_datagram = 65535;
constexpr int wanted_buffer = 1 << 20;
// What a reply of ordinary size costs in a socket's receive buffer, measured (Linux 6.1, 300 octets).
constexpr std::size_t buffer_per_reply = 1300;
constexpr int never = 24 * 3600 * 1000;  // c-ares' own time-out: ours always comes first

class Transports;

class CaresChannel final : public Channel {
public:
    CaresChannel(Transports& owner, const Endpoint& server, Transport protocol);
    CaresChannel(const CaresChannel&) = delete;
    CaresChannel& operator=(const CaresChannel&) = delete;
    ~CaresChannel() override;

    bool usable() const { return channel_ != nullptr; }
    std::uint32_t send(const Question& question, std::string query, const QueryToken& token) override;
    void forget(std::uint32_t sent) override;
    std::size_t live() const override { return live_; }
    std::size_t sent() const override { return sent_total_; }
    std::size_t held() const override { return sent_.size() - free_.size(); }
    std::size_t capacity() const override { return capacity_; }

    void process(int descriptor, std::uint32_t events);

private:
    // A query that c-ares holds. It outlives its question: c-ares cannot cancel a single query.
    struct Sent {
        CaresChannel* channel = nullptr;
        Question question;
        QueryToken token;
        std::uint32_t place = 0;
        std::uint16_t id = 0;
        bool wanted = false;  // by who sent it: no event yet, not forgotten
        bool held = false;    // by c-ares
    };

    void release(Sent& sent);
    void finish(Sent& sent, TransportEvent event);
    std::uint16_t draw_id();
    ares_ssize_t receive_datagram(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                  ares_socklen_t* from_size);

    static void on_done(void* argument, int status, int timeouts, unsigned char* octets, int size);
    static void on_state(void* argument, ares_socket_t descriptor, int readable, int writable);
    static ares_socket_t open_socket(int family, int type, int protocol, void* argument);
    static int close_socket(ares_socket_t descriptor, void* argument);
    static int connect_socket(ares_socket_t descriptor, const sockaddr* to, ares_socklen_t size, void* argument);
    static ares_ssize_t receive(ares_socket_t descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                ares_socklen_t* from_size, void* argument);
    static ares_ssize_t send_octets(ares_socket_t descriptor, const iovec* parts, int count, void* argument);

    Transports& owner_;
    Transport protocol_;
    ares_channel channel_ = nullptr;
    std::deque<Sent> sent_;
    std::vector<std::uint32_t> free_;
    // From query ID to place in sent_ plus one; zeroed pages cost nothing until they are used.
    std::unique_ptr<std::uint16_t, decltype(&std::free)> by_id_;
    std::uint32_t sending_ = 0;  // place plus one of the query that ares_send is busy with
    std::size_t live_ = 0;
    std::size_t sent_total_ = 0;
    std::size_t capacity_ = 128;
    int last_error_ = 0;
};

class Transports final : public CaresTransport {
public:
    Transports() : epoll_(epoll_create1(EPOLL_CLOEXEC)), datagram_(largest_datagram) {}
    Transports(const Transports&) = delete;
    Transports& operator=(const Transports&) = delete;
    ~Transports() override {
        if (epoll_ >= 0) close(epoll_);
    }

    std::unique_ptr<Channel> open(const Endpoint& server, Transport protocol) override {
        auto channel = std::make_unique<CaresChannel>(*this, server, protocol);
        if (!channel->usable()) return nullptr;
        return channel;
    }
    int descriptor() const override { return epoll_; }
    void process() override;
    const std::vector<TransportEvent>& events() const override { return events_; }
    std::string_view octets(const TransportEvent& event) const override {
        return std::string_view(octets_).substr(event.offset, event.size);
    }
    void clear() override {
        events_.clear();
        octets_.clear();
    }

    void store(TransportEvent event, Octets octets) {
        event.offset = octets_.size();
        event.size = octets.size();
        octets_.append(reinterpret_cast<const char*>(octets.data()), octets.size());
        events_.push_back(event);
    }
    void watch(CaresChannel& channel, int descriptor, bool readable, bool writable);
    std::vector<std::uint8_t>& datagram() { return datagram_; }
    std::uint16_t random16();

private:
    int epoll_;
    std::vector<std::uint8_t> datagram_;
    std::vector<TransportEvent> events_;
    std::string octets_;
    std::vector<std::pair<int, CaresChannel*>> watched_;
    std::array<std::uint16_t, 128> random_{};
    std::size_t random_left_ = 0;
};

std::uint16_t Transports::random16() {
    if (random_left_ == 0) {
        while (getrandom(random_.data(), sizeof random_, 0) != static_cast<ssize_t>(sizeof random_)) {
        }
        random_left_ = random_.size();
    }
    return random_[--random_left_];
}

void Transports::watch(CaresChannel& channel, int descriptor, bool readable, bool writable) {
    const auto at = std::find_if(watched_.begin(), watched_.end(), [&](const auto& w) { return w.first == descriptor; });
    if (!readable && !writable) {
        (void)epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
        if (at != watched_.end()) watched_.erase(at);
        return;
    }
    epoll_event event{};
    event.events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
    event.data.fd = descriptor;
    (void)epoll_ctl(epoll_, at == watched_.end() ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    if (at == watched_.end()) {
        watched_.emplace_back(descriptor, &channel);
    } else {
        at->second = &channel;
    }
}

void Transports::process() {
    std::array<epoll_event, 64> ready{};
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
    for (int i = 0; i < count; ++i) {
        const int descriptor = ready[static_cast<std::size_t>(i)].data.fd;
        const auto at = std::find_if(watched_.begin(), watched_.end(), [&](const auto& w) { return w.first == descriptor; });
        if (at != watched_.end()) at->second->process(descriptor, ready[static_cast<std::size_t>(i)].events);
    }
}

CaresChannel::CaresChannel(Transports& owner, const Endpoint& server, Transport protocol)
    : owner_(owner),
      protocol_(protocol),
      by_id_(static_cast<std::uint16_t*>(std::calloc(65536, sizeof(std::uint16_t))), &std::free) {
    ares_options options{};
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC;
    if (protocol == Transport::tcp) options.flags |= ARES_FLAG_USEVC;
    options.timeout = never;
    options.tries = 1;
    char lookups[] = "b";
    options.lookups = lookups;
    options.sock_state_cb = &CaresChannel::on_state;
    options.sock_state_cb_data = this;
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB;
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
    if (!by_id_ || ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) {
        channel_ = nullptr;
        return;
    }
    static const ares_socket_functions functions = {&CaresChannel::open_socket, &CaresChannel::close_socket,
                                                    &CaresChannel::connect_socket, &CaresChannel::receive,
                                                    &CaresChannel::send_octets};
    ares_set_socket_functions(channel_, &functions, this);
    if (ares_set_servers_ports_csv(channel_, server.to_text().c_str()) != ARES_SUCCESS) {
        ares_destroy(channel_);
        channel_ = nullptr;
    }
}

CaresChannel::~CaresChannel() {
    if (channel_ != nullptr) ares_destroy(std::exchange(channel_, nullptr));
}

std::uint16_t CaresChannel::draw_id() {
    std::uint16_t id = owner_.random16();
    while (by_id_.get()[id] != 0) id = owner_.random16();
    return id;
}

std::uint32_t CaresChannel::send(const Question& question, std::string query, const QueryToken& token) {
    std::uint32_t place = 0;
    if (free_.empty()) {
        place = static_cast<std::uint32_t>(sent_.size());
        sent_.emplace_back();
    } else {
        place = free_.back();
        free_.pop_back();
    }
    Sent& sent = sent_[place];
    sent.channel = this;
    sent.place = place;
    sent.question = question;
    sent.token = token;
    sent.wanted = true;
    sent.held = true;
    sent.id = draw_id();
    query[0] = static_cast<char>(sent.id >> 8U);
    query[1] = static_cast<char>(sent.id & 0xffU);
    by_id_.get()[sent.id] = static_cast<std::uint16_t>(place + 1);
    ++live_;
    ++sent_total_;
    sending_ = place + 1;
    last_error_ = 0;
    ares_send(channel_, reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
              &CaresChannel::on_done, &sent);
    sending_ = 0;
    return place;
}

void CaresChannel::forget(std::uint32_t place) {
    release(sent_[place]);
}

// Nobody waits for it any more. A place is used again when c-ares is done with it too, so that the
// handle of a wanted query always means that query.
void CaresChannel::release(Sent& sent) {
    if (!sent.wanted) return;
    sent.wanted = false;
    --live_;
    if (!sent.held) free_.push_back(sent.place);
}

void CaresChannel::finish(Sent& sent, TransportEvent event) {
    if (!sent.wanted) return;
    release(sent);
    event.token = sent.token;
    owner_.store(event, {});
}

void CaresChannel::on_done(void* argument, int status, int, unsigned char* octets, int size) {
    Sent& sent = *static_cast<Sent*>(argument);
    CaresChannel& channel = *sent.channel;
    if (status == ARES_EDESTRUCTION) return;
    if (channel.protocol_ == Transport::tcp && octets != nullptr && sent.wanted) {
        const Octets message(octets, static_cast<std::size_t>(size));
        const std::uint16_t id = size < 2 ? sent.id : static_cast<std::uint16_t>(octets[0] << 8U | octets[1]);
        if (is_reply_to(message, id, sent.question)) {
            channel.release(sent);
            channel.owner_.store({TransportEvent::Kind::reply, sent.token, 0, 0, 0}, message);
        }
    } else if (status == ARES_EBADRESP && channel.protocol_ == Transport::tcp) {
        channel.finish(sent, {TransportEvent::Kind::malformed, {}, 0, 0, 0});
    } else if (status != ARES_SUCCESS && status != ARES_ETIMEOUT && status != ARES_EBADRESP) {
        channel.finish(sent, {TransportEvent::Kind::unreachable, {}, 0, 0, channel.last_error_});
    }
    // c-ares is done with it; a query whose reply is still wanted ends by our own clock.
    sent.held = false;
    channel.by_id_.get()[sent.id] = 0;
    if (!sent.wanted) channel.free_.push_back(sent.place);
}

void CaresChannel::on_state(void* argument, ares_socket_t descriptor, int readable, int writable) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    channel.owner_.watch(channel, descriptor, readable != 0, writable != 0);
}

ares_socket_t CaresChannel::open_socket(int family, int type, int protocol, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    const int descriptor = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
        channel.last_error_ = errno;
        return -1;
    }
    if ((type & 0xf) == SOCK_STREAM) {
        // c-ares leaves it to us: else a query waits for the acknowledgement of the one before it.
        const int on = 1;
        (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if ((type & 0xf) == SOCK_DGRAM) {
        // Only a privileged program may go beyond the system's limit; the plain one takes what it gets.
        if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &wanted_buffer, sizeof wanted_buffer) != 0) {
            (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &wanted_buffer, sizeof wanted_buffer);
        }
        (void)setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &wanted_buffer, sizeof wanted_buffer);
        int granted = 0;
        socklen_t size = sizeof granted;
        if (getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &size) == 0 && granted > 0) {
            channel.capacity_ = std::max<std::size_t>(16, static_cast<std::size_t>(granted) / buffer_per_reply);
        }
    }
    return descriptor;
}

int CaresChannel::close_socket(ares_socket_t descriptor, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    channel.owner_.watch(channel, descriptor, false, false);
    return close(descriptor);
}

int CaresChannel::connect_socket(ares_socket_t descriptor, const sockaddr* to, ares_socklen_t size, void* argument) {
    const int result = connect(descriptor, to, size);
    if (result < 0 && errno != EINPROGRESS) static_cast<CaresChannel*>(argument)->last_error_ = errno;
    return result;
}

ares_ssize_t CaresChannel::send_octets(ares_socket_t descriptor, const iovec* parts, int count, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    const bool datagram = channel.protocol_ == Transport::udp;
    if (datagram && channel.sending_ != 0 && count > 0 && parts[0].iov_len >= 2) {
        // 1.34 draws the ID itself: the one on the wire is the one that counts.
        const auto* octets = static_cast<const std::uint8_t*>(parts[0].iov_base);
        Sent& sent = channel.sent_[channel.sending_ - 1];
        channel.by_id_.get()[sent.id] = 0;
        sent.id = static_cast<std::uint16_t>(octets[0] << 8U | octets[1]);
        channel.by_id_.get()[sent.id] = static_cast<std::uint16_t>(channel.sending_);
    }
    const ssize_t result = count == 1 ? ::send(descriptor, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL)
                                      : writev(descriptor, parts, count);
    if (result >= 0) return result;
    if (datagram && (errno == EAGAIN || errno == ENOBUFS)) {
        // A full send buffer loses a packet; c-ares 1.18 would take it for a dead server.
        std::size_t size = 0;
        for (int i = 0; i < count; ++i) size += parts[i].iov_len;
        return static_cast<ares_ssize_t>(size);
    }
    if (errno != EAGAIN) channel.last_error_ = errno;
    return result;
}

ares_ssize_t CaresChannel::receive(ares_socket_t descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                   ares_socklen_t* from_size, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    if (channel.protocol_ == Transport::udp) {
        return channel.receive_datagram(descriptor, buffer, size, flags, from, from_size);
    }
    const ssize_t result = recvfrom(descriptor, buffer, size, flags, from, from_size);
    if (result < 0 && errno != EAGAIN) channel.last_error_ = errno;
    return result;
}

ares_ssize_t CaresChannel::receive_datagram(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                            ares_socklen_t* from_size) {
    std::vector<std::uint8_t>& datagram = owner_.datagram();
    const ares_socklen_t room = from_size == nullptr ? 0 : *from_size;
    while (true) {
        if (from_size != nullptr) *from_size = room;
        const ssize_t count = recvfrom(descriptor, datagram.data(), datagram.size(), flags, from, from_size);
        if (count < 0) {
            if (errno != EAGAIN) last_error_ = errno;
            return count;
        }
        const Octets message(datagram.data(), static_cast<std::size_t>(count));
        const std::uint32_t place = count < 12 ? 0 : by_id_.get()[message[0] << 8U | message[1]];
        if (place == 0) continue;
        Sent& sent = sent_[place - 1];
        if (!is_reply_to(message, sent.id, sent.question)) continue;
        if (sent.wanted) {
            release(sent);
            owner_.store({TransportEvent::Kind::reply, sent.token, 0, 0, 0}, message);
        }
        // c-ares only learns that this query is answered. It would ask again by itself after a FORMERR, and
        // 1.34 closes the socket, with the other replies in it, at a message that it cannot read.
        constexpr std::uint8_t empty_answer[] = {0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0};  // QR, RD, RA, one question
        std::copy(std::begin(empty_answer), std::end(empty_answer), datagram.begin() + 2);
        const std::size_t copied = std::min(size, 12 + sent.question.name.labels().size() + 5);
        std::memcpy(buffer, datagram.data(), copied);
        return static_cast<ares_ssize_t>(copied);
    }
}

void CaresChannel::process(int descriptor, std::uint32_t events) {
    const bool readable = (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0;
    const bool writable = (events & EPOLLOUT) != 0;
#if ARES_VERSION >= 0x012200
    // 1.34 shortens time-outs by what it has seen of the server; the clock here is ours alone.
    unsigned happened = ARES_FD_EVENT_NONE;
    if (readable) happened |= static_cast<unsigned>(ARES_FD_EVENT_READ);
    if (writable) happened |= static_cast<unsigned>(ARES_FD_EVENT_WRITE);
    const ares_fd_events_t ready{descriptor, happened};
    (void)ares_process_fds(channel_, &ready, 1, ARES_PROCESS_FLAG_SKIP_NON_FD);
#else
    ares_process_fd(channel_, readable ? descriptor : ARES_SOCKET_BAD, writable ? descriptor : ARES_SOCKET_BAD);
#endif
}

}  // namespace

Result<std::unique_ptr<CaresTransport>> CaresTransport::make() {
    static const int initialised = ares_library_init(ARES_LIB_INIT_ALL);
    if (initialised != ARES_SUCCESS) return Error{std::string("c-ares cannot start: ") + ares_strerror(initialised)};
    auto transports = std::make_unique<Transports>();
    if (transports->descriptor() < 0) return Error{std::string("no descriptor for the network: ") + std::strerror(errno)};
    return Result<std::unique_ptr<CaresTransport>>(std::move(transports));
}

std::string cares_version() {
    return ares_version(nullptr);
}

}  // namespace fcrdns
