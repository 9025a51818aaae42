// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.fmd.api.FmdModule;
import org.jspecify.annotations.Nullable;

/** Finds modules: each jar of a folder has a class loader of its own, so modules do not meet. */
final class ModuleLoader {

    /** The modules of a place, and what could not be loaded, each with the reason. */
    record Found(List<FmdModule> modules, List<String> problems) {}

    private ModuleLoader() {}

    /** Returns the modules of all jars in the folders, in order of file name; a folder need not exist. */
    static Found inFolders(List<Path> folders) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.sorted().toList()) {
                    if (jar.toString().endsWith(".jar")) {
                        loadJar(jar, found);
                    }
                }
            } catch (IOException e) {
                found.problems().add("cannot read the folder '" + folder + "': " + e.getMessage());
            }
        }
        return found;
    }

    /** Returns the modules on the class path. */
    static Found onClassPath() {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        load(ServiceLoader.load(FmdModule.class), null, "the class path", found);
        return found;
    }

    @SuppressWarnings("resource") // the loader lives as long as the module, which is as long as the daemon
    private static void loadJar(Path jar, Found found) {
        try {
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, ModuleLoader.class.getClassLoader());
            load(ServiceLoader.load(FmdModule.class, loader), jar, "'" + jar + "'", found);
        } catch (MalformedURLException e) {
            found.problems().add("cannot load '" + jar + "': " + e.getMessage());
        }
    }

    private static void load(ServiceLoader<FmdModule> services, @Nullable Path jar, String place, Found found) {
        Iterator<FmdModule> modules = services.iterator();
        while (true) {
            try {
                if (!modules.hasNext()) {
                    return;
                }
                FmdModule module = modules.next();
                if (jar == null || isFrom(module, jar)) {
                    found.modules().add(module);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                found.problems().add("cannot load a module of " + place + ": " + e.getMessage());
            }
        }
    }

    /** The class path's modules show up in every loader; a module belongs to the jar that its code is from. */
    private static boolean isFrom(FmdModule module, Path jar) {
        CodeSource source = module.getClass().getProtectionDomain().getCodeSource();
        try {
            return source != null
                    && Files.isSameFile(Path.of(source.getLocation().toURI()), jar);
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }
}
