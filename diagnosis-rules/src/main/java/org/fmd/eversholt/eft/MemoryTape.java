// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * A row of numbers and texts, written one after the other and read back in the same order: the form for what there may be a
 * million of. A text stands in it once and is meant by its number from then on; times and places in the log are written as the
 * distance from the one before, which is short.
 *
 * <pre>
 *   {"words":["serd.io.disk","chassis0/bay3/disk0",…],"numbers:int64[]":[0,1,4,43200000000000,…]}
 * </pre>
 */
final class MemoryTape {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<TopoPath, Integer> pathNumbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private long[] tape = new long[64];
    private int length;
    private long lastTime;
    private long lastOffset;
    private @Nullable UUID lastLog;
    private int lastLogWord;

    void number(long value) {
        if (length == tape.length) {
            tape = Arrays.copyOf(tape, 2 * length);
        }
        tape[length++] = value;
    }

    void word(String text) {
        number(wordNumber(text));
    }

    private int wordNumber(String text) {
        Integer known = numbers.putIfAbsent(text, words.size());
        if (known == null) {
            words.add(text);
            return words.size() - 1;
        }
        return known;
    }

    void time(long nanos) {
        number(nanos - lastTime);
        lastTime = nanos;
    }

    void place(LogRef ref) {
        if (!ref.logId().equals(lastLog)) {
            lastLog = ref.logId();
            lastLogWord = wordNumber(ref.logId().toString());
        }
        number(lastLogWord);
        number(ref.offset() - lastOffset);
        lastOffset = ref.offset();
    }

    NvList list() {
        return NvList.builder()
                .strings("words", words)
                .put("numbers", new NvValue.Ints(NvType.INT64, Arrays.copyOf(tape, length)))
                .build();
    }

    /** Reads a tape; what it does not hold, or not in that order, is a {@link MemoryProblem}. */
    static final class Reader {
        private final List<String> words;
        private final NvValue.Ints tape;
        private final @Nullable TopoPath[] paths;
        private final @Nullable UUID[] logs;
        private int next;
        private long lastTime;
        private long lastOffset;

        Reader(Optional<NvList> list) throws MemoryProblem {
            this.words = list.map(l -> l.strings("words")).orElse(List.of());
            if (!(list.map(l -> l.get("numbers")).orElse(null) instanceof NvValue.Ints numbers)) {
                throw new MemoryProblem("a part of it is missing");
            }
            this.tape = numbers;
            this.paths = new TopoPath[words.size()];
            this.logs = new UUID[words.size()];
        }

        boolean atEnd() {
            return next == tape.size();
        }

        long number() throws MemoryProblem {
            if (atEnd()) {
                throw new MemoryProblem("a part of it ends too early");
            }
            return tape.get(next++);
        }

        /** A number from 0 to {@code most}. */
        int small(long most) throws MemoryProblem {
            long value = number();
            if (value < 0 || value > most) {
                throw new MemoryProblem("it holds " + value + " where 0 to " + most + " is expected");
            }
            return (int) value;
        }

        String word() throws MemoryProblem {
            return words.get(small(words.size() - 1L));
        }

        TopoPath path() throws MemoryProblem {
            int word = small(words.size() - 1L);
            TopoPath path = paths[word];
            if (path == null) {
                path = MemoryReader.path(words.get(word));
                paths[word] = path;
            }
            return path;
        }

        EventKey event() throws MemoryProblem {
            return new EventKey(word(), path());
        }

        long time() throws MemoryProblem {
            lastTime += number();
            return lastTime;
        }

        LogRef place() throws MemoryProblem {
            int word = small(words.size() - 1L);
            UUID log = logs[word];
            if (log == null) {
                log = MemoryReader.uuid(words.get(word));
                logs[word] = log;
            }
            lastOffset += number();
            return new LogRef(log, lastOffset);
        }
    }

    void path(TopoPath path) {
        Integer known = pathNumbers.get(path);
        if (known == null) {
            known = wordNumber(path.toString());
            pathNumbers.put(path, known);
        }
        number(known);
    }

    void event(EventKey key) {
        word(key.eventClass());
        path(key.path());
    }
}
