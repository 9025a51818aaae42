// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/** The commands that wait for more of their lines, in order of their last line. Belongs to the assembler's thread. */
final class OpenCommands {
    /** More at once are a flood of single lines: one block of the kernel's log has five, and it prints ten in 5 s. */
    static final int MAX_OPEN = 256;

    /** How long after its last line a command may get another. */
    static final long WINDOW_MICROS = 100_000;

    private static final long WINDOW_NANOS = WINDOW_MICROS * 1000;

    /** What tells open commands apart; a refusal stands beside the commands of its device. */
    record Key(String hctl, int tag, boolean refusal) {}

    private final Map<Key, OpenCommand> open = new LinkedHashMap<>();
    private final Consumer<OpenCommand> closed;

    /** @param closed is told each command whose lines are over */
    OpenCommands(Consumer<OpenCommand> closed) {
        this.closed = closed;
    }

    @Nullable
    OpenCommand get(Key key) {
        return open.get(key);
    }

    /** Opens a command; one with the same key is closed before. */
    OpenCommand open(Key key, OpenCommand command) {
        close(key);
        if (open.size() >= MAX_OPEN) {
            close(open.keySet().iterator().next());
        }
        open.put(key, command);
        return command;
    }

    /** Notes that another line of it came. */
    void touch(Key key, Stamp at) {
        OpenCommand command = open.remove(key);
        if (command != null) {
            command.last = at;
            open.put(key, command);
        }
    }

    void close(Key key) {
        OpenCommand command = open.remove(key);
        if (command != null) {
            closed.accept(command);
        }
    }

    /** Forgets a command that another one stands for. */
    boolean discard(Key key) {
        return open.remove(key) != null;
    }

    /** Returns the key of the oldest command that fits, null if none does. */
    @Nullable
    Key oldest(Predicate<OpenCommand> fits) {
        for (Map.Entry<Key, OpenCommand> entry : open.entrySet()) {
            if (fits.test(entry.getValue())) {
                return entry.getKey();
            }
        }
        return null;
    }

    /**
     * Closes what a statement of now can no longer belong to. By the kernel's clock: a reader that is late gets the lines of a
     * command long after each other, and they belong together all the same.
     */
    void expireByKernel(Stamp now) {
        expire(last -> now.kernelMicros() != Stamp.NOT_TOLD
                && last.kernelMicros() != Stamp.NOT_TOLD
                && now.kernelMicros() - last.kernelMicros() > WINDOW_MICROS);
    }

    /** Closes what had waited long enough at a moment up to which everything has been read. */
    void expireByArrival(Stamp readUpTo) {
        expire(last -> readUpTo.arrival() - last.arrival() > WINDOW_NANOS);
    }

    private void expire(Predicate<Stamp> isOver) {
        while (!open.isEmpty()) {
            Map.Entry<Key, OpenCommand> eldest = open.entrySet().iterator().next();
            if (!isOver.test(eldest.getValue().last)) {
                return;
            }
            close(eldest.getKey());
        }
    }

    int size() {
        return open.size();
    }

    /** Returns the arrival time at which the next command expires, empty if none is open. */
    OptionalLong deadline() {
        Iterator<OpenCommand> eldest = open.values().iterator();
        return eldest.hasNext()
                ? OptionalLong.of(eldest.next().last.arrival() + WINDOW_NANOS + 1)
                : OptionalLong.empty();
    }

    void closeAll() {
        while (!open.isEmpty()) {
            close(open.keySet().iterator().next());
        }
    }
}
