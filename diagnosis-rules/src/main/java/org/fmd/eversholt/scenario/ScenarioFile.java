// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;

/**
 * A file of scenarios, read.
 *
 * @param rules the rule files they are about, one program
 * @param findings what is wrong with the file; it is not to be run if there are any
 */
public record ScenarioFile(SourceFile source, List<Path> rules, List<Scenario> scenarios, List<Finding> findings) {
    /** What the name of such a file ends in. */
    public static final String ENDING = ".scenario";

    public ScenarioFile {
        rules = List.copyOf(rules);
        scenarios = List.copyOf(scenarios);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a file. {@code NAME.scenario} is about {@code NAME.esc} beside it, unless it says otherwise.
     *
     * @throws IOException when it cannot be read
     */
    public static ScenarioFile read(Path file) throws IOException {
        return of(new SourceFile(file.toString(), Sources.read(file)), file);
    }

    /** Reads the text of a file that has, or would have, that path: what it refers to is looked for beside it. */
    public static ScenarioFile of(SourceFile source, Path path) {
        return new ScenarioParser(source, path).parse();
    }
}
