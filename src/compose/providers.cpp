// SPDX-License-Identifier: MIT
#include "fcrdns/provider.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "compose/fix_names.hpp"

namespace fcrdns {
namespace {

// The sentences hold for customers of the provider: the name servers of some of them also serve zones of
// people who run their own address block, so the sentences begin with "At PROVIDER" or name its product.

constexpr ProviderAdvice amazon{
    "Amazon Web Services",
    "At AWS only an Elastic IP address can have a PTR record of your own: publish its A record first, then set the "
    "name in the EC2 console (Elastic IPs, Actions, Update reverse DNS) or by modify-address-attribute.",
    "aws ec2 modify-address-attribute --allocation-id ID --domain-name {name}",
    true,
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html"
    "#Using_Elastic_Addressing_Reverse_DNS",
    "2026-11-24"};

constexpr ProviderAdvice azure{
    "Microsoft Azure",
    "In Azure, publish the A record first, then set reverseFqdn of the public IP address, IPv4 only (one that has no "
    "PTR record yet needs --dns-name LABEL too).",
    "az network public-ip update --resource-group GROUP --name PUBLIC_IP --reverse-fqdn {name}.",
    true,
    "https://learn.microsoft.com/en-us/azure/dns/dns-reverse-dns-for-azure-services",
    "2026-11-24"};

// The rename command: https://docs.digitalocean.com/reference/doctl/reference/compute/droplet-action/rename
constexpr ProviderAdvice digitalocean{
    "DigitalOcean",
    "At DigitalOcean the PTR record is the Droplet's name: rename the Droplet to its full host name; of its IPv6 "
    "addresses only the first one gets a PTR record.",
    "doctl compute droplet-action rename DROPLET_ID --droplet-name {name}",
    false,
    "https://docs.digitalocean.com/glossary/ptr-record/",
    "2026-11-24"};

// The command's flags are from the help texts in the sources of the Google Cloud SDK; for IPv6 there are others.
constexpr ProviderAdvice google{
    "Google Cloud",
    "At Google Cloud set a custom PTR record on the primary network interface of the VM; addresses of load balancers "
    "and Cloud NAT cannot have one.",
    "gcloud compute instances update-access-config INSTANCE --zone ZONE --public-ptr --public-ptr-domain {name}",
    true,
    "https://cloud.google.com/compute/docs/instances/create-ptr-record",
    "2026-11-24"};

// The command: https://github.com/hetznercloud/cli/blob/main/docs/reference/manual/hcloud_server_set-rdns.md
constexpr ProviderAdvice hetzner{
    "Hetzner",
    "At Hetzner each IP address has one reverse DNS entry of its own: set it where you manage the server, of a cloud "
    "server also by hcloud server set-rdns.",
    "hcloud server set-rdns --ip {ip} --hostname {name} SERVER",
    false,
    "https://docs.hetzner.com/dns-console/dns/general/reverse-dns/",
    "2026-11-24"};

constexpr ProviderAdvice ionos{
    "IONOS Cloud",
    "At IONOS Cloud add a reverse DNS record in the Data Center Designer (Cloud DNS) or by its API, for reserved IPv4 "
    "addresses and public IPv6 addresses.",
    "",
    false,
    "https://docs.ionos.com/cloud/network-services/cloud-dns/dcd-how-tos/reverse-dns",
    "2026-11-24"};

constexpr ProviderAdvice linode{
    "Akamai Linode",
    "At Linode publish the A or AAAA record first, then set the name in the Cloud Manager: Linodes, your instance, "
    "Network, Edit rDNS of this address.",
    "",
    false,
    "https://github.com/linode/docs/blob/0515cae1d86040f578c1aab6243ee3155610afb1/"
    "docs/products/compute/compute-instances/guides/configure-rdns/index.md",
    "2026-11-24"};

constexpr ProviderAdvice oracle{
    "Oracle Cloud",
    "At Oracle Cloud publish the A or AAAA record first, then open a service request that names the IP address and "
    "the host name: Oracle creates the PTR record.",
    "",
    false,
    "https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/reverse_dns.htm",
    "2026-11-24"};

constexpr ProviderAdvice ovh{
    "OVHcloud",
    "At OVHcloud publish the A record first, then set the name in the Control Panel: Bare Metal Cloud, IP, \"...\" "
    "beside this address, Modify the reverse path.",
    "",
    false,
    "https://github.com/ovh/docs/blob/683f728d5575f932d96def9b0085c06fc6ec8af4/"
    "pages/bare_metal_cloud/virtual_private_servers/configuring-reverse-dns/guide.en-gb.md",
    "2026-11-24"};

constexpr ProviderAdvice scaleway{
    "Scaleway",
    "At Scaleway publish the A record first, then set the name in the console: Instances, Flexible IPs, Edit reverse "
    "beside this address (single addresses of an IPv6 /64: by the IPAM API).",
    "",
    false,
    "https://github.com/scaleway/docs-content/blob/1252eb888f6c35e448104e401da8f4c437359819/"
    "pages/instances/how-to/configure-reverse-dns.mdx",
    "2026-11-24"};

// The time it takes: https://docs.vultr.com/reference/terraform/resources/reverse_ipv4
constexpr ProviderAdvice vultr{
    "Vultr",
    "At Vultr set the reverse DNS entry of this address on the instance; a change may take 6 to 12 hours.",
    "vultr-cli instance reverse-dns set-{family} INSTANCE_ID {ip} --entry {name}",
    false,
    "https://docs.vultr.com/reference/vultr-cli/instance/reverse-dns",
    "2026-11-24"};

struct Domain {
    std::string_view suffix;  // lower case, without dots at its ends
    const ProviderAdvice* advice;
};

// Where each domain was seen. "Name servers": in the SOA records of forward zones on them, not of a reverse zone.
constexpr auto domains = std::to_array<Domain>({
    // SOA of 251.202.44.in-addr.arpa: an awsdns server and awsdns-hostmaster.amazon.com; NS ec2-rdns.amazonaws.com
    {"amazon.com", &amazon},
    {"amazonaws.com", &amazon},
    // Name servers and the names of public addresses, both in Azure's documentation
    {"azure-dns.com", &azure},
    {"cloudapp.azure.com", &azure},
    {"cloudapp.net", &azure},
    // SOA of 15.230.157.in-addr.arpa
    {"digitalocean.com", &digitalocean},
    // NS of 138.199.104.in-addr.arpa and of 111.34.in-addr.arpa; default PTR names
    {"ns-gce-public1.googledomains.com", &google},
    {"ns-gce-public2.googledomains.com", &google},
    {"ns-gce-public3.googledomains.com", &google},
    {"ns-gce-public4.googledomains.com", &google},
    {"bc.googleusercontent.com", &google},
    // PTR names in Hetzner's documentation; name servers
    {"your-server.de", &hetzner},
    {"hetzner.com", &hetzner},
    // Default PTR names such as ip87-106-117-14.pbiaas.com
    {"pbiaas.com", &ionos},
    // Default PTR names in Linode's documentation; name servers
    {"linodeusercontent.com", &linode},
    {"linode.com", &linode},
    // Name servers
    {"dns.oraclecloud.net", &oracle},
    // Names of servers such as vps-d0669a91.vps.ovh.net; name servers, RNAME tech.ovh.net
    {"ovh.net", &ovh},
    // Default PTR names in Scaleway's documentation
    {"scw.cloud", &scaleway},
    // Default PTR names such as 45.32.121.222.vultrusercontent.com; name servers
    {"vultrusercontent.com", &vultr},
    {"vultr.com", &vultr},
});

bool is_under(std::string_view name, std::string_view suffix) {
    return name.ends_with(suffix) && (name.size() == suffix.size() || name[name.size() - suffix.size() - 1] == '.');
}

// to_text() escapes a dot inside a label, so every dot here is a label's boundary.
const ProviderAdvice* advice_for(const DnsName& name) {
    const std::string text = name.lowered().to_text();
    const auto row = std::find_if(domains.begin(), domains.end(),
                                  [&text](const Domain& domain) { return is_under(text, domain.suffix); });
    return row == domains.end() ? nullptr : row->advice;
}

}  // namespace

const ProviderAdvice* provider_advice(const Soa* reverse_zone, const DnsName* ptr_name) {
    const ProviderAdvice* advice = nullptr;
    if (reverse_zone != nullptr) {
        advice = advice_for(reverse_zone->mname);
        // The first label of the RNAME is the mailbox (RFC 1035 3.3.13), the rest its domain.
        advice = advice != nullptr ? advice : advice_for(reverse_zone->rname.parent());
    }
    return advice == nullptr && ptr_name != nullptr ? advice_for(*ptr_name) : advice;
}

std::string filled(std::string_view command, const IpAddress& ip, const std::string& host_name) {
    const auto name = DnsName::from_text(host_name);
    const bool usable = name && name->is_host_name();
    const std::array<std::pair<std::string_view, std::string>, 3> values{{
        {"{ip}", ip.to_text()},
        {"{name}", usable ? name->to_text() : placeholder_host},
        {"{family}", std::string(to_word(ip.family()))},
    }};
    std::string text;
    while (!command.empty()) {
        const auto value = std::find_if(values.begin(), values.end(), [command](const auto& candidate) {
            return command.starts_with(candidate.first);
        });
        text += value == values.end() ? std::string(1, command.front()) : value->second;
        command.remove_prefix(value == values.end() ? 1 : value->first.size());
    }
    return text;
}

}  // namespace fcrdns
