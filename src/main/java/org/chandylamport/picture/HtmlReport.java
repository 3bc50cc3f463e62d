package org.chandylamport.picture;

import com.google.common.html.HtmlEscapers;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of an execution, as one HTML page that loads nothing: the space-time diagram to move
 * through, the construction of Theorem 1 step by step, the recorded states, and the verdicts with
 * their arguments. Its content security policy allows its own script and style only, by their
 * hashes.
 */
public final class HtmlReport {

    private static final Pattern PLACE = Pattern.compile("@([A-Z-]+)@");

    private HtmlReport() {}

    /** The page. */
    public static String html(Execution execution, String title) {
        String style = Resource.text("report.css");
        String script = Resource.text("execution.js") + Resource.text("view.js")
                + Resource.text("page.js");
        Map<String, String> content = Map.of(
                "TITLE", HtmlEscapers.htmlEscaper().escape(Shown.printable(title)),
                "STYLE", style,
                "STYLE-HASH", hash(style),
                "SCRIPT", script,
                "SCRIPT-HASH", hash(script),
                "TRACE", escaped(ReportJson.of(execution)));
        Matcher place = PLACE.matcher(Resource.text("report.html"));
        StringBuilder page = new StringBuilder();
        while (place.find()) {
            place.appendReplacement(page, "");
            page.append(content.getOrDefault(place.group(1), place.group()));
        }
        return place.appendTail(page).toString();
    }

    /** JSON that no HTML parser takes for the end of a script: it has no less-than sign. */
    private static String escaped(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String hash(String content) {
        return "sha256-" + BaseEncoding.base64().encode(
                Hashing.sha256().hashString(content, StandardCharsets.UTF_8).asBytes());
    }
}
