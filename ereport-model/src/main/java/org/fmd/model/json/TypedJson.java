// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventCodec;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;

/**
 * Lists as JSON that keeps every type: the body of a log record.
 *
 * <p>A string, a truth value, an object and an array of strings stand for themselves. Every other value has its type behind
 * its name, after a colon: {@code "key:uint8":3}, {@code "cdb:uint8[]":[40,0]}, {@code "seen:boolean":null}, {@code
 * "fault-list:nvlist[]":[{…}]}. A name with a colon of its own always has a type behind. Numbers are decimal, unsigned where
 * the type is.
 */
public final class TypedJson {
    private static final String ARRAY = "[]";

    private TypedJson() {}

    /** Returns the event as UTF-8 JSON on one line, without a line feed. */
    public static byte[] write(Event event) {
        return write(EventCodec.toNvList(event));
    }

    /** Returns the list as UTF-8 JSON on one line, without a line feed. */
    public static byte[] write(NvList list) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
            write(json, list);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes does not fail", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, NvList list) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, NvValue> entry : list.asMap().entrySet()) {
            NvValue value = entry.getValue();
            json.writeFieldName(
                    hasPlainForm(entry.getKey(), value) ? entry.getKey() : entry.getKey() + ":" + label(value));
            writeValue(json, value);
        }
        json.writeEndObject();
    }

    private static boolean hasPlainForm(String name, NvValue value) {
        return name.indexOf(':') < 0
                && (value instanceof NvValue.Str
                        || value instanceof NvValue.Bool
                        || value instanceof NvValue.Nested
                        || value instanceof NvValue.Strs);
    }

    private static String label(NvValue value) {
        return value.type().label() + (value.isArray() ? ARRAY : "");
    }

    private static void writeValue(JsonGenerator json, NvValue value) throws IOException {
        if (value instanceof NvValue.Str text) {
            json.writeString(text.value());
        } else if (value instanceof NvValue.Int number) {
            json.writeNumber(number.decimal());
        } else if (value instanceof NvValue.Bool truth) {
            json.writeBoolean(truth.value());
        } else if (value instanceof NvValue.Flag) {
            json.writeNull();
        } else if (value instanceof NvValue.Nested nested) {
            write(json, nested.value());
        } else {
            json.writeStartArray();
            writeElements(json, value);
            json.writeEndArray();
        }
    }

    private static void writeElements(JsonGenerator json, NvValue value) throws IOException {
        if (value instanceof NvValue.Ints numbers) {
            for (int i = 0; i < numbers.size(); i++) {
                long number = numbers.get(i);
                if (number >= 0 || numbers.type().isSigned()) {
                    json.writeNumber(number);
                } else {
                    json.writeNumber(Long.toUnsignedString(number));
                }
            }
        } else if (value instanceof NvValue.Strs texts) {
            for (String text : texts.values()) {
                json.writeString(text);
            }
        } else if (value instanceof NvValue.Bools truths) {
            for (boolean truth : truths.values()) {
                json.writeBoolean(truth);
            }
        } else if (value instanceof NvValue.NestedLists lists) {
            for (NvList list : lists.values()) {
                write(json, list);
            }
        } else {
            throw new AssertionError("unhandled value: " + value.getClass());
        }
    }

    /**
     * Reads an event.
     *
     * @throws JsonProblem if the text is no list in this form, or the list is no event
     */
    public static Event readEvent(byte[] utf8) throws JsonProblem {
        Event event = EventCodec.fromNvList(read(utf8)).orElse(null);
        if (event == null) {
            throw new JsonProblem("the members are those of no event");
        }
        return event;
    }

    /**
     * Reads a list.
     *
     * @throws JsonProblem if the text is no list in this form
     */
    public static NvList read(byte[] utf8) throws JsonProblem {
        try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonProblem("a list begins with '{'");
            }
            NvList list = list(parser);
            if (parser.nextToken() != null) {
                throw new JsonProblem("something follows the list");
            }
            return list;
        } catch (JsonProblem e) {
            throw e;
        } catch (IOException e) {
            throw Json.problem(e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new JsonProblem(String.valueOf(e.getMessage()));
        }
    }

    private static NvList list(JsonParser parser) throws IOException {
        NvList.Builder list = NvList.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            int colon = name.lastIndexOf(':');
            if (colon < 0) {
                list.put(name, plain(parser, name, token));
            } else {
                list.put(name.substring(0, colon), typed(parser, name.substring(colon + 1)));
            }
        }
        return list.build();
    }

    private static NvValue plain(JsonParser parser, String name, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new NvValue.Str(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new NvValue.Bool(parser.getBooleanValue());
            case START_OBJECT -> new NvValue.Nested(list(parser));
            case START_ARRAY -> array(parser, NvType.STRING);
            default -> throw new JsonProblem("'" + name + "' has no type behind its name");
        };
    }

    private static NvValue typed(JsonParser parser, String label) throws IOException {
        boolean isArray = label.endsWith(ARRAY);
        String element = isArray ? label.substring(0, label.length() - ARRAY.length()) : label;
        NvType type = NvType.ofLabel(element).orElse(null);
        if (type == null) {
            throw new JsonProblem("'" + label + "' is no type");
        }
        if (isArray) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new JsonProblem("an array is expected for type " + label);
            }
            return array(parser, type);
        }
        if (type.isInteger()) {
            return new NvValue.Int(type, number(parser, type));
        }
        return switch (type) {
            case BOOLEAN -> NvValue.Flag.PRESENT;
            case BOOLEAN_VALUE -> new NvValue.Bool(parser.getBooleanValue());
            case NVLIST -> nested(parser);
            default -> new NvValue.Str(text(parser));
        };
    }

    private static NvValue nested(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonProblem("a list begins with '{'");
        }
        return new NvValue.Nested(list(parser));
    }

    private static NvValue array(JsonParser parser, NvType type) throws IOException {
        if (type.isInteger()) {
            return numbers(parser, type);
        }
        List<String> texts = new ArrayList<>();
        List<Boolean> truths = new ArrayList<>();
        List<NvList> lists = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (type == NvType.STRING) {
                texts.add(text(parser));
            } else if (type == NvType.BOOLEAN_VALUE) {
                truths.add(parser.getBooleanValue());
            } else if (nested(parser) instanceof NvValue.Nested nested) {
                lists.add(nested.value());
            }
        }
        return switch (type) {
            case BOOLEAN_VALUE -> new NvValue.Bools(truths);
            case NVLIST -> new NvValue.NestedLists(lists);
            default -> new NvValue.Strs(texts);
        };
    }

    private static NvValue numbers(JsonParser parser, NvType type) throws IOException {
        long[] numbers = new long[16];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number(parser, type);
        }
        return new NvValue.Ints(type, Arrays.copyOf(numbers, count));
    }

    private static long number(JsonParser parser, NvType type) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new JsonProblem("a number is expected for type " + type.label());
        }
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long small = parser.getLongValue();
            if (!type.isSigned() && small < 0) {
                throw new JsonProblem(small + " is no " + type.label());
            }
            return small;
        }
        BigInteger value = parser.getBigIntegerValue();
        if (type.isSigned() ? value.bitLength() > 63 : value.signum() < 0 || value.bitLength() > 64) {
            throw new JsonProblem(value + " is no " + type.label());
        }
        return value.longValue();
    }

    private static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new JsonProblem("a text is expected");
        }
        return parser.getText();
    }
}
