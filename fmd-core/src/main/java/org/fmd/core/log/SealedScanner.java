// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a sealed file in order. A record is chosen by its columns; the block with its body is read when somebody wants
 * the body, or wants to know that it is there.
 *
 * <pre>
 *   header: times of all ─▶ index: times and classes of a block ─▶ columns of a block ─▶ the block
 *     └ nothing can match: done      └ next block                     └ next record        └ its bodies
 * </pre>
 *
 * <p>What is damaged is told and made up for: columns come from their block again, the index from all blocks; a block that is
 * damaged costs the bodies in it. Not thread-safe.
 */
final class SealedScanner implements RecordSource {

    private final LogFile file;
    private final String path;
    private final LogHeader header;
    private final LogSeal seal;
    private final boolean bodies;
    private final Consumer<Damage> damage;

    private LogQuery query = LogQuery.ALL;
    private boolean selective;
    private @Nullable SealedContent content;
    private @Nullable Choice choice;

    private int block = -1;
    private int row = -1;
    private long from;
    private @Nullable SealedColumns columns;
    private @Nullable BlockRows rows;
    private boolean rowsKnown;
    private int soundBlock = -1;
    private boolean sound;

    SealedScanner(LogFile file, String path, LogHeader header, LogSeal seal, boolean bodies, Consumer<Damage> damage) {
        this.file = file;
        this.path = path;
        this.header = header;
        this.seal = seal;
        this.bodies = bodies;
        this.damage = damage;
    }

    @Override
    public void select(LogQuery wanted) {
        query = wanted;
        selective = !wanted.isAll();
        choice = null;
    }

    @Override
    public void seal() {
        // it is
    }

    @Override
    public boolean sealed() {
        return true;
    }

    @Override
    public LogHeader header() {
        return header;
    }

    @Override
    public long next() {
        return columns == null || row < 0 ? from : row < columns.count() ? offset() + length() : from;
    }

    @Override
    public void seek(long to) {
        from = to < 0 ? Long.MAX_VALUE : to;
        block = -1;
        row = -1;
        columns = null;
        rows = null;
        rowsKnown = false;
    }

    @Override
    public long unread() {
        return 0;
    }

    private SealedContent content() throws IOException {
        SealedContent known = content;
        if (known == null) {
            known = SealedContent.read(file, path, header, seal, damage);
            content = known;
        }
        return known;
    }

    private Choice choice() throws IOException {
        Choice known = choice;
        if (known == null) {
            known = new Choice(query, content());
            choice = known;
        }
        return known;
    }

    @Override
    public boolean advance() throws IOException {
        if (seal.records() == 0 || !query.overlaps(seal.earliest(), seal.latest())) {
            from = Math.max(from, seal.end());
            return false;
        }
        while (true) {
            SealedColumns here = columns;
            if (here == null || row + 1 >= here.count()) {
                if (!openBlock(block + 1)) {
                    from = Math.max(from, seal.end());
                    row = here == null ? -1 : here.count();
                    return false;
                }
                continue;
            }
            row++;
            if (here.offset(row) < from || (selective && !choice().accepts(here, row))) {
                continue;
            }
            if (bodies && !isSound()) {
                row = here.count() - 1; // told; the records of the next block are sound, or told as well
                continue;
            }
            return true;
        }
    }

    /** Goes before the first record of the next block, from a number on, in which records may be wanted. */
    private boolean openBlock(int least) throws IOException {
        SealIndex.Block[] all = content().index().blocks;
        for (int next = least; next < all.length; next++) {
            if (all[next].end > from && (!selective || choice().mayAccept(all[next]))) {
                enter(next);
                return true;
            }
        }
        block = all.length - 1;
        return false;
    }

    private void enter(int number) throws IOException {
        if (block != number || columns == null) {
            block = number;
            columns = content().columns(number);
            rows = null;
            rowsKnown = false;
        }
        row = -1;
    }

    /** Whether the block of the current record is as it was written; tells it if not, once. */
    private boolean isSound() throws IOException {
        if (soundBlock != block) {
            byte[] bytes = content().block(block);
            sound = bytes != null;
            soundBlock = block;
            rows = null;
            rowsKnown = false;
        }
        return sound;
    }

    private @Nullable BlockRows rows() {
        SealedContent known = content;
        if (!rowsKnown && known != null) {
            rows = known.rows(block);
            rowsKnown = true;
        }
        return rows;
    }

    @Override
    public boolean at(long where) throws IOException {
        SealIndex.Block[] all = content().index().blocks;
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (all[middle].end <= where) {
                low = middle + 1;
            } else if (all[middle].first > where) {
                high = middle - 1;
            } else {
                enter(middle);
                SealedColumns here = columns;
                int found = here == null ? -1 : here.rowAt(where);
                if (found < 0 || rows() == null) {
                    return false;
                }
                row = found;
                return true;
            }
        }
        return false;
    }

    private SealedColumns current() {
        SealedColumns here = columns;
        if (here == null || row < 0 || row >= here.count()) {
            throw new IllegalStateException("no current record");
        }
        return here;
    }

    @Override
    public long offset() {
        SealedColumns here = columns;
        return here == null || row < 0 || row >= here.count() ? -1 : here.offset(row);
    }

    @Override
    public int length() {
        return current().length(row);
    }

    @Override
    public long timeNanos() {
        return current().timeNanos(row);
    }

    @Override
    public UUID uuid() {
        return current().uuid(row);
    }

    @Override
    public String eventClass() {
        return current().eventClass(row);
    }

    @Override
    public byte[] body() {
        BlockRows here = rows();
        int at = here == null ? -1 : here.rowAt(current().offset(row));
        return here == null || at < 0 ? new byte[0] : here.body(at);
    }

    @Override
    public boolean bodyValid() {
        BlockRows here = rows();
        return here != null && here.rowAt(current().offset(row)) >= 0;
    }

    @Override
    public long findLast(long count, long[] place) throws IOException {
        if (seal.records() == 0 || !query.overlaps(seal.earliest(), seal.latest())) {
            return 0;
        }
        SealIndex.Block[] all = content().index().blocks;
        long found = 0;
        for (int number = all.length - 1; number >= 0 && found < count; number--) {
            if (selective && !choice().mayAccept(all[number])) {
                continue;
            }
            SealedColumns here = content().columns(number);
            for (int i = here.count() - 1; i >= 0 && found < count; i--) {
                if (!selective || choice().accepts(here, i)) {
                    place[0] = here.offset(i);
                    found++;
                }
            }
        }
        return found;
    }

    @Override
    public void count(LogTally tally) throws IOException {
        if (seal.records() == 0 || !query.overlaps(seal.earliest(), seal.latest())) {
            return;
        }
        SealIndex index = content().index();
        long[] counts = new long[index.classes.length];
        long since = 0;
        boolean counted = false;
        for (int number = Math.max(0, block); number < index.blocks.length; number++) {
            SealIndex.Block here = index.blocks[number];
            if (here.end <= from || (selective && !choice().mayAccept(here))) {
                continue;
            }
            boolean whole = here.first >= from && number != block && !tally.tellsDevicesApart();
            if (whole
                    && (!selective || choice().decidesByClass(here))
                    && tally.inOnePeriod(here.earliest, here.latest)) {
                if (counted && !tally.inOnePeriod(since, here.earliest)) {
                    add(tally, index, since, counts);
                }
                since = here.earliest;
                counted = true;
                for (int i = 0; i < here.classes.length; i++) {
                    counts[here.classes[i]] += here.counts[i];
                }
            } else {
                countRows(number, tally);
            }
        }
        add(tally, index, since, counts);
        from = Math.max(from, seal.end());
        block = index.blocks.length - 1;
        columns = null;
        row = -1;
    }

    /** Adds counts of classes in the period of a time, and begins them again. */
    private void add(LogTally tally, SealIndex index, long time, long[] counts) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && (!selective || choice().acceptsClass(i))) {
                tally.add(time, index.classes[i], "", counts[i]);
            }
            counts[i] = 0;
        }
    }

    private void countRows(int number, LogTally tally) throws IOException {
        SealedColumns here = content().columns(number);
        for (int i = number == block ? row + 1 : 0; i < here.count(); i++) {
            if (here.offset(i) >= from && (!selective || choice().accepts(here, i))) {
                String device = "";
                if (tally.tellsDevicesApart()) {
                    List<List<String>> devices = content().devices();
                    int known = here.device(i);
                    device = known < devices.size() ? LogTally.deviceOf(devices.get(known)) : "";
                }
                tally.add(here.timeNanos(i), here.eventClass(i), device, 1);
            }
        }
    }

    @Override
    public void touchRest() throws IOException {
        content().devices();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** What a query means for the classes, cases and devices of one file: each is asked about once. */
    private static final class Choice {
        private final LogQuery query;
        private final boolean[] classes;
        private final boolean[] uuids;
        private final boolean[] devices;
        private final boolean none;

        Choice(LogQuery query, SealedContent content) throws IOException {
            this.query = query;
            SealIndex index = content.index();
            classes = new boolean[index.classes.length];
            boolean anyClass = false;
            for (int i = 0; i < classes.length; i++) {
                classes[i] = query.acceptsClass(index.classes[i]);
                anyClass |= classes[i];
            }
            uuids = new boolean[index.uuids.length];
            boolean anyUuid = false;
            for (int i = 0; i < uuids.length; i++) {
                uuids[i] = query.acceptsUuid(index.uuids[i]);
                anyUuid |= uuids[i];
            }
            boolean anyDevice = !query.asksForDevice();
            boolean[] accepted = {};
            if (anyClass && anyUuid && query.asksForDevice()) {
                List<List<String>> names = content.devices();
                accepted = new boolean[names.size()];
                for (int i = 0; i < accepted.length; i++) {
                    accepted[i] = query.acceptsDevice(names.get(i));
                    anyDevice |= accepted[i];
                }
            }
            devices = accepted;
            none = !(anyClass && anyUuid && anyDevice);
        }

        boolean acceptsClass(int number) {
            return classes[number];
        }

        boolean mayAccept(SealIndex.Block block) {
            if (none || !query.overlaps(block.earliest, block.latest)) {
                return false;
            }
            for (int number : block.classes) {
                if (classes[number]) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the class alone decides about each record of a block. */
        boolean decidesByClass(SealIndex.Block block) {
            return !query.asksForUuid()
                    && !query.asksForDevice()
                    && query.acceptsAllTimes(block.earliest, block.latest);
        }

        boolean accepts(SealedColumns columns, int row) {
            if (!classes[columns.classNumber(row)] || !query.acceptsTime(columns.timeNanos(row))) {
                return false;
            }
            if (query.asksForUuid() && !uuids[columns.uuidNumber(row)]) {
                return false;
            }
            int device = columns.device(row);
            return !query.asksForDevice() || (device < devices.length && devices[device]);
        }
    }
}
