package org.chandylamport.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time: a whole number and one of ms, s, m and h. */
    final class Length implements ITypeConverter<Duration> {

        private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

        @Override
        public Duration convert(String text) {
            Matcher matcher = LENGTH.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no length of time like 500ms,"
                        + " 60s, 10m or 1h");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }
