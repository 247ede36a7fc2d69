// SPDX-License-Identifier: MIT
// Serves the benchmark's world on 127.0.0.1, over UDP in batches and over TCP, in one thread.
// Every address of every IPv4 block is answered from the same pure function, so the world
// has any size. Prints its port, and when it is told to end, what it did.
// usage: bench_responder [--port N] [--delay-ms N] [--silent SHARE] [--loss SHARE] [--seed N]
//   --port 0 lets the kernel choose; --silent: that share of the /24 reverse zones never
//   answers; --loss: that share of the datagrams is dropped, half of them as replies.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "argument.hpp"
#include "bench_reply.hpp"
#include "world.hpp"

namespace {

constexpr std::size_t batch = 64;
constexpr std::size_t most_connections = 64;
constexpr int socket_buffer = 16 << 20;

struct Options {
    std::uint16_t port = 0;
    std::int64_t delay_ns = 0;
    double silent = 0;
    double loss = 0;
    std::uint64_t seed = 1;
};

struct Counters {
    unsigned long long udp = 0, tcp = 0, silent = 0, lost = 0;
};

struct Pending {
    std::int64_t due;
    sockaddr_in peer;
    std::size_t size;
    bench::Message bytes;
};

struct Connection {
    int descriptor;
    std::vector<std::uint8_t> received;
};

[[noreturn]] void stop(const char* what) {
    std::perror(what);
    std::exit(2);
}

std::int64_t now_ns() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

int open_socket(int type, std::uint16_t& port) {
    const int descriptor = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (type == SOCK_STREAM) {
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    }
    if (descriptor < 0 || bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close(descriptor);
        return -1;
    }
    for (const auto& [forced, plain] : {std::pair{SO_RCVBUFFORCE, SO_RCVBUF}, {SO_SNDBUFFORCE, SO_SNDBUF}}) {
        if (setsockopt(descriptor, SOL_SOCKET, forced, &socket_buffer, sizeof socket_buffer) != 0) {
            setsockopt(descriptor, SOL_SOCKET, plain, &socket_buffer, sizeof socket_buffer);
        }
    }
    socklen_t length = sizeof address;
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    return descriptor;
}

class Responder {
public:
    explicit Responder(const Options& options) : options_(options), random_(bench::scatter(options.seed)) {
        // The kernel's choice for UDP may be taken for TCP: another choice then.
        for (int attempt = 0; attempt < 50 && listener_ < 0; ++attempt) {
            if (udp_ >= 0) {
                close(udp_);
            }
            port_ = options.port;
            udp_ = open_socket(SOCK_DGRAM, port_);
            listener_ = udp_ < 0 ? -1 : open_socket(SOCK_STREAM, port_);
        }
        if (listener_ < 0 || listen(listener_, 64) != 0) {
            stop("bind");
        }
        for (std::size_t i = 0; i < batch; ++i) {
            parts_[i] = {in_[i].data(), in_[i].size()};
            messages_[i].msg_hdr = {&peers_[i], sizeof peers_[i], &parts_[i], 1, nullptr, 0, 0};
        }
    }

    std::uint16_t port() const { return port_; }
    const Counters& counters() const { return counters_; }

    void serve_until(int signals) {
        while (true) {
            std::vector<pollfd> polled = {{signals, POLLIN, 0}, {udp_, POLLIN, 0}, {listener_, POLLIN, 0}};
            for (const auto& connection : connections_) {
                polled.push_back({connection.descriptor, POLLIN, 0});
            }
            timespec wait{};
            if (!pending_.empty()) {
                wait.tv_nsec = std::clamp<std::int64_t>(pending_.front().due - now_ns(), 0, 999'999'999);
            }
            ppoll(polled.data(), polled.size(), pending_.empty() ? nullptr : &wait, nullptr);
            if (polled[0].revents != 0) {
                return;
            }
            if (polled[1].revents != 0) {
                receive();
            }
            send_due();
            for (std::size_t i = polled.size(); i-- > 3;) {
                if (polled[i].revents != 0 && !serve(connections_[i - 3])) {
                    close(connections_[i - 3].descriptor);
                    connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(i - 3));
                }
            }
            if (polled[2].revents != 0) {
                accept_connection();
            }
        }
    }

private:
    bool lost() {
        random_ = bench::scatter(random_);
        const bool drop = static_cast<double>(random_ >> 11U) * 0x1p-53 < options_.loss / 2;
        counters_.lost += drop ? 1U : 0U;
        return drop;
    }

    void receive() {
        for (auto& message : messages_) {
            message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
        }
        const int count = recvmmsg(udp_, messages_.data(), batch, MSG_DONTWAIT, nullptr);
        const std::int64_t due = options_.delay_ns == 0 ? 0 : now_ns() + options_.delay_ns;
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(i);
            ++counters_.udp;
            if (lost()) {
                continue;
            }
            Pending& answer = pending_.emplace_back();
            const auto size = bench::write_reply(std::span(in_[index]).first(messages_[index].msg_len), options_.silent,
                                                 answer.bytes);
            if (!size || lost()) {
                counters_.silent += size ? 0U : 1U;
                pending_.pop_back();
                continue;
            }
            answer.due = due;
            answer.peer = peers_[index];
            answer.size = *size;
        }
    }

    void send_due() {
        const std::int64_t now = options_.delay_ns == 0 ? 0 : now_ns();
        while (!pending_.empty() && pending_.front().due <= now) {
            std::array<mmsghdr, batch> out{};
            std::array<iovec, batch> parts{};
            unsigned count = 0;
            for (; count < batch && count < pending_.size() && pending_[count].due <= now; ++count) {
                parts[count] = {pending_[count].bytes.data(), pending_[count].size};
                out[count].msg_hdr = {&pending_[count].peer, sizeof(sockaddr_in), &parts[count], 1, nullptr, 0, 0};
            }
            const int sent = sendmmsg(udp_, out.data(), count, 0);
            if (sent < 0 && errno == EAGAIN) {
                pollfd writable{udp_, POLLOUT, 0};
                poll(&writable, 1, 100);
                continue;
            }
            // A client that has gone makes one send fail; that reply is given up.
            pending_.erase(pending_.begin(), pending_.begin() + (sent > 0 ? sent : 1));
        }
    }

    void accept_connection() {
        const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0 && connections_.size() == most_connections) {
            close(descriptor);
        } else if (descriptor >= 0) {
            connections_.push_back({descriptor, {}});
        }
    }

    // Answers every whole message received (RFC 1035 4.2.2); false when the connection is over.
    bool serve(Connection& connection) {
        std::array<std::uint8_t, 4096> chunk{};
        const ssize_t got = recv(connection.descriptor, chunk.data(), chunk.size(), 0);
        if (got <= 0) {
            return got < 0 && errno == EAGAIN;
        }
        auto& bytes = connection.received;
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + got);
        while (bytes.size() >= 2) {
            const auto length = static_cast<std::size_t>(bytes[0] << 8U | bytes[1]);
            if (bytes.size() < length + 2) {
                break;
            }
            ++counters_.tcp;
            bench::Message reply{};
            const auto size = bench::write_reply(std::span(bytes).subspan(2, length), options_.silent, reply);
            if (size && !send_framed(connection.descriptor, reply, *size)) {
                return false;
            }
            counters_.silent += size ? 0U : 1U;
            bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length + 2));
        }
        return true;
    }

    static bool send_framed(int descriptor, const bench::Message& reply, std::size_t size) {
        std::array<std::uint8_t, sizeof(bench::Message) + 2> framed{};
        framed[0] = static_cast<std::uint8_t>(size >> 8U);
        framed[1] = static_cast<std::uint8_t>(size);
        std::copy_n(reply.begin(), size, framed.begin() + 2);
        return send(descriptor, framed.data(), size + 2, MSG_NOSIGNAL) == static_cast<ssize_t>(size + 2);
    }

    Options options_;
    std::uint64_t random_;
    int udp_ = -1;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    Counters counters_;
    std::deque<Pending> pending_;  // in the order of their time: the delay is the same for all
    std::vector<Connection> connections_;
    std::array<std::array<std::uint8_t, 1500>, batch> in_{};
    std::array<sockaddr_in, batch> peers_{};
    std::array<iovec, batch> parts_{};
    std::array<mmsghdr, batch> messages_{};
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (name == "--port") {
            options.port = bench::number<std::uint16_t>(value);
        } else if (name == "--delay-ms") {
            options.delay_ns = bench::number<std::int64_t>(value) * 1'000'000;
        } else if (name == "--silent") {
            options.silent = bench::number<double>(value);
        } else if (name == "--loss") {
            options.loss = bench::number<double>(value);
        } else if (name == "--seed") {
            options.seed = bench::number<std::uint64_t>(value);
        } else {
            (void)std::fprintf(stderr, "bench_responder: unknown option %s\n", argv[i]);
            std::exit(2);
        }
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    sigset_t ending{};
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    const int signals = signalfd(-1, &ending, SFD_CLOEXEC);
    if (signals < 0) {
        stop("signalfd");
    }
    Responder responder(parse(argc, argv));
    std::printf("%d\n", responder.port());
    (void)std::fflush(stdout);
    responder.serve_until(signals);
    const Counters& done = responder.counters();
    std::printf("{\"udp\":%llu,\"tcp\":%llu,\"silent\":%llu,\"lost\":%llu}\n", done.udp, done.tcp, done.silent,
                done.lost);
    return 0;
}
