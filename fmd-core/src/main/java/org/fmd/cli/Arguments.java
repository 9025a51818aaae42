// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;
import org.fmd.cli.Syntax.Word;
import org.jspecify.annotations.Nullable;

/**
 * What a command was given: values of options, under the first name of each, and the words beside them. Options of a command and of
 * its subcommand are together; no two that may meet have one name.
 *
 * <p>{@link #plain} reads command lines as people write them, which takes a millisecond. To load picocli and have it prepare for
 * everything takes 45, more than most answers, so {@link FullParser} is asked about what is left alone.
 */
final class Arguments {
    private final @Nullable String subcommand;
    private final Map<String, List<String>> values;
    private final List<String> words;

    Arguments(@Nullable String subcommand, Map<String, List<String>> values, List<String> words) {
        this.subcommand = subcommand;
        this.values = values;
        this.words = words;
    }

    /**
     * Reads a plain command line: known options, letters in one word if none of them has a value, values in a word of their own
     * or behind an equals sign, as many words as are wanted.
     *
     * @return null for any other, correct or not, and for one that asks for help
     */
    static @Nullable Arguments plain(Syntax syntax, String... args) {
        return new Plain(syntax).read(args);
    }

    /** The name of the subcommand; null if none was given. */
    @Nullable
    String subcommand() {
        return subcommand;
    }

    boolean isSet(String option) {
        return values.containsKey(option);
    }

    /** The value of an option; null if it was not given. */
    @Nullable
    String value(String option) {
        List<String> given = values.get(option);
        return given == null ? null : given.get(0);
    }

    String value(String option, String otherwise) {
        List<String> given = values.get(option);
        return given == null ? otherwise : given.get(0);
    }

    /** All values of an option, in their order. */
    List<String> values(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** A word by its number; empty if there are not as many. */
    String word(int number) {
        return number < words.size() ? words.get(number) : "";
    }

    /** The words from a number on, as files. */
    List<Path> files(int from) {
        List<Path> files = new ArrayList<>();
        for (int i = from; i < words.size(); i++) {
            files.add(Path.of(words.get(i)));
        }
        return files;
    }

    @Override
    public String toString() {
        return subcommand + " " + values + " " + words;
    }

    /** The way through one command line. */
    private static final class Plain {
        private final Syntax command;
        private @Nullable Syntax subcommand;
        private final Map<String, List<String>> values = new HashMap<>();
        private final List<String> words = new ArrayList<>();

        Plain(Syntax command) {
            this.command = command;
        }

        @Nullable
        Arguments read(String[] args) {
            for (int i = 0; i < args.length; i++) {
                String arg = args[i];
                if (arg.isEmpty() || arg.charAt(0) == '@') {
                    return null;
                }
                boolean taken;
                if (arg.charAt(0) != '-') {
                    taken = word(arg);
                } else if (takesValue(arg)) {
                    i++;
                    taken = i < args.length && value(arg, args[i]);
                } else {
                    taken = flags(arg) || assignment(arg);
                }
                if (!taken) {
                    return null;
                }
            }
            return isComplete() ? new Arguments(subcommand == null ? null : subcommand.name(), values, words) : null;
        }

        private boolean word(String arg) {
            Syntax called = subcommand == null ? command.subcommand(arg) : null;
            if (called != null) {
                subcommand = called;
                return words.isEmpty();
            }
            words.add(arg);
            return true;
        }

        private boolean isComplete() {
            Syntax called = subcommand == null ? command : subcommand;
            if (subcommand == null
                    && !command.subcommands().isEmpty()
                    && command.words().isEmpty()) {
                return values.containsKey(Program.VERSION) && words.isEmpty();
            }
            int most = 0;
            int least = 0;
            for (Word word : called.words()) {
                most = word.rest() ? Integer.MAX_VALUE : most + 1;
                least += word.required() ? 1 : 0;
            }
            return words.size() >= least && words.size() <= most;
        }

        private @Nullable Option option(String name) {
            Syntax sub = subcommand;
            if (sub == null) {
                return command.option(name);
            }
            Option option = sub.option(name);
            Option common = option == null ? command.option(name) : null;
            return common != null && common.everywhere() ? common : option;
        }

        private boolean takesValue(String arg) {
            Option option = option(arg);
            return option != null && option.label() != null;
        }

        private boolean value(String name, String value) {
            Option option = option(name);
            if (option == null
                    || value.isEmpty()
                    || value.charAt(0) == '-'
                    || (values.containsKey(option.names().get(0)) && !option.repeated())
                    || (option.kind() == Kind.NUMBER && !isNumber(value))) {
                return false;
            }
            return add(option, value);
        }

        private boolean add(Option option, String value) {
            List<String> given = values.get(option.names().get(0));
            if (given == null) {
                given = new ArrayList<>();
                values.put(option.names().get(0), given);
            }
            return given.add(value);
        }

        /** A switch, or several letters in one word. */
        private boolean flags(String arg) {
            Option whole = option(arg);
            if (whole != null) {
                return flag(whole);
            }
            if (arg.startsWith("--")) {
                return false;
            }
            for (int i = 1; i < arg.length(); i++) {
                Option letter = option("-" + arg.charAt(i));
                if (letter == null || letter.label() != null || !flag(letter)) {
                    return false;
                }
            }
            return arg.length() > 1;
        }

        private boolean flag(Option option) {
            String name = option.names().get(0);
            return !name.equals(Program.HELP) && !values.containsKey(name) && add(option, "true");
        }

        private boolean assignment(String arg) {
            int equals = arg.indexOf('=');
            if (equals < 0 || !arg.startsWith("--")) {
                return false;
            }
            String name = arg.substring(0, equals);
            return takesValue(name) && value(name, arg.substring(equals + 1));
        }

        private static boolean isNumber(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return text.length() < 10;
        }
    }
}
