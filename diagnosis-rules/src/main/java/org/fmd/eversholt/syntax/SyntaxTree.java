// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;

/** All that was written in all files of one program, in the order read. */
public record SyntaxTree(List<Stmt> statements, List<Pragma> pragmas, List<SourceFile> files) {
    public SyntaxTree {
        statements = List.copyOf(statements);
        pragmas = List.copyOf(pragmas);
        files = List.copyOf(files);
    }
}
