// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory in memory which keeps apart what was written and what is durable, and fails on demand.
 *
 * <p>The model is harsher than most file systems. Until {@link LogFile#force}, each write and each truncation of a file is a
 * separate operation of which a power failure keeps any, in whole or by 512-byte sectors; lost sectors inside the file's length
 * read as zeros. A failed {@code force} never makes the operations before it durable, even if the next one succeeds, as on
 * Linux. Creations, renames and deletions are lost from some point on, until {@link LogFiles#forceNames}.
 *
 * <p>Thread-safe, so that a reader may run beside the writer.
 */
public final class FakeLogFiles implements LogFiles {

    /** What fails next: counted down by calls of one kind, -1 when nothing is armed. */
    public enum Fault {
        /** The write throws after half of its bytes. */
        WRITE_FAILS,
        /** The write takes half of its bytes and says so: no error, the caller must go on. */
        WRITE_SHORT,
        FORCE_FAILS,
        TRUNCATE_FAILS,
        RENAME_FAILS
    }

    /** What a power failure does to what is not durable. */
    public enum Loss {
        /** All of it is gone. */
        ALL,
        /** Some operations are gone, some half done. */
        SOME,
        /** Nothing: only the process died. */
        NONE
    }

    private static final int SECTOR = 512;

    /** A write, or, without bytes, a truncation. */
    private static final class Operation {
        private final long position;
        private final byte[] bytes;
        private final boolean truncation;

        private Operation(long position, byte[] bytes, boolean truncation) {
            this.position = position;
            this.bytes = bytes;
            this.truncation = truncation;
        }
    }

    private static final class Inode {
        private byte[] live = {};
        private byte[] durable = {};
        private final List<Operation> pending = new ArrayList<>();
        private int neverDurable; // operations at the front which a failed force has orphaned
    }

    private final Map<Fault, Integer> armed = new LinkedHashMap<>();
    private Map<String, Inode> names = new TreeMap<>();
    private final List<Map<String, Inode>> nameHistory = new ArrayList<>(List.of(new TreeMap<>()));
    private long capacity = Long.MAX_VALUE;
    private int generation;
    private int forces;

    /** Arms a fault: the n-th call of its kind from now, 1 being the next, fails once. */
    public synchronized void arm(Fault fault, int nth) {
        armed.put(fault, nth);
    }

    public synchronized void disarm() {
        armed.clear();
    }

    /** Bounds the sum of all file lengths: beyond it a write stores what fits and then fails, as ENOSPC does. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Calls of force that succeeded. */
    public synchronized int forces() {
        return forces;
    }

    /** The process dies, with or without the power: open files are closed, and what was not durable is lost as told. */
    public synchronized void crash(Loss loss, Random random) {
        generation++;
        armed.clear();
        if (loss == Loss.NONE) {
            return;
        }
        int keep = loss == Loss.ALL ? 0 : random.nextInt(nameHistory.size());
        Map<String, Inode> survived = nameHistory.get(keep);
        for (Inode inode : survived.values()) {
            byte[] content = inode.durable;
            for (int i = 0; i < inode.pending.size(); i++) {
                if (loss == Loss.SOME && i >= inode.neverDurable) {
                    content = applyPartly(content, inode.pending.get(i), random);
                }
            }
            inode.durable = content;
            inode.live = content.clone();
            inode.pending.clear();
            inode.neverDurable = 0;
        }
        names = new TreeMap<>(survived);
        nameHistory.clear();
        nameHistory.add(new TreeMap<>(survived));
    }

    /** A copy of what a reader sees in a file now. */
    public synchronized byte[] bytes(String name) throws IOException {
        return inode(name).live.clone();
    }

    /** Puts a file there, durably. */
    public synchronized void put(String name, byte[] bytes) {
        Inode inode = new Inode();
        inode.live = bytes.clone();
        inode.durable = bytes.clone();
        names.put(name, inode);
        nameHistory.clear();
        nameHistory.add(new TreeMap<>(names));
    }

    @Override
    public String path(String name) {
        return name;
    }

    @Override
    public synchronized List<String> names() {
        return new ArrayList<>(names.keySet());
    }

    @Override
    public synchronized LogFile open(String name, Mode mode) throws IOException {
        if (mode == Mode.CREATE) {
            names.put(name, new Inode());
            nameHistory.add(new TreeMap<>(names));
        }
        return new OpenFile(inode(name), mode != Mode.READ);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        failIfDue(Fault.RENAME_FAILS);
        names.put(to, inode(from));
        names.remove(from);
        nameHistory.add(new TreeMap<>(names));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        inode(name);
        names.remove(name);
        nameHistory.add(new TreeMap<>(names));
    }

    @Override
    public synchronized void forceNames() throws IOException {
        failIfDue(Fault.FORCE_FAILS);
        nameHistory.clear();
        nameHistory.add(new TreeMap<>(names));
    }

    @Override
    public synchronized long usableSpace() {
        return capacity == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, capacity - used());
    }

    /** The sum of all file lengths. */
    public synchronized long used() {
        return names.values().stream()
                .distinct()
                .mapToLong(inode -> inode.live.length)
                .sum();
    }

    private Inode inode(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return inode;
    }

    private boolean due(Fault fault) {
        Integer left = armed.computeIfPresent(fault, (key, count) -> count - 1);
        if (left == null || left > 0) {
            return false;
        }
        armed.remove(fault);
        return true;
    }

    private void failIfDue(Fault fault) throws IOException {
        if (due(fault)) {
            throw new IOException("Input/output error (" + fault + ")");
        }
    }

    private static byte[] apply(byte[] content, Operation operation) {
        int position = (int) operation.position;
        if (operation.truncation) {
            return position < content.length ? Arrays.copyOf(content, position) : content;
        }
        byte[] changed = Arrays.copyOf(content, Math.max(content.length, position + operation.bytes.length));
        System.arraycopy(operation.bytes, 0, changed, position, operation.bytes.length);
        return changed;
    }

    private static byte[] applyPartly(byte[] content, Operation operation, Random random) {
        int fate = random.nextInt(3);
        if (fate == 0) {
            return content;
        }
        if (fate == 1 || operation.truncation) {
            return apply(content, operation);
        }
        byte[] changed = content;
        int cut = random.nextInt(operation.bytes.length + 1);
        boolean prefix = random.nextBoolean();
        for (int at = 0; at < operation.bytes.length; ) {
            int position = (int) operation.position + at;
            int count = Math.min(operation.bytes.length - at, SECTOR - position % SECTOR);
            if (prefix ? at < cut : random.nextBoolean()) {
                int kept = prefix ? Math.min(count, cut - at) : count;
                byte[] part = Arrays.copyOfRange(operation.bytes, at, at + kept);
                changed = apply(changed, new Operation(position, part, false));
            }
            at += count;
        }
        return changed;
    }

    private final class OpenFile implements LogFile {
        private final Inode inode;
        private final boolean writable;
        private final int born = generation;
        private boolean closed;

        private OpenFile(Inode inode, boolean writable) {
            this.inode = inode;
            this.writable = writable;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            synchronized (FakeLogFiles.this) {
                requireOpen(false);
                if (position < 0) {
                    throw new IllegalArgumentException("negative position " + position);
                }
                if (position >= inode.live.length) {
                    return -1;
                }
                int count = Math.min(into.remaining(), inode.live.length - (int) position);
                into.put(inode.live, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            synchronized (FakeLogFiles.this) {
                requireOpen(true);
                boolean fails = due(Fault.WRITE_FAILS);
                boolean isShort = due(Fault.WRITE_SHORT);
                int count = from.remaining();
                if (fails || isShort) {
                    count = fails ? count / 2 : (count + 1) / 2;
                }
                long room = usableSpace();
                boolean full = room < position + count - inode.live.length;
                if (full) {
                    count = (int) Math.max(0, inode.live.length + room - position);
                }
                byte[] bytes = new byte[count];
                from.get(bytes);
                if (count > 0) {
                    record(new Operation(position, bytes, false));
                }
                if (full && count == 0) {
                    throw new IOException("No space left on device");
                }
                if (fails) {
                    throw new IOException("Input/output error (WRITE_FAILS)");
                }
                return count;
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FakeLogFiles.this) {
                requireOpen(true);
                if (due(Fault.FORCE_FAILS)) {
                    inode.neverDurable = inode.pending.size();
                    throw new IOException("Input/output error (FORCE_FAILS)");
                }
                for (int i = 0; i < inode.pending.size(); i++) {
                    if (i >= inode.neverDurable) {
                        inode.durable = apply(inode.durable, inode.pending.get(i));
                    }
                }
                inode.pending.clear();
                inode.neverDurable = 0;
                forces++;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (FakeLogFiles.this) {
                requireOpen(true);
                failIfDue(Fault.TRUNCATE_FAILS);
                record(new Operation(length, new byte[0], true));
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (FakeLogFiles.this) {
                requireOpen(false);
                return inode.live.length;
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void record(Operation operation) {
            inode.live = apply(inode.live, operation);
            inode.pending.add(operation);
        }

        private void requireOpen(boolean toWrite) throws IOException {
            if (closed || born != generation) {
                throw new IOException("file is closed");
            }
            if (toWrite && !writable) {
                throw new IOException("file is open for reading alone");
            }
        }
    }
}
