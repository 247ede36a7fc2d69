// SPDX-License-Identifier: MIT
#include "resolver/server_probes.hpp"

#include <algorithm>
#include <utility>

namespace fcrdns {

using std::chrono::milliseconds;

ServerProbes::ServerProbes(const ResolverOptions& options, ResolverSet& watched)
    : options_(options), watched_(watched) {
    for (const Endpoint& server : options_.servers) probes_.push_back({server});
}

milliseconds ServerProbes::patience() const {
    return std::min(options_.timeout, milliseconds(1000));
}

const ServerProbes::Probe* ServerProbes::find(const Answer& failed) const {
    const auto at = std::find_if(probes_.begin(), probes_.end(),
                                 [&](const Probe& probe) { return failed.server && probe.server == *failed.server; });
    return at == probes_.end() ? nullptr : &*at;
}

bool ServerProbes::begin(const Answer& failed) {
    const Probe* probe = find(failed);
    if (probe == nullptr) return false;
    begin(probes_[static_cast<std::size_t>(probe - probes_.data())]);
    return true;
}

void ServerProbes::begin_all() {
    for (Probe& probe : probes_) begin(probe);
}

void ServerProbes::begin(Probe& probe) {
    if (std::exchange(probe.begun, true)) return;
    ResolverOptions alone = options_;
    alone.servers = {probe.server};
    auto made = make_resolver(alone);
    probe.not_sent = !made;
    if (!made) return;
    probe.resolver = std::move(*made);
    probe.asked = Clock::now();
    watched_.watch(*probe.resolver);
    // Without a network systemd-resolved says that the root has no SOA record. The list of probes does not change.
    probe.resolver->ask({DnsName(), RecordType::soa}, [&probe](Answer&& answer) {
        probe.not_sent = answer.outcome == Outcome::not_sent;
        if (probe.not_sent) return;
        probe.works = answer.outcome == Outcome::records;
        if (!*probe.works) probe.rcode = answer.rcode;
    });
}

bool ServerProbes::all_begun() const {
    return std::all_of(probes_.begin(), probes_.end(), [](const Probe& probe) { return probe.begun; });
}

bool ServerProbes::none_works() const {
    return std::all_of(probes_.begin(), probes_.end(), [](const Probe& probe) {
        return probe.begun && !probe.not_sent && !probe.works.value_or(false);
    });
}

bool ServerProbes::may_become_known(const Answer& failed) const {
    const Probe* probe = find(failed);
    return probe != nullptr && may_become_known(*probe);
}

bool ServerProbes::may_become_known(const Probe& probe) const {
    return !probe.works && probe.resolver && Clock::now() - probe.asked < patience();
}

void ServerProbes::tell(Answer& failed) const {
    const Probe* probe = find(failed);
    if (probe == nullptr || probe->not_sent) return;
    failed.server_works = probe->works.value_or(false);
    // Who refuses this question as well as the root does not serve this machine, and no more can be said.
    failed.server_talks = probe->rcode && probe->rcode != failed.rcode;
}

void ServerProbes::progress() {
    for (Probe& probe : probes_) {
        if (!probe.resolver) continue;
        probe.resolver->progress(milliseconds(0));
        if (probe.works || probe.not_sent) probe.resolver.reset();
    }
}

milliseconds ServerProbes::next_timeout(bool awaited) const {
    milliseconds next = milliseconds::max();
    for (const Probe& probe : probes_) {
        if (!probe.resolver) continue;
        next = std::min(next, probe.resolver->next_timeout());
        if (!awaited || !may_become_known(probe)) continue;
        const auto left = std::chrono::ceil<milliseconds>(probe.asked + patience() - Clock::now());
        next = std::min(next, std::max(milliseconds(0), left));
    }
    return next;
}

}  // namespace fcrdns
