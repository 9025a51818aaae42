// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.report.RegistryHtml;
import org.fmd.model.registry.report.RegistryJson;
import org.fmd.model.registry.report.RegistrySchema;
import org.fmd.model.registry.report.RegistryText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc registry}: shows the classes of events and their members. */
final class RegistryCommand implements Esc.Subcommand {
    private static final List<String> FORMS = List.of("--html", "--json", "--schema");

    static CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(new RegistryCommand()).name("registry");
        spec.usageMessage()
                .description(
                        "Shows the event registry: classes of events, their members, categories, severities and codes.",
                        "Exit status: 0 shown, 1 no class of that name, 2 wrong use.");
        spec.addOption(Esc.helpOption());
        spec.addOption(flag("Print one HTML page.", "--html"));
        spec.addOption(flag("Print one JSON object a class and line.", "-j", "--json"));
        spec.addOption(flag("Print a JSON Schema of the events as commands print them with -j.", "--schema"));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CLASS")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Only these classes; '*' is one word, at the end any number of them.")
                .build());
        return spec;
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        List<String> forms = FORMS.stream().filter(parsed::hasMatchedOption).toList();
        if (forms.size() > 1) {
            err.println("esc registry: " + String.join(" and ", forms) + " exclude each other; choose one");
            return ExitCode.USAGE;
        }
        EventRegistry registry = EventRegistry.shipped();
        List<String> patterns = parsed.matchedPositionalValue(0, List.<String>of());
        List<String> unmatched = unmatched(registry, patterns);
        if (!unmatched.isEmpty()) {
            unmatched.forEach(text -> err.println("esc registry: " + text));
            return ExitCode.REFUSED;
        }
        List<ClassEntry> entries = registry.classes().stream()
                .filter(entry -> patterns.isEmpty() || patterns.stream().anyMatch(entry.eventClass()::matches))
                .toList();
        out.print(print(registry, entries, forms.isEmpty() ? "" : forms.get(0)));
        out.flush();
        return ExitCode.OK;
    }

    private static String print(EventRegistry registry, List<ClassEntry> entries, String form) {
        return switch (form) {
            case "--html" -> RegistryHtml.of(registry, entries);
            case "--json" -> entries.stream().map(RegistryJson::line).collect(Collectors.joining());
            case "--schema" -> RegistrySchema.of(entries);
            default -> RegistryText.of(registry, entries);
        };
    }

    private static List<String> unmatched(EventRegistry registry, List<String> patterns) {
        List<String> names = registry.classes().stream()
                .map(entry -> entry.eventClass().name())
                .toList();
        List<String> problems = new ArrayList<>();
        for (String pattern : patterns) {
            if (registry.classes().stream()
                    .noneMatch(entry -> entry.eventClass().matches(pattern))) {
                problems.add("no class is called '" + pattern + "'" + NearNames.hint(pattern, names));
            }
        }
        return problems;
    }
}
