// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This host, below {@code /proc} and from its network interfaces. Neither asks a disk. Safe from any thread.
 *
 * <p>An interface that is taken down may lose its addresses while sessions still hang on it, so the owner of an address is
 * remembered until another interface has it.
 */
final class LiveHost implements HostFacts {
    private final Path proc;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /** @param proc where procfs is mounted */
    LiveHost(Path proc) {
        this.proc = proc;
    }

    @Override
    public Optional<String> mounts() {
        return text("self/mountinfo");
    }

    @Override
    public Optional<String> swaps() {
        return text("swaps");
    }

    private Optional<String> text(String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(proc.resolve(name)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Only what is an address in digits is looked up, so no name server is asked. */
    @Override
    public Optional<String> interfaceOf(String address) {
        if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            NetworkInterface owner = NetworkInterface.getByInetAddress(InetAddress.getByName(address));
            if (owner != null) {
                owners.put(address, owner.getName());
            }
            return Optional.ofNullable(owners.get(address));
        } catch (UnknownHostException | SocketException e) {
            return Optional.empty();
        }
    }
}
