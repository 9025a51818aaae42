// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A device by the path that leads to it and, where it is certain, by its own identity.
 *
 * @param devicePath the path of the device in the kernel's tree, beginning with a slash; on Linux below {@code /sys}
 * @param devid the device's identity, {@code id1,sd@n5000c500a1b2c3d7}; null where it is not certain
 * @param targetPortL0id the target port's identity, null where it is not known
 */
public record DevFmri(
        String devicePath, @Nullable String devid, @Nullable String targetPortL0id) implements Fmri {

    /** Refuses with {@link IllegalArgumentException} a path that begins with no slash or two, and ids with a slash or colon. */
    public DevFmri {
        if (!devicePath.startsWith("/") || devicePath.startsWith("//") || devicePath.length() < 2) {
            throw new IllegalArgumentException("'" + devicePath + "' is no device path");
        }
        requireId(devid);
        requireId(targetPortL0id);
    }

    public static DevFmri ofPath(String devicePath) {
        return new DevFmri(devicePath, null, null);
    }

    private static void requireId(@Nullable String id) {
        if (id != null && (id.isEmpty() || id.indexOf('/') >= 0 || id.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("'" + id + "' cannot stand in a device name");
        }
    }

    @Override
    public String scheme() {
        return "dev";
    }

    @Override
    public NvList toNvList() {
        NvList.Builder list =
                NvList.builder().uint8("version", 0).string("scheme", "dev").string("device-path", devicePath);
        if (devid != null) {
            list.string("devid", devid);
        }
        if (targetPortL0id != null) {
            list.string("target-port-l0id", targetPortL0id);
        }
        return list.build();
    }

    static Optional<DevFmri> fromNvList(NvList list) {
        return list.string("device-path")
                .map(path -> new DevFmri(
                        path,
                        list.string("devid").orElse(null),
                        list.string("target-port-l0id").orElse(null)));
    }

    static Optional<DevFmri> parseRest(String rest) {
        if (!rest.startsWith("/")) {
            return Optional.empty();
        }
        String devid = null;
        String port = null;
        int at = 1;
        while (at < rest.length() && rest.charAt(at) == ':') {
            int end = at + 1;
            while (end < rest.length() && rest.charAt(end) != ':' && rest.charAt(end) != '/') {
                end++;
            }
            String pair = rest.substring(at + 1, end);
            if (pair.startsWith("devid=") && devid == null) {
                devid = pair.substring("devid=".length());
            } else if (pair.startsWith("target-port-l0id=") && port == null) {
                port = pair.substring("target-port-l0id=".length());
            } else {
                return Optional.empty();
            }
            at = end;
        }
        String path = rest.substring(at).replaceFirst("^/+", "/");
        try {
            return Optional.of(new DevFmri(path, devid, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** With ids there is one slash more than without: the reference's form, which scripts know. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("dev:///");
        if (devid != null) {
            out.append(":devid=").append(devid);
        }
        if (targetPortL0id != null) {
            out.append(":target-port-l0id=").append(targetPortL0id);
        }
        if (devid != null || targetPortL0id != null) {
            out.append('/');
        }
        return out.append(devicePath).toString();
    }
}
