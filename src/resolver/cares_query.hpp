// SPDX-License-Identifier: MIT
// CaresQuery: how a question is handed to c-ares, and how its reply is read. There are
// two of it, of which the build takes one: cares_query_records.cpp for c-ares from 1.28
// on, by its own records, and cares_query_octets.cpp for older ones.
#pragma once

#include <ares.h>

#include <memory>

#include "resolver/attempt.hpp"

namespace fcrdns {

/// What c-ares holds for a query until it calls back.
class HeldQuery {
public:
    virtual ~HeldQuery() = default;
    /// What was asked; null where nobody waits.
    virtual const Asked* asked() const = 0;
    /// c-ares is done with the query, and this with it; not called at the channel's own end.
    virtual void done(AttemptEnd::Kind kind, Reply&& reply) = 0;
};

class CaresQuery {
public:
    CaresQuery(const Way& way, const QueryFlags& flags);
    CaresQuery(const CaresQuery&) = delete;
    CaresQuery& operator=(const CaresQuery&) = delete;
    ~CaresQuery();

    /// Has c-ares send the question; may call back at once.
    void send(ares_channel channel, const Question& question, HeldQuery& held);
    /// Has c-ares read and write what can be; its clock never runs.
    static void process(ares_channel channel, int descriptor, bool readable, bool writable);

    struct Form;

private:
    std::unique_ptr<Form> form_;
};

}  // namespace fcrdns
