package org.chandylamport.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.Event;
import org.chandylamport.model.SnapshotId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report, in a headless Chromium; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReportTest {

    @TempDir
    private static Path folder;
    private Browser browser;

    @BeforeAll
    void start() throws IOException {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on the path");
        browser = new Browser(
                Browser.installed().orElseThrow(), folder.resolve("profile"), 1280, 900);
    }

    @AfterAll
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private void open(Execution execution, String fragment) throws IOException {
        Path page = folder.resolve("report.html");
        Files.writeString(page, HtmlReport.html(execution, "a <title> & more"));
        browser.open(page.toUri() + fragment);
    }

    private String text(String selector) throws IOException {
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .textValue();
    }

    private void assertHasNotFailed() throws IOException {
        assertEquals(List.of(), browser.complaints());
        assertTrue(browser.evaluate("document.getElementById('failure').hidden").booleanValue(),
                text("#failure"));
        for (String address : browser.requested()) {
            assertTrue(address.startsWith("file:") || address.startsWith("data:"), address);
        }
    }

    @Test
    void thePageLoadsWithoutAnErrorAndAsksForNothingElse() throws Exception {
        open(Pictures.read(Pictures.BANK), "");
        assertEquals("a <title> & more", text("h1"));
        assertTrue(text("#summary").contains("23 events"), text("#summary"));
        assertHasNotFailed();
        assertEquals(1, browser.requested().stream().filter(a -> a.startsWith("file:")).count());
        assertTrue(browser.evaluate("report.view.drawn.events.length").intValue() == 23);
    }

    @Test
    void theSliderReachesTheRecordedState() throws Exception {
        open(Pictures.read(Pictures.BANK), "");
        assertTrue(text("#status").contains("0 of 3 steps"), text("#status"));
        assertTrue(browser.evaluate("report.differences()").intValue() > 0);
        browser.evaluate("{const s = document.getElementById('step'); s.value = s.max;"
                + "s.dispatchEvent(new Event('input', {bubbles: true}))}");
        assertEquals(0, browser.evaluate("report.differences()").intValue());
        assertEquals("S* is met: after 6 of 14 events the computation, in this order, is in the"
                + " recorded global state, and ends as it did.", text("#status"));
        assertHasNotFailed();
    }

    @Test
    void theOrderAtTheEndIsThatOfTheWitness() throws Exception {
        Execution execution = Pictures.read(Pictures.BANK);
        open(execution, "#step=end");
        List<Event<JsonNode, JsonNode>> order = new ArrayList<>();
        browser.evaluate("report.permutation.order(report.permutation.steps)")
                .forEach(event -> order.add(execution.events().get(event.intValue())));
        assertTrue(execution.audit().constructions().get(new SnapshotId(1))
                instanceof Theorem1.Witness<JsonNode, JsonNode> witness
                && witness.permuted().events().equals(order), order.toString());
        assertEquals(1, browser.evaluate("new Set(report.permutation.records.map(e =>"
                + " report.permutation.column(e, report.permutation.steps))).size").intValue(),
                "the cut is upright");
    }

    @Test
    void everyStepKeepsTheOrderOfEachProcessAndSendsBeforeItReceives() throws Exception {
        open(Pictures.read(folder, Pictures.pingPong(40)), "");
        assertEquals("", browser.evaluate("""
                (() => {
                  const {permutation, trace} = report;
                  const arrows = trace.arrows;
                  for (let step = 0; step <= permutation.steps; step++) {
                    const columns = permutation.columnsAt(step);
                    const last = trace.processes.map(() => -1);
                    for (let e = 0; e < columns.length; e++) {
                      const p = trace.events.process[e];
                      if (columns[e] < last[p]) return `step ${step}: ${e} before its time`;
                      last[p] = columns[e];
                    }
                    for (let a = 0; a < arrows.from.length; a++) {
                      if (arrows.from[a] >= 0 && columns[arrows.from[a]] >= columns[arrows.to[a]]) {
                        return `step ${step}: arrow ${a} points backwards`;
                      }
                    }
                  }
                  return '';
                })()""").textValue());
    }

    @Test
    void theRecordedMessagesAreTheTraces() throws Exception {
        open(Pictures.read(Pictures.BANK), "#step=end");
        JsonNode recorded = Pictures.line(Pictures.BANK, "Snapshot");
        List<String> shown = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('#channels tbody tr, #processes tbody tr')]"
                + ".map(tr => tr.firstChild.innerText + ' ' + tr.children[tr.children.length - 2]"
                + ".innerText + ' ' + tr.className)").forEach(row -> shown.add(row.textValue()));
        List<String> expected = new ArrayList<>();
        recorded.get("processes").properties().forEach(p ->
                expected.add(p.getKey() + " " + p.getValue() + " equal"));
        recorded.get("channels").properties().forEach(c -> expected.add(c.getKey() + " "
                + (c.getValue().isEmpty() ? "empty" : c.getValue().get(0)) + " equal"));
        assertEquals(expected.stream().sorted().toList(), shown.stream().sorted().toList());
        assertEquals(2, browser.evaluate("report.view.inTransit.filter(x => x).length").intValue());
    }

    @Test
    void aRefutedTraceShowsBothFacts() throws Exception {
        open(Pictures.read(Pictures.BY_THE_CLOCK), "#step=end");
        assertTrue(text("#verdict").contains("orphan-message: carol received message 1 of"
                + " alice->carol before it recorded, but alice sent only 0"), text("#verdict"));
        assertTrue(text("#status").startsWith("S* is not met"), text("#status"));
        assertEquals(2, browser.evaluate("report.view.red.arrows.size").intValue());
        assertEquals(1, browser.evaluate("[...report.view.red.arrows].filter(a =>"
                + " report.view.position[report.trace.arrows.from[a]] >"
                + " report.view.position[report.trace.arrows.to[a]]).length").intValue(),
                "in front of the cut, the orphan is received before it is sent");
        assertEquals("wrong", browser.evaluate("[...document.querySelectorAll('#channels tr')]"
                + ".find(tr => tr.innerText.includes('bob->alice')).className").textValue());
        assertHasNotFailed();
    }

    @Test
    void theKeyboardMovesEverything() throws Exception {
        open(Pictures.read(Pictures.BANK), "");
        browser.press(".", ".");
        assertEquals(1, browser.evaluate("report.page.step").intValue());
        browser.press("End", "");
        assertEquals(3, browser.evaluate("report.page.step").intValue());
        browser.press(",", ",");
        browser.press("Home", "");
        assertEquals(0, browser.evaluate("report.page.step").intValue());
        double scale = browser.evaluate("report.view.scale").doubleValue();
        browser.press("-", "-");
        assertTrue(browser.evaluate("report.view.scale").doubleValue() <= scale);
        browser.press("+", "+");
        browser.evaluate("document.getElementById('diagram').focus()");
        double left = browser.evaluate("report.view.left").doubleValue();
        browser.press("ArrowRight", "");
        assertTrue(browser.evaluate("report.view.left").doubleValue() > left);
        browser.press(" ", " ");
        assertTrue(browser.evaluate("report.page.playing").booleanValue());
        browser.evaluate("new Promise(done => setInterval(() =>"
                + " report.page.playing || done(), 20))");
        assertEquals(3, browser.evaluate("report.page.step").intValue());
        assertHasNotFailed();
    }

    @Test
    void lightDarkNarrowAndPaperAllWork() throws Exception {
        Execution execution = Pictures.read(Pictures.BANK);
        browser.prefer("dark");
        open(execution, "");
        String dark = browser.evaluate("report.view.colors.paper").textValue();
        browser.prefer("light");
        browser.settle();
        assertFalse(dark.equals(browser.evaluate("report.view.colors.paper").textValue()));
        browser.resize(360, 700);
        browser.settle();
        assertTrue(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                .booleanValue(), "nothing hangs over the edge");
        browser.resize(1280, 900);
        assertTrue(new String(browser.print(), 0, 5, StandardCharsets.US_ASCII)
                .startsWith("%PDF"));
        assertHasNotFailed();
    }

    @Test
    void ofAHundredThousandEventsOnlyTheWindowIsDrawn() throws Exception {
        open(Pictures.read(folder, Pictures.pingPong(25_000)), "#step=end");
        assertTrue(text("#status").startsWith("S* is met"), text("#status"));
        assertTrue(browser.evaluate("report.view.drawn.events.length").intValue() < 1000);
        browser.press("a", "a");
        assertTrue(browser.evaluate("report.view.drawn.visible").intValue() >= 50_000);
        assertTrue(browser.evaluate("report.view.drawn.arrows.length").intValue() < 5_000);
        assertTrue(browser.evaluate("report.view.drawn.events.length").intValue() < 10_000);
        assertTrue(text("#drawn").contains("zoom in for all"), text("#drawn"));
        assertHasNotFailed();
    }

    @Test
    void namesAndValuesCanNotBreakThePage() throws Exception {
        String evil = "</script><img src=x onerror=alert(1)>\\u2028";
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Pictures.BANK)) {
            lines.add(line.replace("\"bob\"", "\"" + evil + "\"")
                    .replace("\"message\":30", "\"message\":\"" + evil + "\"")
                    .replace("[30]", "[\"" + evil + "\"]"));
        }
        open(Pictures.read(folder, lines), "#step=end");
        assertTrue(text("#status").startsWith("S* is met"), text("#status"));
        assertEquals(0, browser.evaluate("document.images.length").intValue());
        assertHasNotFailed();
    }
}
