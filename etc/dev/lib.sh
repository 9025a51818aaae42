# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What etc/demo, etc/test and .ci/run share: how they speak, and how they come by a JDK, Maven and a virtual
# machine. Read by them, never run. Sets $top, the project's folder, and leaves the caller in it.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 1
cd "$top" || exit 1
program=${0#"$top"/}

# step TEXT: what happens next.   say TEXT: something worth knowing.   fail TEXT: ends with a reason.
step() { printf '\n==> %s\n' "$*"; }
say() { printf '    %s\n' "$*"; }
fail() { printf '%s: %s\n' "$program" "$*" >&2; exit 1; }

is_root() { [ "$(id -u)" = 0 ]; }

# The system's package manager, as this project knows it: apt-get, dnf, zypper, or nothing.
package_manager() {
    local name
    for name in apt-get dnf zypper; do
        if command -v $name >/dev/null; then echo $name; return 0; fi
    done
    return 1
}

# install_packages NAME...: installs without asking; the package manager's own words are shown if it fails.
install_packages() {
    local log status=0
    log=$(mktemp) || return 1
    case $(package_manager) in
        apt-get)
            export DEBIAN_FRONTEND=noninteractive
            # Lists may be missing on a fresh machine, or name packages that are gone: fetch them once and try again.
            apt-get -q -y install --no-install-recommends "$@" >"$log" 2>&1 </dev/null ||
                { apt-get -q update && apt-get -q -y install --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null || status=1 ;;
        dnf) dnf -q -y install "$@" >"$log" 2>&1 </dev/null || status=1 ;;
        zypper) zypper -q -n install "$@" >"$log" 2>&1 </dev/null || status=1 ;;
        *) echo "no package manager that is known here (apt-get, dnf, zypper)" >"$log"; status=1 ;;
    esac
    [ $status = 0 ] || tail -n 15 "$log" >&2
    rm -f "$log"
    return $status
}

# jdk_version DIR: the major version of the JDK in DIR; fails where there is none, or only a runtime.
jdk_version() {
    local version
    # not "": /bin/javac is a link to the JDK on some systems, but / is none
    [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    [ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && echo "$version"
}

# find_jdk MIN: the folder of a JDK of that version or newer. First $JAVA_HOME, then the path's, then the oldest
# that the system has: the floor is what the project promises.
find_jdk() {
    local dir version best='' best_version=9999
    for dir in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)" 2>/dev/null)")")"; do
        if version=$(jdk_version "$dir") && [ "$version" -ge "$1" ]; then echo "$dir"; return 0; fi
    done
    for dir in /usr/lib/jvm/*/ /usr/lib64/jvm/*/ /usr/java/*/ /opt/jdk*/ /opt/java/*/; do
        if version=$(jdk_version "${dir%/}") && [ "$version" -ge "$1" ] && [ "$version" -lt "$best_version" ]; then
            best=${dir%/} best_version=$version
        fi
    done
    [ -n "$best" ] && echo "$best"
}

# have_maven: Maven 3.8 or newer is on the path
have_maven() {
    local version
    version=$(mvn --version 2>/dev/null </dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    [ -n "$version" ] && [ $((${version% *} * 100 + ${version#* })) -ge 308 ]
}

# need_build_tools: after it $JAVA_HOME is a JDK of 17 or newer, and mvn runs on it. What is missing is installed
# when root asks; anybody else is told what to install.
need_build_tools() {
    local want=() manager java_name=() name
    manager=$(package_manager) || manager=
    case $manager in
        apt-get) java_name=(default-jdk-headless openjdk-17-jdk-headless) ;;
        dnf) java_name=(java-21-openjdk-devel java-17-openjdk-devel java-latest-openjdk-devel) ;;
        zypper) java_name=(java-21-openjdk-devel java-17-openjdk-devel) ;;
    esac
    find_jdk 17 >/dev/null || want+=("a JDK of version 17 or newer")
    have_maven || want+=("Maven 3.8 or newer")
    if [ ${#want[@]} -gt 0 ]; then
        [ -n "$manager" ] || fail "$(join "${want[@]}") missing; please install, and set JAVA_HOME and PATH accordingly"
        is_root || fail "$(join "${want[@]}") missing; please run: sudo $manager install ${java_name[0]} maven"
        step "Installing $(join "${want[@]}") with $manager"
        if ! find_jdk 17 >/dev/null; then
            for name in "${java_name[@]}"; do install_packages "$name" && break; done
            find_jdk 17 >/dev/null || fail "$manager gave no JDK of version 17 or newer; please install one and set JAVA_HOME"
        fi
        if ! have_maven; then
            install_packages maven || fail "$manager could not install Maven; its last words are above"
            have_maven || fail "$manager gave a Maven older than 3.8; please install a newer one and put it on the PATH"
        fi
    fi
    JAVA_HOME=$(find_jdk 17)
    export JAVA_HOME
    say "JDK $(jdk_version "$JAVA_HOME") in $JAVA_HOME, Maven in $(command -v mvn)"
}

# join WORD...: "a", "a and b"
join() {
    local text=$1
    shift
    for word in "$@"; do text="$text and $word"; done
    echo "$text"
}

# maven ARG...: without questions, colours and progress bars. $MAVEN_ARGS is the user's (Maven 3.9 reads it itself).
maven() {
    mvn -B -ntp -Dstyle.color=never "$@" </dev/null
}

# need_vm: a virtual machine can be had, or could after installing what it takes; root only. Else says why not, and
# returns 1. It installs programs, and unpacks a kernel into a cache folder; no kernel is installed.
need_vm() {
    local reason
    if reason=$(etc/dev/vm --check); then say "$reason"; return 0; fi
    if is_root && [ "$(package_manager)" = apt-get ]; then
        case $reason in
            *'missing packages: '*)
                step "Installing what a virtual machine takes"
                # shellcheck disable=SC2086  # a list of names
                install_packages ${reason##*missing packages: } || { say "$reason"; return 1; }
                reason=$(etc/dev/vm --check) && { say "$reason"; return 0; } ;;
        esac
        case $reason in
            *'no kernel'*)
                step "Fetching a kernel for the virtual machine"
                etc/dev/vm --get-kernel 6.12 || etc/dev/vm --get-kernel 6.1 || { say "$reason"; return 1; }
                reason=$(etc/dev/vm --check) && { say "$reason"; return 0; } ;;
        esac
    fi
    say "$reason"
    return 1
}
