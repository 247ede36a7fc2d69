# SPDX-License-Identifier: MIT
"""The real mail servers: for each its configuration, how it is started, and what it answers at RCPT.

All run in the foreground from unpacked Debian packages, so that none is installed and all
can run beside each other; they find their users in the namespace's own passwd file.
"""
import os
import re
import subprocess

ADDRESSES = ("192.0.2.25", "2001:db8:ffff::25")
USERS = {"smtpd": 61000, "postfix": 61001, "Debian-exim": 61002, "opensmtpd": 61003, "opensmtpq": 61004, "smmta": 61005, "smmsp": 61006}
GROUPS = dict(USERS, postdrop=61007)


def write(path, text, mode=0o644):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    os.utime(path, (1, 1))  # Postfix waits until a file that changed just now has settled


def owned_directory(path, user=0, group=0, mode=0o755):
    os.makedirs(path, exist_ok=True)
    os.chown(path, user, group)
    os.chmod(path, mode)
    return path


class MailServer:
    """`receivers` maps a row of --receivers to the port that behaves like it."""

    package = ""
    receivers = {}
    def __init__(self, packages, scratch):
        self.root = os.path.join(packages, self.package)
        self.scratch = owned_directory(os.path.join(scratch, self.package))
        self.process = None

    def judges(self, case):
        """False for the cases in which this server has nothing to say about the prediction."""
        return True

    def environment(self):
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LD_LIBRARY_PATH": library_path(self.root)}

    def start(self):
        self.configure()
        with open(os.path.join(self.scratch, "output"), "wb") as output:
            self.process = subprocess.Popen(
                self.command(), stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=self.environment()
            )

    def output(self):
        with open(os.path.join(self.scratch, "output"), errors="replace") as file:
            return file.read()[-4000:]


def library_path(root):
    directories = ["usr/lib/postfix", "usr/lib/sm.bin"]
    for base in ("usr/lib", "lib"):
        for entry in sorted(os.listdir(os.path.join(root, base))) if os.path.isdir(os.path.join(root, base)) else []:
            if entry.endswith("-linux-gnu") or "-linux-gnu" in entry:
                directories.append(os.path.join(base, entry))
    return ":".join(os.path.join(root, directory) for directory in directories)


class Postfix(MailServer):
    """Three smtpd services that differ in one restriction and one reply code."""

    package = "postfix"
    receivers = {"postfix": 2501, "postfix-450": 2502, "postfix-reverse": 2503}

    def version(self):
        return self.run_postconf("-d", "-h", "mail_version")

    def run_postconf(self, *arguments):
        command = [os.path.join(self.root, "usr/sbin/postconf"), *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=True).stdout.strip()

    def configure(self):
        spool = os.path.join(self.scratch, "spool")
        owned_directory(spool)
        for directory in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved", "trace"):
            owned_directory(os.path.join(spool, directory), USERS["postfix"], 0, 0o700)
        owned_directory(os.path.join(spool, "private"), USERS["postfix"], 0, 0o700)
        for directory in ("public", "maildrop"):
            owned_directory(os.path.join(spool, directory), USERS["postfix"], GROUPS["postdrop"], 0o710)
        owned_directory(os.path.join(spool, "pid"))
        data = owned_directory(os.path.join(self.scratch, "data"), USERS["postfix"], 0, 0o700)
        config = owned_directory(os.path.join(self.scratch, "config"))
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": spool,
            "data_directory": data,
            "daemon_directory": os.path.join(self.root, "usr/lib/postfix/sbin"),
            "command_directory": os.path.join(self.root, "usr/sbin"),
            "shlib_directory": os.path.join(self.root, "usr/lib/postfix"),
            "mail_owner": "postfix",
            "setgid_group": "postdrop",
            "import_environment": "MAIL_CONFIG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH",
            "myhostname": "mx.lab.test",
            "mydestination": "lab.test",
            "mynetworks": "127.0.0.1/32",
            "inet_interfaces": ", ".join(ADDRESSES),
            "inet_protocols": "all",
            "local_recipient_maps": "",
            "alias_maps": "",
            "default_database_type": "texthash",
            "smtpd_relay_restrictions": "reject_unauth_destination",
            "smtpd_recipient_restrictions": "reject_unknown_client_hostname, permit",
            "smtpd_client_connection_count_limit": "0",
            "maillog_file": os.path.join(self.scratch, "log"),
            "maillog_file_prefixes": "/",
        }
        write(os.path.join(config, "main.cf"), "".join("%s = %s\n" % pair for pair in settings.items()))
        write(os.path.join(config, "master.cf"), self.services())

    def services(self):
        smtpd = ""
        options = {
            2501: ["unknown_client_reject_code=550"],
            2502: [],
            2503: [
                "unknown_client_reject_code=550",
                "smtpd_recipient_restrictions=reject_unknown_reverse_client_hostname,permit",
            ],
        }
        for port, settings in options.items():
            overrides = "".join(" -o " + setting for setting in settings)
            smtpd += "%d inet n - n - 300 smtpd%s\n" % (port, overrides)
        return (
            smtpd
            + "rewrite unix - - n - - trivial-rewrite\n"
            + "anvil unix - - n - 1 anvil\n"
            + "proxymap unix - - n - - proxymap\n"
            + "cleanup unix n - n - 0 cleanup\n"
            + "postlog unix-dgram n - n - 1 postlogd\n"
        )

    def command(self):
        return [os.path.join(self.root, "usr/lib/postfix/sbin/master"), "-d", "-c", os.path.join(self.scratch, "config")]


class Exim(MailServer):
    """The ACL verb of the manual, after the host name was looked up at connect as in the stock configuration."""

    package = "exim4-daemon-light"

    def __init__(self, packages, scratch):
        super().__init__(packages, scratch)
        self.receivers = {"exim" if self.version() < (4, 97) else "exim-4.98": 2504}

    def version(self):
        output = subprocess.run([self.program(), "-bV"], env=self.environment(), capture_output=True, text=True).stdout
        found = re.search(r"Exim version (\d+)\.(\d+)", output)
        if not found:
            raise RuntimeError("Exim does not tell its version: " + output)
        return int(found.group(1)), int(found.group(2))

    def program(self):
        return os.path.join(self.root, "usr/sbin/exim4")

    def configure(self):
        spool = owned_directory(os.path.join(self.scratch, "spool"), USERS["Debian-exim"], GROUPS["Debian-exim"], 0o750)
        log = owned_directory(os.path.join(self.scratch, "log"), USERS["Debian-exim"], GROUPS["Debian-exim"], 0o750)
        write(
            os.path.join(self.scratch, "config"),
            "spool_directory = %s\n" % spool
            + "log_file_path = %s/%%slog\n" % log
            + "primary_hostname = mx.lab.test\n"
            + "local_interfaces = <; %s\n" % " ; ".join(ADDRESSES)
            + "daemon_smtp_ports = 2504\n"
            + "smtp_accept_max = 0\n"
            + "smtp_connect_backlog = 200\n"
            + "host_lookup = *\n"
            + "rfc1413_query_timeout = 0s\n"
            + "tls_advertise_hosts =\n"
            + "keep_environment =\n"
            + "dns_retrans = 2s\n"
            + "dns_retry = 2\n"
            + "acl_smtp_rcpt = rcpt\n"
            + "begin acl\n"
            + "rcpt:\n"
            + "  require verify = reverse_host_lookup\n"
            + "  accept\n",
        )

    def command(self):
        return [self.program(), "-C", os.path.join(self.scratch, "config"), "-bdf"]


class OpenSmtpd(MailServer):
    """Two listeners, each with a filter of smtpd.conf(5) whose reply is our own."""

    package = "opensmtpd"
    receivers = {"opensmtpd": 2505, "opensmtpd-rdns": 2506}

    def judges(self, case):
        # A silent DNS server costs it 75 s a lookup. A backslash in a name is one of the cases that the
        # row leaves open: 6.8 asks for such a name, 7.6 refuses it.
        return not case.silent and not (case.group == "backslash" and self.version() >= (7,))

    def version(self):
        output = subprocess.run([self.command()[0], "-h"], env=self.environment(), capture_output=True, text=True)
        found = re.search(r"OpenSMTPD (\d+)\.(\d+)", output.stdout + output.stderr)
        if not found:
            raise RuntimeError("OpenSMTPD does not tell its version: " + output.stderr)
        return int(found.group(1)), int(found.group(2))

    def configure(self):
        owned_directory("/var/spool/smtpd", 0, 0, 0o711)
        owned_directory("/var/lib/opensmtpd/empty")
        listen = "".join(
            "listen on %s port %d filter %s\n" % (address, port, name)
            for name, port in (("f", 2505), ("r", 2506))
            for address in ADDRESSES
        )
        write(
            os.path.join(self.scratch, "config"),
            "filter f phase rcpt-to match !fcrdns reject \"550 no fcrdns\"\n"
            + "filter r phase rcpt-to match !rdns reject \"550 no rdns\"\n"
            + listen
            + "action \"local\" maildir \"%s/mail\"\n" % self.scratch
            + "match from any for any action \"local\"\n",
        )

    def command(self):
        return [os.path.join(self.root, "usr/sbin/smtpd"), "-d", "-f", os.path.join(self.scratch, "config")]


class Sendmail(MailServer):
    """FEATURE(require_rdns) in a configuration made with the package's own m4 files."""

    package = "sendmail-bin"
    receivers = {"sendmail": 2507}

    def configure(self):
        macros = os.path.join(self.root, "usr/share/sendmail/cf/")
        queue = owned_directory(os.path.join(self.scratch, "queue"), USERS["smmta"], GROUPS["smmsp"], 0o750)
        source = (
            "include(`%sm4/cf.m4')dnl\n" % macros
            + "VERSIONID(`lab')dnl\n"
            + "define(`confDOMAIN_NAME', `mx.lab.test')dnl\n"
            + "define(`confDEF_USER_ID', `nobody')dnl\n"
            + "define(`confPID_FILE', `%s/pid')dnl\n" % self.scratch
            + "define(`QUEUE_DIR', `%s')dnl\n" % queue
            + "define(`STATUS_FILE', `/dev/null')dnl\n"
            + "define(`ALIAS_FILE', `')dnl\n"
            + "define(`confCONNECTION_RATE_THROTTLE', `0')dnl\n"
            + "define(`confQUEUE_LA', `1000')dnl\n"
            + "define(`confREFUSE_LA', `1000')dnl\n"
            + "define(`confTO_RESOLVER_RETRANS', `2s')dnl\n"
            + "define(`confTO_RESOLVER_RETRY', `2')dnl\n"
            + "define(`confTO_IDENT', `0s')dnl\n"
            + "FEATURE(`no_default_msa')dnl\n"
            + "FEATURE(`require_rdns')dnl\n"
            + "".join(
                "DAEMON_OPTIONS(`Family=%s, Address=%s, Port=2507, Name=MTA%s')dnl\n" % (family, address, family)
                for family, address in zip(("inet", "inet6"), ADDRESSES)
            )
            + "LOCAL_CONFIG\nCwlab.test\n"
            + "MAILER(`local')dnl\nMAILER(`smtp')dnl\n"
        )
        write(os.path.join(self.scratch, "sendmail.mc"), source)
        command = [os.path.join(self.root, "usr/bin/m4"), "-D_CF_DIR_=" + macros, "sendmail.mc"]
        made = subprocess.run(command, cwd=self.scratch, env=self.environment(), capture_output=True, text=True)
        if made.returncode != 0:
            raise RuntimeError("m4 fails: " + made.stderr)
        write(os.path.join(self.scratch, "sendmail.cf"), made.stdout)

    def command(self):
        return [
            os.path.join(self.root, "usr/libexec/sendmail/sendmail"),
            "-bD",
            "-C",
            os.path.join(self.scratch, "sendmail.cf"),
        ]


SERVERS = (Postfix, Exim, OpenSmtpd, Sendmail)
