// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.List;

/** The modules of the daemon; what ails one stands below it. */
final class ConfigPrinter {
    private static final String DETAIL = " ".repeat(25);

    void print(List<Members> modules, PrintWriter out) {
        if (!modules.isEmpty()) {
            printRow("MODULE", "VERSION", "STATUS", "DESCRIPTION", out);
        }
        for (Members module : modules) {
            String status = module.textOr("status", "-");
            String detail = module.textOr("detail", "");
            printRow(
                    module.textOr("module", "-"),
                    module.textOr("version", "-"),
                    status,
                    module.textOr("description", "-"),
                    out);
            if (!detail.isEmpty() && (status.equals("failed") || status.equals("degraded"))) {
                for (String line : detail.split("\n", -1)) {
                    out.print(DETAIL + line + "\n");
                }
            }
        }
    }

    private static void printRow(String module, String version, String status, String description, PrintWriter out) {
        out.print(Columns.left(module, 24) + " " + Columns.left(version, 7) + " " + Columns.left(status, 6) + "  "
                + description + "\n");
    }
}
