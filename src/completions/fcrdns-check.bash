# SPDX-License-Identifier: MIT
# Completion of fcrdns-check for bash: options, their values, and resolvers behind @.

# The system's resolvers, and public ones to compare them with.
_fcrdns_check_resolvers() {
    local keyword address rest
    if [[ -r /etc/resolv.conf ]]; then
        while read -r keyword address rest; do
            [[ $keyword != nameserver ]] || echo "$address"
        done </etc/resolv.conf
    fi
    echo 1.1.1.1 8.8.8.8 9.9.9.9
}

_fcrdns_check() {
    local options='-f --file --bounce --me --mx -4 -6 --limit --helo --receivers --direct --strict --wait -s --server -p --port --tcp
        --timeout --tries --deadline --jobs --rate -j --json --format --unordered --summary --report -v --verbose -q --quiet --color
        -h --help -V --version'
    local line=${COMP_LINE:0:COMP_POINT} word option prefix= candidates=
    word=${line##*[[:blank:]]}
    line=${line%"$word"}
    option=${line%"${line##*[![:blank:]]}"}
    option=${option##*[[:blank:]]}
    case $word in
        --*=*) option=${word%%=*} prefix=${word%%=*}= ;;
        @*) option=@ prefix=@ ;;
    esac
    # What a report is given is FORMAT=FILE.
    [[ $option != --report || ${word#"$prefix"} != *=* ]] || option=--file prefix=${word%"${word##*=}"}
    case $option in
        -f | --file | --bounce)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "${word#"$prefix"}")
            return ;;
        -s | --server | @) candidates=$(_fcrdns_check_resolvers) ;;
        --format) candidates='text json junit nagios github markdown' ;;
        --report) compopt -o nospace; candidates='json= junit= github= markdown=' ;;
        --color) candidates='auto always never' ;;
        --helo) candidates=$(hostname --fqdn 2>/dev/null) ;;
        --limit | --wait | -p | --port | --timeout | --tries | --deadline | --jobs | --rate) return ;;
        *) [[ $word != -* ]] || candidates=$options ;;
    esac
    mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$candidates" -- "${word#"$prefix"}")
    # Readline replaces only what follows the last of its word breaks; @ is one, but stays with its word.
    local kept=${word%"${word##*["${COMP_WORDBREAKS//@/}"]}"}
    COMPREPLY=("${COMPREPLY[@]#"$kept"}")
}

complete -F _fcrdns_check fcrdns-check
