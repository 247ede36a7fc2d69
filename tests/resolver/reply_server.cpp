// SPDX-License-Identifier: MIT
#include "reply_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "sockets.hpp"

namespace fcrdns::test {
namespace {

constexpr int bind_attempts = 50;

void close_all(std::initializer_list<int*> descriptors) {
    for (int* descriptor : descriptors) {
        if (*descriptor >= 0) close(*descriptor);
        *descriptor = -1;
    }
}

}  // namespace

Reaction silence() {
    return {};
}

Reaction say(const Message& message) {
    return Reaction().then(message);
}

Reaction say_late(const Message& message, milliseconds after) {
    return Reaction().then(Send{message.octets(), after, Path::server, true});
}

Reaction drip(const Message& message, milliseconds pause) {
    const std::string octets = message.octets();
    const std::string stream = octets16(static_cast<unsigned>(octets.size())) + octets;
    Reaction reaction;
    milliseconds after{0};
    for (const char octet : stream) reaction.then(Send{std::string(1, octet), after += pause, Path::server, false});
    return reaction;
}

ReplyServer::ReplyServer(Script script, const IpAddress& ip, bool tcp) : script_(std::move(script)), endpoint_{ip, 0} {
    // The kernel's choice of a UDP port may be taken for TCP: another choice then.
    for (int attempt = 0; attempt < bind_attempts; ++attempt) {
        if (bind_sockets(tcp)) return;
        close_all({&udp_, &other_port_, &other_address_, &listener_});
    }
    throw std::runtime_error("no port of " + ip.to_text() + " can be used");
}

ReplyServer::~ReplyServer() {
    close_all({&udp_, &other_port_, &other_address_, &listener_});
    for (auto& [number, connection] : connections_) close(connection.descriptor);
}

bool ReplyServer::bind_sockets(bool tcp) {
    endpoint_.port = 0;
    udp_ = bound_socket(SOCK_DGRAM, endpoint_);
    if (udp_ < 0) return false;
    listener_ = bound_socket(SOCK_STREAM, endpoint_);
    if (listener_ < 0 || (tcp && listen(listener_, SOMAXCONN) != 0)) return false;
    Endpoint stranger{endpoint_.ip, 0};
    other_port_ = bound_socket(SOCK_DGRAM, stranger);
    if (!endpoint_.ip.is_ipv4()) return other_port_ >= 0;
    stranger = {*IpAddress::parse("127.0.0.2"), endpoint_.port};
    other_address_ = bound_socket(SOCK_DGRAM, stranger);
    return other_port_ >= 0 && other_address_ >= 0;
}

void ReplyServer::add_descriptors(std::vector<pollfd>& polled) const {
    polled.push_back({udp_, POLLIN, 0});
    polled.push_back({listener_, POLLIN, 0});
    for (const auto& [number, connection] : connections_) polled.push_back({connection.descriptor, POLLIN, 0});
}

milliseconds ReplyServer::next_timeout(milliseconds longest) const {
    if (pending_.empty()) return longest;
    if (pending_.begin()->first == Clock::time_point::max()) return longest;
    const auto left = std::chrono::ceil<milliseconds>(pending_.begin()->first - Clock::now());
    return std::clamp(left, milliseconds(0), longest);
}

void ReplyServer::serve() {
    receive_datagrams();
    accept_connections();
    for (auto at = connections_.begin(); at != connections_.end();) {
        if (receive_stream(at->first, at->second)) {
            ++at;
        } else {
            close(at->second.descriptor);
            at = connections_.erase(at);
        }
    }
    send_due();
}

void ReplyServer::receive_datagrams() {
    std::array<char, 65536> datagram{};
    while (true) {
        std::string address(sizeof(sockaddr_storage), '\0');
        auto size = static_cast<socklen_t>(address.size());
        const ssize_t count =
            recvfrom(udp_, datagram.data(), datagram.size(), 0, reinterpret_cast<sockaddr*>(address.data()), &size);
        if (count < 0) return;
        address.resize(size);
        react({datagram.data(), static_cast<std::size_t>(count)}, {address, 0}, port_of(address));
    }
}

void ReplyServer::accept_connections() {
    while (true) {
        const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections_.emplace(++connections_seen_, Connection{descriptor, {}});
    }
}

bool ReplyServer::receive_stream(unsigned number, Connection& connection) {
    std::array<char, 4096> chunk{};
    while (true) {
        const ssize_t count = recv(connection.descriptor, chunk.data(), chunk.size(), 0);
        if (count < 0) break;
        if (count == 0) return false;
        connection.received.append(chunk.data(), static_cast<std::size_t>(count));
    }
    std::string& received = connection.received;
    while (received.size() >= 2) {
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(received[0]) << 8U) |
                                   static_cast<unsigned char>(received[1]);
        if (received.size() < length + 2) break;
        react(std::string_view(received).substr(2, length), {{}, number}, 0);
        received.erase(0, length + 2);
    }
    return true;
}

void ReplyServer::react(std::string_view octets, const Peer& peer, std::uint16_t source_port) {
    auto query = read_query(octets);
    if (!query) {
        ++strange_;
        return;
    }
    query->transport = peer.connection == 0 ? Transport::udp : Transport::tcp;
    query->connection = peer.connection;
    query->source_port = source_port;
    query->arrived = Clock::now();
    query->nth = ++times_asked_[query->question];
    queries_.push_back(*query);
    Reaction reaction = script_(*query);
    milliseconds last{0};
    for (Send& send : reaction.sends) {
        if (send.after != held) last = std::max(last, send.after);
        const auto due = send.after == held ? Clock::time_point::max() : query->arrived + send.after;
        pending_.emplace(due, Pending{peer, std::move(send), std::nullopt});
    }
    if (peer.connection != 0 && reaction.ending != Ending::keep) {
        pending_.emplace(query->arrived + last, Pending{peer, {}, reaction.ending});
    }
}

void ReplyServer::release() {
    while (pending_.contains(Clock::time_point::max())) {
        auto node = pending_.extract(Clock::time_point::max());
        node.key() = Clock::now();
        pending_.insert(std::move(node));
    }
}

void ReplyServer::send_due() {
    const auto now = Clock::now();
    while (!pending_.empty() && pending_.begin()->first <= now) {
        const Pending pending = std::move(pending_.begin()->second);
        pending_.erase(pending_.begin());
        if (pending.peer.connection == 0) {
            send_datagram(pending);
        } else if (pending.ending) {
            end(pending.peer.connection, *pending.ending);
        } else {
            send_stream(pending);
        }
    }
}

void ReplyServer::send_datagram(const Pending& pending) {
    const int descriptor = pending.send.path == Path::other_port      ? other_port_
                           : pending.send.path == Path::other_address ? other_address_
                                                                      : udp_;
    // A client that has gone away, or a full buffer, loses the datagram, as a network would.
    (void)sendto(descriptor, pending.send.octets.data(), pending.send.octets.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(pending.peer.address.data()),
                 static_cast<socklen_t>(pending.peer.address.size()));
}

void ReplyServer::send_stream(const Pending& pending) {
    const auto at = connections_.find(pending.peer.connection);
    if (at == connections_.end()) return;
    std::string stream = pending.send.octets;
    if (pending.send.framed) stream = octets16(static_cast<unsigned>(stream.size())) + stream;
    (void)send(at->second.descriptor, stream.data(), stream.size(), MSG_NOSIGNAL);
}

void ReplyServer::end(unsigned connection, Ending ending) {
    const auto at = connections_.find(connection);
    if (at == connections_.end()) return;
    const linger at_once{1, 0};
    if (ending == Ending::reset) setsockopt(at->second.descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(at->second.descriptor);
    connections_.erase(at);
}

// The UDP socket is bound but connected elsewhere, the TCP socket is bound but does not listen: the
// kernel refuses what comes, as for a port without a program.
DeadPort::DeadPort() : endpoint_{*IpAddress::parse("127.0.0.1"), 0} {
    for (int attempt = 0; attempt < bind_attempts; ++attempt) {
        endpoint_.port = 0;
        udp_ = bound_socket(SOCK_DGRAM, endpoint_);
        tcp_ = udp_ < 0 ? -1 : bound_socket(SOCK_STREAM, endpoint_);
        const std::string elsewhere = socket_address({*IpAddress::parse("127.0.0.3"), 9});
        if (tcp_ >= 0 && connect(udp_, reinterpret_cast<const sockaddr*>(elsewhere.data()),
                                 static_cast<socklen_t>(elsewhere.size())) == 0) {
            return;
        }
        close_all({&udp_, &tcp_});
    }
    throw std::runtime_error("no port can be had");
}

DeadPort::~DeadPort() {
    close_all({&udp_, &tcp_});
}

}  // namespace fcrdns::test
