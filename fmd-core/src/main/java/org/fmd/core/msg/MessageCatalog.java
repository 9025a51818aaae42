// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.msg;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.fmd.api.Message;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.DiagCode;
import org.fmd.model.fault.DiagDictionary;
import org.fmd.model.fmri.FmdFmri;
import org.jspecify.annotations.Nullable;

/** All dictionaries and texts of a folder. */
public final class MessageCatalog {
    /** The code of a diagnosis that no dictionary knows, and those of the later steps of a case. */
    private static final String NO_CODE = DiagCode.of("FMD", 1).toString();

    private static final String REPAIRED = DiagCode.of("FMD", 4).toString();
    private static final String UPDATED = DiagCode.of("FMD", 5).toString();
    private static final String RESOLVED = DiagCode.of("FMD", 6).toString();

    private static final String MISSING = "-";
    private static final DateTimeFormatter EVENT_TIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss zzz uuuu", Locale.ROOT);

    private final List<DiagDictionary> dictionaries;
    private final Map<String, String> texts;
    private final List<String> problems;

    private MessageCatalog(List<DiagDictionary> dictionaries, Map<String, String> texts, List<String> problems) {
        this.dictionaries = List.copyOf(dictionaries);
        this.texts = Map.copyOf(texts);
        this.problems = List.copyOf(problems);
    }

    /** Returns a catalog that knows nothing: every diagnosis has the code for "no code". */
    public static MessageCatalog empty() {
        return new MessageCatalog(List.of(), Map.of(), List.of());
    }

    /** Reads a folder; what is wrong with a file is kept as a problem and the others are used. */
    public static MessageCatalog load(Path folder) {
        List<DiagDictionary> dictionaries = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                read(file, dictionaries, texts, problems);
            }
        } catch (IOException e) {
            problems.add("cannot read the message texts in '" + folder + "': " + e);
        }
        return new MessageCatalog(dictionaries, texts, problems);
    }

    private static void read(
            Path file, List<DiagDictionary> dictionaries, Map<String, String> texts, List<String> problems) {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(".dict")) {
                DiagDictionary.Parsed parsed =
                        DiagDictionary.parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
                problems.addAll(parsed.problems());
                parsed.dictionary().ifPresent(dictionaries::add);
            } else if (name.endsWith(".properties")) {
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.forEach((key, value) -> texts.put(key.toString(), value.toString()));
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read '" + file + "': " + e.getMessage());
        }
    }

    /** Returns what was wrong with the files, each with its place. */
    public List<String> problems() {
        return problems;
    }

    /** Returns the code of the set of classes; the code for "no code" if no dictionary has it. */
    public String codeOf(Collection<EventClass> classes) {
        for (DiagDictionary dictionary : dictionaries) {
            Optional<DiagCode> code = dictionary.codeOf(classes);
            if (code.isPresent()) {
                return code.get().toString();
            }
        }
        return NO_CODE;
    }

    /** Returns the code of a later step of a case whose diagnosis has the code {@code diagnosed}. */
    public String codeOf(ListKind kind, String diagnosed) {
        return switch (kind) {
            case SUSPECT, ISOLATED -> diagnosed;
            case UPDATED -> UPDATED;
            case REPAIRED -> REPAIRED;
            case RESOLVED -> RESOLVED;
        };
    }

    /** Returns the severity of a code, null if the texts have none. */
    public @Nullable String severityOf(String code) {
        return texts.get(code + ".severity");
    }

    /**
     * Returns what there is to tell about a step of a case.
     *
     * @param host who tells it
     * @param zone in which times are shown
     */
    public Message message(ListEvent event, Host host, ZoneId zone) {
        TextExpander expander = new TextExpander(EventCodec.toNvList(event));
        String code = event.code();
        String type = item(code, "type", expander);
        String severity = item(code, "severity", expander);
        String description = item(code, "description", expander);
        String response = item(code, "response", expander);
        String impact = item(code, "impact", expander);
        String action = item(code, "action", expander);
        String source = event.engine() instanceof FmdFmri engine
                ? engine.module()
                : event.engine().toString();
        String version =
                event.engine() instanceof FmdFmri engine && engine.version() != null ? engine.version() : MISSING;
        String text = String.join(
                "\n",
                "SUNW-MSG-ID: " + code + ", TYPE: " + type + ", VER: 1, SEVERITY: " + severity,
                "EVENT-TIME: " + EVENT_TIME.format(event.tod().atZone(zone)),
                "PLATFORM: " + host.product() + ", CSN: " + host.chassis() + ", HOSTNAME: " + host.server(),
                "SOURCE: " + source + ", REV: " + version,
                "EVENT-ID: " + event.uuid(),
                "DESC: " + description,
                "AUTO-RESPONSE: " + response,
                "IMPACT: " + impact,
                "REC-ACTION: " + action);
        return new Message(code, type, severity, description, response, impact, action, text);
    }

    private String item(String code, String item, TextExpander expander) {
        String text = texts.get(code + "." + item);
        return text == null ? MISSING : expander.expand(text);
    }
}
