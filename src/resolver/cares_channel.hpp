// SPDX-License-Identifier: MIT
// CaresChannel: one c-ares channel to one server, one way. c-ares opens and owns its
// sockets, matches replies by ID and question, and frames TCP; its time-outs, failover
// and tries are kept out of use, so that all versions behave alike.
#pragma once

#include <ares.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "resolver/attempt.hpp"
#include "resolver/cares_query.hpp"
#include "resolver/descriptors.hpp"

namespace fcrdns {

class CaresChannel final : private Watcher {
public:
    CaresChannel(Descriptors& descriptors, AttemptTaker& taker, const Endpoint& server, const Way& way,
                 const QueryFlags& flags);
    CaresChannel(const CaresChannel&) = delete;
    CaresChannel& operator=(const CaresChannel&) = delete;
    ~CaresChannel() override;

    /// False where c-ares has no memory for it, or does not take the server.
    bool usable() const { return channel_ != nullptr; }
    /// Sends the question; its end is told to the taker, once, or never if no reply comes. Gives its place here.
    std::size_t send(const Question& question, const AttemptId& id);
    /// Nobody waits for the attempt at the place any more; after its end this changes nothing.
    void drop(std::size_t place, const AttemptId& id);

    /// Attempts that are still waited for.
    std::size_t live() const { return live_; }
    /// Queries sent in all.
    std::size_t sent() const { return sent_; }
    /// True once nothing more should be sent here.
    bool spent() const { return spent_; }
    /// How many replies its socket holds without losing one.
    std::size_t capacity() const { return capacity_; }

private:
    // Given to c-ares, which cannot forget a single query: used again when it is done with it.
    class Held final : public HeldQuery {
    public:
        Held(CaresChannel& channel, std::size_t at) : place(at), channel_(channel) {}
        const Asked* asked() const override;
        void done(AttemptEnd::Kind kind, Reply&& reply) override;

        const std::size_t place;
        AttemptId id;
        bool wanted = false;

    private:
        CaresChannel& channel_;
    };

    void ready(int descriptor, std::uint32_t happened) override;
    void take_waiting(int descriptor, std::uint32_t happened);
    int system_error() const;
    void note_error(int descriptor);
    void note_stripped_edns(const Reply& reply);
    bool set_server(const Endpoint& server);
    static void on_state(void* argument, ares_socket_t descriptor, int readable, int writable);

    Descriptors& descriptors_;
    AttemptTaker& taker_;
    Way way_;
    ares_channel channel_ = nullptr;
    CaresQuery query_;
    std::deque<Held> held_;
    std::vector<Held*> free_;
    std::size_t live_ = 0;
    std::size_t sent_ = 0;
    std::size_t capacity_ = 128;
    bool capacity_known_ = false;
    bool spent_ = false;
    int error_ = 0;
};

}  // namespace fcrdns
