# SPDX-License-Identifier: MIT
# Completion of fcrdns-check for fish: options, their values, and resolvers behind @.

# The system's resolvers, and public ones to compare them with.
function __fcrdns_check_resolvers
    if test -r /etc/resolv.conf
        string match --regex --groups-only '^nameserver\s+(\S+)' </etc/resolv.conf
    end
    printf '%s\n' 1.1.1.1 8.8.8.8 9.9.9.9
end

complete -c fcrdns-check --no-files
complete -c fcrdns-check --condition 'string match --quiet "@*" -- (commandline --current-token)' \
    --arguments '@(__fcrdns_check_resolvers)'

complete -c fcrdns-check -s f -l file --require-parameter --force-files --description 'Read targets from a file'
complete -c fcrdns-check -l bounce --require-parameter --force-files --description 'Check the addresses refused in a bounce or log'
complete -c fcrdns-check -l me --description 'The addresses this machine sends from'
complete -c fcrdns-check -l mx --description 'Host names are mail domains: their MX hosts'
complete -c fcrdns-check -s 4 --description 'Only IPv4 addresses of host names'
complete -c fcrdns-check -s 6 --description 'Only IPv6 addresses of host names'
complete -c fcrdns-check -l limit --exclusive --description 'Refuse larger blocks'
complete -c fcrdns-check -l helo --exclusive --arguments '(__fish_print_hostnames)' --description 'Also compare the name said in EHLO'
complete -c fcrdns-check -l receivers --description 'What known receivers would do'
complete -c fcrdns-check -l direct --description "Ask the zones' own servers"
complete -c fcrdns-check -l strict --description 'Warnings are failures'
complete -c fcrdns-check -l wait --exclusive --description 'Check again until all pass'
complete -c fcrdns-check -s s -l server --exclusive --arguments '(__fcrdns_check_resolvers)' --description 'Ask this resolver'
complete -c fcrdns-check -s p -l port --exclusive --description 'Port for servers given without one'
complete -c fcrdns-check -l tcp --description 'TCP only'
complete -c fcrdns-check -l timeout --exclusive --description 'Seconds to wait for the first try'
complete -c fcrdns-check -l tries --exclusive --description 'Tries per server'
complete -c fcrdns-check -l deadline --exclusive --description 'Seconds for one address at most'
complete -c fcrdns-check -l jobs --exclusive --description 'Questions in flight at most'
complete -c fcrdns-check -l rate --exclusive --description 'Queries per second at most'
complete -c fcrdns-check -s j -l json --description 'One JSON object per line'
complete -c fcrdns-check -l format --exclusive --arguments 'text json junit nagios github markdown' --description 'What to print'
complete -c fcrdns-check -l unordered --description 'Print results as they finish'
complete -c fcrdns-check -l summary --description 'Causes with their addresses and a map'
complete -c fcrdns-check -l report --require-parameter --force-files --description 'Also write a report: FORMAT=FILE' \
    --arguments 'json= junit= github= markdown='
complete -c fcrdns-check -s v -l verbose --description 'Show the DNS answers'
complete -c fcrdns-check -s q -l quiet --description 'Only set the exit status'
complete -c fcrdns-check -l color --exclusive --arguments 'auto always never' --description 'Colour the status words'
complete -c fcrdns-check -s h -l help --description 'Show the options'
complete -c fcrdns-check -s V -l version --description 'Show the version'
