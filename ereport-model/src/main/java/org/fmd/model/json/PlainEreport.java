// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * An event in the plain form, read member by member: what it means, and what is wrong with it. {@link LineScanner} must agree
 * with this in all that it reads.
 *
 * @param ereport null if the event is none
 * @param members all members of an event that is no ereport, else empty
 */
record PlainEreport(@Nullable Ereport ereport, Map<String, @Nullable Object> members) {
    /** Members that are no part of the payload. */
    static final Set<String> OWN = Set.of("class", "version", "ena", "detector", "time", "ref", "__tod");

    private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);
    private static final int MOST_DIGITS = 20;
    private static final String ONLY_LINE = "line 1, ";

    /** Reads the object that these bytes hold. */
    @SuppressWarnings("unchecked") // Json makes no other maps
    static PlainEreport read(byte[] utf8, int from, int length) throws JsonProblem {
        Object json;
        try (JsonParser parser = Json.FACTORY.createParser(utf8, from, length)) {
            json = Json.whole(parser);
        } catch (JsonProblem e) {
            throw e;
        } catch (IOException e) {
            String problem = String.valueOf(Json.problem(e).getMessage());
            throw new JsonProblem(problem.startsWith(ONLY_LINE) ? problem.substring(ONLY_LINE.length()) : problem);
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw new JsonProblem("an object {…} is expected");
        }
        EventClass eventClass =
                map.get("class") instanceof String text ? EventClass.parse(text).orElse(null) : null;
        if (eventClass == null) {
            throw new JsonProblem("'class' does not name the class of an event");
        }
        Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
        return eventClass.isA("ereport")
                ? new PlainEreport(ereport(eventClass, members), Map.of())
                : new PlainEreport(null, members);
    }

    private static Ereport ereport(EventClass eventClass, Map<String, @Nullable Object> members) throws JsonProblem {
        NvList.Builder payload = NvList.builder();
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            if (!OWN.contains(member.getKey())) {
                payload.put(name(member.getKey()), value(member.getKey(), member.getValue()));
            }
        }
        return new Ereport(
                eventClass, time(members), ena(members.get("ena")), detector(members.get("detector")), payload.build());
    }

    private static String name(String name) throws JsonProblem {
        if (name.isEmpty()) {
            throw new JsonProblem("a member has no name");
        }
        return name;
    }

    private static Instant time(Map<String, @Nullable Object> members) throws JsonProblem {
        if (members.get("__tod") instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof Long seconds
                && pair.get(1) instanceof Long nanos) {
            Instant time = PlainTime.of(seconds, nanos);
            if (time != null) {
                return time;
            }
        } else if (!members.containsKey("__tod") && members.get("time") instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Instant time = PlainTime.parse(bytes, 0, bytes.length);
            if (time != null) {
                return time;
            }
        }
        throw new JsonProblem(
                "neither '__tod' (seconds and nanoseconds) nor 'time' (2026-03-04T11:30:41.003123456Z) tells"
                        + " when it happened");
    }

    private static Ena ena(@Nullable Object json) throws JsonProblem {
        if (json == null) {
            return Ena.UNKNOWN;
        }
        if (json instanceof String text && Ena.parse(text).isPresent()) {
            return Ena.parse(text).get();
        }
        if (json instanceof Long number) {
            return new Ena(number);
        }
        throw new JsonProblem("'ena' is no number such as \"0x5d21c04a1f901c01\"");
    }

    private static @Nullable Fmri detector(@Nullable Object json) throws JsonProblem {
        if (json == null) {
            return null;
        }
        if (json instanceof String text && Fmri.parse(text).isPresent()) {
            return Fmri.parse(text).get();
        }
        if (json instanceof Map<?, ?> members) {
            return Fmri.of(name(members));
        }
        throw new JsonProblem("'detector' is no FMRI");
    }

    /** Reads the FMRI that these bytes hold. */
    static Fmri detector(byte[] utf8, int from, int length) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(utf8, from, length)) {
            Fmri detector = detector(Json.whole(parser));
            if (detector == null) {
                throw new JsonProblem("'detector' is no FMRI");
            }
            return detector;
        }
    }

    /** The members of an FMRI. Their types are known, and an FMRI that lost them would be taken for one of no known form. */
    private static NvList name(Map<?, ?> json) throws JsonProblem {
        NvList.Builder list = NvList.builder();
        for (Map.Entry<?, ?> member : json.entrySet()) {
            String name = name(String.valueOf(member.getKey()));
            Object value = member.getValue();
            if (value instanceof Map<?, ?> inner) {
                list.nvlist(name, name(inner));
            } else if (name.equals("version") && value instanceof Long number && NvType.UINT8.holds(number)) {
                list.number(NvType.UINT8, name, number);
            } else if (name.equals("hc-list-sz") && value instanceof Long number && NvType.UINT32.holds(number)) {
                list.number(NvType.UINT32, name, number);
            } else {
                list.put(name, value(name, value));
            }
        }
        return list.build();
    }

    private static NvValue value(String name, @Nullable Object json) throws JsonProblem {
        if (json instanceof String text) {
            return text(name, text);
        }
        if (json instanceof Boolean truth) {
            return new NvValue.Bool(truth);
        }
        if (json instanceof Long number) {
            return number(number);
        }
        if (json instanceof BigInteger big && big.signum() > 0 && big.bitLength() <= 64) {
            return new NvValue.Int(NvType.UINT64, big.longValue());
        }
        if (json instanceof Map<?, ?> map) {
            NvList.Builder list = NvList.builder();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                String inner = name(String.valueOf(member.getKey()));
                list.put(inner, value(inner, member.getValue()));
            }
            return new NvValue.Nested(list.build());
        }
        if (json instanceof List<?> list) {
            return array(name, list);
        }
        throw new JsonProblem("'" + name + "' is " + json + ", which is no value of an ereport");
    }

    static NvValue.Int number(long value) {
        return new NvValue.Int(value < 0 ? NvType.INT64 : NvType.UINT64, value);
    }

    /** A text, or the number that had to be written as one. */
    static NvValue text(String name, String text) {
        if (QueryJson.isIdentity(name)) {
            Ena bits = Ena.parse(text).orElse(null);
            return bits == null ? new NvValue.Str(text) : new NvValue.Int(NvType.UINT64, bits.bits());
        }
        return text(text);
    }

    /** The same for a member that is no identity. */
    static NvValue text(String text) {
        boolean negative = text.startsWith("-");
        int digits = text.length() - (negative ? 1 : 0);
        if (digits < 16 || digits > MOST_DIGITS || text.charAt(negative ? 1 : 0) == '0') {
            return new NvValue.Str(text);
        }
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return new NvValue.Str(text);
            }
        }
        BigInteger number = new BigInteger(text);
        boolean fits = negative ? number.bitLength() < 64 : number.bitLength() <= 64;
        return fits && number.abs().compareTo(EXACT_IN_DOUBLE) > 0
                ? new NvValue.Int(negative ? NvType.INT64 : NvType.UINT64, number.longValue())
                : new NvValue.Str(text);
    }

    private static NvValue array(String name, List<?> json) throws JsonProblem {
        List<NvValue> elements = new ArrayList<>();
        for (Object element : json) {
            elements.add(value(name, element));
        }
        if (elements.isEmpty() || elements.stream().allMatch(NvValue.Str.class::isInstance)) {
            return new NvValue.Strs(
                    elements.stream().map(e -> ((NvValue.Str) e).value()).toList());
        }
        if (elements.stream().allMatch(NvValue.Int.class::isInstance)) {
            boolean signed = elements.stream().anyMatch(e -> e.type().isSigned());
            return new NvValue.Ints(
                    signed ? NvType.INT64 : NvType.UINT64,
                    elements.stream().mapToLong(e -> ((NvValue.Int) e).value()).toArray());
        }
        if (elements.stream().allMatch(NvValue.Bool.class::isInstance)) {
            return new NvValue.Bools(
                    elements.stream().map(e -> ((NvValue.Bool) e).value()).toList());
        }
        if (elements.stream().allMatch(NvValue.Nested.class::isInstance)) {
            return new NvValue.NestedLists(
                    elements.stream().map(e -> ((NvValue.Nested) e).value()).toList());
        }
        throw new JsonProblem("'" + name + "' is an array of different kinds of values");
    }
}
