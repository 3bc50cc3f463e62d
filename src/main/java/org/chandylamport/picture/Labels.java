package org.chandylamport.picture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places for labels that do not cover each other, nor the marks of events. */
final class Labels {

    private static final double HEIGHT = 13;
    private static final double[] ALONG = {0.34, 0.5, 0.25, 0.66, 0.42, 0.58, 0.78, 0.15};

    private final List<Box> taken = new ArrayList<>();

    /** A place for a label: the middle of its baseline. */
    record Place(double x, double y) {}

    private record Box(double left, double top, double right, double bottom) {

        boolean overlaps(Box other) {
            return left < other.right && other.left < right
                    && top < other.bottom && other.top < bottom;
        }
    }

    /** How wide a text is, roughly, in the letters of the pictures. */
    static double width(String text, double size) {
        return 0.58 * size * text.codePointCount(0, text.length());
    }

    /** Nothing is to be put within the radius of this point. */
    void keepFree(double x, double y, double radius) {
        taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** A place beside an arrow; null if there is none and it need not be labelled. */
    @Nullable Place beside(
            double x1, double y1, double x2, double y2, String text, boolean must) {
        double half = width(text, 12) / 2 + 2;
        for (double t : ALONG) {
            double x = x1 + t * (x2 - x1);
            double y = y1 + t * (y2 - y1) + HEIGHT / 3;
            Box box = new Box(x - half, y - HEIGHT + 2, x + half, y + 3);
            if (taken.stream().noneMatch(box::overlaps)) {
                taken.add(box);
                return new Place(x, y);
            }
        }
        return must ? new Place(x1 + ALONG[0] * (x2 - x1), y1 + ALONG[0] * (y2 - y1)) : null;
    }
}
