// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;

/** The document of the messages is written from their table; {@code -Dgolden.accept=true} writes it. */
class MessageDocumentTest {
    private static final String HEAD = """
            # Messages of the kernel that the channel understands

            This file is written by `MessageDocumentTest` from `MessageTable`; change the table, not this file.

            A line is read when it begins as one of the speakers does and the rest fits a message of its list as a whole; the first that
            fits counts. Texts cover kernels from 2.6.18 to 6.18. What the SCSI layer says of commands, libata's stories and the lines of
            NVMe commands are read elsewhere: see [the kernel channel](kernel-channel.md).

            | in a template | stands for |
            | --- | --- |
            | `{name:kind}` | a value that the ereport carries under that name; `part` names the detector |
            | `{:kind}` | a value that is not kept |
            | `d32`, `x32` | digits, hexadecimal digits; the number is the bits of the value |
            | `word`, `pci`, `hctl`, `devt`, `text` | a name, a PCI address, `H:C:T:L`, two numbers, anything up to the next text |
            | `{{` | a brace |
            | `*` at the end | anything |

            The second column is the class of the ereport, the `driver-assessment` if the message stands for one, and in which time the same
            of the same part is told once only. A step of the error handler makes `ereport.io.scsi.cmd.disk.tran` with `retry` for the
            disk whose command it was taken for.
            """;

    @Test
    void listsWhatTheTableReads() {
        StringBuilder document = new StringBuilder(HEAD);
        document.append("\n## Said of a disk, behind its name (`sd 0:0:1:0: [sdb] tag#1 `)\n");
        append(document, MessageTable.rowsOfDevice());
        List<List<Row>> written = new ArrayList<>();
        for (Speaker speaker : MessageTable.speakers()) {
            if (written.stream().noneMatch(rows -> rows == speaker.rows())) {
                written.add(speaker.rows());
                document.append("\n## ").append(heads(speaker.rows())).append('\n');
                append(document, speaker.rows());
            }
        }
        Golden.assertMatches(Fixtures.project("plugins/docs").resolve("kernel-messages.md"), document.toString());
    }

    private static String heads(List<Row> rows) {
        return MessageTable.speakers().stream()
                .filter(speaker -> speaker.rows() == rows)
                .map(speaker -> speaker.head().toString())
                .map(head -> code(head.substring(0, head.length() - 1).strip()))
                .distinct()
                .collect(joining(", "));
    }

    private static void append(StringBuilder document, List<Row> rows) {
        document.append("\n| message | comes to |\n| --- | --- |\n");
        for (Row row : rows) {
            document.append("| ").append(code(row.toString())).append(" | ");
            document.append(row.inWords()).append(" |\n");
        }
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
