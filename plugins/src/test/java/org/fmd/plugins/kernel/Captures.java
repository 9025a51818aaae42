// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.json.Json;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;

/** Plays captures of the fixtures in the reader's way, without its thread. */
final class Captures {
    private Captures() {}

    static FakeContext play(Path folder) {
        FakeContext context = new FakeContext().over(topology(folder));
        try (CapturePort port = CapturePort.fast(CaptureFolder.read(folder))) {
            RecordPipeline pipeline = new RecordPipeline(context);
            while (port.await(pipeline.deadline(), pipeline)) {
                context.now = port.now().tod();
                pipeline.expire(port.now());
            }
            pipeline.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return context;
    }

    /** The disks that the recording machine had: one node each, its identity the kernel's {@code wwid}. */
    static Topology topology(Path folder) {
        Map<?, ?> before = (Map<?, ?>) json(folder.resolve("sysfs.json")).get("before");
        Map<String, String> links = new TreeMap<>();
        before.forEach((name, value) -> {
            String file = (String) name;
            if (file.matches("block/sd[a-z]+/device") && value instanceof Map<?, ?> link) {
                links.put(file.split("/")[1], (String) link.get("link"));
            }
        });
        List<TopoNode> nodes = new ArrayList<>();
        links.forEach((disk, link) -> nodes.add(node(nodes.size(), disk, link, before)));
        return new Topology(nodes);
    }

    private static TopoNode node(int number, String disk, String link, Map<?, ?> sysfs) {
        String hctl = link.substring(link.lastIndexOf('/') + 1);
        String device = "class/scsi_device/" + hctl + "/device/";
        NvList.Builder about = NvList.builder()
                .string("hctl", hctl)
                .string("logical-disk", disk)
                .string("dev", "/" + link)
                .string("manufacturer", text(sysfs, device + "vendor"))
                .string("model", text(sysfs, device + "model"))
                .string("firmware-revision", text(sysfs, device + "rev"));
        OptionalLong size = OptionalLong.of(Long.parseLong(text(sysfs, "block/" + disk + "/queue/logical_block_size")));
        about.uint64("block-size", size.getAsLong());
        String wwid = text(sysfs, device + "wwid");
        if (wwid.startsWith("naa.")) {
            about.string("devid", "id1,sd@n" + wwid.substring(4));
        }
        TopoPath path = TopoPath.of("disk", number);
        return new TopoNode(path, DevFmri.ofPath("/" + link), null, null, null, about.build());
    }

    private static String text(Map<?, ?> sysfs, String name) {
        return sysfs.get(name) instanceof String text ? text.strip() : "";
    }

    static Map<String, ?> json(Path file) {
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
