// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <utility>

#include "dns/extended_errors.hpp"
#include "resolver/reply.hpp"

namespace fcrdns {
namespace {

constexpr bool is_type(const RecordHead& head, RecordType type) {
    return head.type == static_cast<std::uint16_t>(type);
}

bool says_filtered(const Answer& answer) {
    const bool reads_as_answer = *answer.rcode == 0 || *answer.rcode == 3;
    const auto& errors = answer.extended_errors;
    return std::any_of(errors.begin(), errors.end(), [&](const ExtendedError& error) {
        return is_own_will(error.code) || (error.code == prohibited && reads_as_answer);
    });
}

bool says_forged(const std::vector<ExtendedError>& errors) {
    return std::any_of(errors.begin(), errors.end(),
                       [](const ExtendedError& error) { return error.code == forged_answer; });
}

// The name below a DNAME, with the DNAME's owner replaced by its target (RFC 6672 2.2); nothing where it is too long.
std::optional<DnsName> substituted(const DnsName& name, const DnsName& owner, const DnsName& target) {
    std::string labels(name.labels().substr(0, name.labels().size() - owner.labels().size()));
    labels += target.labels();
    labels += '\0';
    return DnsName::from_wire({reinterpret_cast<const std::uint8_t*>(labels.data()), labels.size()});
}

// What a DNAME record stands for.
struct ImpliedLink {
    Alias dname;
    std::optional<DnsName> target;  // none where that is too long for a name
};

class Interpreter {
public:
    Interpreter(const ReplyRecords& records, const Question& question, const std::vector<Alias>& walked, Reply& reply)
        : records_(records), question_(question), walked_(walked.size()), reply_(reply), answer_(reply.answer) {
        answer_.cname_chain = walked;
    }

    // False for a chain that loops, is too long or leads to a name that is none.
    bool follow_chain();
    void decide();

private:
    enum class Step : std::uint8_t { end, moved, broken };

    Step take_link(const DnsName& owner);
    std::optional<DnsName> target_led_to(const DnsName& owner, const DnsName& above) const;
    std::optional<ImpliedLink> implied_link(const DnsName& owner) const;
    Step add_link(Alias link);
    void take_records();
    void keep_name(NameRecord record);
    void take_authority();
    bool in_answer(std::size_t index, RecordType type) const;

    const ReplyRecords& records_;
    const Question& question_;
    std::size_t walked_;
    Reply& reply_;
    Answer& answer_;
    std::size_t host_names_ = 0;
    std::size_t other_names_ = 0;
};

bool Interpreter::in_answer(std::size_t index, RecordType type) const {
    const RecordHead head = records_.head(index);
    return head.section == Section::answer && is_type(head, type) && head.record_class == class_in;
}

Interpreter::Step Interpreter::add_link(Alias link) {
    auto& chain = answer_.cname_chain;
    const DnsName& start = chain.empty() ? question_.name : chain.front().owner;
    const bool loops = link.target == start ||
                       std::any_of(chain.begin(), chain.end(), [&](const Alias& a) { return a.target == link.target; });
    if (loops || chain.size() == longest_cname_chain) return Step::broken;
    chain.push_back(std::move(link));
    return Step::moved;
}

Interpreter::Step Interpreter::take_link(const DnsName& owner) {
    const auto implied = implied_link(owner);
    for (std::size_t i = 0; i < records_.size(); ++i) {
        if (!in_answer(i, RecordType::cname) || records_.owner(i) != owner) continue;
        const DnsName target = records_.name(i);
        if (implied && implied->target == target) answer_.dnames.push_back(implied->dname);
        return add_link({owner, target, records_.head(i).ttl});
    }
    if (!implied) return Step::end;
    if (!implied->target) return Step::broken;
    answer_.dnames.push_back(implied->dname);
    return add_link({owner, *implied->target, implied->dname.ttl});
}

// c-ares from 1.28 on gives a DNAME's target as the octets that came. Where they are compressed, which RFC 6672 2.5
// forbids and systemd-resolved does, it shows in the record that the DNAME leads to.
std::optional<DnsName> Interpreter::target_led_to(const DnsName& owner, const DnsName& above) const {
    for (std::size_t i = 0; i < records_.size(); ++i) {
        if (!in_answer(i, question_.type) && !in_answer(i, RecordType::cname)) continue;
        const DnsName end = records_.owner(i);
        DnsName target = end;
        for (std::size_t n = owner.label_count() - above.label_count(); n > 0 && !target.is_root(); --n)
            target = target.parent();
        if (end != owner && substituted(owner, above, target) == end) return target;
    }
    return std::nullopt;
}

// RFC 6672 3.1: a DNAME stands for the CNAME that a server should have made of it.
std::optional<ImpliedLink> Interpreter::implied_link(const DnsName& owner) const {
    for (std::size_t i = 0; i < records_.size(); ++i) {
        const RecordHead head = records_.head(i);
        if (head.section != Section::answer || head.type != type_dname || head.record_class != class_in) continue;
        const DnsName above = records_.owner(i);
        if (owner == above || !owner.is_under(above)) continue;
        const DnsName named = records_.name(i);
        const auto to = named.is_root() ? target_led_to(owner, above) : named;
        if (!to) return ImpliedLink{{above, named, head.ttl}, std::nullopt};
        return ImpliedLink{{above, *to, head.ttl}, substituted(owner, above, *to)};
    }
    return std::nullopt;
}

bool Interpreter::follow_chain() {
    bool has_alias = false;
    for (std::size_t i = 0; i < records_.size() && !has_alias; ++i) {
        const RecordHead head = records_.head(i);
        has_alias = head.section == Section::answer && (is_type(head, RecordType::cname) || head.type == type_dname);
    }
    Step step = has_alias ? Step::moved : Step::end;
    while (step == Step::moved) step = take_link(DnsName(answer_.final_name()));
    return step == Step::end;
}

void Interpreter::keep_name(NameRecord record) {
    std::size_t& kept = record.name.is_host_name() ? host_names_ : other_names_;
    if (kept == most_names_kept) {
        ++answer_.names_beyond;
        return;
    }
    const bool known = std::any_of(answer_.names.begin(), answer_.names.end(),
                                   [&](const NameRecord& r) { return r.name == record.name; });
    if (known) return;
    ++kept;
    answer_.names.push_back(std::move(record));
}

void Interpreter::take_records() {
    const DnsName& owner = answer_.final_name();
    for (std::size_t i = 0; i < records_.size(); ++i) {
        if (!in_answer(i, question_.type) || records_.owner(i) != owner) continue;
        const std::uint32_t ttl = records_.head(i).ttl;
        switch (question_.type) {
            case RecordType::a:
            case RecordType::aaaa:
                if (answer_.addresses.size() < most_addresses_kept) {
                    answer_.addresses.push_back({records_.address(i), ttl});
                } else {
                    ++answer_.addresses_beyond;
                }
                break;
            case RecordType::soa: answer_.soa = std::make_shared<const Soa>(records_.soa(i)); break;
            case RecordType::mx: keep_name({records_.name(i), ttl, records_.preference(i)}); break;
            default: keep_name({records_.name(i), ttl}); break;
        }
    }
}

// Only a zone above the name can say that the name is not there (RFC 2308 2).
void Interpreter::take_authority() {
    const DnsName& name = answer_.final_name();
    for (std::size_t i = 0; i < records_.size(); ++i) {
        const RecordHead head = records_.head(i);
        if (head.section != Section::authority || head.record_class != class_in) continue;
        if (is_type(head, RecordType::soa) && !answer_.soa) {
            Soa soa = records_.soa(i);
            if (name.is_under(soa.zone)) answer_.soa = std::make_shared<const Soa>(std::move(soa));
        } else if (is_type(head, RecordType::ns) && answer_.delegation.size() < most_names_kept &&
                   name.is_under(records_.owner(i))) {
            answer_.delegation.push_back({records_.owner(i), records_.name(i)});
        }
    }
}

void Interpreter::decide() {
    if (says_filtered(answer_)) {
        answer_.outcome = Outcome::filtered;
        if (question_.type == RecordType::aaaa && *answer_.rcode == 0 && says_forged(answer_.extended_errors)) {
            take_records();
            answer_.forged = std::exchange(answer_.addresses, {});
            answer_.addresses_beyond = 0;
        }
        return;
    }
    switch (*answer_.rcode) {
        case 0: break;
        case 1: answer_.outcome = Outcome::formerr; return;
        case 2: answer_.outcome = Outcome::servfail; return;
        case 3:
            answer_.outcome = Outcome::nxdomain;
            take_authority();
            answer_.delegation.clear();
            return;
        case 4: answer_.outcome = Outcome::notimp; return;
        case 5: answer_.outcome = Outcome::refused; return;
        default: answer_.outcome = Outcome::other; return;
    }
    take_records();
    if (!answer_.names.empty() || !answer_.addresses.empty() || answer_.soa) {
        answer_.outcome = Outcome::records;
        return;
    }
    take_authority();
    answer_.outcome = Outcome::nodata;
    if (!answer_.soa && walked_ == 0 && !answer_.cname_chain.empty()) {
        reply_.chain_open = true;
    } else if (!answer_.soa && !answer_.delegation.empty() && !answer_.aa) {
        answer_.outcome = Outcome::referral;
    }
    if (answer_.outcome != Outcome::referral) answer_.delegation.clear();
}

}  // namespace

Reply unreadable_reply(const Question& question) {
    Reply reply;
    reply.answer.question = question;
    reply.answer.outcome = Outcome::malformed;
    reply.unreadable = true;
    return reply;
}

Reply interpret(ReplyHeader&& header, const ReplyRecords& records, const Question& question,
                const std::vector<Alias>& walked) {
    Reply reply;
    reply.truncated = header.truncated;
    reply.response = header.response;
    reply.edns = header.edns;
    Answer& answer = reply.answer;
    answer.question = question;
    answer.rcode = header.rcode;
    answer.aa = header.aa;
    answer.ad = header.ad;
    answer.ra = header.ra;
    answer.extended_errors = std::move(header.extended_errors);
    Interpreter interpreter(records, question, walked, reply);
    // Who asks for a CNAME record wants the alias itself, not what is behind it.
    const bool follows = question.type != RecordType::cname && (*answer.rcode == 0 || *answer.rcode == 3);
    if (follows && !interpreter.follow_chain()) {
        answer = Answer();
        answer.question = question;
        answer.outcome = Outcome::malformed;
        return reply;
    }
    interpreter.decide();
    return reply;
}

bool add_extended_error(std::vector<ExtendedError>& errors, const std::uint8_t* data, std::size_t size) {
    if (size < 2) return false;
    if (errors.size() == most_extended_errors) return true;
    const std::uint8_t* text = data + 2;
    errors.push_back({static_cast<std::uint16_t>(data[0] << 8U | data[1]),
                      std::string(text, text + std::min(size - 2, most_error_text))});
    return true;
}

}  // namespace fcrdns
