// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which files a history has, as they are rotated, sealed and deleted beneath the reader. What was found is believed until it
 * turns out to be wrong, or its end is reached: files come at the end and go at the beginning. Not thread-safe.
 */
final class LogMembers {

    /** How often to look again when files are renamed under us. */
    static final int ATTEMPTS = 10;

    /** A file of the history. */
    record Member(String name, LogHeader header) {}

    private final LogFiles files;
    private final @Nullable String single;
    private final String current;
    private final Consumer<Damage> refusal;

    private List<Member> known = List.of();
    private List<String> knownNames = List.of();
    private Set<String> older = Set.of();
    private final Map<String, UUID> peeked = new HashMap<>();

    private LogMembers(LogFiles files, @Nullable String single, String current, Consumer<Damage> refusal) {
        this.files = files;
        this.single = single;
        this.current = current;
        this.refusal = refusal;
    }

    static LogMembers history(LogFiles files, LogLabel label, Consumer<Damage> refusal) {
        return new LogMembers(files, null, label.fileName(), refusal);
    }

    static LogMembers single(LogFiles files, String name, Consumer<Damage> refusal) {
        return new LogMembers(files, name, name, refusal);
    }

    /** The names of all files now, oldest first, readable or not. */
    List<String> names() throws IOException {
        return single == null ? LogHistory.names(files, current) : List.of(single);
    }

    /** From now on what is older than a file is not looked at; {@link #nameOf} finds it nevertheless. */
    void beginWith(String name) throws IOException {
        List<String> all = names();
        older = new HashSet<>(all.subList(0, Math.max(0, all.indexOf(name))));
        forget();
    }

    /** The readable files now, oldest first; each one that is not is told. */
    List<Member> look() throws IOException {
        if (single != null) {
            known = known.isEmpty() ? List.of(new Member(single, LogHeader.peek(files, single))) : known;
            return known;
        }
        List<Damage> refused = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<String> names = LogHistory.names(files, current);
            // A rotation always changes the names or the newest file.
            if (names.equals(knownNames) && sameNewest(known, names)) {
                break;
            }
            refused.clear();
            known = members(names, refused);
            knownNames = names;
        }
        refused.forEach(refusal);
        return known;
    }

    /** Forgets what was found, since something of it was wrong. */
    void forget() {
        if (single == null) {
            peeked.clear();
            known = List.of();
            knownNames = List.of();
        }
    }

    /** The file after one of the history, or the first that is not done; null if there is none yet. */
    @Nullable
    Member after(@Nullable UUID before, Set<UUID> done) throws IOException {
        if (before != null) {
            int index = indexOf(before);
            if (index >= 0 && index + 1 < known.size()) {
                return known.get(index + 1);
            }
            look();
            index = indexOf(before);
            if (index >= 0) {
                return index + 1 < known.size() ? known.get(index + 1) : null;
            }
        }
        for (Member member : look()) { // nothing read yet, or what we read was deleted under us
            UUID id = member.header().id();
            if (!done.contains(id) && !id.equals(before)) {
                return member;
            }
        }
        return null;
    }

    /** The name of a file, looked for from the newest on; null if there is none with that UUID any more. */
    @Nullable
    String nameOf(UUID id) throws IOException {
        if (single != null) {
            return LogHeader.peek(files, single).id().equals(id) ? single : null;
        }
        int index = indexOf(id);
        if (index >= 0) {
            return known.get(index).name();
        }
        boolean renamed = !peeked.isEmpty();
        String name = peekedName(id);
        if (name == null && renamed) {
            peeked.clear(); // a name may mean another file by now
            name = peekedName(id);
        }
        return name;
    }

    private @Nullable String peekedName(UUID id) throws IOException {
        List<String> names = names();
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            UUID found = peeked.get(name);
            if (found == null) {
                try {
                    found = LogHeader.peek(files, name).id();
                } catch (IOException e) {
                    continue; // told by whoever reads the history
                }
                if (!name.equals(current)) {
                    peeked.put(name, found);
                }
            }
            if (found.equals(id)) {
                return name;
            }
        }
        return null;
    }

    private int indexOf(UUID id) {
        return indexIn(known, id);
    }

    private static int indexIn(List<Member> members, UUID id) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).header().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private List<Member> members(List<String> names, List<Damage> refused) {
        List<Member> members = new ArrayList<>(names.size());
        Set<UUID> ids = new HashSet<>();
        for (int i = names.size() - 1; i >= 0 && !older.contains(names.get(i)); i--) {
            String path = files.path(names.get(i));
            try {
                LogHeader header = LogHeader.peek(files, names.get(i));
                if (ids.add(header.id())) {
                    members.add(new Member(names.get(i), header));
                } else {
                    refused.add(new Damage(path, 0, 0, "it is a copy of a newer file of this history"));
                }
            } catch (IOException e) {
                refused.add(new Damage(path, 0, 0, e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        Collections.reverse(members);
        return members;
    }

    private boolean sameNewest(List<Member> members, List<String> names) {
        if (members.isEmpty()) {
            return names.isEmpty();
        }
        Member newest = members.get(members.size() - 1);
        try {
            return !newest.name().equals(names.get(names.size() - 1))
                    || LogHeader.peek(files, newest.name())
                            .id()
                            .equals(newest.header().id());
        } catch (IOException e) {
            return false;
        }
    }
}
