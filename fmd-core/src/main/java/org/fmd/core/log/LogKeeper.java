// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the files that were rotated: seals them, and deletes the oldest when all logs together take more room than they may.
 *
 * <pre>
 *   over the quota, deleted first: torn and damaged copies, then errlog, infolog, fltlog, the oldest file of each first;
 *                           never: a current file, and what a restart still has to read
 * </pre>
 *
 * <p>{@link #work} does all there is to do and may be called from anywhere but twice at once; {@link #run} is a thread that does
 * it when {@link #wake} is called, and otherwise sleeps. The writers of the logs go on meanwhile: a file that is rotated keeps its
 * name, and is theirs no longer.
 */
public final class LogKeeper implements Runnable {

    private static final List<LogLabel> LEAST_DEAR_FIRST = List.of(LogLabel.ERROR, LogLabel.INFO, LogLabel.FAULT);

    private final LogFiles files;
    private final long quota;
    private final Consumer<String> told;
    private final Set<String> hopeless = new HashSet<>();
    private final Object lock = new Object();
    private boolean due = true;
    private boolean stopped;
    /** The oldest file of each log that is needed. */
    private Set<UUID> needed = Set.of();

    /**
     * Makes a keeper.
     *
     * @param quota {@code log.quota}: bytes which all files of the three logs may take
     * @param told a sentence for an administrator: what was deleted, and what could not be done
     */
    public LogKeeper(LogFiles files, long quota, Consumer<String> told) {
        this.files = files;
        this.quota = quota;
        this.told = told;
    }

    /**
     * From now on keeps what a restart reads, whatever the quota says: of each log the file in which one of these records stands, and
     * all later ones.
     *
     * @param error a record of the error log
     * @param others records of the other logs; one that is not named here had none, so that all of it is read
     */
    public void keepFrom(LogRef error, LogRef... others) {
        Set<UUID> ids = new HashSet<>();
        ids.add(error.logId());
        for (LogRef other : others) {
            ids.add(other.logId());
        }
        synchronized (lock) {
            needed = Set.copyOf(ids);
        }
    }

    /** There may be something to do. */
    public void wake() {
        synchronized (lock) {
            due = true;
            lock.notifyAll();
        }
    }

    /** Ends {@link #run}, after the file at which it is. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    @Override
    @SuppressWarnings(
            "ThreadPriorityCheck") // nothing relies on it: it is a courtesy to the threads that have a deadline
    public void run() {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        try {
            while (awaitWork()) {
                try {
                    work();
                } catch (RuntimeException e) {
                    told.accept("an error of fmd itself, while rotated logs were looked after: " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (!due && !stopped) {
                lock.wait();
            }
            due = false;
            return !stopped;
        }
    }

    private boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /** Seals what is rotated and not sealed, oldest first, and keeps to the quota. What fails is told, and tried the next time. */
    public void work() {
        for (LogLabel label : LogLabel.values()) {
            try {
                for (String unborn : LogHistory.unborn(files, label.fileName())) {
                    files.delete(unborn); // of a process that died
                }
                for (String name : LogHistory.names(files, label.fileName())) {
                    if (!name.equals(label.fileName()) && !isStopped()) {
                        seal(name);
                    }
                }
            } catch (IOException e) {
                told.accept("the files of '" + files.path(label.fileName()) + "' cannot be sealed: " + e.getMessage());
            }
        }
        try {
            keepQuota();
        } catch (IOException e) {
            told.accept("the logs cannot be held within their quota: " + e.getMessage());
        }
    }

    private void seal(String name) {
        if (hopeless.contains(name)) {
            return;
        }
        try {
            for (Damage damage : LogSealer.seal(files, name)) {
                told.accept(damage.sentence());
            }
        } catch (LogException e) {
            hopeless.add(name); // a file that is not ours to read
            told.accept("'" + files.path(name) + "' is not sealed: " + e.getMessage());
        } catch (IOException e) {
            told.accept("'" + files.path(name) + "' is not sealed yet: " + e.getMessage());
        }
    }

    private void keepQuota() throws IOException {
        long used = 0;
        for (LogLabel label : LogLabel.values()) {
            for (String name : LogHistory.names(files, label.fileName())) {
                used += size(name);
            }
            for (String name : LogHistory.leftovers(files, label.fileName())) {
                used += size(name);
            }
        }
        if (used <= quota) {
            return;
        }
        for (String name : victims()) {
            long size = size(name);
            files.delete(name);
            files.forceNames();
            used -= size;
            told.accept("'" + files.path(name) + "' was deleted: the logs may take " + quota + " bytes (log.quota)");
            if (used <= quota) {
                return;
            }
        }
        told.accept("the logs take " + used + " bytes, more than the " + quota
                + " they may (log.quota), and nothing of them can be deleted");
    }

    /** What may be deleted, in that order. */
    private List<String> victims() throws IOException {
        List<String> victims = new ArrayList<>();
        for (LogLabel label : LEAST_DEAR_FIRST) {
            victims.addAll(LogHistory.leftovers(files, label.fileName()));
        }
        Set<UUID> kept = needed();
        for (LogLabel label : LEAST_DEAR_FIRST) {
            victims.addAll(olderThan(kept, label));
        }
        return victims;
    }

    private Set<UUID> needed() {
        synchronized (lock) {
            return needed;
        }
    }

    private List<String> olderThan(Set<UUID> kept, LogLabel label) throws IOException {
        List<String> older = new ArrayList<>();
        for (String name : LogHistory.names(files, label.fileName())) {
            if (name.equals(label.fileName())) {
                return label == LogLabel.ERROR || kept.isEmpty() || kept.contains(idOf(name)) ? older : List.of();
            }
            if (kept.contains(idOf(name))) {
                return older;
            }
            older.add(name);
        }
        return older;
    }

    private @Nullable UUID idOf(String name) throws IOException {
        try {
            return LogHeader.peek(files, name).id();
        } catch (LogException e) {
            return null;
        }
    }

    private long size(String name) throws IOException {
        try (LogFile file = files.open(name, LogFiles.Mode.READ)) {
            return file.size();
        }
    }
}
