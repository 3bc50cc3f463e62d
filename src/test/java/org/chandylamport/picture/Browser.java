package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A headless Chromium with one page, spoken to by the DevTools protocol over a pipe. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> FLAGS = List.of("--headless", "--no-sandbox",
            "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-pipe");
    private static final long PATIENCE = TimeUnit.MINUTES.toMillis(3);

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<JsonNode> events = new ArrayList<>();
    private final Timer watchdog = new Timer(true);
    private final Process process;
    private final OutputStream requests;
    private final InputStream answers;
    private String session = "";
    private int last;

    /** The browser that is installed here, if any. */
    static Optional<Path> installed() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser with a page of this width. */
    Browser(Path program, Path profile, int width, int height) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "exec \"$@\" 3<&0 4>&1 >/dev/null", "sh", program.toString()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + profile);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        watchdog.schedule(new TimerTask() {
            @Override
            public void run() {
                process.destroyForcibly();
            }
        }, PATIENCE);
        requests = process.getOutputStream();
        answers = new BufferedInputStream(process.getInputStream());
        String target = ask("Target.createTarget", object().put("url", "about:blank"))
                .get("targetId").textValue();
        session = ask("Target.attachToTarget", object().put("targetId", target)
                .put("flatten", true)).get("sessionId").textValue();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", object());
        }
        resize(width, height);
    }

    private ObjectNode object() {
        return mapper.createObjectNode();
    }

    void resize(int width, int height) throws IOException {
        ask("Emulation.setDeviceMetricsOverride", object().put("width", width)
                .put("height", height).put("deviceScaleFactor", 1).put("mobile", width < 600));
    }

    /** Says that the user prefers dark pages, or light ones. */
    void prefer(String scheme) throws IOException {
        ObjectNode media = object();
        media.putArray("features").addObject()
                .put("name", "prefers-color-scheme").put("value", scheme);
        ask("Emulation.setEmulatedMedia", media);
    }

    /** Opens a page and waits until it is loaded and drawn. */
    void open(String url) throws IOException {
        load("about:blank");
        load(url);
        settle();
    }

    private void load(String url) throws IOException {
        events.clear();
        ask("Page.navigate", object().put("url", url));
        while (events.stream().noneMatch(isNamed("Page.loadEventFired"))) {
            read();
        }
    }

    /** Waits until what moves on the page has come to rest. */
    void settle() throws IOException {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** The value of an expression on the page, after it if it is a promise. */
    JsonNode evaluate(String expression) throws IOException {
        JsonNode answer = ask("Runtime.evaluate", object().put("expression", expression)
                .put("returnByValue", true).put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** Presses a key and lets it go. */
    void press(String key, String text) throws IOException {
        String type = text.isEmpty() ? "rawKeyDown" : "keyDown";
        ask("Input.dispatchKeyEvent",
                object().put("type", type).put("key", key).put("text", text));
        ask("Input.dispatchKeyEvent", object().put("type", "keyUp").put("key", key));
        settle();
    }

    /** What the pages complained of since the last was opened: exceptions, errors in the log. */
    List<JsonNode> complaints() {
        return events.stream()
                .filter(isNamed("Runtime.exceptionThrown").or(isNamed("Log.entryAdded")))
                .toList();
    }

    /** The addresses that the page asked for. */
    List<String> requested() {
        return events.stream().filter(isNamed("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").textValue()).toList();
    }

    byte[] screenshot() throws IOException {
        return Base64.getDecoder().decode(ask("Page.captureScreenshot", object()
                .put("captureBeyondViewport", true)).get("data").textValue());
    }

    byte[] print() throws IOException {
        return Base64.getDecoder().decode(ask("Page.printToPDF", object()
                .put("printBackground", false)).get("data").textValue());
    }

    private static Predicate<JsonNode> isNamed(String method) {
        return event -> event.path("method").asText().equals(method);
    }

    private JsonNode ask(String method, ObjectNode parameters) throws IOException {
        ObjectNode request = object().put("id", ++last).put("method", method);
        request.set("params", parameters);
        if (!session.isEmpty()) {
            request.put("sessionId", session);
        }
        requests.write(mapper.writeValueAsBytes(request));
        requests.write(0);
        requests.flush();
        while (true) {
            JsonNode message = read();
            if (message.path("id").asInt() == last) {
                if (message.has("error")) {
                    throw new IOException(method + ": " + message.get("error"));
                }
                return message.get("result");
            }
        }
    }

    /** The next message; an event is kept. */
    private JsonNode read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = answers.read(); b != 0; b = answers.read()) {
            if (b < 0) {
                throw new IOException("the browser has ended");
            }
            bytes.write(b);
        }
        JsonNode message = mapper.readTree(bytes.toString(StandardCharsets.UTF_8));
        if (message.has("method")) {
            events.add(message);
        }
        return message;
    }

    /** Returns when none of its processes writes to the profile any more. */
    @Override
    public void close() throws IOException {
        watchdog.cancel();
        List<ProcessHandle> parts = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        parts.forEach(ProcessHandle::destroyForcibly);
        parts.forEach(part -> part.onExit().join());
    }
}
