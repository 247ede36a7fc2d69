// SPDX-License-Identifier: MIT
// ResolverSet: waiting for whichever of several resolvers has something to do. Descriptors may be few, so it has one
// of its own only once there are several.
#pragma once

#include <chrono>

#include "fcrdns/resolver.hpp"

namespace fcrdns {

class ResolverSet {
public:
    ResolverSet() = default;
    ResolverSet(const ResolverSet&) = delete;
    ResolverSet& operator=(const ResolverSet&) = delete;
    ~ResolverSet();

    /// Watches a resolver from now on; to be called again where its descriptor may have changed. One that ends is
    /// forgotten by itself.
    void watch(const Resolver& resolver);
    /// A descriptor that polls readable when one of them has something to do; negative where there is none.
    int descriptor() const { return epoll_ >= 0 ? epoll_ : only_; }
    /// Waits until one of them has something to do, at most so long.
    void wait(std::chrono::milliseconds longest) const;

private:
    void watch(int descriptor) const;

    int only_ = -1;
    int epoll_ = -1;
};

}  // namespace fcrdns
