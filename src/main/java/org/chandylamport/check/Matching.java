package org.chandylamport.check;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the trace shows of each part of a global state, against what was recorded of it, whichever
 * comes first. As soon as both are known they are compared and forgotten; a fingerprint of what
 * was recorded stays, so that a copy that contradicts it is noticed. Once it has been relinquished
 * only what was recorded before it is shown can be compared.
 */
final class Matching {

    private static final long ABSENT = 0;
    private static final @Nullable Object[] NONE = new Object[0];

    private @Nullable Object[] shown;
    private @Nullable Object[] recorded;
    private final long[] fingerprints;
    private final Mismatch mismatch;
    private int matched;
    private long retained;
    private boolean isRelinquished;

    /** What to do with a part that was recorded otherwise than it was. */
    @FunctionalInterface
    interface Mismatch {
        void report(int part, Object shown, Object recorded);
    }

    Matching(int parts, Mismatch mismatch) {
        shown = new Object[parts];
        recorded = new Object[parts];
        fingerprints = new long[parts];
        this.mismatch = mismatch;
    }

    /** The trace shows the part: it must be told once. */
    void show(int part, Object value) {
        if (recorded[part] != null || !isRelinquished) {
            shown[part] = value;
            retained += size(value);
            compare(part);
        }
    }

    /** Forgets what the trace has shown and nobody has recorded, now and from now on. */
    void relinquish() {
        isRelinquished = true;
        for (int part = 0; part < shown.length; part++) {
            Object fact = shown[part];
            if (fact != null) {
                shown[part] = null;
                retained -= size(fact);
            }
        }
    }

    /** The part was recorded so; false if it contradicts an earlier record. */
    boolean record(int part, Object value) {
        long fingerprint = fingerprint(value);
        if (fingerprints[part] != ABSENT) {
            return fingerprints[part] == fingerprint;
        }
        fingerprints[part] = fingerprint;
        recorded[part] = value;
        retained += size(value);
        compare(part);
        return true;
    }

    boolean isRecorded(int part) {
        return fingerprints[part] != ABSENT;
    }

    /** Whether what was recorded of the part has been compared. */
    boolean isCompared(int part) {
        return isComplete() || (isRecorded(part) && recorded[part] == null);
    }

    /** Whether each part has been both shown and recorded. */
    boolean isComplete() {
        return matched == fingerprints.length;
    }

    /** How much is kept: messages, where the parts are sequences of messages, and else parts. */
    long retained() {
        return retained;
    }

    private void compare(int part) {
        Object fact = shown[part];
        Object claim = recorded[part];
        if (fact != null && claim != null) {
            shown[part] = null;
            recorded[part] = null;
            retained -= size(fact) + size(claim);
            matched++;
            if (isComplete()) {
                shown = NONE;
                recorded = NONE;
            }
            if (!fact.equals(claim)) {
                mismatch.report(part, fact, claim);
            }
        }
    }

    private static long size(Object part) {
        return part instanceof Collection<?> messages ? messages.size() : 1;
    }

    /** Equal values have equal fingerprints; others hardly ever do, nor sequences reordered. */
    private static long fingerprint(Object value) {
        long hash = value.hashCode();
        if (value instanceof Iterable<?> elements) {
            for (Object element : elements) {
                hash = (hash ^ element.hashCode()) * 0x9E37_79B9_7F4A_7C15L;
                hash ^= hash >>> 29;
            }
        }
        return hash == ABSENT ? Long.MIN_VALUE : hash;
    }
}
