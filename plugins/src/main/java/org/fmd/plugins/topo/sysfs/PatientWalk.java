// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks through sysfs that no file can hold up for ever.
 *
 * <p>A driver that hangs lets the reader of its attribute hang with it, and no signal ends that. So a walk has a thread of its own.
 * When it waits for one file for longer than the patience lasts, the thread is left behind, the file is left out, and the walk begins
 * again. A file that answers after all is read again from the next walk on. Safe from any thread.
 */
public final class PatientWalk {
    /** So many files may hang before a walk gives up; each costs a thread. */
    private static final int MOST_HUNG = 8;

    private final Duration patience;
    private final Set<String> hung = ConcurrentHashMap.newKeySet();

    /** @param patience how long one file may take */
    public PatientWalk(Duration patience) {
        this.patience = patience;
    }

    /** The walk was left behind; nobody waits for its result. */
    private static final class LeftBehind extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A tree that says which file it is waiting for, and leaves out those that hang. */
    private final class Watched implements Sysfs {
        private final Sysfs sysfs;
        private volatile @Nullable String at;
        private volatile long since;
        private volatile boolean abandoned;

        Watched(Sysfs sysfs) {
            this.sysfs = sysfs;
        }

        private <T> T watch(String path, T otherwise, Supplier<T> read) {
            if (hung.contains(path)) {
                return otherwise;
            }
            since = System.nanoTime();
            at = path;
            T value = read.get();
            at = null;
            if (abandoned) {
                hung.remove(path);
                throw new LeftBehind();
            }
            return value;
        }

        @Nullable
        String hangsAt() {
            String path = at;
            return path != null && System.nanoTime() - since >= patience.toNanos() ? path : null;
        }

        @Override
        public Optional<String> text(String path) {
            return watch(path, Optional.empty(), () -> sysfs.text(path));
        }

        @Override
        public Optional<byte[]> bytes(String path) {
            return watch(path, Optional.empty(), () -> sysfs.bytes(path));
        }

        @Override
        public Optional<String> link(String path) {
            return watch(path, Optional.empty(), () -> sysfs.link(path));
        }

        @Override
        public List<String> children(String path) {
            return watch(path, List.of(), () -> sysfs.children(path));
        }
    }

    /**
     * Walks.
     *
     * @param tell told the name of each file that is left out from now on
     * @throws IOException if too many files hang, or the thread is interrupted
     */
    public <T> T walk(Sysfs sysfs, Function<Sysfs, T> walk, Consumer<String> tell) throws IOException {
        while (hung.size() < MOST_HUNG) {
            Watched watched = new Watched(sysfs);
            FutureTask<T> task = new FutureTask<>(() -> walk.apply(watched));
            Thread walker = new Thread(task, "sysfs-walk");
            walker.setDaemon(true);
            walker.start();
            Optional<T> result = await(task, watched, tell);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new IOException("too many files of sysfs do not answer: " + String.join(", ", new TreeSet<>(hung)));
    }

    private <T> Optional<T> await(FutureTask<T> task, Watched watched, Consumer<String> tell) throws IOException {
        while (true) {
            try {
                return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                String path = watched.hangsAt();
                if (path != null) {
                    hung.add(path);
                    watched.abandoned = true;
                    tell.accept(path);
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException problem) {
                    throw problem;
                }
                throw new IOException(String.valueOf(e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while sysfs was read", e);
            }
        }
    }
}
