// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The files of an errlog with one rotated predecessor, which are rotated, and one record appended, when a reader makes its n-th
 * call: all at once, or by one step a call.
 */
final class RotatedUnderway implements LogFiles {

    private interface Step {
        void run() throws IOException;
    }

    private final LogFiles files;
    private final boolean atOnce;
    private final Deque<Step> steps = new ArrayDeque<>();
    private int callsLeft;

    RotatedUnderway(LogFiles files, int moment, boolean atOnce) {
        this.files = files;
        this.callsLeft = moment;
        this.atOnce = atOnce;
        steps.add(() -> files.rename("errlog.0", "errlog.1"));
        steps.add(() -> files.rename("errlog", "errlog.0"));
        steps.add(() -> Logs.append(files, "three"));
    }

    void finish() throws IOException {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    private void called() throws IOException {
        if (--callsLeft > 0) {
            return;
        }
        if (atOnce) {
            finish();
        } else if (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    @Override
    public String path(String name) {
        return files.path(name);
    }

    @Override
    public List<String> names() throws IOException {
        called();
        return files.names();
    }

    @Override
    public LogFile open(String name, Mode mode) throws IOException {
        called();
        return files.open(name, mode);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(name);
    }

    @Override
    public void forceNames() throws IOException {
        files.forceNames();
    }

    @Override
    public long usableSpace() {
        return files.usableSpace();
    }
}
