// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fmd.core.log.LogFile;
import org.fmd.core.log.LogFiles;

/**
 * A directory that keeps apart what was written and what is durable.
 *
 * <p>Until a file is forced, each write and each cut is something of which a loss of power keeps any sectors, whatever came before or
 * after it; what is missing inside the file reads as zeros. A force that failed never makes the writes before it durable, even if
 * the next one succeeds, as on Linux. Creations, renames and deletions happen in order, as in the journal of a file system, and
 * are lost from some point on, until the names are forced.
 */
final class SimDisk implements LogFiles {
    private static final int SECTOR = 512;

    /** What is done to the disk. */
    enum Op {
        NAMES,
        OPEN,
        CREATE,
        READ,
        WRITE,
        CUT,
        FORCE,
        RENAME,
        DELETE,
        FORCE_NAMES;

        boolean isChange() {
            return this != NAMES && this != READ && this != OPEN;
        }
    }

    /** What may go wrong. */
    interface Hazards {
        /** An operation begins: throws what goes wrong with it. */
        void before(Op op, String name) throws IOException;

        /** An operation is done. */
        void after(Op op, String name);

        /**
         * Bytes are about to be written.
         *
         * @return how many of them are; fewer may be followed by a failure
         */
        int taken(String name, int count);

        /** So many bytes of them are written: throws what happens then. */
        void written(String name, int count, int of) throws IOException;
    }

    /** A write, or, without bytes, a cut. */
    private static final class Change {
        private final long position;
        private final byte[] bytes;
        private final boolean cut;

        Change(long position, byte[] bytes, boolean cut) {
            this.position = position;
            this.bytes = bytes;
            this.cut = cut;
        }
    }

    private static final class Inode {
        private byte[] live = {};
        private byte[] durable = {};
        private final List<Change> pending = new ArrayList<>();
        /** Changes at the front that a failed force has orphaned. */
        private int orphans;
    }

    private final Hazards hazards;
    private Map<String, Inode> names = new TreeMap<>();
    private final List<Map<String, Inode>> history = new ArrayList<>(List.of(new TreeMap<>()));
    private long room = Long.MAX_VALUE;
    private int generation;

    SimDisk(Hazards hazards) {
        this.hazards = hazards;
    }

    /** Bounds what all files together may take. */
    void room(long bytes) {
        room = bytes;
    }

    /** Whether there is a bound. */
    boolean isBounded() {
        return room != Long.MAX_VALUE;
    }

    /** Bytes that all files take. */
    long used() {
        return names.values().stream().mapToLong(inode -> inode.live.length).sum();
    }

    /** Whether a failed force has left something that can be read and never becomes durable. */
    boolean hasOrphans() {
        return names.values().stream().anyMatch(inode -> inode.orphans > 0);
    }

    /** The process is gone, and what it had open; what it wrote is still there. */
    void killed() {
        generation++;
    }

    /** The power is gone, and with it some of what is not durable, or all. */
    void powerLost(boolean all, Random random) {
        generation++;
        Map<String, Inode> survived = history.get(all ? 0 : random.nextInt(history.size()));
        for (Inode inode : survived.values()) {
            byte[] content = inode.durable;
            for (int i = inode.orphans; i < inode.pending.size() && !all; i++) {
                content = partly(content, inode.pending.get(i), random);
            }
            inode.durable = content;
            inode.live = content;
            inode.pending.clear();
            inode.orphans = 0;
        }
        names = new TreeMap<>(survived);
        settled();
    }

    private void settled() {
        history.clear();
        history.add(new TreeMap<>(names));
    }

    private static byte[] applied(byte[] content, Change change) {
        int position = (int) change.position;
        if (change.cut) {
            return position < content.length ? Arrays.copyOf(content, position) : content;
        }
        byte[] changed = Arrays.copyOf(content, Math.max(content.length, position + change.bytes.length));
        System.arraycopy(change.bytes, 0, changed, position, change.bytes.length);
        return changed;
    }

    private static byte[] partly(byte[] content, Change change, Random random) {
        int fate = random.nextInt(3);
        if (fate == 0) {
            return content;
        }
        if (fate == 1 || change.cut) {
            return applied(content, change);
        }
        byte[] changed = content;
        for (int at = 0; at < change.bytes.length; ) {
            int position = (int) change.position + at;
            int count = Math.min(change.bytes.length - at, SECTOR - position % SECTOR);
            if (random.nextBoolean()) {
                byte[] sector = Arrays.copyOfRange(change.bytes, at, at + count);
                changed = applied(changed, new Change(position, sector, false));
            }
            at += count;
        }
        return changed;
    }

    @Override
    public String path(String name) {
        return name;
    }

    @Override
    public List<String> names() throws IOException {
        hazards.before(Op.NAMES, "");
        return new ArrayList<>(names.keySet());
    }

    @Override
    public LogFile open(String name, Mode mode) throws IOException {
        Op op = mode == Mode.CREATE ? Op.CREATE : Op.OPEN;
        hazards.before(op, name);
        if (mode == Mode.CREATE) {
            names.put(name, new Inode());
            history.add(new TreeMap<>(names));
            hazards.after(op, name);
        }
        return new Open(name, inode(name), mode != Mode.READ);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        hazards.before(Op.RENAME, from);
        names.put(to, inode(from));
        names.remove(from);
        history.add(new TreeMap<>(names));
        hazards.after(Op.RENAME, from);
    }

    @Override
    public void delete(String name) throws IOException {
        hazards.before(Op.DELETE, name);
        inode(name);
        names.remove(name);
        history.add(new TreeMap<>(names));
        hazards.after(Op.DELETE, name);
    }

    @Override
    public void forceNames() throws IOException {
        hazards.before(Op.FORCE_NAMES, "");
        settled();
        hazards.after(Op.FORCE_NAMES, "");
    }

    @Override
    public long usableSpace() {
        return room == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, room - used());
    }

    private Inode inode(String name) throws NoSuchFileException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return inode;
    }

    /** An open file. */
    private final class Open implements LogFile {
        private final String name;
        private final Inode inode;
        private final boolean writable;
        private final int born = generation;
        private boolean closed;

        Open(String name, Inode inode, boolean writable) {
            this.name = name;
            this.inode = inode;
            this.writable = writable;
        }

        private void begin(Op op) throws IOException {
            if (born != generation) {
                throw new Crash("a process that is gone goes on: " + op + " " + name);
            }
            hazards.before(op, name);
            if (closed || (op.isChange() && !writable)) {
                throw new AssertionError(op + " of '" + name + "', which is not open for that");
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            begin(Op.READ);
            if (position >= inode.live.length) {
                return -1;
            }
            int count = Math.min(into.remaining(), inode.live.length - (int) position);
            into.put(inode.live, (int) position, count);
            return count;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            begin(Op.WRITE);
            int wanted = from.remaining();
            int count = hazards.taken(name, wanted);
            long space = usableSpace();
            boolean full = space < position + count - inode.live.length;
            if (full) {
                count = (int) Math.max(0, inode.live.length + space - position);
            }
            byte[] bytes = new byte[count];
            from.get(bytes);
            if (count > 0) {
                change(new Change(position, bytes, false));
            }
            hazards.written(name, count, wanted);
            if (full && count == 0) {
                throw new IOException("No space left on device");
            }
            return count;
        }

        @Override
        public void force() throws IOException {
            try {
                begin(Op.FORCE);
            } catch (IOException e) {
                inode.orphans = inode.pending.size();
                throw e;
            }
            for (Change change : inode.pending.subList(inode.orphans, inode.pending.size())) {
                inode.durable = applied(inode.durable, change);
            }
            inode.pending.clear();
            inode.orphans = 0;
            hazards.after(Op.FORCE, name);
        }

        @Override
        public void truncate(long length) throws IOException {
            begin(Op.CUT);
            change(new Change(length, new byte[0], true));
            hazards.after(Op.CUT, name);
        }

        @Override
        public long size() throws IOException {
            begin(Op.READ);
            return inode.live.length;
        }

        @Override
        public void close() {
            closed = true;
        }

        private void change(Change change) {
            inode.live = applied(inode.live, change);
            inode.pending.add(change);
        }
    }
}
