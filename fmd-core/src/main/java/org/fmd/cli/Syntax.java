// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of a command may look like: its options, what else it takes, its subcommands. Made once, in code, and
 * read by two: {@link Arguments} for the command line as people write it, {@link FullParser} for all others, for usage texts,
 * manual and completions. Not thread-safe until it is made.
 */
final class Syntax {

    /** What a value is. */
    enum Kind {
        TEXT,
        NUMBER,
        FILE
    }

    /**
     * An option.
     *
     * @param names with their dashes; the first one is its name in {@link Arguments}
     * @param label of its value, null if it has none
     * @param kind of its value
     * @param repeated whether it may be given several times
     * @param everywhere whether subcommands take it as well
     * @param description half a sentence
     */
    record Option(
            List<String> names,
            @Nullable String label,
            Kind kind,
            boolean repeated,
            boolean everywhere,
            String description) {}

    /**
     * What is no option: one word, or all words that are left.
     *
     * @param label what usage texts call it
     * @param kind what it is
     * @param required whether it must be there
     * @param rest whether there may be any number of it
     * @param description half a sentence
     */
    record Word(String label, Kind kind, boolean required, boolean rest, String description) {}

    private final String name;
    private final String description;
    private final List<Option> options = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private final List<Syntax> subcommands = new ArrayList<>();
    private String alias = "";

    Syntax(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** Adds a switch. */
    Syntax flag(String shortName, String longName, String text) {
        return add(new Option(List.of(shortName, longName), null, Kind.TEXT, false, false, text));
    }

    /** Adds a switch without a letter. */
    Syntax flag(String longName, String text) {
        return add(new Option(List.of(longName), null, Kind.TEXT, false, false, text));
    }

    /** Adds an option with a value. */
    Syntax value(String shortName, String longName, String label, String text) {
        return add(new Option(List.of(shortName, longName), label, Kind.TEXT, false, false, text));
    }

    /** Adds an option that may be given several times. */
    Syntax values(String shortName, String longName, String label, String text) {
        return add(new Option(List.of(shortName, longName), label, Kind.TEXT, true, false, text));
    }

    Syntax add(Option option) {
        options.add(option);
        return this;
    }

    /** Adds a word; one that is not required, or takes the rest, comes last. */
    Syntax word(Word word) {
        words.add(word);
        return this;
    }

    Syntax subcommand(Syntax subcommand) {
        subcommands.add(subcommand);
        return this;
    }

    /** Gives a subcommand a second name. */
    Syntax alias(String second) {
        alias = second;
        return this;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    List<Option> options() {
        return options;
    }

    List<Word> words() {
        return words;
    }

    List<Syntax> subcommands() {
        return subcommands;
    }

    /** The second name, empty if it has none. */
    String alias() {
        return alias;
    }

    /** The option with that name here; null if there is none. */
    @Nullable
    Option option(String called) {
        for (Option option : options) {
            if (option.names().contains(called)) {
                return option;
            }
        }
        return null;
    }

    /** The subcommand with that name; null if there is none. */
    @Nullable
    Syntax subcommand(String called) {
        for (Syntax subcommand : subcommands) {
            if (subcommand.name.equals(called) || (!called.isEmpty() && subcommand.alias.equals(called))) {
                return subcommand;
            }
        }
        return null;
    }
}
