// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;

/**
 * What {@code fmadm faulty} was asked for.
 *
 * @param all also cases without a present, faulty and audible suspect
 * @param byFru by what a person would replace
 * @param grouped cases of one kind in one record
 * @param cacheIds the column of the UUID has the name of the cache's
 * @param paged through a pager
 * @param byAsru by what software takes out of service
 * @param summary a line for each case
 * @param full nothing left out
 * @param most how many records at most
 * @param uuids only these cases, in small letters; empty for any
 */
record FaultyRequest(
        boolean all,
        boolean byFru,
        boolean grouped,
        boolean cacheIds,
        boolean paged,
        boolean byAsru,
        boolean summary,
        boolean full,
        int most,
        List<String> uuids) {

    static Syntax syntax() {
        return new Syntax("faulty", "Shows what is faulty.")
                .flag("-a", "--all", "all cases, also those repaired, gone or silent")
                .flag("-f", "--fru", "by FRU: what a person would replace")
                .flag("-g", "--group", "cases of one kind in one record")
                .flag("-i", "--cache-id", "identifiers of the cache instead of events")
                .flag("-p", "--page", "page by page, through $PAGER")
                .flag("-r", "--asru", "by ASRU: what software takes out of service")
                .flag("-s", "--summary", "one line for each case")
                .flag("-v", "--verbose", "nothing left out; with the answers of all agents")
                .add(new Option(List.of("-n", "--max"), "N", Kind.NUMBER, false, false, "at most N records"))
                .values("-u", "--uuid", "UUID", "only this case; may be repeated; implies -a");
    }

    static FaultyRequest of(Arguments request) throws CommandFailure {
        String number = request.value("-n");
        int most = number == null ? Integer.MAX_VALUE : Integer.parseInt(number);
        if (most <= 0) {
            throw CommandFailure.usage("cannot show " + most + " records: -n takes a number from 1");
        }
        List<String> uuids = new ArrayList<>();
        for (String uuid : request.values("-u")) {
            uuids.add(uuid.toLowerCase(Locale.ROOT));
        }
        return new FaultyRequest(
                request.isSet("-a"),
                request.isSet("-f"),
                request.isSet("-g"),
                request.isSet("-i"),
                request.isSet("-p"),
                request.isSet("-r"),
                request.isSet("-s"),
                request.isSet("-v"),
                most,
                uuids);
    }

    boolean selects(ShownCase one) {
        return uuids.isEmpty() ? all || one.isOpen() : uuids.contains(one.uuid());
    }

    /** Prints the cases: the worst first, of one severity the newest first. */
    void print(List<ShownCase> selected, Surroundings surroundings, PrintWriter out) throws IOException {
        List<ShownCase> cases = new ArrayList<>(selected);
        cases.sort(new WorstFirst());
        PrintWriter to = paged ? surroundings.pager() : out;
        try {
            printTo(to, cases, surroundings);
        } finally {
            if (paged) {
                to.close();
            }
        }
    }

    private void printTo(PrintWriter out, List<ShownCase> cases, Surroundings surroundings) {
        boolean everything = all || !uuids.isEmpty();
        CaseRowPrinter rows =
                new CaseRowPrinter(surroundings.now(), surroundings.zone(), cacheIds ? "CACHE-ID" : "EVENT-ID");
        if (byFru) {
            new FruPrinter(everything).print(cases.subList(0, Math.min(most, cases.size())), out);
        } else if (byAsru) {
            new AsruPrinter(everything).print(cases.subList(0, Math.min(most, cases.size())), out);
        } else if (summary) {
            rows.printHeading(out);
            for (ShownCase one : cases.subList(0, Math.min(most, cases.size()))) {
                rows.print(one, out);
            }
        } else {
            CasePrinter printer = new CasePrinter(rows, surroundings.now(), surroundings.zone(), full);
            List<List<ShownCase>> records = records(cases);
            for (int i = 0; i < Math.min(most, records.size()); i++) {
                if (paged && i > 0) {
                    out.print('\f');
                }
                printer.print(records.get(i), out);
            }
        }
    }

    private List<List<ShownCase>> records(List<ShownCase> cases) {
        Map<String, List<ShownCase>> records = new LinkedHashMap<>();
        for (ShownCase one : cases) {
            String key = grouped ? kind(one) : one.uuid();
            List<ShownCase> record = records.get(key);
            if (record == null) {
                record = new ArrayList<>();
                records.put(key, record);
            }
            record.add(one);
        }
        return new ArrayList<>(records.values());
    }

    /** Cases with the same code and classes of suspects on the same host are of one kind. */
    private static String kind(ShownCase one) {
        TreeSet<String> classes = new TreeSet<>();
        for (ShownCase.Suspect suspect : one.suspects()) {
            classes.add(suspect.eventClass());
        }
        return one.severity() + " " + one.host().server() + " " + one.code() + " " + String.join(" ", classes);
    }

    private static final class WorstFirst implements Comparator<ShownCase> {
        @Override
        public int compare(ShownCase one, ShownCase other) {
            int bySeverity = Integer.compare(one.rank(), other.rank());
            return bySeverity != 0 ? bySeverity : other.diagnosed().compareTo(one.diagnosed());
        }
    }
}
