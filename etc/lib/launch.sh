# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
#
# launch: how every command of the image starts Java. Read by bin/*, never run by itself.
# On the way of a command line tool it must cost no time: builtins only, no process but java's own.
#
# Before: $image is the folder of the image, absolute. After one of tool, prober, compiler, worker, replayer, daemon: this
# process is java.

# Class path of the command line tools. Written out, never a wildcard: lib/fmd.jsa is used only where
# the class path begins with the very one that it was made with. No logging, no JNA: each would cost
# a command more time than its work.
tool_path=$image/lib/ereport-model.jar:$image/lib/fmd-core.jar:$image/lib/picocli.jar:$image/lib/jackson-core.jar:$image/plugins/diagnosis-rules.jar
# The daemon's begins with it, so that it shares the archive.
daemon_path=$tool_path:$image/lib/jackson-databind.jar:$image/lib/jackson-annotations.jar:$image/lib/slf4j-api.jar:$image/lib/logback-classic.jar:$image/lib/logback-core.jar:$image/lib/jna.jar

# Sets $java: what $FMD_JAVA says, else $JAVA_HOME, else the path.
find_java() {
    if [ -n "${FMD_JAVA:-}" ]; then
        java=$FMD_JAVA
    elif [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
    elif java=$(command -v java); then
        return
    else
        echo "${0##*/}: cannot start: no java found; install a Java runtime 17 or newer, or set JAVA_HOME" >&2
        exit 1
    fi
    if ! command -v "$java" >/dev/null; then
        echo "${0##*/}: cannot start '$java': no such program; see FMD_JAVA and JAVA_HOME" >&2
        exit 1
    fi
}

# start CLASS ARG...: with $java, $class_path and $flags (words without blanks in them)
start() {
    # shellcheck disable=SC2086  # a list of words
    set -- -Dfmd.home="$image" -cp "$class_path" ${FMD_JAVA_OPTS:-} "$@"
    # Only an archive that is there is named: for one that is not the JVM would give up its own, too. One that
    # another JVM made is passed over, and the JVM's log is off so that it says nothing of it in our output.
    if [ -r "$image/lib/fmd.jsa" ]; then set -- -XX:SharedArchiveFile="$image/lib/fmd.jsa" "$@"; fi
    # The archive is used where it was made for: moved to a random address each start, as is the default of late,
    # all of it is touched and becomes memory of this process alone, 13 MiB and 10 ms.
    # shellcheck disable=SC2086
    exec "$java" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-UsePerfData -Xshare:auto -Xlog:disable $flags "$@"
}

# tool CLASS ARG...: starts, prints, ends. The second compiler would not live to be of use.
tool() {
    find_java
    class_path=$tool_path
    # Of the collectors of Java 17 this one alone takes over the objects of the archive, which saves 15 ms.
    flags='-XX:+UseG1GC -XX:ParallelGCThreads=1 -XX:ConcGCThreads=1 -XX:TieredStopAtLevel=1 -Xmx64m'
    start "$@"
}

# prober CLASS ARG...: a tool that loads modules of the daemon.
prober() {
    find_java
    class_path=$daemon_path
    flags='-XX:+UseG1GC -XX:ParallelGCThreads=1 -XX:ConcGCThreads=1 -XX:TieredStopAtLevel=1 -Xmx64m'
    start "$@"
}

# compiler CLASS ARG...: a tool that holds a whole program in memory. The heap begins large, so that the collector runs
# seldom, and in large pages where the machine has them: to touch small ones costs a sixth of the time. Pages that are not
# touched cost nothing.
compiler() {
    find_java
    class_path=$tool_path
    flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms256m -Xmx512m -Xmn128m -XX:+UseTransparentHugePages'
    start "$@"
}

# worker CLASS ARG...: a tool that goes through millions of records. Both compilers, since there is time for them; as much
# heap as the machine can spare.
worker() {
    find_java
    class_path=$tool_path
    flags='-XX:+UseSerialGC -Xms384m -Xmn256m'
    start "$@"
}

# replayer CLASS ARG...: the daemon's code as a tool, which may go through millions of records. No native library is called.
replayer() {
    find_java
    class_path=$daemon_path
    flags='-XX:+UseSerialGC -Xms64m -Xmn32m'
    start "$@"
}

# daemon CLASS ARG...: is small and stays so.
daemon() {
    find_java
    class_path=$daemon_path
    flags='-XX:+UseSerialGC -Xms8m -Xmx64m -XX:TieredStopAtLevel=1 -Xss256k -XX:CICompilerCount=1 -XX:ReservedCodeCacheSize=24m -XX:+ExitOnOutOfMemoryError'
    # Short-lived objects do not spread over the whole heap, and what a burst has left behind is given back.
    flags="$flags -Xmn6m -XX:MaxHeapFreeRatio=50 -XX:-ShrinkHeapInSteps"
    # Left alone the virtual machine wakes up five times a second to look for work that an idle daemon does not have.
    flags="$flags -XX:GuaranteedSafepointInterval=0 -XX:AsyncDeflationInterval=60000"
    # A runtime of 24 or newer wants to be told of native calls; which it is, its file "release" says.
    real=$(readlink -f "$(command -v "$java")")
    if [ -r "${real%/bin/java}/release" ]; then
        while IFS='="' read -r key _ value _; do
            if [ "$key" = JAVA_VERSION ]; then
                value=${value%%[!0-9]*}
                if [ "${value:-0}" -ge 24 ]; then flags="$flags --enable-native-access=ALL-UNNAMED"; fi
                break
            fi
        done <"${real%/bin/java}/release"
    fi
    # JNA's library lies in the image, so that no cache folder needs to be written to and run from.
    case $(uname -m) in
        x86_64) native=$image/lib/native/linux-x86-64 ;;
        *) native=$image/lib/native/linux-$(uname -m) ;;
    esac
    # One arena for malloc: the C library's habit of several costs more memory than the daemon's heap.
    MALLOC_ARENA_MAX=1
    export MALLOC_ARENA_MAX
    if [ -r "$native/libjnidispatch.so" ]; then
        class=$1
        shift
        set -- -Djna.boot.library.path="$native" -Djna.nounpack=true "$class" "$@"
    fi
    start "$@"
}
