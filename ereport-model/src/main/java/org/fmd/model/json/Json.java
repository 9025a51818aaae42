// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON as plain values: {@code Map<String, Object>} in order of the text, {@code List<Object>}, {@code String}, {@code
 * Long} or {@code BigInteger}, {@code Double}, {@code Boolean} and null.
 */
public final class Json {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(4096)
                    .maxNumberLength(64)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one value and nothing behind it.
     *
     * @throws JsonProblem if the text is something else
     */
    public static @Nullable Object parse(String text) throws JsonProblem {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (JsonProblem e) {
            throw e;
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The same for UTF-8 bytes. */
    public static @Nullable Object parse(byte[] utf8) throws JsonProblem {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            return whole(parser);
        } catch (JsonProblem e) {
            throw e;
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /**
     * Reads an object.
     *
     * @throws JsonProblem if the text is something else
     */
    @SuppressWarnings("unchecked") // value() makes no other maps
    public static Map<String, @Nullable Object> parseObject(byte[] utf8) throws JsonProblem {
        if (parse(utf8) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new JsonProblem("an object {…} is expected");
    }

    static @Nullable Object whole(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new JsonProblem("the text is empty");
        }
        Object value = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonProblem(
                    "something follows the value at " + parser.currentLocation().offsetDescription());
        }
        return value;
    }

    static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonProblem("unexpected " + token);
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        BigInteger value = parser.getBigIntegerValue();
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /** Writes plain values, the kinds that {@link #parse(String)} makes, on one line; other objects by their {@code toString}. */
    public static String write(@Nullable Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return out.toString();
    }

    /** The same as UTF-8 bytes with a line feed behind. */
    public static byte[] writeLine(@Nullable Object value) {
        return (write(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof BigInteger big) {
            json.writeNumber(big);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    static JsonProblem problem(IOException e) {
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return new JsonProblem("line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr() + ": " + json.getOriginalMessage());
        }
        return new JsonProblem(String.valueOf(e.getMessage()));
    }
}
