// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Dialect;

/**
 * A small rule set, a machine and what happens on it, made from a seed.
 *
 * @param statements of the rules, declarations first
 * @param topology in the form of {@code topology.json}
 * @param inputs in the form of {@code ereports.json}
 */
record RandomCase(
        long seed,
        Dialect dialect,
        List<String> statements,
        List<Map<String, Object>> topology,
        List<Map<String, Object>> inputs,
        Settings settings) {

    static RandomCase of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        Dialect dialect = random.nextInt(3) == 0 ? Dialect.REFERENCE : Dialect.OURS;
        Dice dice = new Dice(random);
        RandomRules rules = new RandomRules(dice, dialect.equals(Dialect.OURS));
        List<String> statements = rules.write();
        List<Map<String, Object>> topology = topology(dice);
        return new RandomCase(seed, dialect, statements, topology, inputs(dice, rules, topology), settings(dice));
    }

    RandomCase with(List<String> fewerStatements) {
        return new RandomCase(seed, dialect, fewerStatements, topology, inputs, settings);
    }

    RandomCase withTopology(List<Map<String, Object>> fewerNodes) {
        return new RandomCase(seed, dialect, statements, fewerNodes, inputs, settings);
    }

    RandomCase withInputs(List<Map<String, Object>> fewerInputs) {
        return new RandomCase(seed, dialect, statements, topology, fewerInputs, settings);
    }

    // ---- the machine ---------------------------------------------------------------------------

    private static List<Map<String, Object>> topology(Dice dice) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (int c = 0; c < 1 + dice.rarely(6); c++) {
            String chassis = "c" + c;
            node(dice, nodes, chassis);
            for (int p = 0; p < dice.upTo(3); p++) {
                node(dice, nodes, chassis + "/p" + p);
            }
            int bays = dice.of(0, 1, 1, 2, 2, 2, 3);
            for (int i = 0; i < bays; i++) {
                String bay = chassis + "/b" + (i + (dice.one(8) ? 3 : 0));
                node(dice, nodes, bay);
                int disks = dice.of(0, 1, 1, 1, 1, 1, 2);
                for (int d = 0; d < disks; d++) {
                    node(dice, nodes, bay + "/d" + (d + dice.rarely(10) * 2));
                }
            }
        }
        return nodes;
    }

    private static void node(Dice dice, List<Map<String, Object>> nodes, String path) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (path.contains("/d")) {
            properties.put("devid", "id" + (dice.one(12) ? 0 : nodes.size()));
        }
        if (dice.one(3)) {
            properties.put("model", dice.of("x", "y", ""));
        }
        if (dice.one(3)) {
            properties.put("num", dice.of(0L, 1L, 2L, 31L, "12 V", "0x1f"));
        }
        if (dice.one(6)) {
            properties.put("on", dice.of("yes", "no", "1", true));
        }
        if (dice.one(6)) {
            properties.put(dice.of("type", "TYPE"), dice.of("t", "u"));
        }
        if (dice.one(6) && !nodes.isEmpty()) {
            properties.put("connected", dice.of(nodes).get("path") + dice.of("", " c0/b0", ",c0/p0"));
        }
        if (dice.one(10)) {
            properties.put("serd_x_e" + dice.upTo(2) + "_n", dice.of(0L, "1", 3L));
        }
        if (dice.one(14)) {
            properties.put("serd_x_e" + dice.upTo(2) + "_t", dice.of("1m", "3s", "1h"));
        }
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("path", path);
        node.put("properties", properties);
        nodes.add(node);
    }

    // ---- what happens --------------------------------------------------------------------------

    private static List<Map<String, Object>> inputs(Dice dice, RandomRules rules, List<Map<String, Object>> topology) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        List<String> focus = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            focus.add(String.valueOf(dice.of(topology).get("path")));
        }
        long now = dice.of(0L, 1000L, 100_000L, 1_700_000_000_000L);
        int count = 1 + dice.upTo(dice.one(4) ? 14 : 7);
        for (int i = 0; i < count; i++) {
            if (i > 0 && dice.one(12)) {
                inputs.add(new LinkedHashMap<>(inputs.get(i - 1)));
                continue;
            }
            now = Math.max(0, now + (dice.one(25) ? -dice.of(1L, 1000L, 5000L, 20_000L) : gap(dice)));
            inputs.add(dice.one(14) ? repair(dice, topology, now) : ereport(dice, rules, topology, focus, now));
        }
        return inputs;
    }

    private static long gap(Dice dice) {
        return dice.of(
                0L,
                0L,
                1L,
                500L,
                1000L,
                1000L,
                2000L,
                2000L,
                3000L,
                4999L,
                5000L,
                5001L,
                7000L,
                9999L,
                10_000L,
                10_001L,
                15_000L,
                20_000L,
                30_000L,
                60_000L,
                61_000L,
                3_600_000L,
                90_000_000L);
    }

    private static Map<String, Object> repair(Dice dice, List<Map<String, Object>> topology, long now) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("t_ms", now);
        input.put("class", "list.repaired");
        List<Object> resources = new ArrayList<>();
        for (int i = 0; i < 1 + dice.upTo(topology.size()); i++) {
            resources.add(dice.of(topology).get("path"));
        }
        input.put("resources", resources);
        return input;
    }

    private static Map<String, Object> ereport(
            Dice dice, RandomRules rules, List<Map<String, Object>> topology, List<String> focus, long now) {
        RandomRules.Declared declared = dice.of(rules.ereports);
        List<String> fitting = fitting(declared, topology, focus);
        for (int i = 0; i < 4 && fitting.isEmpty(); i++) {
            declared = dice.of(rules.ereports);
            fitting = fitting(declared, topology, focus);
        }
        String detector = fitting.isEmpty() || dice.one(30)
                ? String.valueOf(dice.of(topology).get("path"))
                : dice.one(3) ? fitting.get(0) : dice.of(fitting);
        if (dice.one(40)) {
            detector = dice.of("c0/b7/d0", "c9", "c0/b0/d5", "z0");
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("t_ms", now);
        input.put("class", dice.one(60) ? "ereport.y.unknown" : declared.eventClass());
        Map<?, ?> properties = (Map<?, ?>) byPath(topology, detector).get("properties");
        if (dice.one(8) && properties.containsKey("devid")) {
            input.put("detector", Map.of("devid", dice.one(10) ? "id99" : properties.get("devid")));
        } else if (!dice.one(60)) {
            input.put("detector", Map.of("path", detector));
        }
        input.put("payload", payload(dice, topology));
        return input;
    }

    /** The components that the ereport is declared for, those that things happen to several times. */
    private static List<String> fitting(
            RandomRules.Declared declared, List<Map<String, Object>> topology, List<String> focus) {
        String last = declared.path().substring(declared.path().lastIndexOf('/') + 1);
        List<String> fitting = new ArrayList<>();
        for (Map<String, Object> node : topology) {
            String path = String.valueOf(node.get("path"));
            if (path.substring(path.lastIndexOf('/') + 1).startsWith(last)) {
                fitting.add(path);
                if (focus.stream().anyMatch(f -> path.startsWith(f) || f.startsWith(path))) {
                    fitting.add(path);
                    fitting.add(path);
                }
            }
        }
        return fitting;
    }

    private static Map<String, Object> byPath(List<Map<String, Object>> topology, String path) {
        return topology.stream()
                .filter(n -> path.equals(n.get("path")))
                .findFirst()
                .orElse(Map.of("properties", Map.of()));
    }

    private static Map<String, Object> payload(Dice dice, List<Map<String, Object>> topology) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (!dice.one(5)) {
            payload.put(
                    "k",
                    dice.one(25) ? dice.of(-1L, Long.MAX_VALUE, "7", "abc", true) : dice.of(0L, 1L, 1L, 2L, 2L, 3L));
        }
        if (!dice.one(4)) {
            payload.put(
                    "s", dice.one(25) ? dice.of("", 3L, List.of("a", "fatal")) : dice.of("a", "b", "fatal", "fatal"));
        }
        if (dice.one(3)) {
            payload.put("list", dice.of(List.of(1L, 2L), List.of(), List.of("a", "b"), List.of(true, false), 2L));
        }
        if (dice.one(3)) {
            payload.put("deep", dice.one(10) ? "flat" : Map.of("x", dice.of(0L, 1L, "a"), "more", Map.of("y", 2L)));
        }
        if (dice.one(3)) {
            payload.put("where", Map.of("hc-fmri", dice.of(topology).get("path")));
        }
        return payload;
    }

    private static Settings settings(Dice dice) {
        long hesitate = dice.of(10L, 10L, 10L, 2L, 0L, 5L) * 1_000_000_000L;
        Map<String, Settings.Limits> overrides = dice.one(10)
                ? Map.of(
                        dice.of("serd.x.e0", "serd.x.e1", "serd.x.e02"),
                        new Settings.Limits(dice.upTo(3), 60_000_000_000L))
                : Map.of();
        return new Settings(hesitate, dice.one(12) ? 1 + dice.upTo(2) : 0, overrides);
    }
}
