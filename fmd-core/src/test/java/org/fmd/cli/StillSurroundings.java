// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A process whose clock stands still, in UTC unless said otherwise, with a pager that keeps what it is given. The clock that only
 * goes forward does so by two seconds at each look. While it pauses, what the test has planned happens.
 */
final class StillSurroundings implements Surroundings {
    static final Instant NOW = Instant.parse("2026-03-10T09:00:00Z");

    private final StringWriter paged = new StringWriter();
    private ZoneId zone = ZoneOffset.UTC;
    private Path home;
    private boolean terminal;
    private boolean errorTerminal;
    private long nanos;
    private final Queue<Step> planned = new ArrayDeque<>();
    private final Map<String, String> variables = new HashMap<>();
    private String input = "";

    /** Something that happens while a command waits. */
    interface Step {
        void happen() throws Exception;
    }

    StillSurroundings in(ZoneId newZone) {
        zone = newZone;
        return this;
    }

    StillSurroundings withHome(Path newHome) {
        home = newHome;
        return this;
    }

    StillSurroundings withTerminal() {
        terminal = true;
        return this;
    }

    StillSurroundings withErrorTerminal() {
        errorTerminal = true;
        return this;
    }

    StillSurroundings with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    StillSurroundings withInput(String text) {
        input = text;
        return this;
    }

    /** One step for each pause, and then no pause any more. */
    StillSurroundings during(Step... steps) {
        planned.addAll(Arrays.asList(steps));
        return this;
    }

    String paged() {
        return paged.toString();
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public boolean hasTerminal() {
        return terminal;
    }

    @Override
    public boolean errorHasTerminal() {
        return errorTerminal;
    }

    @Override
    public long nanos() {
        return nanos += 2_000_000_000L;
    }

    @Override
    public boolean pause() {
        Step step = planned.poll();
        if (step == null) {
            return false;
        }
        try {
            step.happen();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return true;
    }

    @Override
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    @Override
    public InputStream input() {
        return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PrintWriter pager() {
        return new PrintWriter(paged);
    }
}
