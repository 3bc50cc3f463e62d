package org.chandylamport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what the benchmarks measured: one SVG file a chart. */
@Command(name = "charts", mixinStandardHelpOptions = true,
        description = "Draw charts of results of the benchmarks, in JMH's JSON.")
public final class Charts implements Callable<Integer> {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;

    @Parameters(paramLabel = "RESULT.json", arity = "1..*",
            description = "What the benchmarks wrote. A chart without results is left out.")
    private List<Path> files;

    @Option(names = "-o", paramLabel = "DIR", defaultValue = ".",
            description = "Where the charts go (default: this folder).")
    private Path folder;

    private final List<Result> results = new ArrayList<>();

    /** One benchmark with its parameters, and what it or a part of it scored. */
    private record Result(String benchmark, Map<String, String> parameters, double score) {

        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /** A chart: what is drawn over what, as a line for each name. */
    private record Plot(String file, String title, String x, String y,
            Predicate<Result> shown, Function<Result, String> line, String over) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Charts())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("charts: " + e.getMessage());
                    return 2;
                }).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            for (JsonNode result : new ObjectMapper().readTree(file.toFile())) {
                read(result);
            }
        }
        Files.createDirectories(folder);
        for (Plot plot : PLOTS) {
            draw(plot);
        }
        return 0;
    }

    private void read(JsonNode result) {
        String name = result.path("benchmark").asText();
        name = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").properties().forEach(
                p -> parameters.put(p.getKey(), p.getValue().asText()));
        JsonNode primary = result.path("primaryMetric");
        results.add(new Result(name, parameters, primary.path("score").asDouble()));
        JsonNode percentiles = primary.path("scorePercentiles");
        if (result.path("mode").asText().equals("sample")) {
            for (String p : List.of("50.0", "99.0")) {
                results.add(new Result(name + ":p" + p.substring(0, 2), parameters,
                        percentiles.path(p).asDouble()));
            }
        }
        String prefix = name;
        result.path("secondaryMetrics").properties().forEach(metric -> results.add(
                new Result(prefix + ":" + metric.getKey(), parameters,
                        metric.getValue().path("score").asDouble())));
    }

    private static final List<Plot> PLOTS = List.of(
            new Plot("markers", "The core, for one marker", "incoming channels", "ns a marker",
                    r -> r.benchmark.matches("MarkerBenchmark.*:markers"),
                    r -> (r.benchmark.contains("count") ? "counting, " : "core, ")
                            + r.parameter("live") + " live",
                    "inDegree"),
            new Plot("ring2", "Ring of 2, two threads", "tokens a process", "messages a second",
                    r -> r.benchmark.equals("MessageBenchmark.message")
                            && r.parameter("graph").equals("ring2"),
                    r -> r.parameter("over"), "tokens"),
            new Plot("complete4", "Complete graph of 4, two threads", "tokens a process",
                    "messages a second",
                    r -> r.benchmark.equals("MessageBenchmark.message")
                            && r.parameter("graph").equals("complete4"),
                    r -> r.parameter("over"), "tokens"),
            new Plot("scale", "A snapshot of a random graph", "channels", "ns a marker",
                    r -> r.benchmark.matches("ScaleBenchmark.*:elements"),
                    r -> r.benchmark.contains("bare") ? "bare queues" : "snapshot", "channels"),
            new Plot("hop", "The hop of the only token of a ring", "processes", "ns a hop",
                    r -> r.benchmark.equals("TokenHopBenchmark.hop"),
                    r -> r.parameter("over"), "processes"));

    private void draw(Plot plot) throws IOException {
        Map<String, TreeMap<Double, Double>> lines = new TreeMap<>();
        for (Result result : results) {
            if (plot.shown.test(result) && result.score > 0) {
                lines.computeIfAbsent(plot.line.apply(result), name -> new TreeMap<>())
                        .put(Double.valueOf(result.parameter(plot.over)), result.score);
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).theme(ChartTheme.XChart)
                .title(plot.title).xAxisTitle(plot.x).yAxisTitle(plot.y).build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true)
                .setLegendPosition(LegendPosition.OutsideE);
        lines.forEach((name, points) -> chart.addSeries(name,
                List.copyOf(points.keySet()), List.copyOf(points.values())));
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        Files.writeString(folder.resolve(plot.file + ".svg"), rounded(svg.toString(UTF_8)));
    }

    /** Without the decimals that nobody sees, which are most of the file. */
    private static String rounded(String svg) {
        return Pattern.compile("-?\\d+\\.\\d{2,}").matcher(svg).replaceAll(number ->
                String.format(Locale.ROOT, "%.1f", Double.parseDouble(number.group())));
    }
}
