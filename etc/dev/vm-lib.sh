# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# vm-lib.sh: how the tests inside a virtual machine ask, wait and say. Read by vm-test and vm-channel-test, which set
# $image; they use what it sets, and the other way round.
# shellcheck disable=SC2034

root=/run/fmd-test # configuration, state, socket: all below, on a tmpfs
tests=0 failed=0 daemon_pid=

# What a person wants to see after a failure, as comments.
evidence() {
    {
        echo "the daemon's own words:"; tail -n 40 "$root/fmd.out"
        echo "fmdump -e -j:"; fmdump -e -j
        echo "fmdump -j:"; fmdump -j
        echo "the kernel's last words:"; dmesg | tail -n 15
    } 2>&1 | sed 's/^/# /'
}
bail() { echo "Bail out! $*"; evidence; exit 1; }

# verdict STATUS SENTENCE [WHAT-WAS-SEEN]: one line of the result, and what was seen instead where it is "not ok"
verdict() {
    tests=$((tests + 1))
    if [ "$1" = 0 ]; then echo "ok $tests - $2"; return; fi
    failed=$((failed + 1))
    echo "not ok $tests - $2"
    [ $# -lt 3 ] || printf '%s\n' "$3" | tail -n 40 | sed 's/^/#   /'
}

fmadm() { "$image/bin/fmadm" -R "$root" "$@" 2>&1; }
fmdump() { "$image/bin/fmdump" -R "$root" "$@" 2>&1; }

# lines_with PATTERN...: those lines of the input that match every one (extended regular expressions)
lines_with() {
    local text pattern
    text=$(cat)
    for pattern in "$@"; do text=$(grep -E -- "$pattern" <<<"$text"); done
    [ -n "$text" ] && printf '%s\n' "$text"
}

# member NAME VALUE: a pattern for "NAME":VALUE in a line of JSON, VALUE being a pattern itself
member() { printf '"%s" *: *%s' "$1" "$2"; }

# wait_for SECONDS COMMAND...: until it succeeds; its output of the last try is in $seen
seen=
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until seen=$("$@"); do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.2
    done
}

# expect SENTENCE SECONDS COMMAND...: COMMAND succeeds within that time
expect() {
    local sentence=$1
    shift
    wait_for "$@"
    verdict $? "$sentence" "$seen"
}

ereports() { fmdump -e -j | lines_with "$@"; }                   # those in the error log that match
verdicts() { fmdump -j | lines_with "$@"; }                      # those in the fault log that match
faulty() { fmadm faulty | lines_with "$@"; }
summary() { fmadm faulty -s | lines_with "$@"; }
retire_answer() { fmadm faulty -v -u "$1" | lines_with '[Rr]etire|dry.run'; }
asru_faulty() { fmadm faulty -r -u "$1" | lines_with .; }        # what case $1 holds for faulty
no_faults() { local text; text=$(fmadm faulty); printf '%s\n' "$text"; [ -z "$text" ]; }
block_device() { ls "/sys/class/scsi_device/$1/device/block"; }  # H:C:T:L -> sdX
state_is() { [ "$(cat "/sys/class/scsi_device/$1/device/state")" = "$2" ]; }
out_of_service() { fmadm faulty -u "$1" | lines_with 'faulted and taken out of service'; }
gone() { ! kill -0 "$daemon_pid" 2>/dev/null; }
answers_or_gone() { gone || fmadm config; }
case_of() { # the first case with code $1
    verdicts "$(member class '"list.suspect"')" "$(member code "\"$1\"")" |
        grep -oE "$(member uuid '"[0-9a-f-]{36}"')" | head -n 1 | grep -oE '[0-9a-f-]{36}'
}

# read_block DEVICE SECTOR: one sector, past all caches; fails as the disk does
read_block() { dd if="/dev/$1" of=/dev/null bs=512 count=1 skip=$(($2)) iflag=direct 2>&1; }

start_daemon() {
    "$image/bin/fmd" -R "$root" >>"$root/fmd.out" 2>&1 </dev/null &
    daemon_pid=$!
}

# boot SETTING...: starts the daemon on a private root, with those lines of configuration, and waits until it answers
boot() {
    mkdir -p "$root"/etc/fmd "$root"/var/lib/fmd "$root"/run/fmd
    printf '%s\n' "$@" >"$root/etc/fmd/fmd.conf"
    echo "# image $image, kernel $(uname -r), $("${JAVA_HOME:-/usr}/bin/java" -version 2>&1 | head -n 1)"
    start_daemon
    wait_for 120 answers_or_gone || { echo "$seen"; bail "the daemon does not answer"; }
    ! gone || bail "the daemon ended at once"
    verdict 0 "the daemon starts on a private root and answers"
}

# finish: ends the daemon, and the test with its result
finish() {
    kill -TERM "$daemon_pid"
    expect "SIGTERM ends the daemon" 30 gone
    gone || kill -KILL "$daemon_pid"
    wait "$daemon_pid"
    local status=$?
    [ $status = 0 ] || [ $status = 143 ]
    verdict $? "with exit code 0 or 143" "it was $status"
    [ -z "$(ls /sys/kernel/tracing/instances)" ]
    verdict $? "it leaves no trace instance behind" "$(ls /sys/kernel/tracing/instances)"
    echo "1..$tests"
    [ $failed = 0 ] || { evidence; exit 1; }
}
