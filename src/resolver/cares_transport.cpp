// SPDX-License-Identifier: MIT
#define CARES_NO_DEPRECATED 1
#include "resolver/cares_transport.hpp"

#include <ares.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "fcrdns/resolver.hpp"
#include "resolver/channel_host.hpp"
#include "resolver/message.hpp"
#include "resolver/message_stream.hpp"
#include "resolver/sent_queries.hpp"
#include "resolver/sockets.hpp"

namespace fcrdns {
namespace {

constexpr int never = 24 * 3600 * 1000;  // c-ares' own time-out: ours always comes first
// From 1.28 on c-ares reads the queries it is given, and draws their IDs itself.
constexpr bool reads_queries = ARES_VERSION >= 0x011c00;

// c-ares owns the sockets, connects, writes, and knows which queries are out; its socket functions are ours.
// Callbacks and socket functions only store events: nothing is started, cancelled or destroyed inside one.
class CaresChannel final : public Channel, private Watcher {
public:
    CaresChannel(ChannelHost& host, const Endpoint& server, Transport protocol);
    CaresChannel(const CaresChannel&) = delete;
    CaresChannel& operator=(const CaresChannel&) = delete;
    ~CaresChannel() override;

    bool usable() const { return channel_ != nullptr; }
    std::uint32_t send(const Question& question, QueryOctets& query, const QueryToken& token) override;
    void forget(std::uint32_t sent) override { queries_.release(queries_.at(sent)); }
    std::size_t live() const override { return queries_.wanted(); }
    std::size_t sent() const override { return sent_total_; }
    std::size_t held() const override { return queries_.held(); }
    std::size_t capacity() const override { return capacity_; }

private:
    void ready(int descriptor, bool readable, bool writable) override;
    // Before it takes a reply, c-ares compares its question with the query's by expanding both names, which
    // costs more than all else it does. They have been compared here; to it, query and receipt have none.
    bool hides_question() const { return !reads_queries && protocol_ == Transport::udp; }
    void hand_over(QueryOctets& query, SentQuery& sent);
    void done(SentQuery& sent, int status);
    void process(int descriptor, bool readable, bool writable);
    Octets take_message(Octets message);
    ares_ssize_t receive_datagram(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                  ares_socklen_t* from_size);
    ares_ssize_t receive_stream(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                ares_socklen_t* from_size);

    static void on_state(void* argument, ares_socket_t descriptor, int readable, int writable);
    static ares_socket_t open_socket(int family, int type, int protocol, void* argument);
    static int close_socket(ares_socket_t descriptor, void* argument);
    static int connect_socket(ares_socket_t descriptor, const sockaddr* to, ares_socklen_t size, void* argument);
    static ares_ssize_t receive(ares_socket_t descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                ares_socklen_t* from_size, void* argument);
    static ares_ssize_t send_octets(ares_socket_t descriptor, const iovec* parts, int count, void* argument);
    static ares_ssize_t send_datagram(int descriptor, const iovec* parts, int count);

    ChannelHost& host_;
    Transport protocol_;
    ares_channel channel_ = nullptr;
    SentQueries queries_{*this};
    std::array<std::uint8_t, 12 + 255 + 5> receipt_{};  // header, name, type and class
    MessageStream stream_;                              // what the TCP connection brought
    std::vector<std::uint8_t> receipts_;                // what of it c-ares is yet to read
    std::size_t receipts_read_ = 0;
    bool reading_ = false;  // c-ares was given something at its last read
    std::size_t sent_total_ = 0;
    std::size_t capacity_ = 128;
    sockaddr_storage peer_{};
    ares_socklen_t peer_size_ = 0;
    int last_error_ = 0;
};

CaresChannel::CaresChannel(ChannelHost& host, const Endpoint& server, Transport protocol)
    : host_(host), protocol_(protocol) {
    ares_options options{};
    options.flags =
        ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC;
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
    if (ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) {
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

std::uint32_t CaresChannel::send(const Question& question, QueryOctets& query, const QueryToken& token) {
    SentQuery& sent = queries_.add(question, token);
    ++sent_total_;
    last_error_ = 0;
    hand_over(query, sent);
    return sent.place;
}

#if ARES_VERSION >= 0x011c00
void CaresChannel::hand_over(QueryOctets& query, SentQuery& sent) {
    const auto on_done = [](void* argument, ares_status_t status, std::size_t, const ares_dns_record_t*) {
        auto& ended = *static_cast<SentQuery*>(argument);
        static_cast<CaresChannel*>(ended.channel)->done(ended, static_cast<int>(status));
    };
    ares_dns_record_t* record = nullptr;
    const ares_status_t status =
        ares_dns_parse(reinterpret_cast<const unsigned char*>(query.data()), query.size(), 0, &record);
    if (status != ARES_SUCCESS) return done(sent, static_cast<int>(status));
    unsigned short id = 0;
    (void)ares_send_dnsrec(channel_, record, on_done, &sent, &id);
    ares_dns_record_destroy(record);
    if (sent.held) queries_.set_id(sent, id);
}
#else
void CaresChannel::hand_over(QueryOctets& query, SentQuery& sent) {
    const auto on_done = [](void* argument, int status, int, unsigned char*, int) {
        auto& ended = *static_cast<SentQuery*>(argument);
        static_cast<CaresChannel*>(ended.channel)->done(ended, status);
    };
    std::uint16_t id = host_.random16();
    while (queries_.is_used(id)) id = host_.random16();
    query.set_id(id);
    if (hides_question()) query.set_question_count(0);
    ares_send(channel_, reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()), on_done,
              &sent);
    if (sent.held) queries_.set_id(sent, id);
}
#endif

// A query that is still wanted when c-ares is done with it was not answered: it could not be sent, or the
// connection ended. One that c-ares gives up ends by our own clock.
void CaresChannel::done(SentQuery& sent, int status) {
    if (status == ARES_EDESTRUCTION) return;
    if (sent.wanted && status != ARES_SUCCESS && status != ARES_ETIMEOUT) {
        host_.store({TransportEvent::Kind::unreachable, sent.token, 0, 0, last_error_}, {});
        queries_.release(sent);
    }
    queries_.end(sent);
}

// Keeps a reply, and gives the receipt that c-ares reads in its place: a reply without records. By a FORMERR
// it would ask again by itself, and by what it cannot read 1.34 gives up the socket, with all other replies.
// Empty for a message that answers no query that is out.
Octets CaresChannel::take_message(Octets message) {
    SentQuery* sent = queries_.answered_by(message);
    if (sent == nullptr) return {};
    if (sent->wanted) {
        queries_.release(*sent);
        host_.store({TransportEvent::Kind::reply, sent->token, 0, 0, 0}, message);
    }
    const std::uint8_t questions = hides_question() ? 0 : 1;
    const std::size_t size = 12 + (questions != 0 ? sent->question.name.labels().size() + 5 : 0);
    std::copy_n(message.begin(), size, receipt_.begin());
    const std::uint8_t flags_and_counts[] = {0x81, 0x80, 0, questions, 0, 0, 0, 0, 0, 0};  // QR, RD, RA
    std::copy(std::begin(flags_and_counts), std::end(flags_and_counts), receipt_.begin() + 2);
    return Octets(receipt_).first(size);
}

void CaresChannel::on_state(void* argument, ares_socket_t descriptor, int readable, int writable) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    channel.host_.watch(channel, descriptor, readable != 0, writable != 0);
}

ares_socket_t CaresChannel::open_socket(int family, int type, int, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    const bool datagrams = (type & 0xf) == SOCK_DGRAM;
    // 1.34 asks by TCP where RES_OPTIONS says so.
    channel.protocol_ = datagrams ? Transport::udp : Transport::tcp;
    const int descriptor = datagrams ? open_datagram_socket(family) : open_stream_socket(family);
    if (descriptor < 0) {
        channel.last_error_ = errno;
    } else if (datagrams) {
        channel.capacity_ = reply_capacity(descriptor);
    }
    return descriptor;
}

int CaresChannel::close_socket(ares_socket_t descriptor, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    channel.host_.watch(channel, descriptor, false, false);
    channel.stream_.clear();
    channel.receipts_.clear();
    channel.receipts_read_ = 0;
    return close(descriptor);
}

int CaresChannel::connect_socket(ares_socket_t descriptor, const sockaddr* to, ares_socklen_t size, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    channel.peer_size_ = std::min<ares_socklen_t>(size, sizeof channel.peer_);
    std::memcpy(&channel.peer_, to, channel.peer_size_);
    const int result = connect(descriptor, to, size);
    if (result < 0 && errno != EINPROGRESS) channel.last_error_ = errno;
    return result;
}

ares_ssize_t CaresChannel::send_octets(ares_socket_t descriptor, const iovec* parts, int count, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    const ssize_t result = channel.protocol_ == Transport::udp ? send_datagram(descriptor, parts, count)
                                                               : writev(descriptor, parts, count);
    if (result < 0 && errno != EAGAIN) channel.last_error_ = errno;
    return result;
}

ares_ssize_t CaresChannel::send_datagram(int descriptor, const iovec* parts, int count) {
    std::array<char, QueryOctets::most> query;
    std::size_t size = 0;
    for (int i = 0; i < count; ++i) {
        const std::size_t copied = std::min(parts[i].iov_len, query.size() - size);
        std::memcpy(query.data() + size, parts[i].iov_base, copied);
        size += copied;
    }
    query[5] = 1;  // see hides_question()
    const ssize_t result = ::send(descriptor, query.data(), size, MSG_NOSIGNAL);
    // A full send buffer loses a packet; c-ares 1.18 would take it for a dead server.
    return result < 0 && (errno == EAGAIN || errno == ENOBUFS) ? static_cast<ares_ssize_t>(size) : result;
}

ares_ssize_t CaresChannel::receive(ares_socket_t descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                   ares_socklen_t* from_size, void* argument) {
    auto& channel = *static_cast<CaresChannel*>(argument);
    const ares_ssize_t result = channel.protocol_ == Transport::udp
                                    ? channel.receive_datagram(descriptor, buffer, size, flags, from, from_size)
                                    : channel.receive_stream(descriptor, buffer, size, flags, from, from_size);
    if (result < 0 && errno != EAGAIN) channel.last_error_ = errno;
    channel.reading_ = result > 0;
    return result;
}

ares_ssize_t CaresChannel::receive_datagram(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                            ares_socklen_t* from_size) {
    const std::span<std::uint8_t> datagram = host_.room();
    // The socket is connected, so that the system lets through what comes from there only.
    if (from != nullptr && from_size != nullptr) {
        *from_size = std::min(*from_size, peer_size_);
        std::memcpy(from, &peer_, *from_size);
    }
    while (true) {
        const ssize_t count = recv(descriptor, datagram.data(), datagram.size(), flags);
        if (count < 0) return count;
        const Octets receipt = take_message({datagram.data(), static_cast<std::size_t>(count)});
        if (receipt.empty()) continue;
        const std::size_t copied = std::min(size, receipt.size());
        std::memcpy(buffer, receipt.data(), copied);
        return static_cast<ares_ssize_t>(copied);
    }
}

// The stream is cut into messages here, on both versions of c-ares: one that 1.34 could not read would end the
// connection for all questions on it, and nobody could tell that from a server that hangs up.
ares_ssize_t CaresChannel::receive_stream(int descriptor, void* buffer, std::size_t size, int flags, sockaddr* from,
                                          ares_socklen_t* from_size) {
    while (receipts_read_ == receipts_.size()) {
        receipts_.clear();
        receipts_read_ = 0;
        const std::span<std::uint8_t> octets = host_.room();
        const ssize_t count = recvfrom(descriptor, octets.data(), octets.size(), flags, from, from_size);
        if (count <= 0) return count;
        stream_.append({octets.data(), static_cast<std::size_t>(count)});
        while (const auto message = stream_.next()) {
            const Octets receipt = take_message(*message);
            if (receipt.empty()) continue;
            receipts_.push_back(static_cast<std::uint8_t>(receipt.size() >> 8U));
            receipts_.push_back(static_cast<std::uint8_t>(receipt.size() & 0xffU));
            receipts_.insert(receipts_.end(), receipt.begin(), receipt.end());
        }
    }
    const std::size_t copied = std::min(size, receipts_.size() - receipts_read_);
    std::memcpy(buffer, receipts_.data() + receipts_read_, copied);
    receipts_read_ += copied;
    return static_cast<ares_ssize_t>(copied);
}

void CaresChannel::process(int descriptor, bool readable, bool writable) {
    reading_ = false;
#if ARES_VERSION >= 0x012200
    // 1.34 shortens time-outs by what it has seen of the server; the clock here is ours alone.
    unsigned happened = ARES_FD_EVENT_NONE;
    if (readable) happened |= static_cast<unsigned>(ARES_FD_EVENT_READ);
    if (writable) happened |= static_cast<unsigned>(ARES_FD_EVENT_WRITE);
    const ares_fd_events_t event{descriptor, happened};
    (void)ares_process_fds(channel_, &event, 1, ARES_PROCESS_FLAG_SKIP_NON_FD);
#else
    ares_process_fd(channel_, readable ? descriptor : ARES_SOCKET_BAD, writable ? descriptor : ARES_SOCKET_BAD);
#endif
}

void CaresChannel::ready(int descriptor, bool readable, bool writable) {
    process(descriptor, readable, writable);
    // Until nothing is left: 1.34 reads one datagram at a time, and what has come must count before any clock is
    // looked at; 1.18 reads a length or a message of a stream, which has been taken from the socket already.
    while (reading_) process(descriptor, true, false);
}

class OverCares final : public CaresTransport {
public:
    bool usable() const { return host_.descriptor() >= 0; }
    std::unique_ptr<Channel> open(const Endpoint& server, Transport protocol) override {
        auto channel = std::make_unique<CaresChannel>(host_, server, protocol);
        if (!channel->usable()) return nullptr;
        return channel;
    }
    int descriptor() const override { return host_.descriptor(); }
    void process() override { host_.process(); }
    const std::vector<TransportEvent>& events() const override { return host_.events(); }
    std::string_view octets(const TransportEvent& event) const override { return host_.octets(event); }
    void clear() override { host_.clear(); }

private:
    ChannelHost host_;
};

}  // namespace

Result<std::unique_ptr<CaresTransport>> CaresTransport::make() {
    static const int initialised = ares_library_init(ARES_LIB_INIT_ALL);
    if (initialised != ARES_SUCCESS) return Error{std::string("c-ares cannot start: ") + ares_strerror(initialised)};
    auto transport = std::make_unique<OverCares>();
    if (!transport->usable()) return Error{std::string("no descriptor for the network: ") + std::strerror(errno)};
    return Result<std::unique_ptr<CaresTransport>>(std::move(transport));
}

std::string cares_version() {
    return ares_version(nullptr);
}

}  // namespace fcrdns
