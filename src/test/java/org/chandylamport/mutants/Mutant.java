package org.chandylamport.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A known bug: one line of the real source, replaced. It is compiled beside the real classes, and
 * the test that must refute it is run against it.
 *
 * @param file the source file, below src/main/java/org/chandylamport
 * @param line the line that is replaced, without the white space around it; stands there once
 * @param test the test that must fail, as Class#method, below org.chandylamport
 */
record Mutant(String name, String file, String line, String replacement, String test) {

    /** The same with the line as it is. */
    Mutant withoutTheBug() {
        return new Mutant("no bug", file, line, line, test);
    }

    /** Why the test fails with this bug in place; empty if it passes, so that nobody noticed. */
    Optional<Throwable> refutation(Path folder) throws IOException {
        new Patch(file, line, replacement).compile(folder);
        List<URL> urls = new ArrayList<>();
        urls.add(url(folder));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                urls.add(url(Path.of(entry)));
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (OwnClasses loader = new OwnClasses(urls.toArray(URL[]::new), before)) {
            thread.setContextClassLoader(loader);
            return run(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Optional<Throwable> run(ClassLoader loader) {
        String[] parts = test.split("#");
        Class<?> type;
        try {
            type = loader.loadClass("org.chandylamport." + parts[0]);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no test " + test));
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(type, method)).build(), listener);
        if (listener.getSummary().getTestsStartedCount() == 0) {
            throw new IllegalStateException("no test " + test);
        }
        return listener.getSummary().getFailures().stream().findFirst()
                .map(failure -> failure.getException());
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name + " is refuted by " + test;
    }

    /** Loads this project's classes itself, the mutated ones first, and all others as usual. */
    private static final class OwnClasses extends URLClassLoader {

        OwnClasses(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = name.startsWith("org.chandylamport.")
                            ? findClass(name) : super.loadClass(name, resolve);
                }
                return loaded;
            }
        }
    }
}
