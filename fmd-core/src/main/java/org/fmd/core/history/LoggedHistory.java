// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.history;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fmd.api.EventHistory;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;

/** The history in a directory of log files. */
public final class LoggedHistory implements EventHistory {

    @Override
    public Reading open(Path directory, Consumer<String> damage) throws IOException {
        LogFiles files = LogFiles.in(directory);
        String errlog = LogLabel.ERROR.fileName();
        try {
            if (files.names().stream().noneMatch(name -> name.matches(errlog + "(\\.[0-9]+)?"))) {
                throw new IOException("there is no error log in '" + directory + "': no file '" + errlog + "'");
            }
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read '" + directory + "': no such directory", e);
        } catch (NotDirectoryException e) {
            throw new IOException(
                    "cannot read '" + directory + "': it is no directory; name the one that '" + errlog + "' is in", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot read '" + directory + "': permission denied; read it as root", e);
        }
        return new MergedLogs(files, damage);
    }
}
