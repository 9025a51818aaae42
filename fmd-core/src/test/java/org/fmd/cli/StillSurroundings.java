// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A process whose clock stands still, in UTC unless said otherwise, with a pager that keeps what it is given. */
final class StillSurroundings implements Surroundings {
    static final Instant NOW = Instant.parse("2026-03-10T09:00:00Z");

    private final StringWriter paged = new StringWriter();
    private ZoneId zone = ZoneOffset.UTC;
    private Path home;
    private boolean terminal;

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
    public PrintWriter pager() {
        return new PrintWriter(paged);
    }
}
