// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.fmd.cli.Surroundings;
import org.fmd.core.daemon.Daemon;
import org.fmd.core.daemon.DaemonSettings;
import org.fmd.core.daemon.FmdConf;
import org.fmd.core.daemon.Places;
import org.fmd.core.daemon.Problems;
import org.fmd.core.daemon.StateFolder;
import org.fmd.core.daemon.jna.SdNotify;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command {@code fmd}: the daemon, in the foreground. */
public final class Fmd {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private Fmd() {}

    /** Runs the daemon until it is told to stop by SIGTERM, SIGINT or SIGHUP. */
    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println(version());
            return;
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = createFmd().setOut(out).setErr(err).execute(args);
        if (code != DONE) {
            System.exit(code);
        }
    }

    /** Returns the command line of the daemon; what runs and tests share. */
    public static CommandLine createFmd() {
        return createFmd(Surroundings.ofProcess());
    }

    /** The same for a caller that brings the surroundings. */
    static CommandLine createFmd(Surroundings surroundings) {
        CommandSpec spec = CommandSpec.create()
                .name("fmd")
                .addOption(OptionSpec.builder("-R", "--root")
                        .type(Path.class)
                        .paramLabel("DIR")
                        .defaultValue("/")
                        .description("configuration, state and run-time files are below DIR")
                        .build())
                .addOption(OptionSpec.builder("-f", "--file")
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("read FILE instead of etc/fmd/fmd.conf below the root")
                        .build())
                .addOption(OptionSpec.builder("-o", "--option")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("NAME=VALUE")
                        .description("set a property; MODULE:NAME=VALUE for one of a module")
                        .build())
                .addOption(OptionSpec.builder("--debug")
                        .type(boolean.class)
                        .arity("0")
                        .description("log every step, with stack traces")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .arity("0")
                        .description("print the version")
                        .build())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("print this help")
                        .build());
        spec.usageMessage().description("The fault manager. Runs in the foreground; see fmadm(8), fmdump(8).");
        CommandLine command = new CommandLine(spec);
        command.addSubcommand("replay", ReplayCommand.spec());
        command.setParameterExceptionHandler((e, arguments) -> {
            String what = String.valueOf(e.getMessage());
            err(command, "fmd: " + Character.toLowerCase(what.charAt(0)) + what.substring(1));
            e.getCommandLine().usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        command.setExecutionStrategy(parsed -> parsed.hasSubcommand()
                ? ReplayCommand.run(parsed, surroundings, command.getOut(), command.getErr())
                : run(parsed, command.getOut(), command.getErr()));
        return command;
    }

    private static void err(CommandLine command, String text) {
        command.getErr().println(text);
    }

    private static int run(ParseResult parsed, PrintWriter out, PrintWriter err) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (parsed.hasMatchedOption("-V")) {
            out.println(version());
            return DONE;
        }
        Path root =
                parsed.matchedOptionValue("-R", Path.of("/")).toAbsolutePath().normalize();
        Places places = places(root);
        Problems problems = new Problems();
        FmdConf conf = FmdConf.read(
                parsed.matchedOptionValue("-f", places.conf()), parsed.matchedOptionValue("-o", List.of()), problems);
        if (parsed.hasMatchedOption("-f") && !Files.isReadable(parsed.matchedOptionValue("-f", places.conf()))) {
            problems.add(parsed.matchedOptionValue("-f", places.conf()).toString(), "cannot be read");
        }
        DaemonSettings settings = DaemonSettings.from(conf, problems);
        boolean debug = parsed.hasMatchedOption("--debug");
        configureLog(debug ? "debug" : settings.logLevel());
        try {
            Optional<Daemon> daemon = Daemon.start(places, conf, settings, InstantSource.system(), problems);
            if (daemon.isEmpty()) {
                problems.texts().forEach(text -> err.println("fmd: " + text));
                err.println("fmd: not started: mend the configuration first");
                return FAILED;
            }
            waitForEnd(daemon.get());
            return DONE;
        } catch (IOException | RuntimeException e) {
            err.println("fmd: cannot start in '" + root + "': " + reason(e));
            StateFolder.of(places.state()).remedy().ifPresent(remedy -> err.println("fmd: " + remedy));
            if (debug) {
                e.printStackTrace(err);
            }
            return FAILED;
        }
    }

    /** The jar knows its version; classes that stand in no jar are of a build under way. */
    private static String version() {
        String version = Fmd.class.getPackage().getImplementationVersion();
        return "fmd " + (version == null ? "(unreleased)" : version);
    }

    /** The JDK's file exceptions say which file, and leave what is wrong with it to their type. */
    static String reason(Exception e) {
        if (e instanceof FileSystemException file) {
            String what = switch (e.getClass().getSimpleName()) {
                case "AccessDeniedException" -> "permission denied";
                case "NoSuchFileException" -> "no such file or directory";
                case "FileAlreadyExistsException" -> "is in the way";
                case "NotDirectoryException" -> "is no directory";
                default -> String.valueOf(file.getReason());
            };
            return file.getFile() + ": " + what;
        }
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    static Places places(Path root) {
        String home = System.getProperty("fmd.home");
        return home == null
                ? new Places(root, null, root.resolve("etc/fmd/rules"), root.resolve("etc/fmd/dict"))
                : Places.of(root, Path.of(home));
    }

    private static void waitForEnd(Daemon daemon) {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // The virtual machine ends when its hooks have ended, so the hook waits for an orderly stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            await(stopped);
        }));
        notifyService("READY=1\nSTATUS=awaiting events");
        await(told);
        notifyService("STOPPING=1");
        daemon.stop();
        stopped.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void notifyService(String message) {
        String socket = System.getenv("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return;
        }
        try {
            SdNotify.send(socket, message);
        } catch (IOException | LinkageError e) {
            LoggerFactory.getLogger("fmd").warn("the service manager cannot be told '{}': {}", message, e.toString());
        }
    }

    /** Logback is configured in code: a configuration file would be one more thing that someone could change. */
    private static void configureLog(String level) {
        boolean journal = System.getenv("JOURNAL_STREAM") != null;
        configureLog(level, journal ? "%logger: %msg%n%ex" : "%d{HH:mm:ss.SSS} %-5level %logger: %msg%n%ex");
    }

    /** The same in a form of the caller's. */
    static void configureLog(String level, String pattern) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(level, Level.INFO));
        root.addAppender(appender);
    }
}
