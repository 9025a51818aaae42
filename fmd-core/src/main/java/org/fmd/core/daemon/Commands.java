// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.fmd.core.cases.Case;
import org.fmd.core.ctl.CaseJson;
import org.fmd.core.ctl.ControlHandler;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.Host;
import org.fmd.core.msg.MessageCatalog;
import org.jspecify.annotations.Nullable;

/** Answers what fmadm and fmtopo ask. */
final class Commands implements ControlHandler {
    private static final String PERMISSION = "operation requires additional privilege";

    private final ManagerLoop manager;
    private final MessageCatalog messages;
    private final Host host;
    private final List<ModuleState> modules;
    private final InstantSource clock;
    private final Supplier<Map<String, @Nullable Object>> status;
    private final Supplier<CompletableFuture<Map<String, @Nullable Object>>> hardware;

    Commands(
            ManagerLoop manager,
            MessageCatalog messages,
            Host host,
            List<ModuleState> modules,
            InstantSource clock,
            Supplier<Map<String, @Nullable Object>> status,
            Supplier<CompletableFuture<Map<String, @Nullable Object>>> hardware) {
        this.manager = manager;
        this.messages = messages;
        this.host = host;
        this.modules = List.copyOf(modules);
        this.clock = clock;
        this.status = status;
        this.hardware = hardware;
    }

    @Override
    public CompletableFuture<List<Map<String, @Nullable Object>>> handle(
            Map<String, @Nullable Object> request, boolean mayChange) {
        Object op = request.get("op");
        if ("cases".equals(op)) {
            return CompletableFuture.completedFuture(cases());
        }
        if ("config".equals(op)) {
            return CompletableFuture.completedFuture(config());
        }
        if ("status".equals(op)) {
            return CompletableFuture.completedFuture(List.of(status.get()));
        }
        if ("topology".equals(op)) {
            return hardware.get().thenApply(List::of);
        }
        if ("explain".equals(op)) {
            return request.get("target") instanceof String target
                    ? manager.ask(new Input.WhyAsked(clock.instant(), target)).thenApply(Commands::verdict)
                    : ControlHandler.refuse("'target' names no case and no problem");
        }
        Optional<Input.Verb> verb = switch (String.valueOf(op)) {
            case "repaired" -> Optional.of(Input.Verb.REPAIRED);
            case "replaced" -> Optional.of(Input.Verb.REPLACED);
            case "acquit" -> Optional.of(Input.Verb.ACQUIT);
            default -> Optional.empty();
        };
        if (verb.isEmpty()) {
            return ControlHandler.refuse("unknown operation '" + op + "'");
        }
        return mayChange ? say(verb.get(), request) : ControlHandler.refuse(PERMISSION);
    }

    private List<Map<String, @Nullable Object>> cases() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Case value : manager.view().cases()) {
            all.add(CaseJson.of(value, host, messages.message(value.diagnosis(), host, ZoneId.systemDefault())));
        }
        return all;
    }

    private List<Map<String, @Nullable Object>> config() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (ModuleState module : modules) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("module", module.info().name());
            line.put("version", module.info().version());
            line.put("status", module.status().word());
            line.put("description", module.info().description());
            line.put("detail", module.detail());
            all.add(line);
        }
        return all;
    }

    private CompletableFuture<List<Map<String, @Nullable Object>>> say(
            Input.Verb verb, Map<String, @Nullable Object> request) {
        if (!(request.get("target") instanceof String target) || target.isEmpty()) {
            return ControlHandler.refuse("'target' names no resource");
        }
        Optional<UUID> uuid = Optional.empty();
        if (request.get("uuid") != null) {
            try {
                uuid = Optional.of(UUID.fromString(String.valueOf(request.get("uuid"))));
            } catch (IllegalArgumentException e) {
                return ControlHandler.refuse("specified UUID is invalid or has been repaired");
            }
        }
        return manager.ask(new Input.OperatorSays(clock.instant(), verb, target, uuid))
                .thenApply(Commands::verdict);
    }

    private static List<Map<String, @Nullable Object>> verdict(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.Recorded recorded) {
                Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                answer.put("recorded", recorded.text());
                return List.of(answer);
            }
            if (output instanceof Output.Explained explained) {
                return List.of(new LinkedHashMap<>(explained.explanation().toMap()));
            }
            if (output instanceof Output.Refused refused) {
                throw new CompletionException(new Refusal(refused.text()));
            }
        }
        throw new CompletionException(new Refusal("the fault manager did not answer"));
    }
}
